#!/usr/bin/env python3
"""Compares what spark_latent.serve computes without Spark with what the job computes.

Each case makes a table with missing cells, trains a model of it, scores rows by the job and by serve.py, and compares each
output. Mixtures and linear models are read as they were saved, networks from their ONNX files. A difference counts relative to the
greatest absolute value of the output; that of an expected value or an end of an interval, to the largest of the column.

    python scorer_agreement.py --all            all cases, and a table of the results in Markdown
    python scorer_agreement.py gmm-full vae     the named cases

The tests of the package run the cases of QUICK in their session. It needs spark_latent with pyspark, onnxruntime, numpy, pandas and pyarrow. The program is the job jar of --jar FILE (or LATENT_JAR), run
in one session. The cases german, horse-colic, abalone and shoppers read public tables from the folder of --tables (see TABLES); without it
they are left out. It exits with 1 if a difference is above the tolerance, or if a case compares nothing.
"""

import argparse
import os
import pathlib
import sys
import tempfile
import time
import warnings

import numpy
import pandas

from spark_latent.serve import Scorer, _Explanation

ROOT = pathlib.Path(__file__).resolve().parents[3]
TABLES = {  # files in the folder of --tables, whether they have a header
    "german": ("german.csv.gz", False),
    "horse-colic": ("horse-colic.csv.gz", False),
    "abalone": ("abalone.csv.gz", False),
    "shoppers": ("shoppers.csv.gz", True),
}
TOLERANCE = 1e-5  # of networks, which compute in single precision
EXACT_TOLERANCE = 1e-9
INTERVAL_TOLERANCE = 1e-6
EXPLAINED = 200  # rows of which all columns are explained
MISSING = 0.06  # share of the cells that are removed
ROWS = 1000


def with_missing(table, seed=1, share=MISSING):
    """Removes cells at random; every fifth row stays complete."""
    random = numpy.random.default_rng(seed)
    holes = random.random(table.shape) < share
    holes[::5] = False
    return table.mask(holes)


def repeated(table, rows, seed):
    """Draws rows and moves their numbers a little, so that a small table gives enough rows."""
    random = numpy.random.default_rng(seed)
    drawn = table.iloc[random.integers(0, len(table), rows)].reset_index(drop=True)
    return drawn + random.normal(size=drawn.shape) * 0.1 * table.std().to_numpy()


def measured(name):
    return lambda: with_missing(
        repeated(pandas.read_csv(ROOT / "src/test/resources/data" / f"{name}.csv").drop(columns="class"), ROWS, 3)
    )


def adult():
    return with_missing(pandas.read_csv(ROOT / "conf/data/adult.csv.gz", na_values=["?"], nrows=ROWS))


def public(name):
    """Returns a public table of which some more cells are missing, at most 1,000 rows."""

    def table():
        file, header = TABLES[name]
        rows = pandas.read_csv(FOLDER / file, header=0 if header else None, na_values=["?"], nrows=ROWS, dtype=str).add_prefix("c")
        return with_missing(rows)

    return table


def days():
    table = pandas.read_csv(ROOT / "conf/data/days.csv.gz", nrows=ROWS)
    return with_missing(table)


def orders():
    """Made rows of all types of columns."""
    random = numpy.random.default_rng(7)
    group = random.integers(0, 3, ROWS)
    table = pandas.DataFrame(
        {
            "placed": (pandas.Timestamp("2024-01-01") + pandas.to_timedelta(random.integers(0, 700, ROWS), unit="D")).strftime("%Y-%m-%d"),
            "amount": numpy.round(numpy.exp(random.normal(3 + group, 0.5)), 2),
            "weight": numpy.round(random.normal(10 * group, 1.5), 3),
            "length": numpy.round(random.normal(5 * group, 1.0) + 0.0, 3),
            "parts": random.poisson(2 + 4 * group),
            "express": numpy.where(random.random(ROWS) < 0.2 + 0.2 * group, "true", "false"),
            "country": numpy.array(["fr", "de", "it", "es"])[(group + random.integers(0, 2, ROWS)) % 4],
        }
    )
    return with_missing(table)


