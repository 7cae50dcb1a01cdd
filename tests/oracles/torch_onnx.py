"""Writes torch_*.onnx, networks exported by PyTorch, and torch_onnx.json, what PyTorch computes with them.

Run with PyTorch 1.13: python3 tests/oracles/torch_onnx.py
"""
import json
import pathlib

import torch
from torch import nn


class Plain(nn.Module):
    """Logits of images N×1×28×28 with pixels from 0 to 1."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Flatten(), nn.Linear(784, 6), nn.ReLU(), nn.Linear(6, 10))

    def forward(self, x):
        return self.layers(x)


class Normalized(nn.Module):
    """Probabilities; mean and deviation of MNIST are taken off inside the network."""

    def __init__(self):
        super().__init__()
        self.fc1, self.fc2, self.fc3 = nn.Linear(784, 5), nn.Linear(5, 4), nn.Linear(4, 10)

    def forward(self, x):
        x = (x.reshape(-1, 784) - 0.1307) / 0.3081
        return torch.softmax(self.fc3(torch.tanh(self.fc2(torch.tanh(self.fc1(x))))), dim=1)


class Greys(nn.Module):
    """Log-probabilities of rows of 784 grey levels from 0 to 255, by plain products."""

    def __init__(self):
        super().__init__()
        self.w1, self.b1 = nn.Parameter(torch.randn(784, 6) * 0.05), nn.Parameter(torch.randn(6) * 0.1)
        self.w2, self.b2 = nn.Parameter(torch.randn(6, 10) * 0.3), nn.Parameter(torch.randn(10) * 0.1)

    def forward(self, x):
        hidden = nn.functional.leaky_relu((x / 255) @ self.w1 + self.b1, 0.01)
        return torch.log_softmax(hidden @ self.w2 + self.b2, dim=1)


folder = pathlib.Path(__file__).parent
greys = (torch.arange(3 * 784) * 37 % 256).reshape(3, 784)
outputs = {}
for name, model, pixels in (
    ("plain", Plain, (greys / 255).reshape(3, 1, 28, 28)),
    ("normalized", Normalized, greys / 255),
    ("greys", Greys, greys.float()),
):
    torch.manual_seed(7)
    network = model().eval()
    torch.onnx.export(
        network, pixels[:1], str(folder / f"torch_{name}.onnx"), opset_version=13,
        input_names=["input"], output_names=["output"], dynamic_axes={"input": {0: "batch"}, "output": {0: "batch"}},
    )
    with torch.no_grad():
        out = network(pixels)
    probabilities = out.exp() if name == "greys" else out if name == "normalized" else torch.softmax(out, dim=1)
    outputs[name] = probabilities.double().tolist()
(folder / "torch_onnx.json").write_text(json.dumps(outputs, indent=1))
