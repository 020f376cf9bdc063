"""Drawn rows beside real ones: the page "Generated rows".

    jobs/bench synthesis --tables DIR [--leaf-rows N,N,...] [--only TABLE,...] [--peers] [--scale] [--docs]

Trains the preset `generate` on each table, draws as many rows, and judges them by SDMetrics and XGBoost. DIR has the
files adult-train, adult-test, shoppers, default and abalone of the UCI repository as .csv.gz; the table of bicycles is
in the package ISLP. Two thirds of a table are trained on and the rest is held out; Adult comes so divided.
--peers measures other methods on the same rows instead. --scale measures seconds on simulated rows instead; these
need 5 GB in target. --docs writes the tables and the picture of the page from all results.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time
import warnings
import zipfile

import common
import numpy
import pandas
import pyarrow
import pyarrow.parquet
from sdmetrics.reports.single_table import QualityReport
from sdmetrics.single_table.detection.sklearn import ScikitLearnClassifierDetectionMetric
from sklearn.metrics import r2_score, roc_auc_score
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from xgboost import XGBClassifier, XGBRegressor

warnings.filterwarnings("ignore")

FOLDER = pathlib.Path("target/bench/synthesis")
PAGE = pathlib.Path("src/site/markdown/benchmarks/synthesis.md")
JUDGES = "sdmetrics", "xgboost", "scikit-learn"
PEERS = {
    "chain": "one chain of scikit-learn's trees",
    "GaussianCopulaSynthesizer": "SDV's Gaussian copula",
    "TVAESynthesizer": "SDV's TVAE",
}
PUBLISHED = {  # Scassola et al. 2026: two-sample scores of Adult, Shoppers and Default
    "TabDiff": (0.8409, 0.7361, 0.5914),
    "TabPC": (0.8554, 0.8936, 0.2617),
    "TabSyn": (0.7942, 0.6554, 0.4024),
    "TVAE": (0, 0, 0.0020),
}
SCALE = (100_000, 1_000_000, 10_000_000)
TARGETS = {
    "adult": "income",
    "shoppers": "Revenue",
    "default": "default_payment_next_month",
    "abalone": "rings",
    "bicycles": "bikers",
}


class Judge(ScikitLearnClassifierDetectionMetric):
    """The test of TabPC (Scassola et al. 2026): 1 is a table that XGBoost cannot tell from the real one."""

    @staticmethod
    def _get_classifier():
        return XGBClassifier(eval_metric="logloss", enable_categorical=True, random_state=0)


def tables(folder):
    """Yields the name, the training rows and the held-out rows of each table."""
    read = {"skipinitialspace": True, "na_values": "?"}
    parts = [
        pandas.read_csv(folder / f"adult-{part}.csv.gz", names=common.ADULT, comment="|", **read)
        for part in ("train", "test")
    ]
    parts[1]["income"] = parts[1]["income"].str.rstrip(".")
    yield "adult", *parts
    whole = {name: pandas.read_csv(folder / f"{name}.csv.gz", **read) for name in ("shoppers", "default")}
    whole["abalone"] = pandas.read_csv(folder / "abalone.csv.gz", names=common.ABALONE, **read)
    wheel = next(FOLDER.glob("*.whl"), None) or download("ISLP")
    with zipfile.ZipFile(wheel) as files, files.open("ISLP/data/Bikeshare.csv") as file:
        whole["bicycles"] = pandas.read_csv(file)
    for name, table in whole.items():
        table = table.drop(columns="ID", errors="ignore").rename(columns=lambda column: column.replace(".", "_"))
        shuffled = table.sample(frac=1, random_state=0)
        count = len(table) * 2 // 3
        yield name, shuffled[:count], shuffled[count:]


def download(package):
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", FOLDER, package], check=True)
    return next(FOLDER.glob("*.whl"))


def drawn(path, out, rows, leaf_rows=10):
    """Draws rows by the preset. Returns the seconds of the steps of the fit and of drawing, without Spark's start."""
    own = [f"--set=model.leafRows={leaf_rows}", f"--set=output.path={out}", "--set=output.report=false"]
    sample = [f"--set=sample.rows={rows}", f"--set=output.path={out}-rows", "--set=output.format=parquet", "--json"]
    for old in out, f"{out}-rows":
        shutil.rmtree(old, ignore_errors=True)
    for command in ["train", path, "--preset", "generate", *own], ["sample", out, *sample]:
        printed = subprocess.run(["jobs/latent", *command], check=True, stdout=subprocess.PIPE).stdout
    drawing = json.loads(printed.splitlines()[-1])["seconds"]
    return json.loads((out / "metrics.json").read_text())["seconds"] | {"draw": sum(drawing.values())}


