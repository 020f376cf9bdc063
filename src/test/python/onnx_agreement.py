#!/usr/bin/env python3
"""Compares what ONNX Runtime computes from an exported model with what the job computes.

Each case makes a table with missing cells, trains a model of it with jobs/latent, exports the model, scores rows by the job and by
ONNX Runtime, and compares each output. The difference counts relative to the greatest absolute value of the output.

    python onnx_agreement.py --quick          three small models, the fast check of the build
    python onnx_agreement.py --all            all cases, 1,000 rows each, and a table of the results in Markdown
    python onnx_agreement.py gmm-full vae     the named cases

It needs onnxruntime, numpy, pandas and pyarrow. The program is jobs/latent of this repository; with --jar FILE (or LATENT_JAR) it is
that job jar, in one Spark session if pyspark is installed, else started by the spark-submit of SPARK_HOME. It exits with 1 if a difference is above the
tolerance, or if a case compares nothing.
"""

import argparse
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy
import onnxruntime
import pandas

onnxruntime.set_default_logger_severity(3)  # it warns that the noise of a network is an input with a default

ROOT = pathlib.Path(__file__).resolve().parents[3]
TOLERANCE = 1e-5
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
    names = ["age", "workclass", "weight", "education", "years", "marital", "occupation", "relationship", "race", "sex", "gain", "loss",
             "hours", "country", "income"]
    table = pandas.read_csv(ROOT / "conf/data/adult.csv.gz", names=names, skipinitialspace=True, na_values=["?"], nrows=ROWS)
    return with_missing(table)


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
    amount = histogram, weight = student-t, parts = poisson, calls = negative-binomial,
    returns = zero-inflated-poisson, errors = zero-inflated-negative-binomial"""
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
    "gmm-diagonal": (measured("cancer"), GMM % (4, "diagonal"), ""),
    "gmm-factor": (measured("cancer"), "model { type = gmm, components = 2, covariance = factor, factors = 3 }\ndata.scale = standard", ""),
    "gmm-columns": (orders, GMM % (2, "full"), ""),
    "mixture-adult": (adult, "model { type = mixture, components = 8 }", ""),
    "mixture-days": (days, "model { type = mixture, components = 4 }", ""),
    "mixture-orders": (orders, "model { type = mixture, components = 3 }", ""),
    "mixture-families": (counts, "model { type = mixture, components = 3, families { " + FAMILIES + " } }", ""),
    "mixture-informative": (orders, "model { type = mixture, components = 3, missing = informative }", ""),
    "ppca": (measured("wine"), "model { type = ppca, latent = 3, fit = em }\ndata.scale = standard", ""),
    "factor-analysis": (measured("cancer"), "model { type = factor-analysis, latent = 4 }\ndata.scale = standard", ""),
    "ae": (complete("wine"), "model { type = ae, latent = 3, encoder = [16] }" + NETWORK, ""),
    "vae": (measured("vertebral"), "model { type = vae, latent = 2, encoder = [16], activation = gelu }" + NETWORK + DRAWS, ""),
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
QUICK = ["gmm-full", "mixture-orders", "ppca"]

OUTPUTS = {
    "gmm": ["probability", "prediction", "logDensity", "anomalyScore", "severity", "isAnomaly"],
    "mixture": ["probability", "prediction", "logDensity", "anomalyScore", "severity", "isAnomaly"],
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
    """Runs the commands of latent: in one Spark session of pyspark if a jar is given and pyspark is installed, else each alone."""

    def __init__(self, jar, master, folder):
        self.jar = jar and str(pathlib.Path(jar).resolve())
        self.master = master
        self.spark = self.session(folder) if jar and importlib.util.find_spec("pyspark") else None

    def session(self, folder):
        from pyspark.sql import SparkSession

        os.chdir(folder)  # the place of relative paths
        builder = SparkSession.builder.master(self.master).config("spark.driver.extraClassPath", self.jar)
        return builder.config("spark.ui.enabled", "false").getOrCreate()

    def array(self, kind, values):
        array = self.spark._sc._gateway.new_array(kind, len(values))
        for i, value in enumerate(values):
            array[i] = value
        return array

    def run(self, folder, *arguments):
        if self.spark:
            jvm = self.spark._jvm
            array = self.array(jvm.java.lang.String, arguments)
            # by reflection: py4j looks for a static method among all methods of the name, and there are others
            types = self.array(jvm.java.lang.Class, [array.getClass()])
            latent = jvm.java.lang.Class.forName("io.github.sparklatent.app.Latent")
            code = latent.getMethod("run", types).invoke(None, self.array(jvm.java.lang.Object, [array]))
            if code:
                raise SystemExit(f"latent {' '.join(arguments)} ended with {code}; the reason is above")
            return
        if self.jar:
            submit = os.environ["SPARK_HOME"] + "/bin/spark-submit"
            command = [submit, "--master", self.master, "--class", "io.github.sparklatent.app.Latent", self.jar, *arguments]
        else:
            command = [str(ROOT / "jobs/latent"), *arguments, "--", "--master", self.master]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-3000:]}")


def feeds(session, table):
    """Returns the inputs of the model from the columns of the table."""
    given = {}
    for column in json.loads(session.get_modelmeta().custom_metadata_map["spark_latent.inputs"]):
        name = column["name"]
        if name == "features":
            dtype = numpy.float32 if column["type"] == "float" else numpy.float64
            given[name] = table.to_numpy(dtype)
        elif column["type"] == "string":
            cells = ["" if pandas.isna(cell) else str(cell).strip() for cell in table[name]]
            given[name] = numpy.array(cells, object).reshape(-1, 1)
        elif column.get("kind") in ("date", "timestamp"):
            moments = pandas.to_datetime(table[name])
            numbers = (moments - pandas.Timestamp("1970-01-01")) / pandas.Timedelta(days=1)
            given[name] = numbers.to_numpy(numpy.float64).reshape(-1, 1)
        else:
            given[name] = table[name].to_numpy(numpy.float64).reshape(-1, 1)
    return given


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
    """A network computes in single precision, so a score may fall into a neighbouring bucket of the known scores."""
    return 1e-2 if output == "severity" and result["kind"] in ("ae", "gan") else TOLERANCE


def parts(name, program, folder, given, found, cells, results):
    """Compares the encoder and the decoder with the whole model, which has been compared with the job."""
    for part in ["encoder", "decoder"]:
        file = folder / f"{name}-{part}.onnx"
        file.unlink(missing_ok=True)
        program.run(folder, "export", *given, "--to", str(file), "--part", part)
        session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
        if part == "encoder":
            results["latent of the encoder"] = difference(found["latent"], session.run(["latent"], cells)[0])
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
    columns = OUTPUTS[kind]
    (folder / f"{name}.conf").write_text(
        f"""{model}
{further}
data {{ id = row, invalid = {"keep" if rows.isna().any().any() else "error"} }}
train.seed = 1
score.columns = [{", ".join(columns)}]
output {{ path = "out-{name}", overwrite = true, format = parquet }}
"""
    )
    seconds = time.time()
    given = [f"{name}.csv", "--config", f"{name}.conf"]
    program.run(folder, "train", *given)
    program.run(folder, "score", f"{name}-scored.csv", *given[1:])
    file = folder / f"{name}.onnx"
    file.unlink(missing_ok=True)
    program.run(folder, "export", *given, "--to", str(file))
    scored = pandas.read_parquet(folder / f"out-{name}-scores")
    scored = scored.iloc[scored["row"].astype(int).argsort()].reset_index(drop=True)
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    given_cells = feeds(session, scored_rows.drop(columns="row"))
    started = time.time()
    found = dict(zip(names, session.run(names, given_cells)))
    onnx_seconds = time.time() - started
    others = []
    for seed in range(4 if kind in WITH_DRAWS else 0):
        shape = [draws if isinstance(draws, int) else 400 if draws == "draws" else 1 for draws in noise_shape(session)]
        noise = numpy.random.default_rng(seed).normal(size=shape).astype(numpy.float32)
        others.append(dict(zip(names, session.run(names, {**given_cells, "noise": noise}))))
    missing = int(rows.isna().any(axis=1).sum())
    results = {}
    drawn = {}
    for column in columns:
        job = scored[column]
        if column == "reconstruction" or isinstance(job.iloc[0], (numpy.ndarray, list)):
            values = numpy.stack(job.to_numpy())
        else:
            values = job.to_numpy(float)
        computed = numpy.asarray(found[column], float).reshape(values.shape)
        if kind in WITH_DRAWS and column in DRAWN:
            least = 0.01 * (values.std() or 1)
            apart = [numpy.abs(numpy.asarray(other[column], float).reshape(values.shape) - computed).mean() for other in others]
            drawn[column] = (numpy.abs(values - computed).mean() + least) / (numpy.mean(apart) + least)
        else:
            results[column] = difference(values.astype(float), computed)
    if "latent" in found and kind not in EXACT:
        parts(name, program, folder, given, found, given_cells, results)
    return {
        "case": name,
        "kind": kind,
        "rows": len(rows),
        "incomplete": missing,
        "bytes": file.stat().st_size,
        "differences": results,
        "drawn": drawn,
        "onnx_seconds": onnx_seconds,
        "seconds": time.time() - seconds,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE", help="cases to run: " + ", ".join(CASES))
    parser.add_argument("--quick", action="store_true", help="three small models")
    parser.add_argument("--all", action="store_true", help="all cases")
    parser.add_argument("--jar", default=os.environ.get("LATENT_JAR"), help="job jar, instead of jobs/latent")
    parser.add_argument("--master", default="local[2]", help="master of Spark; default local[2]")
    parser.add_argument("--keep", metavar="DIR", help="folder for tables, results and files, which are kept")
    options = parser.parse_args()
    names = list(CASES) if options.all else options.cases or (QUICK if options.quick else [])
    if not names:
        parser.error("no case given: expected --quick, --all or names of cases")
    for name in names:
        if name not in CASES:
            parser.error(f"there is no case {name}, expected one of {', '.join(CASES)}")
    if options.jar and not importlib.util.find_spec("pyspark") and "SPARK_HOME" not in os.environ:
        parser.error("--jar needs a Spark: install pyspark, or set SPARK_HOME")
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.keep or temporary).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        results = []
        program = Program(options.jar, options.master, folder)
        for name in names:
            result = run(name, program, folder)
            results.append(result)
            worst = max(result["differences"].values())
            print(f"{name}: {result['rows']} rows, {result['incomplete']} incomplete, {result['onnx_seconds']:.2f} s in ONNX Runtime, "
                  f"{result['seconds']:.1f} s in all, greatest difference {worst:.1e}", flush=True)
            for output, found in result["differences"].items():
                print(f"    {output} {found:.1e}", flush=True)
            for output, found in result["drawn"].items():
                print(f"    {output}, of other draws: mean difference {found:.2f} of that of two draws in ONNX Runtime", flush=True)
    print()
    print("| case | rows | with missing cells | file | output with the greatest difference | difference |")
    print("| --- | --- | --- | --- | --- | --- |")
    for result in results:
        output, worst = max(result["differences"].items(), key=lambda item: item[1])
        size = f"{result['bytes'] / 1000:.0f} kB"
        print(f"| `{result['case']}` | {result['rows']} | {result['incomplete']} | {size} | `{output}` | {worst:.1e} |")
    failed = [
        r["case"]
        for r in results
        if not r["differences"]
        or not all(found <= tolerance(r, output) for output, found in r["differences"].items())
        or not all(found <= DRAWN_TOLERANCE for found in r["drawn"].values())
    ]
    if failed:
        sys.exit(f"above {TOLERANCE}: {', '.join(failed)}")


if __name__ == "__main__":
    main()
