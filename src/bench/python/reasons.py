"""Reasons of anomalies: whether they name the column that has the fault. A part of the page "Anomalies".

    jobs/bench reasons --tables DIR --anomaly DIR [--only TABLE,...] [--docs]

Detectors are fitted to two thirds of a table, and faults are planted in rows of the rest, one in each. The reasons of a
row are all its columns in the order in which a method blames them; `detector` is the preset `anomalies`. The first DIR
has adult-train, abalone, shoppers and default of the UCI repository as .csv.gz, the second one tables of ADBench, of
which the normal rows are read. Adult has no date: it gets a column `day`, a random day of 2023.
"""

import argparse
import datetime
import json
import pathlib
import warnings

import imputation
import numpy
import pandas
import shap
import spark_latent
from common import RESULTS, machine, measured, stored, write
from pyod.models.ecod import ECOD
from sklearn.ensemble import IsolationForest

warnings.filterwarnings("ignore")

PAGE = pathlib.Path("src/site/markdown/benchmarks/anomalies.md")
MIXED = "adult", "shoppers", "default", "abalone"
NUMBERS = "cardio", "glass", "magic.gamma", "pendigits", "satellite", "shuttle"
FAULTS = {  # and what the page calls them
    "times 10": "a number times 10",
    "times 100": "times 100",
    "times 1000": "times 1,000",
    "swapped": "two numbers swapped, either counts",
    "code": "a number is -999 or 9999",
    "category": "another category",
    "year": "a date in another year",
}
METHODS = "detector", "isolation forest, SHAP", "ECOD"
FIRST = 1, 2  # reasons that are looked at


def rows_of(name, tables, anomaly):
    """Returns the normal rows of a table that have no gaps, at most 12,000."""
    imputation.MAX_ROWS = 12_000
    if name in NUMBERS:
        rows = pandas.read_csv(next(anomaly.glob(f"*_{name}.csv.gz"))).query("label == 0")
        rows = rows.drop(columns=["row", "label"]).astype(float)
        return rows.sample(min(imputation.MAX_ROWS, len(rows)), random_state=0)
    rows = imputation.table(name, tables, None).dropna()
    if name == "adult":
        days = numpy.random.default_rng(4).integers(365, size=len(rows))
        rows["day"] = [datetime.date(2023, 1, 1) + datetime.timedelta(int(day)) for day in days]
    return rows


def categories(rows):
    return [column for column in rows.select_dtypes(exclude="number") if column != "day"]


def spoilt(fault, row, rows, random):
    """Returns the cells that a fault changes."""
    if fault == "year":
        return {"day": row["day"].replace(year=2023 + int(random.choice([*range(-9, 0), *range(1, 10)])))}
    if fault == "category":
        column = random.choice(categories(rows))
        return {column: random.choice(rows[column])}
    numbers = list(rows.select_dtypes("number"))
    if fault == "swapped":
        one, other = random.choice(numbers, 2, replace=False)
        return {one: row[other], other: row[one]}
    column = random.choice(numbers)
    if fault == "code":
        return {column: random.choice([-999.0, 9999.0])}
    return {column: row[column] * int(fault.removeprefix("times "))}


def planted(fault, rows, count, random):
    """Returns some of the rows with one fault in each, and the guilty columns of each."""
    faulty = rows.iloc[random.permutation(len(rows))[:count]].reset_index(drop=True)
    guilty = []
    for i, row in enumerate(faulty.to_dict("records")):
        cells = {}
        while all(row[column] == value for column, value in cells.items()):  # until a cell differs
            cells = spoilt(fault, row, rows, random)
        for column, value in cells.items():
            faulty.at[i, column] = value
        guilty.append({*cells})
    return faulty, guilty


def coded(rows, known):
    """Returns numbers: days of a date, and for a category how many are more frequent."""
    codes = {}
    for column in rows:
        if column == "day":
            codes[column] = rows[column].map(datetime.date.toordinal)
        elif known[column].dtype == float:
            codes[column] = rows[column]
        else:
            ranks = {value: i for i, value in enumerate(known[column].value_counts().index)}
            codes[column] = rows[column].map(lambda value, ranks=ranks: ranks.get(value, len(ranks)))
    return pandas.DataFrame(codes).to_numpy(float)


