"""What the database itself keeps about the scheme's numbers."""

import pytest
from django.db import IntegrityError, transaction

from stem.policy.models import PolicyValue
from stem.policy.operations import set_value
from tests.stem.administrators import administrator

pytestmark = pytest.mark.django_db


def test_nobody_confirms_their_own_number(now):
    ada = administrator()
    set_value("crc_months", 24, from_day=now.date(), by=ada, at=now)
    with pytest.raises(IntegrityError, match="policy_value_confirmed_by_another"), transaction.atomic():
        PolicyValue.objects.update(confirmed_by=ada, confirmed_at=now)


def test_a_confirmation_has_its_person_and_its_moment(now):
    set_value("crc_months", 24, from_day=now.date(), by=administrator(), at=now)
    with pytest.raises(IntegrityError, match="policy_value_confirmed_by_and_at"), transaction.atomic():
        PolicyValue.objects.update(confirmed_at=now)
