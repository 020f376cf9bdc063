"""The pictures of the pages "The cost of averaging" and "Clusters without labels", from the results on file.

    python3 pictures.py averaging|clustering

jobs/bench draws them when it writes these pages.
"""

import collections
import math
import re
import statistics
import sys

import common

METHODS = {
    "vade-published": "VaDE, as published",
    "vade": "VaDE, by the recipe",
    "mog-vae-drawn": "MoG-VAE from random parameters",
    "mog-vae": "MoG-VAE, by the recipe",
    "classifier-published": "classifier form, as published",
    "classifier-drawn": "classifier form, as published but variances of 1",
    "classifier-trained": "classifier form, by the recipe",
    "classifier": "classifier form, by the recipe but variances of 1",
}
COVERED = "vade", "classifier-trained"  # the curve of another method lies on theirs
EPOCHS = 10
LOWEST, HIGHEST = -130, -100


def averaging():
    """Draws the held-out bound by partitions, over epochs and over seconds, and by outer optimisers."""
    runs = {run["name"]: run for run in common.stored("averaging")}

    def draw(axes, label, partitions, outer, seconds=False, **style):
        # the first epochs of a longer training are those of the shorter one
        run = runs.get(f"{partitions}-{outer}-50") or runs.get(f"{partitions}-{outer}-{EPOCHS}")
        if run and (run["timed"] or not seconds):
            points = [point for point in run["points"] if point["epochs"] <= EPOCHS]
            x = [point["seconds" if seconds else "epochs"] for point in points]
            axes.plot(x, [point["elbo"] for point in points], label=label, **style)

    figure, (epochs, seconds, outers) = common.figure(3)
    for partitions in (1, 2, 4, 8, 16, 32):
        label = "1 partition" if partitions == 1 else f"{partitions} partitions"
        draw(epochs, label, partitions, "nesterov")
        draw(seconds, label, partitions, "nesterov", seconds=True)
    for outer in ("average", "momentum", "nesterov", "adam"):
        draw(outers, outer, 8, outer)
    draw(outers, "plain training", 1, "average", color=common.COLOURS[6])
    cut = f"; below {LOWEST} not shown"
    epochs.set(title="nesterov: bound over epochs", xlabel=f"epochs{cut}")
    seconds.set(title="nesterov: bound over seconds", xlabel=f"seconds{cut}")
    outers.set(title="8 partitions: outer optimisers", xlabel=f"epochs{cut}")
    for axes in figure.axes:
        axes.set(xlim=(0, None), ylim=(LOWEST, HIGHEST), ylabel="held-out bound, nats per row")
    common.save(figure, "averaging")


def clustering():
    """Draws the accuracy over the epochs of trainings, the mean of the seeds."""
    seeds = collections.defaultdict(list)
    for run in common.stored("clustering"):
        prefix, method, partitions = re.fullmatch(r"(digits-|)(.+)-p(\d+)-s\d+", run["name"]).groups()
        seeds[prefix, method, int(partitions)].append({p["epochs"]: p["accuracy"] for p in run["points"]})
    figure, both = common.figure(2)
    for axes, prefix in zip(both, ("", "digits-"), strict=True):
        lowest = 1
        for (method, title), colour in zip(METHODS.items(), common.COLOURS, strict=True):
            style = {"marker": "o", "markersize": 4, "markevery": 0.1} if method in COVERED else {}
            for partitions, line in ((1, "-"), (4, "--")):
                found = seeds.get((prefix, method, partitions), [{}])
                epochs = sorted(set.intersection(*map(set, found)))
                means = [statistics.mean(run[epoch] for run in found) for epoch in epochs]
                if means:
                    label = title if partitions == 1 else None
                    axes.plot(epochs, means, line, color=colour, label=label, linewidth=1.4, **style)
                    lowest = min(lowest, *means)
        axes.set(xlim=(0, None), ylim=(math.floor(10 * lowest) / 10, 1))
        axes.set(xlabel="epochs, including those of the autoencoder", ylabel="accuracy, mean of the seeds")
    both[0].set_title("MNIST, dashed: in 4 partitions")
    both[1].set_title("the embedded digits")
    common.save(figure, "clustering")


{"averaging": averaging, "clustering": clustering}[sys.argv[1]]()
