#!/usr/bin/python3
"""Golden values for OptimizerTest, from PyTorch. Run with Debian's python3-torch; prints Java:

    /usr/bin/python3 src/test/python/optimizer_golden.py

Three parameters, from (1, -2, 0.5), follow the gradients of 1/2 sum a_i (x_i - b_i)^2 with a = (1, 10, 0.1)
and b = (0, 1, -1), for 20 steps, in double precision: the test computes in floats and allows for their rounding.
"""
import torch

SCALE = torch.tensor([1.0, 10.0, 0.1], dtype=torch.float64)
TARGET = torch.tensor([0.0, 1.0, -1.0], dtype=torch.float64)
STEPS = 20


def run(make, clip=None, decay=None):
    x = torch.tensor([1.0, -2.0, 0.5], dtype=torch.float64, requires_grad=True)
    optimizer = make([x])
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, decay) if decay else None
    for _ in range(STEPS):
        optimizer.zero_grad()
        (0.5 * SCALE * (x - TARGET) ** 2).sum().backward()
        if clip:
            torch.nn.utils.clip_grad_norm_([x], clip)
        optimizer.step()
        if schedule:
            schedule.step()
    return x.detach().tolist()


CASES = {
    "sgd": lambda: run(lambda p: torch.optim.SGD(p, lr=0.05)),
    "sgd, momentum 0.9": lambda: run(lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9)),
    "sgd, momentum 0.9, weight decay 0.1": lambda: run(
        lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9, weight_decay=0.1)
    ),
    "sgd, clip 1": lambda: run(lambda p: torch.optim.SGD(p, lr=0.05), clip=1.0),
    "rmsprop": lambda: run(lambda p: torch.optim.RMSprop(p, lr=0.02)),
    "rmsprop, weight decay 0.1": lambda: run(
        lambda p: torch.optim.RMSprop(p, lr=0.02, alpha=0.9, eps=1e-4, weight_decay=0.1)
    ),
    "adam": lambda: run(lambda p: torch.optim.Adam(p, lr=0.1)),
    "adam, weight decay 0.1": lambda: run(
        lambda p: torch.optim.Adam(p, lr=0.1, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.1)
    ),
    "adamw, weight decay 0.1": lambda: run(lambda p: torch.optim.AdamW(p, lr=0.1, weight_decay=0.1)),
    "adam, rate halved every 5 steps": lambda: run(
        lambda p: torch.optim.Adam(p, lr=0.1), decay=lambda step: 0.5 ** (step // 5)
    ),
}

for name, case in CASES.items():
    print("// " + name)
    print("{" + ", ".join(repr(value) for value in case()) + "},")
