"""Errors of imputed cells and coverage of intervals: a part of the page "Missing values".

    jobs/bench imputation --tables DIR --anomalies DIR [--only TABLE,...] [--docs]

Cells of ten tables are hidden and imputed, by a mixture of this project and by peers from PyPI. The columns `low` and
`high` of `explain` are compared with the hidden cells. The first DIR has the files adult-train, abalone, shoppers and
default of the UCI repository as .csv.gz, the second one tables of ADBench, which have the columns `row`, features and
`label`. --docs writes the tables of the page.
"""

import argparse
import functools
import json
import operator
import pathlib
import time
import warnings

import numpy
import pandas
import spark_latent
from common import ABALONE, ADULT, CODES, RESULTS, machine, measured, stored, write
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer, KNNImputer

warnings.filterwarnings("ignore")

PAGE = pathlib.Path("src/site/markdown/benchmarks/missing.md")
MAX_ROWS = 2000
MAX_PROBES = 1500  # hidden numbers of a run whose intervals are looked at
SHARES = 0.1, 0.3
MECHANISMS = "random", "other", "value"
RUNS = [(m, s) for m in MECHANISMS for s in SHARES if m != "value" or s == max(SHARES)]
MIXED = "abalone", "adult", "shoppers", "default"
NUMBERS = "cardio", "letter", "pendigits", "satellite", "Waveform", "magic.gamma"


def table(name, folder, anomalies):
    """Returns at most MAX_ROWS rows, with doubles for numbers and texts for categories."""
    read = {"skipinitialspace": True, "na_values": "?"}
    if name in NUMBERS:
        rows = pandas.read_csv(next(anomalies.glob(f"*_{name}.csv.gz"))).drop(columns=["row", "label"])
    else:
        file = folder / f"{name.replace('adult', 'adult-train')}.csv.gz"
        rows = pandas.read_csv(file, names={"adult": ADULT, "abalone": ABALONE}.get(name), **read)
        rows = rows.drop(columns="ID", errors="ignore").rename(columns=lambda column: column.replace(".", "_"))
    rows = rows.sample(min(MAX_ROWS, len(rows)), random_state=0, ignore_index=True)
    texts = set(rows.select_dtypes(exclude="number")) | set(CODES.get(name, ()))
    for column in rows:
        known = rows[column].notna()
        rows[column] = rows[column].astype(str).where(known, None) if column in texts else rows[column].astype(float)
    return rows.loc[:, rows.nunique() > 1]


def hidden(rows, share, mechanism, seed=7):
    """Returns which cells are hidden: n x d. A row keeps at least its first cell."""
    random = numpy.random.default_rng(seed)
    count, width = rows.shape
    codes = numpy.column_stack([pandas.factorize(rows[column], sort=True)[0] for column in rows])
    ties = random.random(codes.shape)
    ranks = numpy.column_stack([numpy.lexsort((ties[:, j], codes[:, j])).argsort() for j in range(width)]) / count
    chance = numpy.full((count, width), share)
    if mechanism == "value":  # the greater a cell, the more often it is hidden
        chance = 2 * share * ranks
    elif mechanism == "other":  # so is each second cell by the one before it, which is never hidden
        chance[:, 0::2] = 0
        chance[:, 1::2] = 2 * share * ranks[:, : width - width % 2 : 2]
    cells = random.random((count, width)) < chance
    cells[cells.all(axis=1), 0] = False
    return cells & rows.notna().to_numpy()


def by_mixture(rows, numbers, **params):
    """Returns the rows without missing cells, and a function that returns the intervals of cells."""
    types = {column: "category" for column in rows if column not in numbers}
    model = spark_latent.Clusterer(columnTypes=types or None, imputedCol="imputed", **params).fit(rows)
    imputed = pandas.DataFrame(model.transform(rows)["imputed"].map(lambda row: row.asDict()).tolist())
    imputed = imputed.assign(**{column: imputed[column].astype(str) for column in types})

    def intervals(probes, columns):
        probes = probes.assign(probe=range(len(probes)))
        found = numpy.full((len(probes), 2), numpy.nan)
        explained = model.explain(probes, columns=rows.shape[1])
        for probe, contributions in zip(explained["probe"], explained["contributions"], strict=True):
            own = next(one for one in contributions if one["column"] == columns[probe])
            found[probe] = float(own["low"]), float(own["high"])
        return found

    return imputed[list(rows)], intervals


