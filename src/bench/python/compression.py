"""Bits of a value of the embedded digits, whole numbers from 0 to 16: a model's bound beside compressors.

    jobs/bench compression

Trains on the first 1,437 digits. The compressors, of which zstd must be installed, pack the bytes of the other 360, row
after row and column after column; the better of the two is printed. --patch-from knows the bytes of the first 1,437.
"""

import collections
import gzip
import json
import lzma
import math
import pathlib
import subprocess

TRAINED = 1437
WIDTH = 64

folder = pathlib.Path("target/bench/compression")
folder.mkdir(parents=True, exist_ok=True)
with gzip.open("conf/data/digits.csv.gz", "rt") as file:
    rows = [[int(word) for word in line.split(",")[:WIDTH]] for line in file]
parts = {"train": rows[:TRAINED], "held": rows[TRAINED:]}
for name, part in parts.items():
    (folder / f"{name}.csv").write_text("".join(",".join(map(str, row)) + "\n" for row in part))
    for order, lines in {"rows": part, "columns": zip(*part, strict=True)}.items():
        (folder / f"{name}.{order}").write_bytes(bytes(x for line in lines for x in line))
values = WIDTH * len(parts["held"])


def packed(pack):
    """Returns the bits of a value of the better order."""
    return min(8 * len(pack(order)) / values for order in ("rows", "columns"))


def zstd(order, *options):
    return subprocess.run(
        ["zstd", "-q", "-c", "--ultra", "-22", *options, folder / f"held.{order}"], check=True, capture_output=True
    ).stdout


def counted():
    """Returns the bits by the counts of each column, with half a count more of each of the 17 values."""
    bits = 0.0
    for learnt, held in zip(zip(*parts["train"], strict=True), zip(*parts["held"], strict=True), strict=True):
        counts = collections.Counter(learnt)
        bits -= sum(math.log2((counts[x] + 0.5) / (len(learnt) + 17 / 2)) for x in held)
    return bits / values


def model(likelihood):
    """Returns the bits of the bound of the held-out rows, and the number of parameters."""
    settings = {
        "model.type": "vae",
        "model.latent": 16,
        "model.encoder": [128],
        "model.likelihood": likelihood,
        "model.betaWarmUpEpochs": 20,
        "data.format": "csv",
        "data.header": "false",
        "data.features": "_c*",
        "data.holdout.path": folder / "held.csv",
        "train.seed": 1,
        "train.maxEpochs": 60,
        "train.partitions": 2,
        "train.batchSize": 16,
        "train.optimizer.learningRate": 2e-3,
        "output.path": folder / likelihood,
        "output.overwrite": "true",
    }
    words = [word for key, value in settings.items() for word in ("--set", f"{key}={value}")]
    subprocess.run(["jobs/latent", "train", folder / "train.csv", *words], check=True, capture_output=True)
    found = json.loads((folder / likelihood / "metrics.json").read_text())
    return found["holdout"]["bitsPerValue"], found["model"]["parameters"]


print("| coder | bits per value | of the model, bytes |\n| --- | --- | --- |")
print(f"| zstd --ultra -22 | {packed(zstd):.2f} | |")
patched = packed(lambda order: zstd(order, "--patch-from", folder / f"train.{order}"))
print(f"| zstd, --patch-from the training rows | {patched:.2f} | |")
best = 9 | lzma.PRESET_EXTREME
print(f"| xz -9e | {packed(lambda order: lzma.compress((folder / f'held.{order}').read_bytes(), preset=best)):.2f} | |")
print(f"| counts of each column of the training rows | {counted():.2f} | {2 * 17 * WIDTH:,} |")
for likelihood in ("poisson", "negative-binomial"):
    bits, parameters = model(likelihood)
    print(f"| `vae`, {likelihood} | {bits:.2f} | {4 * parameters:,} |")
