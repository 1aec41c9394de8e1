"""The code on a card: what is drawn is what a camera reads as the address."""

import re

from hypothesis import given
from hypothesis import strategies as st
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from bookings.qr_codes import MARGIN, QRDrawing, draw_qr_code

STROKE = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def painted(drawing: QRDrawing) -> list[list[bool]]:
    """The squares of the paper, each dark or not, as a browser would fill the path."""
    assert STROKE.sub("", drawing.path) == ""
    paper = [[False] * drawing.side for _ in range(drawing.side)]
    for x, y, there, back in (map(int, stroke) for stroke in STROKE.findall(drawing.path)):
        assert there == back
        paper[y][x : x + there] = [True] * there
    return paper


def matrix_of(address: str) -> list[list[bool]]:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=MARGIN)
    code.add_data(address)
    return [[bool(square) for square in row] for row in code.get_matrix()]


@given(st.text(alphabet="abcXYZ0189-_./:", min_size=1, max_size=120))
def test_the_drawing_is_the_code_of_the_address(path: str):
    address = f"https://scheme.example/card/{path}/"
    assert painted(draw_qr_code(address)) == matrix_of(address)


def test_another_address_is_another_drawing():
    assert painted(draw_qr_code("https://scheme.example/card/a/")) != matrix_of("https://scheme.example/card/b/")


def test_a_light_margin_stands_round_it():
    paper = painted(draw_qr_code("https://scheme.example/card/a/"))
    edge = [*paper[:MARGIN], *paper[-MARGIN:], *(row[:MARGIN] + row[-MARGIN:] for row in paper)]
    assert not any(square for row in edge for square in row)
