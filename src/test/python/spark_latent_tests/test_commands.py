"""The command spark-latent runs the commands of a job, and its results are loaded."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import scorer_agreement

import spark_latent as sl


def run(folder, *arguments):
    environment = {key: value for key, value in os.environ.items() if key != "SPARK_REMOTE"}
    return subprocess.run(
        [sys.executable, "-m", "spark_latent", *arguments], cwd=folder, env=environment, capture_output=True, text=True
    )


@pytest.mark.classic
def test_the_exit_code_of_a_mistake(tmp_path):
    missing = run(tmp_path, "train", "missing.csv")
    assert missing.returncode == 3, missing.stderr
    assert "missing.csv" in missing.stderr and "\tat " not in missing.stderr


def test_the_help(tmp_path):
    printed = run(tmp_path, "registry", "--help")
    assert printed.returncode == 0, printed.stderr
    assert "Usage: spark-latent registry" in printed.stdout


@pytest.mark.parametrize("option", ["--deploy-mode=cluster", "--conf=spark.submit.deployMode=cluster", "cluster"])
def test_a_driver_on_the_cluster_has_no_paths_of_this_machine(option):
    from spark_latent.__main__ import command

    arguments = ["train", "a.csv", "--", "--master", "yarn"]
    assert "log4j2" in " ".join(command(arguments))
    assert "log4j2" not in " ".join(command([*arguments, option]))


def test_the_jar(tmp_path):
    printed = run(tmp_path, "jar")
    assert printed.stdout.strip() == sl.jar()


@pytest.mark.both
def test_a_program_asks_for_the_champion(mode, spark, people, tmp_path):
    table = tmp_path / "people.parquet"
    people.drop("id").write.parquet(str(table))
    configuration = tmp_path / "nightly.conf"
    configuration.write_text(
        f'model {{ type = mixture, components = 3 }}\ndata.path = "{table}"\ntrain.maxRounds = 20\n'
        f'registry.path = "{tmp_path / "registry"}"\n'
    )
    champion = sl.Champion(str(tmp_path / "registry"))
    arguments = ["registry", "retrain", "--run-id", "night-1", "--config", str(configuration)]
    if mode == "classic":
        scorer_agreement.Program(spark).run(*arguments)  # in the JVM that is there
    else:
        ended = run(tmp_path, *arguments)
        assert ended.returncode == 0, ended.stderr
    model = champion.model()
    assert champion.runId == "night-1"
    assert champion.model() is model
    assert model.transform(people).where("severity is not null").count() == 600
    scored = str(tmp_path / "scored")

    def score(batch, number):
        champion.model().transform(batch).write.mode("append").parquet(scored)

    stream = spark.readStream.schema(spark.read.parquet(str(table)).schema).parquet(str(table)).writeStream
    checkpoint = str(tmp_path / "checkpoint")
    query = stream.foreachBatch(score).option("checkpointLocation", checkpoint).trigger(availableNow=True).start()
    query.awaitTermination()
    assert spark.read.parquet(scored).where("severity is not null").count() == 600
    log = sl.registry(str(tmp_path / "registry")).collect()
    assert [(row["kind"], row["isChampion"]) for row in log] == [("train", True), ("compare", True), ("publish", True)]
    assert len(sl.load(log[0]["path"]).weights) == 3
    (tmp_path / "registry" / "log").rename(tmp_path / "away")
    with pytest.warns(UserWarning, match="night-1"):
        assert champion.model() is model


@pytest.mark.both
def test_no_registry_at_a_path(spark, tmp_path):
    with pytest.raises(sl.LatentError, match="holds no registry"):
        sl.registry(str(tmp_path / "nothing")).collect()