def counts():
    table = orders().drop(columns=["placed", "express"])
    random = numpy.random.default_rng(8)
    for name, mean in {"calls": 3, "returns": 1, "errors": 2}.items():
        rate = mean * random.gamma(2, 0.5, len(table)) * (random.random(len(table)) < 0.7)
        table[name] = random.poisson(rate)
    return table


def with_outliers(table):
    """Moves the numbers of every tenth row out of the range of the others, and gives it a level that no other row has."""
    moved = table.copy()
    some = numpy.arange(len(table)) % 10 == 0
    for name in moved:
        if pandas.api.types.is_numeric_dtype(moved[name]):
            moved.loc[some, name] *= 3
        elif name not in ("placed", "express"):
            moved.loc[some & moved[name].notna(), name] = "new"
    return moved


def complete(name):
    return lambda: repeated(pandas.read_csv(ROOT / "src/test/resources/data" / f"{name}.csv").drop(columns="class"), ROWS, 3)


def digits():
    table = pandas.read_csv(ROOT / "conf/data/digits.csv.gz", header=None, nrows=ROWS)
    return table.drop(columns=64).add_prefix("p") / 16


NETWORK = """
data.scale = standard
train { maxEpochs = 5 }"""
STAGES = """
data.scale = standard"""
IMAGES = """
data.features = ["p*"]
train { maxEpochs = 3 }"""
DRAWS = """
score.samples = 400"""
FAMILIES = """
    amount = histogram, length = histogram, weight = student-t, parts = poisson, calls = negative-binomial, errors = negative-binomial"""
KERNELS = "{ conv = 4, kernel = 3, stride = 2, padding = 1 }, 16"
LIKELIHOODS = """
    { columns = [temperature, turnover], likelihood { type = gaussian, variance = learnt } }
    { columns = [visitors], likelihood = poisson }, { columns = [complaints], likelihood = negative-binomial }
    { columns = "season_*", likelihood = categorical }, { columns = [day], likelihood = student-t }
    { columns = holiday, likelihood = bernoulli }"""

# name: table, model, further settings
GMM = 'model { type = gmm, components = %d, covariance = %s }\ndata.scale = standard'
CASES = {
    "gmm-full": (measured("wine"), GMM % (3, "full"), ""),
    "gmm-one": (measured("iris"), GMM % (1, "full"), ""),
    "gmm-tied": (measured("vertebral"), GMM % (3, "tied"), ""),
    "gmm-both": (
        measured("vertebral"),
        "model { type = gmm, components = auto, criterion = rows, covariance = tied, robust = refit, regularization = 1e-3 }\ndata.scale = both",
        "",
    ),
    "gmm-diagonal": (measured("cancer"), GMM % (4, "diagonal"), ""),
    "gmm-spherical": (measured("wine"), GMM % (4, "spherical"), ""),
    "gmm-factor": (measured("cancer"), "model { type = gmm, components = 2, covariance = factor, factors = 3 }\ndata.scale = standard", ""),
    "gmm-ppca": (public("abalone"), "model { type = gmm, components = 3, covariance = ppca, factors = 2 }\ndata.scale = quantile", ""),
    "gmm-columns": (orders, GMM % (2, "full"), ""),
    "gmm-adult": (adult, GMM % (3, "full"), ""),
    "mixture-adult": (adult, "model { type = mixture, components = 8 }", ""),
    "mixture-days": (days, "model { type = mixture, components = 4 }", ""),
    "mixture-orders": (orders, "model { type = mixture, components = 3 }", ""),
    "mixture-families": (counts, "model { type = mixture, components = 3, families { " + FAMILIES + " } }", ""),
    "mixture-german": (public("german"), "model { type = mixture, components = 4 }", ""),
    "mixture-colic": (public("horse-colic"), "model { type = mixture, components = 3 }", ""),
    "mixture-shoppers": (public("shoppers"), "model { type = mixture, components = 6 }", ""),
    "ppca": (measured("wine"), "model { type = ppca, latent = 3, fit = em }\ndata.scale = standard", ""),
    "ppca-colic": (public("horse-colic"), "model { type = ppca, latent = 3, fit = em }\ndata.scale = standard", ""),
    "factor-analysis": (measured("cancer"), "model { type = factor-analysis, latent = 4 }\ndata.scale = standard", ""),
    "factor-analysis-german": (public("german"), "model { type = factor-analysis, latent = 4 }\ndata.scale = standard", ""),
    "ae": (complete("wine"), "model { type = ae, latent = 3, encoder = [16] }" + NETWORK, ""),
    "vae": (measured("vertebral"), "model { type = vae, latent = 2, encoder = [16], activation = gelu }" + NETWORK + DRAWS, ""),
    "vae-clusters": (measured("wine"), "model { type = vae, latent = 2, encoder = [16], cluster = 3 }" + NETWORK + DRAWS, ""),
    "vae-full": (complete("wine"), "model { type = vae, latent = 3, encoder = [16], posterior = full }" + NETWORK + DRAWS, ""),
    "vae-columns": (days, "model { type = vae, latent = 3, encoder = [32], likelihood = [" + LIKELIHOODS + "] }" + NETWORK + DRAWS, ""),
    "vae-images": (digits, "model { type = vae, latent = 4, encoder = [" + KERNELS + "], image = [1, 8, 8] }" + IMAGES + DRAWS, ""),
    "dlgm": (complete("iris"), "model { type = dlgm, latent = 2, encoder = [16] }" + NETWORK + DRAWS, ""),
    "vade": (complete("wine"), "model { type = vade, latent = 2, components = 3, encoder = [16] }" + STAGES + DRAWS, ""),
    "cluster-vae": (complete("wine"), "model { type = cluster-vae, latent = 2, components = 3, encoder = [16] }" + STAGES + DRAWS, ""),
    "mog-vae": (measured("wine"), "model { type = mog-vae, latent = 2, components = 3, encoder = [16] }" + STAGES + DRAWS, ""),
    "gan": (complete("iris"), "model { type = gan, latent = 2, decoder = [16], discriminator = [16] }" + NETWORK, ""),
    "vae-gan": (complete("iris"), "model { type = vae-gan, latent = 2, encoder = [16], discriminator = [16] }" + NETWORK + DRAWS, ""),
}
PUBLIC = {"gmm-ppca", "mixture-german", "mixture-colic", "mixture-shoppers", "ppca-colic", "factor-analysis-german"}
QUICK = ["gmm-full", "mixture-orders", "ppca"]

