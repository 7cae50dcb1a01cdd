"""Draws pages of digits in fonts that imitate handwriting: FOLDER/font_size_slant.png, the digits 0 to 9 in two lines.

    python3 tests/handwriting/draw_pages.py FOLDER

Needs Debian's python3-pil and python3-numpy and the packages of fonts named below; a font that is not there is passed
over. The list was made from apt-cache search before anything was read, and nothing is tuned on it.
"""
import pathlib
import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONTS = """
    bwht/BecauseWeBuild-Regular bwht/BecauseWeConnect-Regular bwht/BecauseWeCreate-Regular bwht/BecauseWeLearn-Regular
    bwht/BecauseWeMentor-Regular bwht/BecauseWeOrganize-Regular comic-neue/ComicNeue-Regular
    dancingscript/DancingScript-Regular joscelyn/Joscelyn-Regular kaushanscript/KaushanScript-Regular lobster/lobster
    breip/Breip ecolier-court/Ecolier-court femkeklaver/femkeklaver fifthhorseman/dkg fifthhorseman/dkgIt
    humor-sans/Humor-Sans isabella/Isabella klee/KleeOne-Regular kristi/Kristi leckerli-one/LeckerliOne-Regular
    rufscript/Rufscript010 sjfonts/Delphine sjfonts/SteveHand summersby/summersby tomsontalks/TomsonTalks
    yozvox-yozfont/YOzRC_ yusei-magic/YuseiMagic-Regular
""".split()
SIZES, SLANTS = (60, 110, 200), (-0.2, 0.0, 0.2)
LINES = ("01234", "56789")


def find(name):
    for kind, ending in (("opentype", "otf"), ("truetype", "ttf")):
        path = pathlib.Path(f"/usr/share/fonts/{kind}/{name}.{ending}")
        if path.exists():
            return path
    return None


def digit(font, text, slant):
    """The ink of one digit, 0 to 1, sheared to the right (or left) the higher it is."""
    left, top, right, bottom = font.getbbox(text)
    pad = int(abs(slant) * (bottom - top)) + 4
    image = Image.new("L", (right - left + 2 * pad, bottom - top + 8), 0)
    ImageDraw.Draw(image).text((pad - left, 4 - top), text, font=font, fill=255)
    middle = image.height / 2
    sheared = image.transform(image.size, Image.AFFINE, (1, slant, -slant * middle, 0, 1, 0), Image.BICUBIC)
    return np.asarray(sheared, dtype=float) / 255


def page(path, size, slant, random):
    font = ImageFont.truetype(str(path), size)
    ink = np.zeros((int(4.5 * size), 9 * size))
    for row, line in enumerate(LINES):
        for column, text in enumerate(line):
            one = digit(font, text, slant)
            y = int((1.25 + 2 * row + random.uniform(-0.1, 0.1)) * size - one.shape[0] / 2)
            x = int((1.1 + 1.7 * column + random.uniform(-0.15, 0.15)) * size - one.shape[1] / 2)
            place = ink[max(0, y):y + one.shape[0], max(0, x):x + one.shape[1]]
            np.maximum(place, one[:place.shape[0], :place.shape[1]], out=place)
    height, width = ink.shape
    light = 1 - 0.2 * np.linspace(0, 1, width)[None, :] * np.linspace(0.5, 1, height)[:, None]
    paper, pen = np.array([248, 244, 232.0]), np.array([40, 48, 110.0])
    colors = (paper + (pen - paper) * ink[..., None]) * light[..., None] + random.normal(0, 2.5, (height, width, 1))
    return Image.fromarray(np.clip(colors, 0, 255).astype("uint8"))


folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(20)
for name in FONTS:
    found = find(name)
    if found is None:
        print(f"{name}: not installed", file=sys.stderr)
        continue
    for size in SIZES:
        for slant in SLANTS:
            page(found, size, slant, random).save(folder / f"{found.stem}_{size}_{slant:+.1f}.png")
