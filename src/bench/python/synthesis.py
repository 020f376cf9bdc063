"""Drawn rows beside real ones: the page "Generated rows".

    jobs/bench synthesis --tables DIR [--leaf-rows N,N,...] [--only TABLE,...] [--docs]

Trains the preset `generate` on each table, draws as many rows, and judges them by SDMetrics and XGBoost. DIR has the
files adult-train, adult-test, shoppers, default and abalone of the UCI repository as .csv.gz; the table of bicycles is
in the package ISLP. Two thirds of a table are trained on and the rest is held out; Adult comes so divided.
--docs writes the table and the picture of the page.
"""

import argparse
import importlib.metadata
import json
import pathlib
import subprocess
import warnings
import zipfile

import matplotlib
import numpy
import pandas
from sdmetrics.reports.single_table import QualityReport
from sdmetrics.single_table.detection.sklearn import ScikitLearnClassifierDetectionMetric
from sklearn.metrics import r2_score, roc_auc_score
from xgboost import XGBClassifier, XGBRegressor

matplotlib.use("Agg")
warnings.filterwarnings("ignore")

FOLDER = pathlib.Path("target/bench/synthesis")
PAGE = pathlib.Path("src/site/markdown/benchmarks/synthesis.md")
PICTURE = pathlib.Path("src/site/markdown/images/generated-rows.png")
RESULTS = pathlib.Path("src/bench/results/synthesis.json")
ADULT = (
    "age workclass fnlwgt education education_num marital_status occupation relationship race sex capital_gain "
    "capital_loss hours_per_week native_country income"
).split()
ABALONE = "sex length diameter height whole shucked viscera shell rings".split()
CODES = {  # columns of codes that are no numbers
    "shoppers": "OperatingSystems Browser Region TrafficType".split(),
    "default": "SEX EDUCATION MARRIAGE PAY_1 PAY_2 PAY_3 PAY_4 PAY_5 PAY_6 default_payment_next_month".split(),
}
TARGETS = {
    "adult": "income",
    "shoppers": "Revenue",
    "default": "default_payment_next_month",
    "abalone": "rings",
    "bicycles": "bikers",
}


class Judge(ScikitLearnClassifierDetectionMetric):
    """The test of TabDiff (Shi et al., ICLR 2025): 1 is a table that XGBoost cannot tell from the real one."""

    @staticmethod
    def _get_classifier():
        return XGBClassifier(eval_metric="logloss", enable_categorical=True, random_state=0)


def tables(folder):
    """Yields the name, the training rows and the held-out rows of each table."""
    read = {"skipinitialspace": True, "na_values": "?"}
    parts = [
        pandas.read_csv(folder / f"adult-{part}.csv.gz", names=ADULT, comment="|", **read) for part in ("train", "test")
    ]
    parts[1]["income"] = parts[1]["income"].str.rstrip(".")
    yield "adult", *parts
    whole = {name: pandas.read_csv(folder / f"{name}.csv.gz", **read) for name in ("shoppers", "default")}
    whole["abalone"] = pandas.read_csv(folder / "abalone.csv.gz", names=ABALONE, **read)
    wheel = next(FOLDER.glob("*.whl"), None) or download("ISLP")
    with zipfile.ZipFile(wheel) as files, files.open("ISLP/data/Bikeshare.csv") as file:
        whole["bicycles"] = pandas.read_csv(file)
    for name, table in whole.items():
        table = table.drop(columns="ID", errors="ignore").rename(columns=lambda column: column.replace(".", "_"))
        shuffled = table.sample(frac=1, random_state=0)
        count = len(table) * 2 // 3
        yield name, shuffled[:count], shuffled[count:]


def download(package):
    subprocess.run(["target/bench/venv/bin/pip", "download", "-q", "--no-deps", "-d", FOLDER, package], check=True)
    return next(FOLDER.glob("*.whl"))