OUTPUTS = {
    "gmm": ["probability", "prediction", "logDensity", "anomalyScore", "severity", "isAnomaly", "contributions"],
    "mixture": ["probability", "prediction", "logDensity", "anomalyScore", "severity", "isAnomaly", "contributions"],
    "ppca": ["logDensity", "latent", "latentVariance", "reconstruction", "reconstructionError", "anomalyScore", "severity", "isAnomaly"],
    "factor-analysis": ["logDensity", "latent", "latentVariance", "reconstruction", "reconstructionError", "anomalyScore", "severity",
                        "isAnomaly"],
}
CODES = ["latent", "latentVariance", "reconstruction", "reconstructionError", "anomalyScore", "severity", "isAnomaly"]
SHARES = ["probability", "prediction"]
OUTPUTS.update(
    {
        "ae": ["latent", "reconstruction", "reconstructionError", "anomalyScore", "severity", "isAnomaly"],
        "vae": CODES,
        "dlgm": CODES,
        "vade": SHARES + CODES,
        "cluster-vae": SHARES + CODES,
        "mog-vae": SHARES + CODES,
        "gan": ["anomalyScore", "realProbability", "severity", "isAnomaly"],
        "vae-gan": CODES + ["realProbability"],
    }
)

# Estimates from draws, of which the job has its own for each row.
DRAWN = {"probability", "prediction", "anomalyScore", "severity", "isAnomaly"}
EXACT = {"gmm", "mixture", "ppca", "factor-analysis"}
WITH_DRAWS = {"vae", "dlgm", "vade", "cluster-vae", "mog-vae", "vae-gan"}
DRAWN_TOLERANCE = 2  # mean difference of the job, relative to that of two sets of draws


