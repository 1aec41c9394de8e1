"""How a person comes to act for a school, and stops."""

from stem.workflow import Workflow, move

CONTACT = Workflow(
    "contact",
    move("approve", sources="awaiting", target="approved", whose="coordinator"),
    move("decline", sources="awaiting", target="declined", whose="coordinator"),
    move("end", sources="approved", target="ended", whose="contact coordinator"),
    move("claim_again", sources="declined ended", target="awaiting", whose="contact"),
    start="awaiting",
)
