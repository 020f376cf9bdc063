"""A variational autoencoder of PyTorch on MNIST: the peer of jobs/bench race.

    python3 vae.py                 prints the version
    python3 vae.py FOLDER --model dense|convolution [--epochs 10] [--threads 1] [--seed 1]

FOLDER has the four files of MNIST, compressed by gzip or not. Grey values are in [0, 1], the likelihood is Bernoulli,
the optimiser Adam at 1e-3, and batches have 128 rows. The layers and the distribution of the initial weights are those
of the Java side (uniform within sqrt(6 / fan_in), without an activation sqrt(3 / fan_in); biases 0). Each epoch is a
line of JSON on standard output: its seconds of training, and the bound over the 10,000 test images in nats per image,
with one sample of z.

Keeping freed memory in the C library (mallopt), which made PyTorch 1.13 faster, takes as much processor time with 2.15.
"""

import argparse
import gzip
import json
import math
import os
import sys
import time

import numpy
import torch
from torch import nn
from torch.nn import functional

LATENT = 20
BATCH = 128


def images(folder, name):
    """Reads the images of a file, n x 784, in [0, 1]."""
    path = os.path.join(folder, name)
    with open(path, "rb") if os.path.exists(path) else gzip.open(path + ".gz", "rb") as file:
        numbers = numpy.frombuffer(file.read(), dtype=numpy.uint8, offset=16)
    return torch.from_numpy(numbers.reshape(-1, 784).astype(numpy.float32) / 255)


def dense(inputs, outputs, activated=True):
    layer = nn.Linear(inputs, outputs)
    return initialized(layer, inputs, activated)


def initialized(layer, fan_in, activated):
    bound = math.sqrt((6 if activated else 3) / fan_in)
    nn.init.uniform_(layer.weight, -bound, bound)
    nn.init.zeros_(layer.bias)
    return [layer, nn.ReLU()] if activated else [layer]


def convolution(inputs, outputs):
    return initialized(nn.Conv2d(inputs, outputs, 4, 2, 1), inputs * 16, True)


def transposed(inputs, outputs, activated=True):
    return initialized(nn.ConvTranspose2d(inputs, outputs, 4, 2, 1), inputs * 4, activated)


def networks(model):
    """Returns an encoder to means and log variances, and a decoder to logits."""
    if model == "dense":
        encoder = dense(784, 500) + dense(500, 500) + dense(500, 2 * LATENT, False)
        decoder = dense(LATENT, 500) + dense(500, 500) + dense(500, 784, False)
    else:
        encoder = [nn.Unflatten(1, (1, 28, 28))] + convolution(1, 16) + convolution(16, 32)
        encoder += [nn.Flatten()] + dense(32 * 7 * 7, 2 * LATENT, False)
        decoder = dense(LATENT, 32 * 7 * 7) + [nn.Unflatten(1, (32, 7, 7))]
        decoder += transposed(32, 16) + transposed(16, 1, False) + [nn.Flatten()]
    return nn.Sequential(*encoder), nn.Sequential(*decoder)


def parts(encoder, decoder, batch):
    """Returns the two parts of -ELBO, each summed over the batch."""
    mean, log_variance = encoder(batch).chunk(2, dim=1)
    codes = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
    reconstruction = functional.binary_cross_entropy_with_logits(decoder(codes), batch, reduction="sum")
    divergence = 0.5 * torch.sum(mean**2 + log_variance.exp() - log_variance - 1)
    return reconstruction, divergence


def train(encoder, decoder, rows, optimizer):
    for chosen in torch.randperm(len(rows)).split(BATCH):
        reconstruction, divergence = parts(encoder, decoder, rows[chosen])
        optimizer.zero_grad()
        ((reconstruction + divergence) / len(chosen)).backward()
        optimizer.step()


def evaluate(encoder, decoder, rows):
    with torch.no_grad():
        return -sum(sum(parts(encoder, decoder, batch)).item() for batch in rows.split(1000)) / len(rows)


def main():
    if len(sys.argv) == 1:
        print(json.dumps({"description": f"PyTorch {torch.__version__}"}))
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--model", choices=["dense", "convolution"], required=True)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rows = images(options.folder, "train-images-idx3-ubyte")
    held_out = images(options.folder, "t10k-images-idx3-ubyte")
    encoder, decoder = networks(options.model)
    optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], lr=1e-3)
    for epoch in range(1, options.epochs + 1):
        began = time.perf_counter()
        train(encoder, decoder, rows, optimizer)
        seconds = time.perf_counter() - began
        line = {"epoch": epoch, "seconds": seconds, "elbo": evaluate(encoder, decoder, held_out)}
        print(json.dumps(line), flush=True)


main()
