"""The tables of moves for feedback, polls of classes, cases, worries, complaints and suspensions."""

from stem.workflow import Workflow, move

FEEDBACK = Workflow(
    "feedback",
    move("submit", sources="invited", target="submitted", whose="teacher ambassador"),
    move("read", sources="submitted", target="read", whose="coordinator"),
    move("share", sources="submitted read", target="read", whose="coordinator"),
    move("take_back", sources="read", target="read", whose="coordinator"),
    start="invited",
)

POLL = Workflow(
    "poll",
    # its days are over, or whoever acts for the school says that all have answered
    move("close", sources="open", target="closed", whose="teacher rule"),
    # one answer more than there were pupils (rule G-10)
    move("stop", sources="open", target="void", whose="rule"),
    move("count", sources="void", target="closed", whose="coordinator"),
    move("leave_out", sources="void", target="left_out", whose="coordinator"),
    start="open",
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
    # Somebody has looked, and says what it is (rule 2.9). More may become known: then it is the graver thing.
    move("take_as_child_welfare", sources="raised", target="child_welfare", whose="safeguarding_lead"),
    move(
        "take_as_harm_threshold",
        sources="raised child_welfare low_level not_safeguarding",
        target="harm_threshold",
        whose="safeguarding_lead",
    ),
    move("take_as_low_level", sources="raised", target="low_level", whose="safeguarding_lead"),
    move("take_as_not_safeguarding", sources="raised", target="not_safeguarding", whose="safeguarding_lead"),
    # to the school's own lead, by telephone; and to the designated officer, with whose reference alone it goes on
    move("pass_on", sources="child_welfare", target="referred", whose="safeguarding_lead"),
    move("refer", sources="harm_threshold", target="referred", whose="safeguarding_lead"),
    # of what is about an adult
    move("record_outcome", sources="referred low_level", target="outcome", whose="safeguarding_lead"),
    # what is about a child alone has no outcome that is ours to find
    move("record_actions", sources="referred outcome", target="actions", whose="safeguarding_lead"),
    move("propose_close", sources="actions not_safeguarding", target="closing", whose="safeguarding_lead"),
    move("keep_open", sources="closing", target="actions", whose="safeguarding_lead"),
    # by a second person
    move("close", sources="closing", target="closed", whose="safeguarding_lead"),
    start="raised",
)

COMPLAINT = Workflow(
    "complaint",
    # A child's welfare is involved: safeguarding leads come first, and nothing else happens meanwhile (rule 2.9).
    move(
        "wait",
        sources="received acknowledged assigned investigating repeat",
        target="waiting",
        whose="rule safeguarding_lead",
    ),
    move("go_on", sources="waiting", target="received", whose="safeguarding_lead"),
    move("acknowledge", sources="received", target="acknowledged", whose="handler"),
    # to somebody unconnected; to another one, should that turn out to be wrong
    move("assign", sources="acknowledged assigned investigating repeat", target="assigned", whose="handler"),
    move("investigate", sources="assigned", target="investigating", whose="handler"),
    # the same again, with nothing new: two people say so
    move("propose_repeat", sources="assigned investigating", target="repeat", whose="handler"),
    move("keep_investigating", sources="repeat", target="investigating", whose="handler"),
    move("confirm_repeat", sources="repeat", target="responded", whose="handler"),
    move("respond", sources="investigating", target="responded", whose="handler"),
    # by whoever complained, once; somebody more senior answers who has not before
    move("appeal", sources="responded", target="appealed", whose="complainer"),
    move("answer_appeal", sources="appealed", target="closed", whose="handler"),
    # what is answered, and not asked about again, closes by itself as it was found
    move(
        "withdraw",
        sources="received acknowledged assigned investigating repeat appealed",
        target="closed",
        whose="handler",
    ),
    move("reroute", sources="acknowledged assigned investigating", target="closed", whose="handler"),
    # nobody has asked for another look in time
    move("close", sources="responded", target="closed", whose="rule"),
    start="received",
)

SUSPENSION = Workflow(
    "suspension",
    move("review", sources="standing lifting", target="standing", whose="safeguarding_lead"),
    move("propose_lift", sources="standing", target="lifting", whose="safeguarding_lead"),
    # by a second person: whoever proposed it only takes it back, which is a review
    move("lift", sources="lifting", target="lifted", whose="safeguarding_lead"),
    start="standing",
)