def drawn(name, train, leaf_rows):
    """Returns rows that the preset draws, and the seconds of the fit without the start of Spark."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path, out = FOLDER / f"{name}.csv", FOLDER / f"{name}-{leaf_rows}"
    train.to_csv(path, index=False)
    own = [f"--set=model.leafRows={leaf_rows}", f"--set=output.path={out}", "--set=output.report=false"]
    rows = [f"--set=sample.rows={len(train)}", f"--set=output.path={out}-rows", "--set=output.format=parquet"]
    subprocess.run(["rm", "-rf", out, f"{out}-rows", f"{out}.checkpoint"], check=True)
    for command in ["train", path, "--preset", "generate", *own], ["sample", out, *rows]:
        subprocess.run(["jobs/latent", *command], check=True, capture_output=True)
    seconds = json.loads((out / "metrics.json").read_text())["seconds"]
    return pandas.read_parquet(f"{out}-rows").drop(columns="component"), sum(seconds.values())


def same_types(name, real, others):
    """Returns the tables with texts for categories and doubles for numbers, and the names of the categories."""
    codes = set(CODES.get(name, ()))
    texts = set(real.select_dtypes(exclude="number")) | codes

    def column(values):
        if values.name not in texts:
            return values.astype(float)
        values = values.astype(float) if values.name in codes else values  # a whole number may have become a double
        return values.where(values.notna(), "missing").astype(str)

    return [t[list(real)].apply(column) for t in (real, *others)], sorted(texts)


def distances(rows, others, numbers, texts, spans):
    """Returns the distance of each row to the closest of others: numbers by their spans, categories 0 or 1."""
    own, far = (
        (table[numbers].to_numpy("f4") / spans, table[texts].to_numpy(), table[numbers].isna().to_numpy())
        for table in (rows, others)
    )
    own, far = ((numpy.nan_to_num(a), b, c) for a, b, c in (own, far))
    least = numpy.empty(len(rows), "f4")
    for i in range(len(rows)):
        gap = numpy.abs(far[0] - own[0][i]).sum(1) + (far[1] != own[1][i]).sum(1) + (far[2] != own[2][i]).sum(1)
        least[i] = gap.min()
    return least


def coded(tables_, texts):
    """Returns the tables with whole numbers for texts."""
    codes = {c: {v: i for i, v in enumerate(pandas.unique(pandas.concat([t[c] for t in tables_])))} for c in texts}
    return [t.assign(**{c: t[c].map(codes[c]).astype("i2") for c in texts}) for t in tables_]


def utility(train, test, target, texts):
    """Returns the area under the ROC curve of XGBoost, or the share of variance that it explains, on the held-out rows."""
    inputs = [c for c in train if c != target]
    if target in texts:
        classes = numpy.unique(train[target])
        model = XGBClassifier(random_state=0).fit(train[inputs], train[target] == classes[1])
        return roc_auc_score(test[target] == classes[1], model.predict_proba(test[inputs])[:, 1])
    return r2_score(test[target], XGBRegressor(random_state=0).fit(train[inputs], train[target]).predict(test[inputs]))


def judged(name, train, held, rows, most=10_000):
    """Returns the figures of drawn rows."""
    (real, held, rows), texts = same_types(name, train, (held, rows))
    numbers = [c for c in real if c not in texts]
    metadata = {"columns": {c: {"sdtype": "categorical" if c in texts else "numerical"} for c in real}}
    score = Judge.compute(real, rows, metadata=metadata)
    report = QualityReport()
    report.generate(real, rows, metadata, verbose=False)
    shapes, trends = report.get_properties()["Score"]
    spans = (real[numbers].max() - real[numbers].min()).replace(0, 1).to_numpy("f4")
    real, held, rows = coded([real, held, rows], texts)
    count = min(len(real), len(held), most)
    some = [table.sample(count, random_state=0) for table in (real, held, rows)]
    to_real, to_held = (distances(some[2], other, numbers, texts, spans) for other in some[:2])
    members, others = (distances(table, some[2], numbers, texts, spans) for table in some[:2])
    return {
        "score": score,
        "shapes": shapes,
        "trends": trends,
        "nearer": float(((to_real < to_held) + 0.5 * (to_real == to_held)).mean()),
        "error": 0.5 / count**0.5,
        "attack": roc_auc_score(numpy.repeat([1, 0], count), -numpy.concatenate([members, others])),
        "utility": utility(rows, held, TARGETS[name], texts),
        "best": utility(real, held, TARGETS[name], texts),
    }


def shown(value):
    return f"{value:.3f}".replace("0.", ".", 1)


def write(results, processor):
    """Writes the table and the picture of the page."""
    from matplotlib import pyplot

    lines = [
        "| table, rows to train | two-sample score | shapes | trends | nearer | attack | utility, of real rows | seconds |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for found in (r for r in results if r["leafRows"] == 20):
        figures = [shown(found[key]) for key in ("score", "shapes", "trends")]
        figures.append(f"{shown(found['nearer'])} ± {shown(found['error'])}")
        figures += [shown(found["attack"]), f"{shown(found['utility'])}, {shown(found['best'])}", f"{found['seconds']:.0f}"]
        lines.append(f"| {found['table']}, {found['rows']:,} | " + " | ".join(figures) + " |")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("sdmetrics", "xgboost", "scikit-learn"))
    lines += ["", f"Measured on an {processor}, 2 cores, with {versions}."]
    page = PAGE.read_text()
    begin, end = "<!-- rows:begin -->\n", "<!-- rows:end -->"
    head, tail = page[: page.index(begin) + len(begin)], page[page.index(end) :]
    PAGE.write_text(head + "\n".join(lines) + "\n" + tail)
    figure, axes = pyplot.subplots(figsize=(6, 3.6), layout="constrained")
    for table in dict.fromkeys(r["table"] for r in results):
        own = sorted((r for r in results if r["table"] == table), key=lambda r: r["leafRows"])
        axes.plot([r["nearer"] for r in own], [r["score"] for r in own], "o-", label=table)
        for r in own:
            axes.annotate(r["leafRows"], (r["nearer"], r["score"]), (4, 3), textcoords="offset points", fontsize=7)
    axes.set(xlabel="share of drawn rows nearer to training rows than to held-out rows", ylabel="two-sample score")
    axes.axvline(0.5, color="grey", lw=0.5)
    axes.legend(title="least rows in a leaf: beside the points", frameon=False, fontsize=8, title_fontsize=7)
    figure.savefig(PICTURE, dpi=150, metadata={"Software": None})


def main():
    parser = argparse.ArgumentParser(prog="jobs/bench synthesis", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--tables", type=pathlib.Path, required=True, help="folder of the tables")
    parser.add_argument("--leaf-rows", default="20", help="least numbers of rows in a leaf, separated by commas")
    parser.add_argument("--only", default=",".join(TARGETS), help="names of tables, separated by commas")
    parser.add_argument("--docs", action="store_true", help="write the page")
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    known = json.loads(RESULTS.read_text()) if RESULTS.is_file() else []
    for name, train, held in tables(options.tables):
        for leaf_rows in map(int, options.leaf_rows.split(",") if name in options.only.split(",") else ()):
            rows, seconds = drawn(name, train, leaf_rows)
            found = {"table": name, "rows": len(train), "leafRows": leaf_rows, "seconds": seconds}
            found |= judged(name, train, held, rows)
            print(json.dumps(found), flush=True)
            known = [r for r in known if (r["table"], r["leafRows"]) != (name, leaf_rows)] + [found]
            RESULTS.write_text(json.dumps(known, indent=1) + "\n")
    if options.docs:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        write(known, next(line.split(": ")[1] for line in lines if line.startswith("model name")))


main()
