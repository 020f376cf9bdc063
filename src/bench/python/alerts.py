"""Share of alerts by the number of cells that rows have: a part of the page "Anomalies".

    jobs/bench alerts --tables DIR [--only TABLE,...] [--docs]

The preset `anomalies` is fitted to two thirds of a table without an alert rate of its own (1%), and scores the rest, of
which cells are removed at random. The tables `drawn` are rows of a mixture of 12 overlapping groups of 6 and 12 numbers.
DIR has abalone, shoppers and default of the UCI repository as .csv.gz. `serve` is the greatest difference between the
severities of Spark and those of spark_latent.serve.
"""

import argparse
import json
import pathlib
import tempfile
import warnings

import imputation
import numpy
import pandas
import spark_latent
from common import RESULTS, machine, measured, stored, write
from spark_latent.serve import Scorer

warnings.filterwarnings("ignore")

PAGE = pathlib.Path("src/site/markdown/benchmarks/anomalies.md")
TABLES = "drawn 6", "drawn 12", "abalone numbers", "default numbers", "abalone", "shoppers", "default"
LEFT = "all", "one missing", "half", "a third", "one"
MASKS = 40


def rows_of(name, folder):
    """Returns the rows of a table, at most 12,000."""
    kind, _, rest = name.partition(" ")
    if kind == "drawn":
        random = numpy.random.default_rng(1)
        centres = random.normal(size=(12, int(rest)))
        groups = random.integers(12, size=12_000)
        return pandas.DataFrame(centres[groups] + 0.6 * random.normal(size=(12_000, int(rest)))).add_prefix("x")
    imputation.MAX_ROWS = 12_000
    rows = imputation.table(kind, folder, None)
    return rows.select_dtypes("number") if rest else rows


def count(left, width):
    """Returns how many cells are left."""
    counts = {"all": width, "one missing": width - 1, "half": width // 2, "a third": -(-width // 3), "one": 1}
    return counts[left]


def measure(name, folder):
    rows = rows_of(name, folder)
    new = numpy.random.default_rng(2).random(len(rows)) < 1 / 3
    texts = list(rows.select_dtypes(exclude="number"))
    detector = spark_latent.AnomalyDetector(columnTypes=dict.fromkeys(texts, "category") or None).fit(rows[~new])
    run = {"name": name, "rows": int(new.sum()), "machine": machine("spark_latent", "pyspark", "numpy")}
    known = detector.transform(rows[new])
    with tempfile.TemporaryDirectory() as saved:
        detector.save(f"{saved}/model")
        scorer = Scorer(f"{saved}/model")
        run["serve"] = float(abs(scorer.predict(rows[new], 0)["severity"] - known["severity"]).max())
        for left in LEFT:
            random = numpy.random.default_rng(3)
            alerts = []
            for _ in range(max(1, 20_000 // len(rows[new]))):
                fewer = rows[new].copy()
                masks = [random.permutation(rows.shape[1])[count(left, rows.shape[1]) :] for _ in range(MASKS)]
                which = random.integers(MASKS, size=len(fewer))
                for i, mask in enumerate(masks):
                    for column in rows.columns[mask]:
                        fewer.loc[which == i, column] = None
                alerts.append(scorer.predict(fewer, 0)["isAnomaly"].mean())
            run[left] = float(numpy.mean(alerts))
    return run


def main():
    parser = argparse.ArgumentParser(description="Share of alerts by the number of cells that rows have")
    parser.add_argument("--tables", type=pathlib.Path, required=True, help="folder of the tables")
    parser.add_argument("--only", default=",".join(TABLES), help="tables that are measured; empty: none")
    parser.add_argument("--docs", action="store_true", help="write the part of the page")
    options = parser.parse_args()
    known = {run["name"]: run for run in stored("alerts")}
    for name in filter(None, options.only.split(",")):
        known[name] = measure(name, options.tables)
        print(json.dumps(known[name]), flush=True)
        results = [known[name] for name in TABLES if name in known]
        (RESULTS / "alerts.json").write_text(json.dumps(results, indent=1) + "\n")
    if options.docs:
        lines = [f"| table | new rows | {' | '.join(LEFT)} |", "| --- | ---: |" + " ---: |" * len(LEFT)]
        for run in known.values():
            lines.append(f"| {run['name']} | {run['rows']:,} | {' | '.join(f'{run[left]:.4f}' for left in LEFT)} |")
        write(PAGE, "cells", lines + measured(known.values()))


if __name__ == "__main__":
    main()
