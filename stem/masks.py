"""Several codes of one list as the bits of one number, so that a database asks for any of them in one step."""

from collections.abc import Iterable


class Mask:
    """The bits of one list of codes. Numbers are kept, so a list only ever grows at its end."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._bits = {code: 1 << place for place, code in enumerate(codes)}

    def of(self, codes: Iterable[str]) -> int:
        """These codes as one number; one that is not on the list has no bit."""
        number = 0
        for code in codes:
            number |= self._bits.get(code, 0)
        return number
