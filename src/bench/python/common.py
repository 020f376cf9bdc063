"""Tables of the benchmarks, their results, and the parts and pictures of pages that have their figures."""

import importlib.metadata
import json
import os
import pathlib
import platform

RESULTS = pathlib.Path("src/bench/results")
PICTURES = pathlib.Path("src/site/markdown/images")
# for all readers, colour-blind ones included (Okabe and Ito 2008), and two more
COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#6a51a3", "#7f7f7f"]

ADULT = ["age", "workclass", "fnlwgt", "education", "education_num", "marital_status", "occupation", "relationship"]
ADULT += ["race", "sex", "capital_gain", "capital_loss", "hours_per_week", "native_country", "income"]
ABALONE = ["sex", "length", "diameter", "height", "whole", "shucked", "viscera", "shell", "rings"]
CODES = {  # columns of codes, which are no numbers
    "shoppers": ["OperatingSystems", "Browser", "Region", "TrafficType"],
    "default": ["SEX", "EDUCATION", "MARRIAGE", *(f"PAY_{i}" for i in range(1, 7)), "default_payment_next_month"],
}


def machine(*packages):
    """Returns the processor, its cores and the versions of packages: what a result keeps of where it was measured."""
    cpuinfo = pathlib.Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.is_file() else []
    processor = next((line.split(": ")[1] for line in lines if line.startswith("model name")), platform.machine())
    versions = [f"{name} {importlib.metadata.version(name)}" for name in packages]
    return ", ".join([processor, f"{os.cpu_count()} cores", *versions])


def measured(results):
    """Returns an empty line and a sentence with the machines that measured the results, if they are noted."""
    machines = dict.fromkeys(r["machine"] for r in results if "machine" in r)
    return ["", f"Measured on {'; on '.join(machines)}."] if machines else []


def write(page, part, lines):
    """Writes a part of a page."""
    text = page.read_text()
    begin, end = f"<!-- {part}:begin -->\n", f"<!-- {part}:end -->"
    head, tail = text[: text.index(begin) + len(begin)], text[text.index(end) :]
    page.write_text(head + "\n".join(lines) + "\n" + tail)


def stored(name):
    """Returns the results on file."""
    path = RESULTS / f"{name}.json"
    return json.loads(path.read_text()) if path.is_file() else []


def figure(columns):
    """Returns a figure in the look of all pictures of benchmarks, and its axes beside each other."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams |= {
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.prop_cycle": matplotlib.cycler(color=COLOURS),
        "axes.spines.right": False,
        "axes.spines.top": False,
        "figure.constrained_layout.use": True,
        "font.size": 9,
        "grid.alpha": 0.3,
        "legend.frameon": False,
    }
    from matplotlib import pyplot

    return pyplot.subplots(1, columns, figsize=(max(6, 4.2 * columns), 4))


def save(figure, name):
    """Writes a picture, with a legend below each part."""
    for axes in figure.axes:
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.18))
    figure.savefig(PICTURES / f"{name}.png", dpi=150, metadata={"Software": None})
