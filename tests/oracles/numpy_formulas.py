"""Writes numpy_formulas.json: forward propagation, backpropagation and three updates in NumPy float64.

Run: python3 numpy_formulas.py > numpy_formulas.json
Images are rows here and columns in MnistNet, and the gradients are summed image by image, so that the two
ways of computing share as little as they can; the matrices are written in MnistNet's shapes.
"""
import json
import sys

import numpy as np

ALPHA, LEAK = 0.3, 0.01

FUNCTIONS = {
    "ReLU": (lambda z: np.where(z > 0, z, 0.0), lambda z: np.where(z > 0, 1.0, 0.0)),
    "LeakyReLU": (lambda z: np.where(z > 0, z, LEAK * z), lambda z: np.where(z > 0, 1.0, LEAK)),
    "Tanh": (np.tanh, lambda z: 1 / np.cosh(z) ** 2),
    "Sigmoid": (lambda z: 0.5 + 0.5 * np.tanh(z / 2), lambda z: 0.25 / np.cosh(z / 2) ** 2),
}


def forward(images, weights, biases, f):
    zs, activations = [], [images]
    for l, (w, b) in enumerate(zip(weights, biases)):
        zs.append(np.einsum("oi,mi->mo", w, activations[-1]) + b)
        if l < len(weights) - 1:
            activations.append(f(zs[-1]))
        else:
            log_p = zs[-1] - np.logaddexp.reduce(zs[-1], axis=1, keepdims=True)
            activations.append(np.exp(log_p))
    return zs, activations, log_p


def backward(zs, activations, labels, weights, slope):
    m = len(labels)
    dz = [np.zeros_like(z) for z in zs]
    dw = [np.zeros_like(w) for w in weights]
    db = [np.zeros(len(w)) for w in weights]
    for i in range(m):
        d = activations[-1][i].copy()
        d[labels[i]] -= 1
        for l in reversed(range(len(weights))):
            dz[l][i] = d
            dw[l] += np.outer(d, activations[l][i]) / m
            db[l] += d / m
            if l:
                d = (d @ weights[l]) * slope(zs[l - 1][i])
    return dz, dw, db


def columns(rows):
    return rows.T.tolist()


def case(activation, widths, m, seed):
    rng = np.random.default_rng(seed)
    weights = [rng.normal(0, 0.6, (k, n)) for n, k in zip(widths, widths[1:])]
    biases = [rng.normal(0, 0.3, k) for k in widths[1:]]
    images = rng.random((m, widths[0]))
    labels = rng.integers(0, widths[-1], m)
    f, slope = FUNCTIONS[activation]
    one_hot = np.eye(widths[-1])[labels]
    steps = []
    start = {f"W{l + 1}": w.tolist() for l, w in enumerate(weights)}
    start |= {f"b{l + 1}": [[x] for x in b] for l, b in enumerate(biases)}
    for _ in range(3):
        zs, activations, log_p = forward(images, weights, biases, f)
        dz, dw, db = backward(zs, activations, labels, weights, slope)
        weights = [w - ALPHA * d for w, d in zip(weights, dw)]
        biases = [b - ALPHA * d for b, d in zip(biases, db)]
        step = {"loss": -float(np.mean(log_p[np.arange(m), labels])),
                "accuracy": float(np.mean(activations[-1].argmax(axis=1) == labels))}
        for l in range(len(weights)):
            step |= {f"Z{l + 1}": columns(zs[l]), f"A{l + 1}": columns(activations[l + 1]),
                     f"dZ{l + 1}": columns(dz[l]), f"dW{l + 1}": dw[l].tolist(), f"db{l + 1}": [[x] for x in db[l]],
                     f"W{l + 1}": weights[l].tolist(), f"b{l + 1}": [[x] for x in biases[l]]}
        steps.append(step)
    return {"activation": activation, "widths": widths, "alpha": ALPHA, "X": columns(images), "Y": columns(one_hot),
            "start": start, "steps": steps}


json.dump({
    "made": f"by numpy_formulas.py beside this file with NumPy {np.__version__}, float64; "
            "Z, A, dZ, dW and db of a step are those before its update, W and b those after it",
    "cases": [case("ReLU", [8, 5, 10], 7, 1)]
             + [case(name, [6, 5, 4, 3], 6, 2 + i) for i, name in enumerate(FUNCTIONS)],
}, sys.stdout, separators=(",", ":"))
print()
