"""A logo is a picture that we drew from the one that came."""

from io import BytesIO

import pytest
from PIL import Image

from stem.rules import Refusal
from stem.scheme.logos import LARGEST, MOST_BYTES, read_logo
from tests.stem.pictures import GIF, SVG, picture_file


def opened(picture) -> Image.Image:
    return Image.open(BytesIO(picture.content))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_three_kinds_of_picture_become_a_png_no_larger_than_a_page_shows(kind):
    picture = read_logo(picture_file(kind, (960, 300)))

    assert (opened(picture).format, opened(picture).size) == ("PNG", (picture.width, picture.height))
    assert (picture.width, picture.height) == (480, 150)


def test_a_small_picture_keeps_its_size():
    picture = read_logo(picture_file(size=(40, 30)))
    assert (picture.width, picture.height) == (40, 30)


def test_a_picture_of_printer_s_colours_is_read():
    assert opened(read_logo(picture_file("JPEG", mode="CMYK"))).mode == "RGBA"


def test_a_photograph_that_lies_on_its_side_is_turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = read_logo(picture_file("JPEG", (100, 50), exif=exif))
    assert (picture.width, picture.height) == (50, 100)


def test_nothing_that_the_file_held_beside_the_picture_stays():
    hidden = b"<script>alert(1)</script>"
    exif = Image.Exif()
    exif[0x010E] = hidden.decode()
    file = BytesIO(picture_file("JPEG", exif=exif).read() + hidden)
    assert hidden in file.getvalue()
    assert hidden not in read_logo(file).content


@pytest.mark.parametrize(
    "content",
    [b"", b"not a picture", SVG, GIF, picture_file().getvalue()[:80], picture_file("JPEG").getvalue()[:200]],
    ids=["empty", "text", "svg", "gif", "cut png", "cut jpeg"],
)
def test_what_is_no_picture_of_these_kinds_is_refused_in_a_sentence(content):
    with pytest.raises(Refusal) as refused:
        read_logo(BytesIO(content))
    assert refused.value.codes == ["logo"]
    assert refused.value.told_to() == "Choose a picture saved as PNG, JPEG or WebP: this file is none that we can read."


def test_a_file_of_more_than_a_megabyte_is_refused_without_being_read():
    class Endless(BytesIO):
        def read(self, size=-1):
            assert 0 < size <= MOST_BYTES + 1
            return b"x" * size

    with pytest.raises(Refusal) as refused:
        read_logo(Endless())
    assert refused.value.told_to() == "Choose a smaller picture: it may have up to 1 MB."


@pytest.mark.parametrize("size", [(6000, 5000), (20_000, 10_000)], ids=["large", "bomb"])
def test_a_small_file_that_unfolds_into_a_giant_is_refused(size):
    file = picture_file(size=size, mode="1")
    assert len(file.getvalue()) < MOST_BYTES
    with pytest.raises(Refusal) as refused:
        read_logo(file)
    assert refused.value.told_to() == "Choose a picture of fewer pixels: 2,000 across is plenty."


def test_the_same_picture_has_the_same_name():
    assert read_logo(picture_file()).digest == read_logo(picture_file()).digest
    assert read_logo(picture_file()).digest != read_logo(picture_file(size=LARGEST)).digest
