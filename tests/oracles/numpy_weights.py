"""Writes numpy_weights.npz: W1, b1, W2, b2 of a network 784-4-10 as NumPy's own writer saves them.

    python3 tests/oracles/numpy_weights.py
"""
import pathlib

import numpy as np

random = np.random.default_rng(3)
np.savez(
    pathlib.Path(__file__).parent / "numpy_weights.npz",
    W1=(random.standard_normal((4, 784)) * 0.05).astype("f2"), b1=np.zeros(4, "f4"),
    W2=np.asfortranarray(random.standard_normal((10, 4)) * 0.5), b2=np.zeros(10, ">f8"),
)