def by_detector(model):
    """Returns a function that returns the reasons of each row: all columns, the first being blamed most."""

    def reasons(rows):
        found = model.explain(rows.assign(number=range(len(rows))), columns=rows.shape[1])
        return [[cell["column"] for cell in cells] for cells in found.sort_values("number")["contributions"]]

    return reasons


def by_forest(known):
    forest = shap.TreeExplainer(IsolationForest(random_state=0).fit(coded(known, known)))
    # of the depth of the row, which is less if a column isolates it
    return lambda rows: rows.columns.to_numpy()[forest.shap_values(coded(rows, known)).argsort(axis=1)].tolist()


def by_tails(known):
    tails = ECOD().fit(coded(known, known))

    def reasons(rows):
        tails.decision_function(coded(rows, known))  # O has the scores of the known rows, and then of these
        return rows.columns.to_numpy()[(-tails.O[-len(rows) :]).argsort(axis=1, kind="stable")].tolist()

    return reasons


def measure(name, rows):
    """Returns for each fault the shares of rows that have a guilty column among the first reasons, by method."""
    random = numpy.random.default_rng(2)
    new = random.random(len(rows)) < 1 / 3
    known = rows[~new]
    model = spark_latent.AnomalyDetector(columnTypes=dict.fromkeys(categories(rows), "category") or None).fit(known)
    methods = dict(zip(METHODS, (by_detector(model), by_forest(known), by_tails(known)), strict=True))
    possible = {"category": categories(rows), "year": "day" in rows}
    for fault in (fault for fault in FAULTS if possible.get(fault, True)):
        faulty, guilty = planted(fault, rows[new], max(30, len(rows) // 100), random)
        run = {"table": name, "columns": rows.shape[1], "fault": fault, "rows": len(faulty)}
        run["flagged"] = float(model.transform(faulty)["isAnomaly"].mean())
        for method, reasons in methods.items():
            pairs = list(zip(reasons(faulty), guilty, strict=True))
            run[method] = [float(numpy.mean([not own.isdisjoint(found[:n]) for found, own in pairs])) for n in FIRST]
        yield run | {"machine": machine("spark_latent", "pyspark", "scikit-learn", "shap", "pyod", "numpy")}


def lines_of(runs):
    """Returns a row for each fault, of means over tables, and one of their means."""
    heads = "fault", "tables", "flagged", *METHODS
    lines = ["| " + " | ".join(heads) + " |", "| --- |" + " ---: |" * (len(heads) - 1)]
    means = []
    for fault, name in FAULTS.items():
        own = [numpy.hstack([r["flagged"], *(r[method] for method in METHODS)]) for r in runs if r["fault"] == fault]
        means.append((name, len(own), numpy.mean(own, axis=0)))
    means.append(("mean of the faults", "", numpy.mean([own for *_, own in means], axis=0)))
    for name, count, (flagged, *hits) in means:
        cells = [f"{one:.2f}, {two:.2f}" for one, two in zip(hits[::2], hits[1::2], strict=True)]
        lines.append(f"| {name} | {count} | {flagged:.2f} | {' | '.join(cells)} |")
    return lines


def main():
    parser = argparse.ArgumentParser(prog="jobs/bench reasons", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--tables", type=pathlib.Path, required=True, help="folder of the tables of any columns")
    parser.add_argument("--anomaly", type=pathlib.Path, required=True, help="folder of the tables of numbers")
    parser.add_argument("--only", default=",".join(MIXED + NUMBERS), help="tables that are measured; empty: none")
    parser.add_argument("--docs", action="store_true", help="write the part of the page")
    options = parser.parse_args()
    known = {(run["table"], run["fault"]): run for run in stored("reasons")}
    for name in filter(None, options.only.split(",")):
        for run in measure(name, rows_of(name, options.tables, options.anomaly)):
            known[name, run["fault"]] = run
            print(json.dumps(run), flush=True)
        results = [known[t, f] for t in MIXED + NUMBERS for f in FAULTS if (t, f) in known]
        (RESULTS / "reasons.json").write_text(json.dumps(results, indent=1) + "\n")
    if options.docs:
        write(PAGE, "reasons", lines_of(known.values()) + measured(known.values()))


if __name__ == "__main__":
    main()
