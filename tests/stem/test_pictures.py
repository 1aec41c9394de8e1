"""What holds for every picture that someone chooses."""

from io import BytesIO

import pytest
from PIL import Image

from stem.pictures import Limits, Picture, read_picture
from stem.rules import Refusal
from tests.stem.pictures import picture_file

LIMITS = Limits(
    code="picture",
    most_bytes=100_000,
    kinds={"JPEG": 10_000, "PNG": 400},
    heavy="Too heavy.",
    large="Too large.",
    unreadable=lambda content: f"{len(content)} bytes of nothing.",
)


def sized(image: Image.Image) -> Picture:
    return Picture(b"drawn", *image.size)


def refused(file: BytesIO) -> str:
    with pytest.raises(Refusal) as caught:
        read_picture(file, LIMITS, sized)
    assert caught.value.codes == ["picture"]
    return caught.value.told_to()


def test_a_picture_is_drawn_by_whoever_asked_for_it():
    picture = read_picture(picture_file("JPEG", (100, 50)), LIMITS, sized)
    assert (picture.content, picture.width, picture.height) == (b"drawn", 100, 50)


def test_a_jpeg_that_a_phone_packed_with_a_second_picture_is_a_jpeg():
    written = BytesIO()
    first, second = (Image.new("RGB", (40, 30), colour) for colour in ("red", "blue"))
    first.save(written, "MPO", save_all=True, append_images=[second])
    written.seek(0)
    assert Image.open(BytesIO(written.getvalue())).format == "MPO"

    assert read_picture(written, LIMITS, sized).width == 40


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (BytesIO(b"x" * 100_001), "Too heavy."),
        (picture_file("JPEG", (101, 100)), "Too large."),
        (picture_file("PNG", (21, 20)), "Too large."),
        (picture_file("WEBP", (10, 10)), None),
        (BytesIO(b"nothing"), "7 bytes of nothing."),
    ],
    ids=["heavy", "a large jpeg", "a large png", "a kind not named", "no picture"],
)
def test_what_is_beyond_the_limits_is_refused_in_their_words(file, words):
    said = refused(file)
    assert said == words if words else said.endswith("bytes of nothing.")


def test_what_breaks_while_it_is_drawn_is_none_that_we_can_read():
    def breaks(image: Image.Image) -> Picture:
        raise OSError("cut short")

    with pytest.raises(Refusal) as caught:
        read_picture(picture_file("PNG", (10, 10)), LIMITS, breaks)
    assert caught.value.told_to().endswith("bytes of nothing.")