class Program:
    """Runs the commands of latent in one session of pyspark."""

    def __init__(self, spark):
        self.spark = spark
        self.jvm = spark._jvm

    def array(self, kind, values):
        array = self.spark._sc._gateway.new_array(kind, len(values))
        for i, value in enumerate(values):
            array[i] = value
        return array

    def run(self, *arguments):
        array = self.array(self.jvm.java.lang.String, arguments)
        # by reflection: py4j looks for a static method among all methods of the name, and there are others
        types = self.array(self.jvm.java.lang.Class, [array.getClass()])
        loader = self.jvm.java.lang.Thread.currentThread().getContextClassLoader()
        latent = self.jvm.java.lang.Class.forName("io.github.sparklatent.app.Latent", True, loader)
        code = latent.getMethod("run", types).invoke(None, self.array(self.jvm.java.lang.Object, [array]))
        if code:
            raise RuntimeError(f"latent {' '.join(arguments)} ended with {code}; the reason is above")

    def explained(self, path, groups, features, numbers):
        """Returns contributions, expected numbers and the ends of intervals of the job's model, before they are texts."""
        stages = self.jvm.org.apache.spark.ml.PipelineModel.load(str(path)).stages()
        model = next(stage for stage in stages if stage.getClass().getSimpleName().endswith("Model"))
        ints = self.spark._sc._gateway.new_array(self.jvm.int, len(groups), 1)
        for c, group in enumerate(groups):
            ints[c] = self.array(self.jvm.int, group)
        explainer = model.explainer(self.spark._jsparkSession).open(ints)
        n, d = features.shape
        explainer.evaluate(self.array(self.jvm.double, [float(x) for x in features.reshape(-1)]), n)
        contributions, ends = numpy.empty((n, len(groups))), numpy.full((2, n, len(groups)), numpy.nan)
        expected = numpy.full((n, d), numpy.nan)
        for i in range(n):
            for c, group in enumerate(groups):
                contributions[i, c] = explainer.contribution(i, c)
                expected[i, group] = [explainer.expected(i, c, j) for j in group]
                if c in numbers:
                    ends[:, i, c] = [explainer.quantile(i, c, group[0], share) for share in (0.025, 0.975)]
        return contributions, expected, ends


def compared(program, path, scorer, features, results):
    """Compares the explanations of some rows."""
    features = features[~numpy.isnan(features).all(axis=1)][:EXPLAINED]
    groups = [[int(j) for j in column.places] for column in scorer._table.columns]
    singles = [c for c, column in enumerate(scorer._table.columns) if column.is_number]
    contributions, expected, ends = program.explained(path, groups, features, singles)
    with numpy.errstate(all="ignore"):
        explanation = _Explanation(scorer._model, features, groups)
        every = numpy.arange(len(features))
        given = [explanation.given(every, c, (0.025, 0.975) if c in singles else ()) for c in range(len(groups))]
    found = numpy.concatenate([of_group[0] for of_group in given], axis=1)
    found = numpy.where(numpy.isnan(features), numpy.nan, found)
    seen = ~numpy.isnan(features[:, [groups[c][0] for c in singles]])
    found_ends = [[numpy.where(seen[:, t], given[c][e][:, 0], numpy.nan) for t, c in enumerate(singles)] for e in (1, 2)]
    results["contribution"] = difference(contributions, explanation.contributions)
    results["expected value"] = max(difference(expected[:, j], found[:, j]) for j in range(found.shape[1]))
    results["interval"] = max([0, *(difference(ends[e][:, c], found_ends[e][t]) for t, c in enumerate(singles) for e in (0, 1))])


def same_cells(job, found):
    """Returns the share of the explained cells whose columns or values are not those of the job, which rounds numbers to five digits."""
    different = cells = 0
    for expected, own in zip(job, found):
        if (expected is None) != (own is None):
            return numpy.inf
        for cell, other in zip(expected if own else [], own or []):
            cells += 1
            wrong = [name for name in cell if not is_same(cell[name], other[name])]
            different += bool(wrong)
            if wrong and "-v" in sys.argv:
                print(cell, other)
    return different / max(cells, 1)


def is_same(text, value):
    if text is None or isinstance(value, str):
        return text == value
    return abs(float(text) - value) <= 1.1e-4 * abs(value)  # ends of intervals are rounded outwards


def noise_shape(session):
    return next(given.shape for given in session.get_overridable_initializers() if given.name == "noise")