def by_forests(rows, numbers):
    """missForest (Stekhoven and Buehlmann 2012), with the defaults of its authors; categories are codes to the trees.

    The package missforest 4.2.3 of PyPI fits each forest to the cells that it imputed before, too; this does not.
    """
    known = {column: numpy.unique(rows[column].dropna()) for column in rows if column not in numbers}
    codes = {column: {value: float(i) for i, value in enumerate(values)} for column, values in known.items()}
    coded = rows.assign(**{column: rows[column].map(own).astype(float) for column, own in codes.items()})
    missing = coded.isna()
    full = coded.fillna({c: coded[c].mode()[0] if c in known else coded[c].mean() for c in coded})
    order = [column for column in missing.sum().sort_values(kind="stable").index if missing[column].any()]
    changes = [numpy.inf, numpy.inf]
    for _ in range(10):
        before = full.copy()
        for column in order:
            options = {"n_estimators": 100, "random_state": 0, "n_jobs": 2}
            if column in known:
                forest = RandomForestClassifier(max_features="sqrt", **options)
            else:
                forest = RandomForestRegressor(max_features="sqrt", min_samples_leaf=5, **options)
            gaps, others = missing[column], full.drop(columns=column)
            forest.fit(others[~gaps], coded[column][~gaps])
            full.loc[gaps, column] = forest.predict(others[gaps])
        of_numbers = ((full[numbers] - before[numbers]) ** 2).to_numpy().sum() / (full[numbers] ** 2).to_numpy().sum()
        of_codes = (full[list(known)] != before[list(known)]).to_numpy().sum()
        last, changes = changes, [of_numbers, of_codes]
        if of_numbers >= last[0] and (of_codes >= last[1] or not known):
            full = before
            break
    return full.assign(**{column: values[full[column].astype(int)] for column, values in known.items()})


def by(imputer):
    """Returns an imputer of tables by one of rows of numbers: standardised numbers, and 0 or 1 for each category."""

    def impute(rows, numbers):
        scaled = (rows[numbers] - rows[numbers].mean()) / rows[numbers].std()
        parts, places = [scaled.to_numpy()], {}
        width = len(numbers)
        for column in (c for c in rows if c not in numbers):
            values = numpy.unique(rows[column].dropna())
            own = (rows[column].to_numpy()[:, None] == values[None]).astype(float)
            own[rows[column].isna()] = numpy.nan
            places[column] = width, values
            width += len(values)
            parts.append(own)
        found = imputer.fit_transform(numpy.hstack(parts))
        full = pandas.DataFrame(found[:, : len(numbers)], columns=numbers)
        full = full * rows[numbers].std() + rows[numbers].mean()
        for column, (start, values) in places.items():
            full[column] = values[found[:, start : start + len(values)].argmax(axis=1)]
        return full[list(rows)]

    return impute


def errors(rows, imputed, cells, numbers):
    """Returns the root mean squared error of the hidden numbers in deviations, and the share of wrong categories."""
    squares, wrong = [], []
    for j, column in enumerate(rows):
        own, other = rows[column][cells[:, j]], imputed[column][cells[:, j]]
        if column in numbers:
            squares.extend(((own - other.astype(float)) / rows[column].std()) ** 2)
        else:
            wrong.extend(own.to_numpy() != other.to_numpy())
    return {"error": numpy.mean(squares) ** 0.5, "wrong": numpy.mean(wrong) if wrong else None}


def coverage(rows, incomplete, cells, numbers, intervals):
    """Returns the share of hidden numbers in their intervals, and the mean width in deviations."""
    random = numpy.random.default_rng(1)
    places = [(i, j) for i, j in numpy.argwhere(cells) if rows.columns[j] in numbers]
    places = [places[k] for k in random.permutation(len(places))[:MAX_PROBES]]
    probes = incomplete.iloc[[i for i, _ in places]].reset_index(drop=True)
    columns = [rows.columns[j] for _, j in places]
    known = numpy.array([rows.iat[i, j] for i, j in places])
    for probe, (_, j) in enumerate(places):  # the interval of a cell does not depend on its value
        probes.iat[probe, j] = known[probe]
    low, high = intervals(probes, columns).T
    spread = rows[numbers].std()[columns].to_numpy()
    inside = (low <= known) & (known <= high)
    by_column = pandas.Series(inside).groupby(columns).mean()
    return {
        "covered": inside.mean(),
        "least": by_column.min(),
        "greatest": by_column.max(),
        "width": numpy.mean((high - low) / spread),
        "cells": len(known),
    }


