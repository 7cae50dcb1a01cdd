"""Writes torch_*.safetensors, networks under the names that PyTorch gives them, and torch_safetensors.json, what it
computes with them.

The names, the order and the bytes of the numbers are those of state_dict(); the container around them is composed from
its format's description, since the library is not among Debian's packages.

Run with PyTorch 1.13: python3 tests/oracles/torch_safetensors.py
"""
import json
import pathlib
import struct
from collections import OrderedDict

import torch
from torch import nn

TYPES = {torch.float32: "F32", torch.float64: "F64", torch.float16: "F16", torch.bfloat16: "BF16"}


class Named(nn.Module):
    """Layers as attributes: fc1.weight, fc1.bias, fc2.weight …"""

    def __init__(self):
        super().__init__()
        self.fc1, self.fc2, self.fc3 = nn.Linear(12, 8), nn.Linear(8, 6), nn.Linear(6, 10)

    def forward(self, x):
        return self.fc3(torch.tanh(self.fc2(torch.tanh(self.fc1(x)))))


class Nested(nn.Module):
    """A sequence as an attribute: net.0.weight, net.0.bias, net.2.weight …; its layers are as wide as its input."""

    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(12, 12), nn.Sigmoid(), nn.Linear(12, 12), nn.Sigmoid(), nn.Linear(12, 10))

    def forward(self, x):
        return self.net(x)


def save(path, tensors):
    header, body = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in tensors.items():
        numbers = tensor.contiguous()
        begin = len(body)
        # bfloat16 is unknown to NumPy: its bits are taken as whole numbers.
        body += (numbers.view(torch.int16) if numbers.dtype == torch.bfloat16 else numbers).numpy().tobytes()
        header[name] = {"dtype": TYPES[numbers.dtype], "shape": list(numbers.shape), "data_offsets": [begin, len(body)]}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)


folder = pathlib.Path(__file__).parent
greys = (torch.arange(3 * 12) * 37 % 256).reshape(3, 12) / 255
outputs = {}
for name, make, dtype in (
    ("sequential", lambda: nn.Sequential(nn.Linear(12, 7), nn.ReLU(), nn.Linear(7, 10)), torch.float32),
    ("named", Named, torch.bfloat16),
    ("nested", Nested, torch.float16),
):
    torch.manual_seed(11)
    network = make().to(dtype).eval()
    state = network.state_dict()
    save(folder / f"torch_{name}.safetensors", state)
    if name == "sequential":
        # The same with each weight turned over, as programs do that multiply rows by it.
        turned = OrderedDict((key, value.T if value.dim() == 2 else value) for key, value in state.items())
        save(folder / "torch_turned.safetensors", turned)
    outputs[name] = torch.softmax(network.double()(greys.double()), dim=1).tolist()

(folder / "torch_safetensors.json").write_text(json.dumps(outputs) + "\n")
