"""Writes torch_optimizers.json: ten full-batch steps of each optimiser, and learning rates of OneCycle, by PyTorch.

Run: python3 torch_optimizers.py > torch_optimizers.json      (made with PyTorch 1.13, float64)
The network is 16-5-10 with ReLU on twelve images of 4x4 pixels; weights decay, biases do not, as in MnistNet.
"""
import json

import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(7)
PIXELS = torch.randint(0, 256, (12, 16))
PIXELS[torch.rand(12, 16) < 0.5] = 0
LABELS = torch.arange(12) % 10
START = [(torch.randn(s) * 0.4).float().double() for s in ((5, 16), (5,), (10, 5), (10,))]
STEPS = 10

CASES = [
    dict(optimizer="GradientDescent", alpha=0.5),
    dict(optimizer="GradientDescent", alpha=0.5, weightDecay=0.05),
    dict(optimizer="GradientDescent", alpha=0.5, labelSmoothing=0.1),
    dict(optimizer="Momentum", alpha=0.2, weightDecay=0.02),
    dict(optimizer="Nesterov", alpha=0.2),
    dict(optimizer="Adam", alpha=0.02),
    dict(optimizer="Adam", alpha=0.02, weightDecay=0.05),
    dict(optimizer="AdamW", alpha=0.02, weightDecay=0.5),
]


def make(case, weights, biases):
    decay = case.get("weightDecay", 0.0)
    groups = [dict(params=weights, weight_decay=decay), dict(params=biases, weight_decay=0.0)]
    name, alpha = case["optimizer"], case["alpha"]
    if name in ("Adam", "AdamW"):
        return getattr(torch.optim, name)(groups, lr=alpha)
    momentum = 0.0 if name == "GradientDescent" else 0.9
    return torch.optim.SGD(groups, lr=alpha, momentum=momentum, nesterov=name == "Nesterov")


def run(case):
    parameters = [p.clone().requires_grad_() for p in START]
    w1, b1, w2, b2 = parameters
    optimizer = make(case, [w1, w2], [b1, b2])
    loss = torch.nn.CrossEntropyLoss(label_smoothing=case.get("labelSmoothing", 0.0))
    losses = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        hidden = torch.relu((PIXELS / 255.0) @ w1.T + b1)
        value = loss(hidden @ w2.T + b2, LABELS)
        losses.append(value.item())
        value.backward()
        optimizer.step()
    return dict(case, losses=losses, parameters=[p.detach().reshape(len(p), -1).tolist() for p in parameters])


def one_cycle(steps, alpha):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=alpha)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, alpha, total_steps=steps, cycle_momentum=False)
    rates = []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return rates


print(json.dumps(dict(
    pixels=PIXELS.flatten().tolist(), labels=LABELS.tolist(),
    start=[p.reshape(len(p), -1).tolist() for p in START], steps=STEPS,
    cases=[run(case) for case in CASES],
    oneCycle=dict(alpha=0.01, rates=one_cycle(100, 0.01)))))
