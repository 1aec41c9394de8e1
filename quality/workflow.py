"""The tables of moves for feedback and for worries."""

from stem.workflow import Workflow, move

FEEDBACK = Workflow(
    "feedback",
    move("submit", sources="invited", target="submitted", whose="teacher ambassador"),
    move("read", sources="submitted", target="read", whose="coordinator"),
    start="invited",
)

CONCERN = Workflow(
    "concern",
    move("triage", sources="raised", target="triaged", whose="safeguarding_lead"),
    move("close", sources="triaged", target="closed", whose="safeguarding_lead"),
    start="raised",
)
