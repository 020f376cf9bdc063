"""Tables of the benchmarks, and the parts of pages that have their figures."""

import importlib.metadata
import pathlib

ADULT = ["age", "workclass", "fnlwgt", "education", "education_num", "marital_status", "occupation", "relationship"]
ADULT += ["race", "sex", "capital_gain", "capital_loss", "hours_per_week", "native_country", "income"]
ABALONE = ["sex", "length", "diameter", "height", "whole", "shucked", "viscera", "shell", "rings"]
CODES = {  # columns of codes, which are no numbers
    "shoppers": ["OperatingSystems", "Browser", "Region", "TrafficType"],
    "default": ["SEX", "EDUCATION", "MARRIAGE", *(f"PAY_{i}" for i in range(1, 7)), "default_payment_next_month"],
}


def measured(*packages):
    """Returns a sentence with the processor and the versions of packages."""
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    processor = next(line.split(": ")[1] for line in lines if line.startswith("model name"))
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in packages)
    return f"Measured on an {processor}, 2 cores, with {versions}."


def write(page, part, lines):
    """Writes a part of a page."""
    text = page.read_text()
    begin, end = f"<!-- {part}:begin -->\n", f"<!-- {part}:end -->"
    head, tail = text[: text.index(begin) + len(begin)], text[text.index(end) :]
    page.write_text(head + "\n".join(lines) + "\n" + tail)
