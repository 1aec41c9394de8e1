"""A worry of the world, and whom a lead rings about one."""

from functools import cached_property

from quality.models import Concern, Officer
from tests import make
from tests.architecture.between import Between


class Worrying(Between):
    """What safeguarding leads alone see."""

    @cached_property
    def concern(self) -> Concern:
        """A worry that someone raised about the visit."""
        said = make.told(told_by_role="Science teacher", words="Something was said that I did not like.")
        return make.concern(visit=self.agreed, raised_at=make.NOW, said=said)

    @cached_property
    def officer(self) -> Officer:
        """Whom a lead rings in one area."""
        return make.officer()
