"""Where a text stands, and who moves it on: staff one at a time, the worker by compare-and-set, as with letters."""

from stem.workflow import Workflow, move

# "claim" also starts from "sending": a claim whose lease ran out belongs to a worker that was killed.
TEXT = Workflow(
    "text",
    move("claim", sources="waiting sending", target="sending", whose="worker"),
    move("send", sources="sending", target="sent", whose="worker"),
    move("put_off", sources="sending", target="waiting", whose="worker"),
    move("drop", sources="sending", target="not_needed", whose="worker"),
    move("spare", sources="sending", target="not_wanted", whose="worker"),
    move("give_up", sources="sending", target="failed", whose="worker"),
    move("expire", sources="waiting sending held", target="too_late", whose="worker"),
    move("hold", sources="waiting", target="held", whose="staff"),
    move("release", sources="held", target="waiting", whose="staff"),
    move("retry", sources="failed", target="waiting", whose="staff"),
    move("cancel", sources="waiting held failed", target="cancelled", whose="staff"),
    start="waiting",
)
