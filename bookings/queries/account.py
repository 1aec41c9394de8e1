"""The parts that someone has in the scheme, for the page of their own account."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ambassadors.enums import TAKES_NO_PART
from ambassadors.models import Ambassador
from ambassadors.workflow import LIFECYCLE
from schools.enums import ContactStatus
from schools.models import Contact
from stem.accounts.roles import roles_of
from stem.letters.choices import unwanted_by
from stem.letters.kinds import LetterKind, Part, kinds_for
from stem.texts.models import TextNumber
from stem.texts.port import are_texts_on

if TYPE_CHECKING:
    from stem.accounts.models import User


@dataclass(frozen=True)
class Account:
    """Who someone is to the scheme."""

    ambassador: Ambassador | None
    contacts: list[Contact]
    is_staff: bool
    unwanted: frozenset[str]
    # Whether this installation sends texts, and to which number they go.
    are_texts_on: bool
    texted: TextNumber | None

    @property
    def parts(self) -> set[Part]:
        """The parts that bring letters."""
        held = {
            Part.AMBASSADOR: self.ambassador is not None,
            Part.SCHOOL: bool(self.contacts),
            Part.STAFF: self.is_staff,
        }
        return {part for part, is_held in held.items() if is_held}

    @property
    def always(self) -> list[LetterKind]:
        """The kinds of letter that come in any case."""
        return [kind for kind in kinds_for(self.parts) if not kind.is_optional]

    @property
    def optional(self) -> list[LetterKind]:
        """The kinds of letter that this person may do without."""
        return [kind for kind in kinds_for(self.parts) if kind.is_optional]

    @property
    def wanted(self) -> list[LetterKind]:
        """Those of them that come."""
        return [kind for kind in self.optional if kind not in self.unwanted]

    @property
    def may_leave_scheme(self) -> bool:
        """Whether there is a part as an ambassador to end."""
        return self.ambassador is not None and LIFECYCLE.can(self.ambassador, "leave")

    @property
    def schools(self) -> list[Contact]:
        """The schools that this person acts for."""
        return [contact for contact in self.contacts if contact.status == ContactStatus.APPROVED]

    @property
    def takes_part(self) -> bool:
        """Whether there is a part as an ambassador that has not ended."""
        return self.ambassador is not None and self.ambassador.status not in TAKES_NO_PART

    @property
    def may_be_texted(self) -> bool:
        """Whether a text could ever have something to tell: of a visit one goes to, or that comes to one's school."""
        return self.are_texts_on and (self.takes_part or bool(self.schools))

    @property
    def may_close(self) -> bool:
        """Whether nothing has to be ended before the account is closed."""
        return not (self.takes_part or self.schools or self.is_staff)


def account_of(user: "User") -> Account:
    """This person's parts and choices, in four queries; where texts are sent, in five."""
    is_on = are_texts_on()
    contacts = Contact.objects.of(user).filter(status__in=[ContactStatus.APPROVED, ContactStatus.AWAITING])
    return Account(
        ambassador=Ambassador.objects.filter(user=user).first(),
        contacts=list(contacts.select_related("school")),
        is_staff=bool(roles_of(user)),
        unwanted=frozenset(unwanted_by(user)),
        are_texts_on=is_on,
        texted=TextNumber.objects.filter(user=user).first() if is_on else None,
    )
