"""How a person comes to act for a school, leads there, and stops; and how one school comes to follow another."""

from stem.workflow import Workflow, move

CONTACT = Workflow(
    "contact",
    move("approve", sources="awaiting", target="approved", whose="rule lead coordinator"),
    move("decline", sources="awaiting", target="declined", whose="lead coordinator"),
    move("lead", sources="approved", target="approved", whose="rule lead coordinator"),
    move("stop_leading", sources="approved", target="approved", whose="rule lead coordinator"),
    move("ask_to_leave", sources="approved", target="approved", whose="contact"),
    move("stay", sources="approved", target="approved", whose="contact"),
    move("end", sources="approved", target="ended", whose="contact lead coordinator"),
    move("take_back", sources="awaiting", target="ended", whose="contact"),
    move("claim_again", sources="declined ended", target="awaiting", whose="contact"),
    start="awaiting",
)

SUCCESSION = Workflow(
    "succession",
    move("confirm", sources="proposed declined", target="confirmed", whose="administrator register"),
    move("decline", sources="proposed confirmed", target="declined", whose="administrator"),
    move("reopen", sources="confirmed declined", target="proposed", whose="administrator"),
    start="proposed",
)
