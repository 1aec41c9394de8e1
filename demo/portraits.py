"""Portraits of people who do not exist: a face of a few round strokes, another for every name."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

SIDE = 640
GROUNDS = ("#dfe7f5", "#f7e6d3", "#e2f0e4", "#f3e0ea", "#e8e4f4")
SKINS = ("#f3d3bb", "#e3b594", "#c68b62", "#8f5a3c", "#5f3a26")
HAIRS = ("#2b211d", "#5a3a22", "#8c6239", "#b9b1aa", "#a3452c")
COATS = ("#23508f", "#1d6340", "#8c1d5b", "#7d4a00", "#3f3a52")


def portrait(name: str) -> BytesIO:
    """A file with this person's picture: always the same for one name."""
    choose = Random(name)
    ground, skin, hair, coat = (choose.choice(colours) for colours in (GROUNDS, SKINS, HAIRS, COATS))
    image = Image.new("RGB", (SIDE, SIDE), ground)
    pen = ImageDraw.Draw(image)
    has_long_hair = choose.random() < 0.5
    if has_long_hair:
        pen.rounded_rectangle((190, 150, 450, 500), 120, fill=hair)
    pen.ellipse((110, 470, 530, 900), fill=coat)
    pen.rounded_rectangle((275, 400, 365, 530), 40, fill=skin)
    pen.ellipse((205, 150, 435, 450), fill=skin)
    pen.pieslice((198, 130, 442, 400), 180, 360, fill=hair)
    for x in (270, 370):
        pen.ellipse((x - 11, 292, x + 11, 314), fill="#2a252f")
    if choose.random() < 0.35:
        for x in (270, 370):
            pen.ellipse((x - 36, 268, x + 36, 338), outline="#2a252f", width=6)
        pen.line((306, 300, 334, 300), fill="#2a252f", width=6)
    pen.arc((275, 325, 365, 400), 20, 160, fill="#7a3b33", width=8)
    file = BytesIO()
    image.save(file, "PNG")
    file.seek(0)
    return file
