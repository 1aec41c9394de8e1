"""The life of an ambassador in the scheme (rule 1.8), and of a reference about one (rule V-51)."""

from stem.workflow import Workflow, move

# What is noted beside a status, and changes none.
PVG_TOLD = "tell_disclosure_scotland"

LIFECYCLE = Workflow(
    "ambassador",
    # A beginning of its own: whoever another scheme brings has asked us for nothing yet (V-93).
    move("import", sources="", target="imported", whose="rule"),
    move("submit", sources="draft imported", target="vetting", whose="ambassador"),
    move("approve", sources="vetting", target="active", whose="vetting_officer"),
    move("decline", sources="vetting", target="declined", whose="vetting_officer"),
    move("pause", sources="active", target="paused", whose="ambassador vetting_officer"),
    move("resume", sources="paused", target="active", whose="ambassador vetting_officer"),
    move("leave", sources="draft imported vetting active paused", target="left", whose="ambassador vetting_officer"),
    move("return", sources="left", target="vetting", whose="ambassador"),
    # As if it were deleted, under the name by which a deletion is on record: nobody is to see the difference (P-21).
    move("no", sources="draft imported", target="sealed", whose="ambassador vetting_officer"),
    move("silent", sources="draft imported", target="sealed", whose="rule"),
    # Two records of one person become one, and for a while may become two again (rule V-92).
    move(
        "merge",
        sources="draft imported vetting active paused declined left sealed",
        target="merged",
        whose="vetting_officer safeguarding_lead ambassador",
    ),
    *(
        move(f"separate_{each}", sources="merged", target=each, whose="vetting_officer safeguarding_lead")
        for each in ("draft", "imported", "vetting", "active", "paused", "declined", "left", "sealed")
    ),
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

# A file of another scheme's people (rule V-91).
UPLOAD = Workflow(
    "upload",
    # Again, when the report shows that a column was the wrong one.
    move("check", sources="uploaded checked", target="checking", whose="administrator"),
    move("report", sources="checking", target="checked", whose="worker"),
    move("take_in", sources="checked", target="taking_in", whose="administrator"),
    move("finish", sources="taking_in", target="done", whose="worker"),
    move("refuse", sources="checking taking_in", target="refused", whose="worker"),
    # By no fault of the file's: what stands of it is found again when it is tried once more.
    move("give_back", sources="checking", target="uploaded", whose="worker"),
    move("stop", sources="taking_in", target="checked", whose="worker"),
    move("throw_away", sources="uploaded checking checked", target="thrown_away", whose="administrator rule"),
    start="uploaded",
)

# Ends that are decisions, and stand until something newer, or worse, takes their place.
DECIDED = "ok conditions"
BEFORE_WEIGHING = "required eligible applied issued seen"
OPEN = f"{BEFORE_WEIGHING} assessing escalated"

CHECK = Workflow(
    "check",
    move("confirm_eligibility", sources="required", target="eligible", whose="vetting_officer"),
    move("apply", sources="eligible", target="applied", whose="vetting_officer"),
    move("note_issued", sources="applied", target="issued", whose="vetting_officer ambassador"),
    move("see_original", sources="issued", target="seen", whose="vetting_officer"),
    # another name, birth date or level than it should have: begun anew
    move("reject", sources="issued", target="required", whose="vetting_officer"),
    # by a second officer, where there is nothing to weigh
    move("clear", sources="seen", target="ok", whose="vetting_officer"),
    move("assess", sources="seen", target="assessing", whose="vetting_officer"),
    move("find_suitable", sources="assessing escalated", target="ok", whose="rule safeguarding_lead"),
    move("set_conditions", sources="assessing escalated", target="conditions", whose="rule safeguarding_lead"),
    move("find_unsuitable", sources="assessing escalated", target="not_suitable", whose="rule safeguarding_lead"),
    move("escalate", sources="assessing", target="escalated", whose="rule"),
    move("appeal", sources="not_suitable", target="appealed", whose="ambassador"),
    move("uphold", sources="appealed", target="refused", whose="safeguarding_lead"),
    move("overturn", sources="appealed", target="ok", whose="safeguarding_lead"),
    move("supersede", sources=DECIDED, target="superseded", whose="rule"),
    # What is weighed is weighed to its end: no officer takes it away from the assessors.
    move("withdraw", sources=f"{BEFORE_WEIGHING} {DECIDED}", target="withdrawn", whose="vetting_officer"),
    move(
        "bar",
        sources=f"{OPEN} {DECIDED} not_suitable appealed refused superseded withdrawn",
        target="barred",
        whose="safeguarding_lead",
    ),
    start="required",
)
