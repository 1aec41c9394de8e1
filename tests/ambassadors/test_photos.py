"""A photo is a square that we drew from the file that came."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from ambassadors.photos import MOST_BYTES, SIDE, read_photo, square_of
from stem.rules import Refusal
from tests.stem.pictures import GIF, SVG, picture_file

HEIC = b"\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1heic" + b"x" * 200


HEIC_WORDS = (
    "This picture is in your phone’s own format (HEIC). Take a screenshot of it and choose that, or choose a "
    "picture saved as JPEG."
)


def opened(picture) -> Image.Image:
    return Image.open(BytesIO(picture.content))


def halves(size: tuple[int, int], **options) -> BytesIO:
    """A picture whose upper half is red and whose lower half is blue."""
    image = Image.new("RGB", size, "blue")
    ImageDraw.Draw(image).rectangle((0, 0, size[0], size[1] // 2), fill="red")
    written = BytesIO()
    image.save(written, "JPEG", quality=95, **options)
    written.seek(0)
    return written


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(600, 900), (900, 600), (130, 200), (4000, 3000)], ids=str)
def test_every_photo_becomes_a_square_jpeg_of_one_size(kind, size):
    picture = read_photo(picture_file(kind, size))

    assert (opened(picture).format, opened(picture).size) == ("JPEG", (SIDE, SIDE))
    assert (picture.width, picture.height) == (SIDE, SIDE)


def test_of_a_high_photo_more_of_the_upper_half_stays():
    drawn = opened(read_photo(halves((400, 800))))
    red, _green, blue = drawn.getpixel((SIDE // 2, SIDE // 2))
    assert red > blue


def test_a_photo_that_lies_on_its_side_is_turned():
    exif = Image.Exif()
    exif[0x0112] = 3
    drawn = opened(read_photo(halves((400, 400), exif=exif)))
    assert drawn.getpixel((240, 20))[2] > 200


def test_what_is_seen_through_becomes_white():
    assert opened(read_photo(picture_file("PNG", (200, 200), mode="LA"))).getpixel((100, 100)) == (255, 255, 255)


def test_nothing_that_the_file_held_beside_the_picture_stays():
    hidden = "taken at 53.7997, -1.5492"
    exif = Image.Exif()
    exif[0x010E] = hidden
    file = picture_file("JPEG", (200, 200), exif=exif, comment=hidden.encode())
    assert file.getvalue().count(hidden.encode()) == 2

    picture = read_photo(file)

    assert hidden.encode() not in picture.content
    assert not opened(picture).getexif()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Choose a photo saved as JPEG, PNG or WebP: this file is none that we can read."),
        (SVG, "Choose a photo saved as JPEG, PNG or WebP: this file is none that we can read."),
        (GIF, "Choose a photo saved as JPEG, PNG or WebP: this file is none that we can read."),
        (
            HEIC,
            HEIC_WORDS,
        ),
        (b"x" * (MOST_BYTES + 1), "Choose a smaller photo: it may have up to 8 MB."),
        (
            picture_file("PNG", (119, 300)).getvalue(),
            "Choose a larger photo: nobody would know you in one as small as this.",
        ),
        (
            picture_file("PNG", (6000, 5000), mode="1").getvalue(),
            "Choose a photo of fewer pixels: one taken at your phone’s usual setting will do.",
        ),
    ],
    ids=["empty", "svg", "gif", "heic", "heavy", "small", "giant"],
)
def test_what_is_no_photo_is_refused_in_a_sentence(content, words):
    with pytest.raises(Refusal) as refused:
        read_photo(BytesIO(content))
    assert (refused.value.codes, refused.value.told_to()) == (["photo"], words)


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_the_square_is_the_largest_that_fits(width, height):
    left, top, right, bottom = square_of(width, height)
    assert right - left == bottom - top == min(width, height)
    assert left >= 0 and top >= 0 and right <= width and bottom <= height
    assert top <= height - bottom or height <= width
