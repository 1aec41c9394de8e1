"""Draw an address as a QR code. Pure: one path for a page to paint, so that no page holds markup it did not write."""

from dataclasses import dataclass
from itertools import groupby

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

# The light margin without which a camera does not find the code, in squares.
MARGIN = 4


@dataclass(frozen=True)
class QRDrawing:
    """A code on its square of paper: as many units a side as `side`, with its dark squares as one path."""

    side: int
    path: str


def draw_qr_code(address: str) -> QRDrawing:
    """The code that a phone's camera reads as this address; it can be read with a seventh of it spoilt."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=MARGIN)
    code.add_data(address)
    rows = code.get_matrix()
    return QRDrawing(len(rows), "".join(_row(y, row) for y, row in enumerate(rows)))


def _row(y: int, row: list[bool]) -> str:
    """The dark squares of one row, each run of neighbours as one stroke: half as much to send as one by one."""
    drawn, x = "", 0
    for is_dark, run in groupby(row):
        width = len(list(run))
        drawn += f"M{x} {y}h{width}v1h-{width}z" if is_dark else ""
        x += width
    return drawn