def difference(job, onnx):
    """Returns the greatest difference relative to the scale of the output; infinite if NaN or infinities are elsewhere."""
    same = (job == onnx) | (numpy.isnan(job) & numpy.isnan(onnx))
    finite = numpy.isfinite(job) & numpy.isfinite(onnx)
    if not (same | finite).all():
        return numpy.inf
    scale = numpy.abs(job[finite]).max(initial=0)
    return numpy.abs(job[finite] - onnx[finite]).max(initial=0) / (scale or 1)


def tolerance(result, output):
    """A network computes in single precision, so a score may fall into a neighbouring bucket of the reference scores."""
    if result["kind"] in EXACT:
        return {"interval": INTERVAL_TOLERANCE, "explained cells": 0.01}.get(output, EXACT_TOLERANCE)
    return 1e-2 if output == "severity" and result["kind"] in ("ae", "gan") else TOLERANCE


def is_as_the_job(result):
    """Returns whether the outputs were compared and all of them are within their tolerance."""
    return (
        bool(result["differences"])
        and all(found <= tolerance(result, output) for output, found in result["differences"].items())
        and all(found <= DRAWN_TOLERANCE for found in result["drawn"].values())
    )


def parts(name, program, folder, given, features, found, results):
    """Compares the encoder and the decoder with the whole model, which has been compared with the job."""
    import onnxruntime

    for part in ["encoder", "decoder"]:
        file = folder / f"{name}-{part}.onnx"
        file.unlink(missing_ok=True)
        program.run("export", *given, "--output", str(file), "--part", part)
        session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
        if part == "encoder":
            codes = session.run(["latent"], {"features": features.astype(numpy.float32)})[0]
            results["latent of the encoder"] = difference(found["latent"], codes)
        elif not name.startswith("mog-vae"):  # its reconstruction is a mean over the components of the code
            codes = found["latent"].astype(numpy.float32)
            decoded = session.run(["reconstruction"], {"latent": codes})[0]
            results["reconstruction of the decoder"] = difference(found["reconstruction"], decoded)


