"""What an account says of a person, kept the same in the register: said once, it holds for both."""

from datetime import datetime
from typing import TypedDict

from django.db import transaction

from ambassadors.models import Ambassador
from ambassadors.operations.reckoning import say_oneself
from ambassadors.operations.requirements import end_identity_of_another_name
from ambassadors.search.index import index_people
from stem.accounts.models import User
from stem.audit.record import record

# The two keep these of one person; the language is the account's alone, and the e-mail address is read from it.
OF_BOTH = ("full_name", "known_as", "phone")


class Details(TypedDict):
    """How people are called and reached, and in which language."""

    full_name: str
    known_as: str
    phone: str
    language: str


@transaction.atomic
def change_details(*, user: User, details: Details, at: datetime) -> None:
    """Replace what someone says of themselves on their account, and on their record in the register if they have one.

    Under another name it is seen anew who they are, as when a profile is changed.
    Refuses nothing: what can be understood, and it is one's own, may be said.
    """
    # The person before the account, as when a profile is changed.
    ambassador = Ambassador.objects.select_for_update(no_key=True, of=("self",)).filter(user=user).first()
    User.objects.filter(pk=user.pk).update(**details)
    if ambassador is not None:
        end_identity_of_another_name(ambassador, details["full_name"], by=user, at=at)
        say_oneself(ambassador, details, at=at)
        for name in OF_BOTH:
            setattr(ambassador, name, details[name])  # type: ignore[literal-required]
        ambassador.save(update_fields=[*OF_BOTH, "said"])
        index_people([ambassador.pk])
    record("account.change", user, by=user, at=at)
