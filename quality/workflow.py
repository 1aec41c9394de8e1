"""The tables of moves for feedback, for cases, for worries and for suspensions."""

from stem.workflow import Workflow, move

FEEDBACK = Workflow(
    "feedback",
    move("submit", sources="invited", target="submitted", whose="teacher ambassador"),
    move("read", sources="submitted", target="read", whose="coordinator"),
    move("share", sources="submitted read", target="read", whose="coordinator"),
    move("take_back", sources="read", target="read", whose="coordinator"),
    start="invited",
)

COMMENT = Workflow(
    "comment",
    move("release", sources="waiting held", target="released", whose="coordinator"),
    move("redact", sources="waiting held", target="redacted", whose="coordinator"),
    move("keep", sources="waiting held", target="kept", whose="coordinator"),
    # until a day, on which it waits again
    move("hold", sources="waiting held", target="held", whose="coordinator"),
    # a worry, or a case, is nobody's to take back
    move("escalate", sources="waiting held", target="escalated", whose="coordinator"),
    move("take_back", sources="released redacted kept held", target="waiting", whose="coordinator"),
    start="waiting",
)

CASE = Workflow(
    "case",
    # somebody asked them, who has ten working days to answer (rule 2.5)
    move("ask", sources="open", target="asked", whose="coordinator"),
    move("reply", sources="open asked", target="heard", whose="ambassador coordinator"),
    move("decide", sources="open asked heard", target="decided", whose="coordinator"),
    start="open",
)

CONCERN = Workflow(
    "concern",
    move("triage", sources="raised", target="triaged", whose="safeguarding_lead"),
    move("close", sources="triaged", target="closed", whose="safeguarding_lead"),
    start="raised",
)

SUSPENSION = Workflow(
    "suspension",
    move("review", sources="standing lifting", target="standing", whose="safeguarding_lead"),
    move("propose_lift", sources="standing", target="lifting", whose="safeguarding_lead"),
    # by a second person: whoever proposed it only takes it back, which is a review
    move("lift", sources="lifting", target="lifted", whose="safeguarding_lead"),
    start="standing",
)
