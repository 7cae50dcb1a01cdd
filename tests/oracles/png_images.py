"""Writes png_images.json: PNG files of every colour type, depth and interlacing, and what the Python Imaging
Library sees in them.

Run: python3 png_images.py > png_images.json      (made with Pillow 9.4)
The files are composed here from the format's description, each row with a filter drawn at random, the
pixels in two chunks.
Pillow decodes them and turns colours into grey; alpha over white, which Pillow rounds in another way, is
a formula here.
"""
import base64
import io
import json
import random
import struct
import sys
import zlib

from PIL import Image

SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
draw = random.Random(7)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pack(samples, depth):
    if depth == 16:
        return b"".join(struct.pack(">H", s) for s in samples)
    bits = "".join(format(s, f"0{depth}b") for s in samples)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def paeth(a, b, c):
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]


def filtered(row, above, distance):
    kind = draw.randrange(5)
    out = bytearray([kind])
    for i, value in enumerate(row):
        a = row[i - distance] if i >= distance else 0
        c = above[i - distance] if i >= distance else 0
        b = above[i]
        out.append((value - (0, a, b, (a + b) // 2, paeth(a, b, c))[kind]) % 256)
    return bytes(out)


def write(width, height, color, depth, interlaced, keyed):
    top = (1 << depth) - 1
    if color == 3:
        palette = [tuple(draw.randrange(256) for _ in range(3)) for _ in range(min(top + 1, 100))]
        top = len(palette) - 1
    pixels = [[tuple(draw.randint(0, top) for _ in range(SAMPLES[color])) for _ in range(width)] for _ in range(height)]
    body, distance = b"", max(1, depth * SAMPLES[color] // 8)
    for x0, y0, dx, dy in ADAM7 if interlaced else [(0, 0, 1, 1)]:
        columns = range(x0, width, dx)
        above = bytes((len(columns) * depth * SAMPLES[color] + 7) // 8)
        for y in range(y0, height, dy) if columns else []:
            row = pack([s for x in columns for s in pixels[y][x]], depth)
            body += filtered(row, above, distance)
            above = row

    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlaced))
    png += chunk(b"tEXt", b"Comment\0made for a test")
    if color == 3:
        png += chunk(b"PLTE", bytes(c for entry in palette for c in entry))
    key = None
    if keyed and color == 3:
        png += chunk(b"tRNS", bytes(draw.randrange(256) for _ in palette[1:]))
    elif keyed:
        key = pixels[height // 2][width // 2]
        png += chunk(b"tRNS", struct.pack(f">{len(key)}H", *key))
    data = zlib.compress(body)
    half = len(data) // 2
    png += chunk(b"IDAT", data[:half]) + chunk(b"IDAT", data[half:]) + chunk(b"IEND", b"")
    return png, pixels, key


def see(png, pixels, key):
    image = Image.open(io.BytesIO(png))
    image.load()
    if image.mode in ("I", "I;16", "I;16B"):
        grey = [value >> 8 for value in image.convert("I").getdata()]
        alpha = [255] * len(grey)
    else:
        image.info.pop("transparency", None) if key else None
        wide = image.convert("RGBA")
        grey, alpha = list(wide.convert("RGB").convert("L").getdata()), list(wide.getchannel("A").getdata())
    if key:
        # Pillow compares some depths with a key of another depth; the samples are known here.
        alpha = [0 if pixel == key else 255 for row in pixels for pixel in row]
    return bytes((g * a + 255 * (255 - a) + 127) // 255 for g, a in zip(grey, alpha))


cases = [(13, 11, c, d, i, k) for c in DEPTHS for d in DEPTHS[c] for i in (0, 1)
         for k in ((0, 1) if c in (0, 2, 3) else (0,))]
cases += [(w, h, c, d, 1, 0) for w, h in ((1, 1), (2, 5), (5, 1), (4, 4), (8, 3), (9, 9))
          for c, d in ((0, 1), (2, 8), (3, 2), (6, 16))]
oracle = []
for case in cases:
    png, pixels, key = write(*case)
    oracle.append({
        "name": "{}x{}, colour type {}, {} bits{}{}".format(
            *case[:4], ", interlaced" * case[4], ", transparent" * case[5]),
        "width": case[0], "height": case[1],
        "png": base64.b64encode(png).decode(), "grey": base64.b64encode(see(png, pixels, key)).decode(),
    })
json.dump(oracle, sys.stdout, indent=0)
sys.stdout.write("\n")
