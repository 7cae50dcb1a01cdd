"""Writes my-seven.jpg and phone-number.jpg: digits of a pen on tinted paper in uneven light, as photos have them.

    python3 tests/oracles/jpeg_digits.py
"""
import pathlib

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

# Strokes in a box of 10 × 14.
STROKES = {
    "0": [[(5, 0), (2, 2), (0.5, 7), (2, 12), (5, 14), (8, 12), (9.5, 7), (8, 2), (5, 0)]],
    "1": [[(5.5, 0), (4.5, 14)]],
    "2": [[(0.5, 3.5), (2, 1), (5, 0), (8, 1), (9, 4), (7.5, 7), (4, 10.5), (0.5, 14), (9.5, 13.6)]],
    "4": [[(3, 0), (0.5, 9), (9.5, 8.4)], [(7.5, 3.5), (6.5, 14)]],
    "7": [[(0.5, 0.8), (9.5, 0), (6.5, 6), (4, 14)]],
}


def draw(text, name, unit, gap):
    width, height = int((len(text) * (10 + gap) + gap) * unit), int(24 * unit)
    ink = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(ink)
    for i, digit in enumerate(text):
        left, top = (gap + i * (10 + gap)) * unit, (5 + 0.6 * (-1) ** i) * unit
        for stroke in STROKES[digit]:
            points = [(left + x * unit, top + y * unit) for x, y in stroke]
            pen.line(points, fill=255, width=int(1.6 * unit), joint="curve")
            for x, y in (points[0], points[-1]):
                r = 0.8 * unit
                pen.ellipse((x - r, y - r, x + r, y + r), fill=255)
    ink = np.asarray(ink.filter(ImageFilter.GaussianBlur(unit / 6)), dtype=float)[..., None] / 255
    light = 1 - 0.3 * np.linspace(0, 1, width)[None, :, None]
    paper, blue = np.array([246, 240, 222.0]), np.array([38, 44, 120.0])
    noise = np.random.default_rng(4).normal(0, 2, (height, width, 1))
    picture = (paper + (blue - paper) * ink) * light + noise
    folder = pathlib.Path(__file__).parent
    Image.fromarray(np.clip(picture, 0, 255).astype("uint8")).save(folder / name, quality=75)


draw("7", "my-seven.jpg", 12, 8)
draw("07147204", "phone-number.jpg", 6, 5)
