"""Which term may be told of: one of which no form may still come in."""

from datetime import datetime, timedelta

from stem.terms import Term, term_of

# Forms close 28 days after they were asked for; and some days more for what was asked late.
CLOSES_AFTER = timedelta(days=35)


def closes_at(term: Term) -> datetime:
    """The moment from which no form of it may come in: of what is told, this is the last that counts."""
    return term.ends_at + CLOSES_AFTER


def closed_by(at: datetime) -> Term:
    """The last term of which no form may still come in."""
    term = term_of((at - CLOSES_AFTER).date())
    return term.before
