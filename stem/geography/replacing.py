"""Place again what rested on an approximate place, once a fuller directory of postcodes is in force."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction

from stem.geography.geocoding import geocode
from stem.geography.located import Located
from stem.geography.places import Gazetteer
from stem.geography.postcodes import Postcode, read_postcode
from stem.rules import Refusal

BATCH = 200
# A service that others share is asked one question a second: the next night's sweep goes on.
MOST_ASKED_ABOUT = 200


def place_again() -> int:
    """Find every unsettled place anew, whatever app's row it is, in short transactions; how many rows were looked at.

    A sweep: it may run twice, or be cut short and run again.
    """
    models = [model for model in apps.get_models() if issubclass(model, Located)]
    looked_at = sum(_place_rows_again(model) for model in models)
    for model in models:
        ask_about(model)
    return looked_at


def _place_rows_again(model: Any) -> int:
    looked_at, last = 0, 0
    gazetteer = Gazetteer()
    while keys := list(
        model.objects.unsettled().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        with transaction.atomic():
            rows = list(model.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
            gazetteer.read_ahead(_postcodes(rows))
            for row in rows:
                with suppress(Refusal):
                    row.place_again(gazetteer)
            model.objects.bulk_update(rows, model.PLACE)
        looked_at, last = looked_at + len(keys), keys[-1]
    return looked_at


def ask_about(model: Any) -> int:
    """Ask the scheme's geocoding service, if it allows one, about places that the directory does not know; how many it
    found.

    Never about homes: their postcodes are told to nobody, and they are placed by their sector (rule P-04).
    """
    if not settings.GEOCODER or model.is_home:
        return 0
    found = 0
    rows = model.objects.filter(approximate=True).exclude(postcode="").order_by("pk")
    for row in rows[:MOST_ASKED_ABOUT]:
        point = geocode(row.postcode)
        if point is not None:
            still = model.objects.filter(pk=row.pk, postcode=row.postcode, approximate=True)
            found += still.update(lat=point.lat, lon=point.lon, approximate=False)
    return found


def _postcodes(rows: list[Any]) -> Iterator[Postcode]:
    for row in rows:
        with suppress(Refusal):
            yield read_postcode(row.postcode)
