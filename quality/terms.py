"""Which term may be told of: one of which no form may still come in."""

from datetime import datetime, timedelta

from stem.terms import Term, term_of

# Forms close 28 days after they were asked for; and some days more for what was asked late.
CLOSES_AFTER = timedelta(days=35)


def closed_by(at: datetime) -> Term:
    """The last term of which no form may still come in."""
    term = term_of((at - CLOSES_AFTER).date())
    return term.before
