"""Telling of a term that is over, once and for all."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from quality.models import CaseMix, Feedback, FollowUp, Release, ReleasedTable
from quality.reports.facts import facts_of, names_of_regions
from quality.reports.tables import TABLES, told, with_runs
from quality.statistics import Usual
from quality.suppression import MEAN_LEAST, Line, Table
from quality.terms import closed_by
from stem.terms import Term


def release_term(*, at: datetime) -> Release | None:
    """Tell of the last term of which no form may still come in; None where it was told of before.

    A sweep. While a form is still open that was asked for late, it waits: what is told of a term is told once (N-02).
    """
    term = closed_by(at)
    if Release.objects.filter(begins_on=term.first).exists():
        return None
    open_still = Feedback.objects.still_open(at)
    if open_still.filter(visit__starts_at__gte=term.begins_at, visit__starts_at__lt=term.ends_at).exists():
        return None
    if FollowUp.objects.still_open(at).asked_in(term.begins_at, term.ends_at).exists():
        return None
    return keep_release(term=term, facts=facts_of(term), regions=names_of_regions(), at=at)


@transaction.atomic
def keep_release(*, term: Term, facts: Mapping[str, Table], regions: Mapping[str, str], at: datetime) -> Release | None:
    """Keep what may be told of these facts; None where the term was told of meanwhile: the first stands."""
    mix = CaseMix.objects.in_force()
    release, is_new = Release.objects.get_or_create(
        begins_on=term.first, defaults={"released_at": at, "regions": dict(regions), "usual": _usual(mix)}
    )
    if not is_new:
        return None
    tables = {code: told(code, facts.get(code, {})) for code in TABLES}
    tables["months"] = with_runs(tables["months"], _runs_before(term), mix.usual if mix else Usual())
    ReleasedTable.objects.bulk_create(
        ReleasedTable(release=release, code=code, told=table) for code, table in tables.items()
    )
    return release


def _runs_before(term: Term) -> dict[Line, float]:
    """Where each row's run was at the end of the term before."""
    last = ReleasedTable.objects.filter(release__begins_on=term.before.first, code="months").first()
    if last is None:
        return {}
    return {
        tuple(row): runs[-1] for row, runs in zip(last.told["rows"], last.told.get("runs", []), strict=True) if runs
    }


def _usual(mix: CaseMix | None) -> dict[str, Any]:
    """What ratings were like, no finer than a tenth, and only kinds of visit that have ten of them."""
    usual = mix.usual if mix else Usual()
    told = mix.kinds if mix else []
    kinds = [[activity, stage, round(mean, 1)] for activity, stage, n, mean in told if n >= MEAN_LEAST]
    figures = {"mu": round(usual.mu, 1), "sigma": round(usual.sigma, 1), "k": round(usual.k)}
    return {**figures, "kinds": kinds}
