"""The life of an ambassador in the scheme (rule 1.8)."""

from stem.workflow import Workflow, move

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