def by_preset(name, train, leaf_rows):
    """Returns rows that the preset draws, and the seconds of the fit and of drawing."""
    path, out = FOLDER / f"{name}.csv", FOLDER / f"{name}-{leaf_rows}"
    train.to_csv(path, index=False)
    seconds = drawn(path, out, len(train), leaf_rows)
    draw = seconds.pop("draw")
    return pandas.read_parquet(f"{out}-rows").drop(columns="component"), sum(seconds.values()), draw


def by_sdv(name, train, synthesizer):
    """Returns rows that a synthesizer of SDV draws, the seconds of the fit and of drawing, and the version."""
    path, out = FOLDER / f"{name}.csv", FOLDER / f"{name}-{synthesizer}.parquet"
    train.to_csv(path, index=False)
    command = ["target/bench/sdv/bin/python", "src/bench/python/sdv_rows.py", synthesizer]
    command += [path, ",".join(categories(name, train)), out]
    one = os.environ | {"OMP_NUM_THREADS": "1"}  # beside other programs two threads took seven times the processor time
    seconds = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, env=one).stdout.splitlines()[-1])
    return pandas.read_parquet(out), seconds["fit"], seconds["draw"], f"sdv {seconds['version']}"


def by_chain(name, train, least=20):
    """Returns rows, and seconds of fit and drawing, of one chain of trees in the order of the table's columns.

    A tree predicts the code of a category or the rank of a number; a random training row in the leaf has the value.
    """
    start = time.perf_counter()
    texts = categories(name, train)
    values = numpy.column_stack(
        [pandas.factorize(train[c])[0] if c in texts else train[c].rank(method="dense").fillna(0) for c in train]
    ).astype("f4")
    trees = [
        (DecisionTreeClassifier if c in texts else DecisionTreeRegressor)(min_samples_leaf=least, random_state=0)
        for c in train
    ]
    for j, tree in enumerate(trees):
        tree.fit(values[:, :j] if j else numpy.zeros((len(train), 1)), values[:, j])
    fitted = time.perf_counter()
    random = numpy.random.default_rng(0)
    rows, parts = numpy.empty_like(values), {}
    for j, column in enumerate(train):
        leaves, own = (trees[j].apply(t[:, :j] if j else numpy.zeros((len(t), 1))) for t in (values, rows))
        order = numpy.argsort(leaves, kind="stable")
        first, after = (numpy.searchsorted(leaves[order], own, side) for side in ("left", "right"))
        chosen = order[random.integers(first, after)]
        rows[:, j] = values[chosen, j]
        parts[column] = train[column].to_numpy()[chosen]
    return pandas.DataFrame(parts), fitted - start, time.perf_counter() - fitted


def simulated(count, seed):
    """Returns rows of 15 numbers and 15 categories that depend on four hidden numbers."""
    weights, random = numpy.random.default_rng(0), numpy.random.default_rng([1, seed])
    hidden = random.normal(size=(count, 4))
    columns = {}
    for j in range(15):
        number = hidden @ weights.normal(size=4) + random.normal(size=count)
        columns[f"number_{j}"] = (number, numpy.exp(number), numpy.round(5 * number))[j % 3]
        utility = hidden @ weights.normal(size=(4, 3 + j)) + random.gumbel(size=(count, 3 + j))
        names = pyarrow.array([f"code {k}" for k in range(3 + j)])
        columns[f"category_{j}"] = pyarrow.DictionaryArray.from_arrays(utility.argmax(1).astype("i4"), names)
    return pyarrow.table(columns)


