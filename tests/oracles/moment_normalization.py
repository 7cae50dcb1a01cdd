"""Writes moment_normalization.gz: 1,000 images of 28×28, and what moment normalisation makes of them in NumPy float64.

Run: python3 moment_normalization.py

The file holds the 784,000 bytes of the images and then as many of the results, rounded to whole grey levels, before
faint levels are set to 0. Moments are means of coordinates here and sums of whole numbers in MnistNet, and positions
are float64 numbers here and fixed-point numbers there. With a folder of MNIST's files as an argument, the images are
its first 1,000 training digits instead, and the result goes to the standard output.
"""
import gzip
import pathlib
import sys

import numpy as np

SIDE, COUNT = 28, 1000
YS, XS = np.mgrid[0:SIDE, 0:SIDE].astype(np.float64)


def stroke(rng):
    """A line through a few points, as a broad soft pen draws it."""
    points = rng.uniform(4, 24, (rng.integers(2, 6), 2)) * rng.uniform(0.3, 1.0) + rng.uniform(-2, 6, 2)
    distance = np.full((SIDE, SIDE), np.inf)
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        dx, dy = x1 - x0, y1 - y0
        t = np.clip(((XS - x0) * dx + (YS - y0) * dy) / (dx * dx + dy * dy), 0, 1)
        distance = np.minimum(distance, np.hypot(XS - x0 - t * dx, YS - y0 - t * dy))
    return np.floor(255 * np.clip(rng.uniform(1, 2.5) - distance, 0, 1)).astype(np.uint8)


def odd_ones(rng):
    """Images that no pen draws."""
    blank = np.zeros((SIDE, SIDE), np.uint8)
    yield blank
    yield blank + np.uint8(255)
    for y, x in ((0, 0), (13, 14), (27, 27)):
        yield np.where((YS == y) & (XS == x), 255, 0).astype(np.uint8)
    yield np.where(YS == 5, 200, 0).astype(np.uint8)
    yield np.where(XS == 20, 200, 0).astype(np.uint8)
    yield np.where(YS == 5, 200, np.where((YS == 6) & (XS == 27), 1, 0)).astype(np.uint8)
    yield np.where(XS == YS, 255, 0).astype(np.uint8)
    yield rng.integers(0, 256, (SIDE, SIDE)).astype(np.uint8)


def normalise(image):
    mass = image.astype(np.float64)
    if mass.sum() == 0:
        return np.zeros_like(mass)
    cx, cy = np.average(XS, weights=mass), np.average(YS, weights=mass)
    vx = np.average((XS - cx) ** 2, weights=mass)
    vy = np.average((YS - cy) ** 2, weights=mass)
    cov = np.average((XS - cx) * (YS - cy), weights=mass)
    a = cov / vy if len(np.unique(np.nonzero(image)[0])) > 1 else 0.0
    fy = np.clip(np.sqrt(vy) / 5, 0.6, 1.6)
    fx = np.clip(np.sqrt(np.sqrt(max(vx - a * cov, 0.1)) / 4), 0.5, 1.6)
    y = cy + (YS - 13.5) * fy
    x = cx + a * (y - cy) + (XS - 13.5) * fx
    y0, x0 = np.floor(y), np.floor(x)
    result = np.zeros_like(mass)
    for dy in (0, 1):
        for dx in (0, 1):
            row, column = y0 + dy, x0 + dx
            inside = (row >= 0) & (row < SIDE) & (column >= 0) & (column < SIDE)
            level = mass[np.where(inside, row, 0).astype(int), np.where(inside, column, 0).astype(int)]
            result += np.where(inside, level, 0) * (1 - abs(y - row)) * (1 - abs(x - column))
    return result


def main():
    if len(sys.argv) > 1:
        folder = pathlib.Path(sys.argv[1])
        content = gzip.decompress((folder / "train-images-idx3-ubyte.gz").read_bytes())[16:]
        images = np.frombuffer(content, np.uint8)[:COUNT * SIDE * SIDE].reshape(COUNT, SIDE, SIDE)
    else:
        rng = np.random.default_rng(1970)
        images = list(odd_ones(rng))
        images = np.array(images + [stroke(rng) for _ in range(COUNT - len(images))])
    results = np.array([np.floor(normalise(image) + 0.5) for image in images]).astype(np.uint8)
    content = gzip.compress(images.tobytes() + results.tobytes(), 9, mtime=0)
    if len(sys.argv) > 1:
        sys.stdout.buffer.write(content)
    else:
        pathlib.Path(__file__).with_name("moment_normalization.gz").write_bytes(content)


main()
