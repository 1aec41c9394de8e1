"""The life of an ambassador in the scheme (rule 1.8), and of a reference about one (rule V-51)."""

from stem.workflow import Workflow, move

# What is noted beside a status, and changes none.
PVG_TOLD = "tell_disclosure_scotland"

LIFECYCLE = Workflow(
    "ambassador",
    move("submit", sources="draft", target="vetting", whose="ambassador"),
    move("approve", sources="vetting", target="active", whose="vetting_officer"),
    move("decline", sources="vetting", target="declined", whose="vetting_officer"),
    move("pause", sources="active", target="paused", whose="ambassador vetting_officer"),
    move("resume", sources="paused", target="active", whose="ambassador vetting_officer"),
    move("leave", sources="draft vetting active paused", target="left", whose="ambassador vetting_officer"),
    move("return", sources="left", target="vetting", whose="ambassador"),
    start="draft",
)

REFEREE = Workflow(
    "referee",
    move("ask", sources="named asked", target="asked", whose="ambassador"),
    move("answer", sources="asked", target="answered", whose="referee"),
    move("turn_down", sources="asked", target="not_accepted", whose="referee"),
    move("accept", sources="answered", target="accepted", whose="vetting_officer"),
    move("not_accept", sources="answered", target="not_accepted", whose="vetting_officer"),
    # What has been answered is no longer the applicant's to take away.
    move("withdraw", sources="named asked", target="withdrawn", whose="ambassador"),
    # Whoever returns after long names people anew.
    move("retire", sources="named asked answered accepted not_accepted", target="withdrawn", whose="rule"),
    start="named",
)
