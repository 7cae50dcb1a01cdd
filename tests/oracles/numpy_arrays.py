"""Writes numpy_arrays.npz: one array of the numbers 0 to 5 in each type and order that an npz file can have.

Run with NumPy 1.24: python3 tests/oracles/numpy_arrays.py
"""
import pathlib
import zipfile

import numpy as np

numbers = np.arange(6).reshape(2, 3)
arrays = {}
for kind in ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"):
    for endian in "<>":
        for order in "CF":
            arrays[f"{kind}_{'little' if endian == '<' else 'big'}_{order}"] = np.array(
                numbers, dtype=endian + kind, order=order)
arrays["b1_C"] = numbers > 2
arrays["cube_F"] = np.asfortranarray(np.arange(24, dtype="<f4").reshape(2, 3, 4))
arrays["single"] = np.float64(0.5)
folder = pathlib.Path(__file__).parent
np.savez_compressed(folder / "numpy_arrays.npz", **arrays)
with zipfile.ZipFile(folder / "numpy_arrays.npz", "a") as archive:
    for version in ((1, 0), (2, 0), (3, 0)):
        with archive.open(f"version_{version[0]}.npy", "w") as file:
            np.lib.format.write_array(file, numbers.astype("<f8"), version=version)
