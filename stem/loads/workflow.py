"""Where a load of a register stands, and who moves it on."""

from stem.workflow import Workflow, move

# "take" also starts from "reading": a load that has gone quiet belongs to a worker that was killed.
LOAD = Workflow(
    "load",
    move("take", sources="waiting reading", target="reading", whose="worker"),
    move("finish", sources="reading", target="loaded", whose="worker"),
    move("leave", sources="reading", target="unchanged", whose="worker"),
    move("refuse", sources="reading", target="refused", whose="worker"),
    move("stop", sources="waiting reading", target="stopped", whose="worker"),
    move("replace", sources="loaded", target="replaced", whose="worker"),
    move("forget", sources="replaced", target="past", whose="worker"),
    move("undo", sources="loaded", target="undone", whose="administrator"),
    move("restore", sources="replaced", target="loaded", whose="administrator"),
    start="waiting",
)
