"""Composes oracle.safetensors from the format's description alone, without MnistNet and without a library:

    python3 safetensors.py

Every number is a small multiple of a power of two, so that the test can state it exactly. The tensors lie in
another order than MnistNet's writer uses, the header has no padding, and F32 and F64 are mixed.
"""
import json
import struct

PLACES = [
    ("b2", "F64", [2, 1], [0.5, -0.5]),
    ("W1", "F32", [3, 4], [i / 8 for i in range(12)]),
    ("W2", "F64", [2, 3], [1 + 2**-40, -2, 3, -4, 5, -6]),
    ("b1", "F32", [3, 1], [-0.0, 0.25, 2.0**-140]),
]

header, body = {"__metadata__": {"note": "Größe", "activation": "Tanh", "seed": "-7"}}, b""
for name, dtype, shape, values in PLACES:
    begin = len(body)
    body += struct.pack("<%d%s" % (len(values), "f" if dtype == "F32" else "d"), *values)
    header[name] = {"data_offsets": [begin, len(body)], "shape": shape, "dtype": dtype}

text = json.dumps(header, ensure_ascii=False).encode("utf-8")
with open("oracle.safetensors", "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + body)
