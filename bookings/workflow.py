"""The tables of moves between asking and a visit that took place (rule 5.6)."""

from stem.workflow import Workflow, move

REQUEST = Workflow(
    "request",
    move("submit", sources="draft", target="submitted", whose="contact coordinator"),
    move("open", sources="submitted", target="open", whose="rule coordinator"),
    move("fulfil", sources="open", target="fulfilled", whose="rule"),
    move("reopen", sources="fulfilled", target="open", whose="rule"),
    move("give_up", sources="open", target="unfilled", whose="coordinator rule"),
    move("withdraw", sources="draft submitted open fulfilled", target="withdrawn", whose="contact coordinator"),
    start="draft",
)

OFFER = Workflow(
    "offer",
    move("send", sources="queued", target="sent", whose="coordinator rule"),
    move("accept", sources="sent", target="accepted", whose="ambassador coordinator"),
    move("decline", sources="sent countered", target="declined", whose="ambassador coordinator"),
    move("reconsider", sources="declined", target="sent", whose="ambassador"),
    move("counter", sources="sent", target="countered", whose="ambassador"),
    move("agree", sources="countered", target="accepted", whose="contact coordinator"),
    move("refuse", sources="countered", target="refused", whose="contact coordinator"),
    move("lapse", sources="sent countered", target="lapsed", whose="rule"),
    move("withdraw", sources="queued sent countered", target="withdrawn", whose="coordinator rule"),
    move("supersede", sources="queued sent countered", target="superseded", whose="rule"),
    move("release", sources="accepted", target="released", whose="ambassador contact coordinator rule"),
    start="queued",
)

SEAT = Workflow(
    "seat",
    move("take", sources="open", target="taken", whose="ambassador coordinator"),
    move("free", sources="taken", target="open", whose="ambassador contact coordinator rule"),
    start="open",
)

VISIT = Workflow(
    "visit",
    move("match", sources="finding", target="matched", whose="rule"),
    move("reopen", sources="matched confirmed", target="finding", whose="rule"),
    move("confirm", sources="matched", target="confirmed", whose="contact coordinator"),
    move("deliver", sources="confirmed finding", target="delivered", whose="rule coordinator"),
    move("not_deliver", sources="confirmed finding", target="not_delivered", whose="rule coordinator"),
    move("miss_by_ambassador", sources="confirmed", target="no_show_by_ambassador", whose="rule coordinator"),
    move("miss_by_school", sources="confirmed", target="no_show_by_school", whose="rule coordinator"),
    move(
        "cancel_by_school",
        sources="finding matched confirmed",
        target="cancelled_by_school",
        whose="contact coordinator",
    ),
    move(
        "cancel_by_ambassador",
        sources="matched confirmed",
        target="cancelled_by_ambassador",
        whose="ambassador coordinator rule",
    ),
    move("cancel_by_scheme", sources="finding matched confirmed", target="cancelled_by_scheme", whose="coordinator"),
    move("give_up", sources="finding", target="unfilled", whose="coordinator rule"),
    start="finding",
)

PROPOSAL = Workflow(
    "proposal",
    move("agree", sources="proposed", target="agreed", whose="contact ambassador coordinator"),
    move("refuse", sources="proposed", target="refused", whose="contact ambassador coordinator"),
    move("withdraw", sources="proposed", target="withdrawn", whose="contact ambassador coordinator"),
    move("lapse", sources="proposed", target="lapsed", whose="rule"),
    start="proposed",
)

INVITATION = Workflow(
    "invitation",
    move("ask", sources="waiting silent not_now", target="asked", whose="rule"),
    move("put_off", sources="waiting silent", target="not_now", whose="coordinator"),
    move("want_none", sources="waiting silent not_now", target="never", whose="coordinator"),
    move("miss", sources="waiting silent", target="wrong_person", whose="coordinator"),
    move("fall_silent", sources="waiting", target="silent", whose="rule"),
    start="waiting",
)
