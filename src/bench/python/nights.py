"""Rows a second and memory of a night: a part of the page "Anomalies every night".

    jobs/bench nights [--rows 50000000] [--cores 2] [--folder DIR] [--docs]

Makes a table of orders in Parquet, ten days of ten mixed columns each, in DIR (default: target/bench/nights), where
it is kept. Then the commands of the page run one after another with conf/nightly.conf and 8 components, on all rows,
each in a JVM of its own that is driver and executor at once. Seconds are those of the processors, start and writing
included. Memory is the greatest resident set.
"""

import argparse
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import time

from common import RESULTS, machine, measured, stored, write

ROOT = pathlib.Path(__file__).resolve().parents[3]
PAGE = ROOT / "src/site/markdown/guide/nightly-anomalies.md"
ALL = "score.where=true"
STEPS = {  # command and settings
    "retrain": ("registry retrain", "model.components=8"),
    "score all": ("score", ALL, "score.only=null", "score.columns=[anomalyScore,severity,isAnomaly]"),
    "score all, write anomalies with reasons": ("score", ALL),
}
DAYS = 10

#: Kinds of goods: weight in the mixture, median price, its deviation in logs, mean items and days of delivery.
KINDS = [
    ("books", 0.30, 14, 0.5, 2.0, 3),
    ("toys", 0.20, 25, 0.6, 1.5, 4),
    ("shoes", 0.18, 70, 0.4, 1.2, 4),
    ("phones", 0.12, 450, 0.5, 1.0, 2),
    ("garden", 0.12, 60, 0.9, 1.8, 6),
    ("furniture", 0.08, 320, 0.7, 1.1, 12),
]


def chosen(names, shares, uniform):
    """Returns an expression of SQL that chooses a name by a uniform number."""
    text, sum_ = "case", 0.0
    for name, share in zip(names[:-1], shares, strict=False):
        sum_ += share
        text += f" when {uniform} < {sum_:.6f} then '{name}'"
    return f"{text} else '{names[-1]}' end"


def of_kind(place):
    """Returns an expression of SQL for a number that depends on the kind of goods."""
    return "case goods " + " ".join(f"when '{kind[0]}' then {kind[place]}" for kind in KINDS) + " end"


def make(folder, rows):
    """Writes the table of orders; the same numbers for the same rows and days."""
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    countries = [f"{one}{other}" for one in "ABCDEF" for other in "KLMNOPQR"]
    zipf = [1 / (i + 1) for i in range(len(countries))]
    share = [value / sum(zipf) for value in zipf]
    goods = chosen([kind[0] for kind in KINDS], [kind[1] for kind in KINDS], "u1")
    uniform = ", ".join(f"rand({i}) u{i}" for i in range(1, 8))
    normal = ", ".join(f"randn({i}) z{i}" for i in range(11, 15))
    per_day = rows // DAYS
    spark.range(0, per_day * DAYS, 1, DAYS * 4).selectExpr("id", *uniform.split(", "), *normal.split(", ")).selectExpr(
        "*", f"{goods} goods"
    ).selectExpr(
        "id as `order`",
        f"date_add(date'2026-01-01', int(id div {per_day})) as day",
        f"{chosen(countries, share, 'u2')} as country",
        "goods",
        "case when u3 < .45 then 'web' when u3 < .85 then 'app' when u3 < .97 then 'shop' else 'phone' end as channel",
        "case when u4 < .5 then 'card' when u4 < .8 then 'transfer' when u4 < .97 then 'wallet' else 'cash' end"
        " as payment",
        "u5 < if(goods = 'phones', .4, .1) as express",
        f"cast(1 + floor(-ln(1 - u6) * ({of_kind(4)} - .6)) as int) as items",
        f"round({of_kind(2)} * exp({of_kind(3)} * z11), 2) as price",
        "if(u7 < .7, 0, round(abs(z12) * 10, 1)) as discount",
        f"if(u7 > .98, null, round(exp(.5 * z13) * {of_kind(2)} / 40, 3)) as weight",
        f"if(u6 > .99, null, round({of_kind(5)} * exp(.4 * z14), 1)) as delivery",
    ).write.partitionBy("day").mode("overwrite").parquet(str(folder))
    spark.stop()


def run(log, *command, cores):
    """Runs a command; returns its seconds, those of all processors, and its peak memory in MB."""
    before = time.monotonic()
    with open(log, "w") as out:
        environment = {**os.environ, "MASTER": f"local[{cores}]"}
        done = subprocess.Popen(command, stdout=out, stderr=out, env=environment)
        _, status, usage = os.wait4(done.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}; {log} has the reason")
    return time.monotonic() - before, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def lines_of(runs):
    """Returns the table of the page."""
    lines = ["| step | rows | rows a second and core | memory |", "| --- | ---: | ---: | ---: |"]
    for one in runs:
        speed = f"{one['rows'] / one['processor'] / 1000:,.0f}k"
        lines.append(f"| {one['step']} | {one['rows']:,} | {speed} | {one['megabytes'] / 1024:.1f} GB |")
    return lines


def main():
    parser = argparse.ArgumentParser(prog="jobs/bench nights", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=50_000_000)
    parser.add_argument("--cores", type=int, default=os.cpu_count())
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / "target/bench/nights")
    parser.add_argument("--only", default=";".join(STEPS), help="steps that are measured; empty: none")
    parser.add_argument("--docs", action="store_true", help="write the part of the page")
    options = parser.parse_args()
    folder = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / f"orders-{options.rows}"
    if not (table / "_SUCCESS").exists():
        make(table, options.rows)
    known = {run["step"]: run for run in stored("nights")}
    for step in filter(None, options.only.split(";")):
        out = folder / "scores"
        shutil.rmtree(out, ignore_errors=True)
        settings = [f"data.path={table}", f"registry.path={folder / 'registry'}", f"output.path={out}"]
        command, *further = STEPS[step]
        words = [word for setting in settings + further for word in ("--set", setting)]
        log = folder / f"{step.replace(' ', '-')}.log"
        words = [*command.split(), "--config", str(ROOT / "conf/nightly.conf"), "--run-id", "night", *words]
        if command == "score":
            words.remove("--run-id"), words.remove("night")
        else:
            shutil.rmtree(folder / "registry", ignore_errors=True)
        seconds, processor, memory = run(log, str(ROOT / "jobs/latent"), *words, cores=options.cores)
        known[step] = {"step": step, "rows": options.rows, "cores": options.cores, "seconds": seconds}
        known[step] |= {"processor": processor, "megabytes": memory, "machine": machine("pyspark")}
        print(json.dumps(known[step]), flush=True)
        (RESULTS / "nights.json").write_text(json.dumps(list(known.values()), indent=1) + "\n")
    if options.docs:
        runs = [known[step] for step in STEPS if step in known]
        write(PAGE, "nights", lines_of(runs) + measured(runs))


if __name__ == "__main__":
    main()