def measure_scale():
    """Measures the seconds of the fit and of drawing on simulated tables of growing size."""
    for count in SCALE:
        path, out = FOLDER / f"simulated-{count}", FOLDER / f"scale-{count}"
        path.mkdir(exist_ok=True)
        for seed in range(count // SCALE[0]):
            pyarrow.parquet.write_table(simulated(SCALE[0], seed), path / f"{seed}.parquet")
        store("synthesis-scale", {"rows": count, **drawn(path, out, count)}, "rows")
        for old in path, f"{out}-rows":
            shutil.rmtree(old)


def store(name, found, *keys):
    """Writes a result, with the machine, in place of an earlier one of the same keys."""
    found.setdefault("machine", common.machine(*JUDGES))
    print(json.dumps(found), flush=True)
    others = [r for r in common.stored(name) if any(r[key] != found[key] for key in keys)]
    (common.RESULTS / f"{name}.json").write_text(json.dumps([*others, found], indent=1) + "\n")


def categories(name, table):
    """Returns the columns of categories."""
    return sorted(set(table.select_dtypes(exclude="number")) | set(common.CODES.get(name, ())))


def same_types(name, real, others):
    """Returns the tables with texts for categories and doubles for numbers, and the names of the categories."""
    codes = set(common.CODES.get(name, ()))
    texts = categories(name, real)

    def column(values):
        if values.name not in texts:
            return values.astype(float)
        values = values.astype(float) if values.name in codes else values  # a whole number may have become a double
        return values.where(values.notna(), "missing").astype(str)

    return [t[list(real)].apply(column) for t in (real, *others)], texts


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
    """Returns XGBoost's area under the ROC curve, or the share of variance that it explains, on the held-out rows."""
    inputs = [c for c in train if c != target]
    if target in texts:
        classes = numpy.unique(train[target])
        model = XGBClassifier(random_state=0).fit(train[inputs], train[target] == classes[1])
        return roc_auc_score(test[target] == classes[1], model.predict_proba(test[inputs])[:, 1])
    return r2_score(test[target], XGBRegressor(random_state=0).fit(train[inputs], train[target]).predict(test[inputs]))


def two_sample(real, rows, metadata, times=5):
    """Returns the scores of the judge with other folds each time: SDMetrics shuffles by NumPy's common generator."""
    scores = []
    for seed in range(times):
        numpy.random.seed(seed)
        scores.append(Judge.compute(real, rows, metadata=metadata))
    return scores


def judged(name, train, held, rows, most=10_000):
    """Returns the figures of drawn rows."""
    (real, held, rows), texts = same_types(name, train, (held, rows))
    numbers = [c for c in real if c not in texts]
    metadata = {"columns": {c: {"sdtype": "categorical" if c in texts else "numerical"} for c in real}}
    scores = two_sample(real, rows, metadata)
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
        "score": numpy.mean(scores),
        "deviation": numpy.std(scores, ddof=1),
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


def figures(found):
    """Returns the cells of a result."""
    cells = [f"{shown(found['score'])} ± {shown(found['deviation'])}", shown(found["shapes"]), shown(found["trends"])]
    cells += [f"{shown(found['nearer'])} ± {shown(found['error'])}", shown(found["attack"])]
    seconds = (f"{found[key]:.{0 if found[key] >= 10 else 1}f}" for key in ("fit", "draw"))
    return cells + [f"{shown(found['utility'])}, {shown(found['best'])}", ", ".join(seconds)]


def row(*cells):
    return "| " + " | ".join(cells) + " |"


def write():
    """Writes the tables and the picture of the page."""
    results, peers = common.stored("synthesis"), common.stored("synthesis-peers")
    head = [
        "two-sample score",
        "shapes",
        "trends",
        "nearer",
        "attack",
        "utility, of real rows",
        "seconds of fit, drawing",
    ]
    of_preset = {r["table"]: r for r in results if r["leafRows"] == 10}
    lines = [row("table, rows to train", *head), row("---", *["---:"] * len(head))]
    lines += [row(f"{name}, {r['rows']:,}", *figures(r)) for name, r in of_preset.items()]
    common.write(PAGE, "rows", lines + common.measured(of_preset.values()))

    scores = {"preset `generate`": {name: r["score"] for name, r in of_preset.items()}}
    scores |= {title: {r["table"]: r["score"] for r in peers if r["method"] == name} for name, title in PEERS.items()}
    published = {f"{name}, published": dict(zip(TARGETS, found, strict=False)) for name, found in PUBLISHED.items()}
    lines = [row("two-sample score", *TARGETS), row("---", *["---:"] * len(TARGETS))]
    for title, own in (scores | published).items():
        lines.append(row(title, *(shown(own[name]) if name in own else "" for name in TARGETS)))
    lines += ["", row("table", "method", *head), row("---", "---", *["---:"] * len(head))]
    for name in TARGETS:
        own = {r["method"]: r for r in peers if r["table"] == name}
        lines += [row(name, title, *figures(own[method])) for method, title in PEERS.items() if method in own]
    common.write(PAGE, "peers", lines + common.measured(peers))

    steps = {"read": "reading", "train": "training", "evaluate": "evaluating", "write": "writing", "draw": "drawing"}
    lines = [row("rows", *steps.values(), "synthetic rows a second"), row("---:", *["---:"] * (len(steps) + 1))]
    for r in common.stored("synthesis-scale"):
        seconds = (f"{r[step]:.0f}" if step in r else "" for step in steps)
        lines.append(row(f"{r['rows']:,}", *seconds, f"{r['rows'] / r['draw']:,.0f}"))
    common.write(PAGE, "scale", lines + common.measured(common.stored("synthesis-scale")))

    figure, axes = common.figure(1)
    for table in TARGETS:
        own = sorted((r for r in results if r["table"] == table), key=lambda r: r["leafRows"])
        axes.plot([r["nearer"] for r in own], [r["score"] for r in own], "o-", label=table)
        axes.plot(own[0]["nearer"], own[0]["score"], "o", markersize=11, color=axes.lines[-1].get_color())
    axes.set(xlabel="share of synthetic rows nearer to a training row than to a held-out row; ideal: 0.5")
    axes.set_ylabel("two-sample score; ideal: 1")
    axes.set_title("at least 10 (large dot), 20, 50, 100, 200 rows in a leaf")
    axes.axvline(0.5, color="grey", lw=0.5)
    common.save(figure, "generated-rows")


def main():
    parser = argparse.ArgumentParser(prog="jobs/bench synthesis", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--tables", type=pathlib.Path, help="folder of the tables")
    parser.add_argument("--leaf-rows", default="10", help="least numbers of rows in a leaf, separated by commas")
    parser.add_argument("--only", default=",".join(TARGETS), help="names of tables, separated by commas")
    parser.add_argument("--peers", action="store_true", help="measure other methods")
    parser.add_argument("--scale", action="store_true", help="measure seconds of up to 10 million simulated rows")
    parser.add_argument("--docs", action="store_true", help="write the page")
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, train, held in tables(options.tables) if options.tables else ():
        if name not in options.only.split(","):
            continue
        for leaf_rows in map(int, () if options.peers else options.leaf_rows.split(",")):
            rows, fit, draw = by_preset(name, train, leaf_rows)
            found = {"table": name, "rows": len(train), "leafRows": leaf_rows, "fit": fit, "draw": draw}
            store("synthesis", found | judged(name, train, held, rows), "table", "leafRows")
        for method in PEERS if options.peers else ():
            rows, fit, draw, *version = by_chain(name, train) if method == "chain" else by_sdv(name, train, method)
            found = {"table": name, "method": method, "rows": len(train), "fit": fit, "draw": draw}
            found["machine"] = ", ".join([common.machine(*JUDGES), *version])
            store("synthesis-peers", found | judged(name, train, held, rows), "table", "method")
    if options.scale:
        measure_scale()
    if options.docs:
        write()


main()