def run(name, program, folder):
    table, model, further = CASES[name]
    rows = table()
    kind = model.split("type = ")[1].split()[0].strip(",")
    rows.insert(0, "row", range(len(rows)))
    rows.to_csv(folder / f"{name}.csv", index=False)
    scored_rows = with_outliers(rows) if kind in EXACT else rows
    scored_rows["row"] = rows["row"]
    scored_rows.to_csv(folder / f"{name}-scored.csv", index=False)
    clusters = SHARES if "cluster = " in model else []  # of codes, without draws
    columns = clusters + [column for column in OUTPUTS[kind] if column != "logDensity" or name != "gmm-both"]
    (folder / f"{name}.conf").write_text(
        f"""{model}
{further}
data {{ id = row, invalid = {"keep" if rows.isna().any().any() else "error"} }}
train.seed = 1
score.columns = [{", ".join(columns)}]
output {{ path = "{folder}/out-{name}", overwrite = true, format = parquet }}
"""
    )
    seconds = time.time()
    given = [f"{folder}/{name}.csv", "--config", f"{folder}/{name}.conf"]
    program.run("train", *given)
    program.run("score", f"{folder}/{name}-scored.csv", *given[1:])
    path = folder / f"out-{name}" / "model"
    if kind not in EXACT:
        path = folder / f"{name}.onnx"
        path.unlink(missing_ok=True)
        program.run("export", *given, "--output", str(path))
    trained = time.time()
    scored = pandas.read_parquet(folder / f"out-{name}-scores").sort_values("row").reset_index(drop=True)
    table = scored_rows.drop(columns="row").iloc[scored["row"].astype(int)].reset_index(drop=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # levels that only the scored rows have
        scorer = Scorer(path)
        started = time.time()
        found = scorer.run(table)
        scorer_seconds = time.time() - started
        predicted = scorer.predict(table) if kind in EXACT else None
        features = scorer._table.features(table)
    others = []
    for seed in range(4 if kind in WITH_DRAWS else 0):
        session = scorer._model._session
        shape = [draws if isinstance(draws, int) else 400 if draws == "draws" else 1 for draws in noise_shape(session)]
        noise = numpy.random.default_rng(seed).normal(size=shape).astype(numpy.float32)
        cells = {"features": features.astype(numpy.float32), "noise": noise}
        other = dict(zip(scorer._model.outputs, session.run(scorer._model.outputs, cells)))
        other["severity"], other["isAnomaly"] = scorer._known.compare(features, other["anomalyScore"])
        others.append(other)
    results = {}
    drawn = {}
    for column in columns:
        job = scored[column]
        if column == "contributions":
            results["explained cells"] = same_cells(job, predicted["contributions"])
            continue
        if column == "reconstruction" and not isinstance(job.iloc[0], (numpy.ndarray, list)):
            continue  # a row of the table
        values = numpy.stack(job.to_numpy()) if isinstance(job.iloc[0], (numpy.ndarray, list)) else job.to_numpy(float)
        values = values.astype(float)
        computed = numpy.asarray(found[column], float).reshape(values.shape)
        if kind in WITH_DRAWS and column in DRAWN.difference(clusters):
            least = 0.01 * (values.std() or 1)
            apart = [numpy.abs(numpy.asarray(other[column], float).reshape(values.shape) - computed).mean() for other in others]
            drawn[column] = (numpy.abs(values - computed).mean() + least) / (numpy.mean(apart) + least)
        else:
            results[column] = difference(values, computed)
    if kind in EXACT:
        compared(program, path, scorer, features, results)
    elif "latent" in found:
        parts(name, program, folder, given, features, found, results)
    return {
        "case": name,
        "kind": kind,
        "rows": len(rows),
        "incomplete": int(rows.isna().any(axis=1).sum()),
        "bytes": sum(file.stat().st_size for file in (path.rglob("*") if path.is_dir() else [path])),
        "differences": results,
        "drawn": drawn,
        "scorer_seconds": scorer_seconds,
        "seconds": trained - seconds,
    }


def started(jar, master):
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).config("spark.driver.extraClassPath", str(pathlib.Path(jar).resolve()))
    return builder.config("spark.ui.enabled", "false").getOrCreate()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE", help="cases to run: " + ", ".join(CASES))
    parser.add_argument("--all", action="store_true", help="all cases")
    parser.add_argument("--jar", default=os.environ.get("LATENT_JAR"), help="job jar")
    parser.add_argument("--master", default="local[2]", help="master of Spark; default local[2]")
    parser.add_argument("--tables", metavar="DIR", type=pathlib.Path, help="folder of the public tables")
    parser.add_argument("--keep", metavar="DIR", help="folder for tables, results and files, which are kept")
    parser.add_argument("-v", action="store_true", help="print the explained cells that differ")
    options = parser.parse_args()
    names = list(CASES) if options.all else options.cases
    if not names or not options.jar:
        parser.error("expected --jar, and --all or names of cases")
    for name in names:
        if name not in CASES:
            parser.error(f"there is no case {name}, expected one of {', '.join(CASES)}")
    global FOLDER
    FOLDER = options.tables and options.tables.resolve()
    if not FOLDER:
        print("without --tables, these cases are left out:", ", ".join(name for name in names if name in PUBLIC))
        names = [name for name in names if name not in PUBLIC]
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.keep or temporary).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        results = []
        program = Program(started(options.jar, options.master))
        for name in names:
            result = run(name, program, folder)
            results.append(result)
            worst = max(result["differences"].values())
            print(f"{name}: {result['rows']} rows, {result['incomplete']} incomplete, {result['scorer_seconds']:.2f} s in Python, "
                  f"{result['seconds']:.1f} s in the job, greatest difference {worst:.1e}", flush=True)
            for output, found in result["differences"].items():
                print(f"    {output} {found:.1e}", flush=True)
            for output, found in result["drawn"].items():
                print(f"    {output}, of other draws: mean difference {found:.2f} of that of two draws in ONNX Runtime", flush=True)
    print()
    print("| case | rows | with missing cells | model | output with the greatest difference | difference |")
    print("| --- | --- | --- | --- | --- | --- |")
    for result in results:
        output, worst = max(result["differences"].items(), key=lambda item: item[1])
        size = f"{result['bytes'] / 1000:.0f} kB"
        print(f"| `{result['case']}` | {result['rows']} | {result['incomplete']} | {size} | `{output}` | {worst:.1e} |")
    failed = [result["case"] for result in results if not is_as_the_job(result)]
    if failed:
        sys.exit(f"above the tolerance: {', '.join(failed)}")


if __name__ == "__main__":
    main()