def measure(name, rows, share, mechanism, methods):
    numbers = [c for c in rows if rows[c].dtype == float]
    cells = hidden(rows, share, mechanism)
    incomplete = rows.copy()
    for j, column in enumerate(rows):
        incomplete.loc[cells[:, j], column] = numpy.nan if column in numbers else None
    for method in methods:
        began = time.perf_counter()
        imputed = METHODS[method](incomplete.copy(), numbers)
        found = {"table": name, "rows": len(rows), "columns": rows.shape[1], "numbers": len(numbers), "hidden": share}
        found |= {"by": mechanism, "method": method}
        if method.startswith("mixture"):
            imputed, intervals = imputed
            found["seconds"] = time.perf_counter() - began
            found |= coverage(rows, incomplete, cells, numbers, intervals)
        yield {"seconds": time.perf_counter() - began, **found, **errors(rows, imputed, cells, numbers)}


METHODS = {
    "mixture": by_mixture,
    "mixture of ranks": functools.partial(by_mixture, scale="quantile"),
    "missForest": by_forests,
    "IterativeImputer": by(IterativeImputer(random_state=0)),
    "KNNImputer": by(KNNImputer()),
}


def share(value):
    return "" if value is None else f"{100 * value:.1f}%"


def error_lines(results):
    """Returns a row for each mechanism, share and table: error of numbers, then wrong categories, by method."""
    methods = [method for method in METHODS if any(r["method"] == method for r in results)]
    lines = ["| hidden | table | " + " | ".join(methods) + " |", "| --- | --- |" + " ---: |" * len(methods)]
    for mechanism, part in RUNS:
        own = [r for r in results if (r["by"], r["hidden"]) == (mechanism, part)]
        for name in dict.fromkeys(r["table"] for r in own):
            by_method = {r["method"]: r for r in own if r["table"] == name}
            cells = [
                f"{r['error']:.3f}" + ("" if r["wrong"] is None else f", {share(r['wrong'])}") if r else ""
                for r in map(by_method.get, methods)
            ]
            lines.append(f"| {part:.0%}, {mechanism} | {name} | " + " | ".join(cells) + " |")
    return lines


def interval_lines(results):
    """Returns a row for each table: covered numbers, and the mean width of an interval in deviations."""
    lines = ["| model | table | " + " | ".join(f"{s:.0%}, {m}" for m, s in RUNS) + " |"]
    lines.append("| --- | --- |" + " ---: |" * len(RUNS))
    own = {(r["method"], r["table"], r["by"], r["hidden"]): r for r in results if "covered" in r}
    for model, name in dict.fromkeys(place[:2] for place in sorted(own, key=lambda place: place[0])):
        cells = [own.get((model, name, *run)) for run in RUNS]
        shown = (f"{share(r['covered'])}, {r['width']:.2f}" if r else "" for r in cells)
        lines.append(f"| {model} | {name} | " + " | ".join(shown) + " |")
    return lines


def main():
    parser = argparse.ArgumentParser(prog="jobs/bench imputation", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--tables", type=pathlib.Path, required=True, help="folder of the tables of any columns")
    parser.add_argument("--anomalies", type=pathlib.Path, required=True, help="folder of the tables of numbers")
    parser.add_argument("--only", default=",".join(MIXED + NUMBERS), help="names of tables, separated by commas")
    parser.add_argument("--methods", default=",".join(METHODS), help="names of methods, separated by commas")
    parser.add_argument("--docs", action="store_true", help="write the page")
    options = parser.parse_args()
    key = operator.itemgetter("table", "hidden", "by", "method")
    known = {key(r): r for r in stored("imputation")}
    for name in filter(None, options.only.split(",")):
        rows = table(name, options.tables, options.anomalies)
        for mechanism, part in RUNS:
            methods = [m for m in options.methods.split(",") if mechanism != "value" or m.startswith("mixture")]
            for found in measure(name, rows, part, mechanism, methods):
                print(json.dumps(found), flush=True)
                versions = machine("spark_latent", "pyspark", "scikit-learn", "numpy", "pandas")
                known[key(found)] = found | {"machine": versions}
                order = {name: place for place, name in enumerate(MIXED + NUMBERS)}
                results = sorted(known.values(), key=lambda r: order[r["table"]])
                (RESULTS / "imputation.json").write_text(json.dumps(results, indent=1) + "\n")
    if options.docs:
        write(PAGE, "errors", error_lines(known.values()) + measured(known.values()))
        write(PAGE, "intervals", interval_lines(known.values()))


if __name__ == "__main__":
    main()
