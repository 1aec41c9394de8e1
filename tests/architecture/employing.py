"""An employer of the world, and who reads for it."""

from functools import cached_property

from quality.models import Employer, EmployerAgreement, EmployerLead
from tests import make
from tests.architecture.between import Between


class Employing(Between):
    """The ambassador's employer, which was told of a term."""

    @cached_property
    def employer(self) -> Employer:
        """The employer, with a term that could be told of and one that could not."""
        made = make.employer()
        make.employer_release(made)
        make.employer_release(made, begins_on=make.LAST_TERM.before.first, told={})
        return made

    @cached_property
    def employer_lead(self) -> EmployerLead:
        """Somebody who reads for it."""
        return make.employer_lead(self.employer)

    @cached_property
    def invited_lead(self) -> EmployerLead:
        """Somebody who was asked to, and has not answered."""
        return make.employer_lead(self.employer, accepted=False)

    @cached_property
    def counted(self) -> EmployerAgreement:
        """That the ambassador is counted."""
        return make.employer_agreement(self.ambassador)

    def fill_employers(self, number: int) -> None:
        """One more of what pages of employers may list."""
        more = make.employer(f"Works {number}", spellings=(f"Works no. {number} of many",))
        for _ in range(number):
            make.employer_lead(more)
        words = f"Northern Bridges, branch {number}"
        self.employer.spellings.create(words=words, key=f"branch{number}", added_at=make.NOW)
        make.employer_lead(self.employer)
        make.employer_lead(self.employer, accepted=False)
        make.employer_release(self.employer, begins_on=make.LAST_TERM.first.replace(year=2000 + number))
