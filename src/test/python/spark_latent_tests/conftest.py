"""Fixtures: one session of Spark, classic or Connect, for the whole suite.

``pytest --mode classic`` and ``pytest --mode connect`` run the same tests. The package is the installed wheel.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]


def pytest_addoption(parser):
    parser.addoption("--mode", choices=["classic", "connect"], default="classic")


@pytest.fixture(scope="session")
def mode(request):
    return request.config.getoption("--mode")


@pytest.fixture(scope="session")
def spark(mode, tmp_path_factory):
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession

    import spark_latent as sl

    if mode == "classic":
        builder = (
            SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
        )
        session = sl.session(builder)
        yield session
        session.stop()
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = _server(port, tmp_path_factory.mktemp("server"))
    try:
        session = sl.session(SparkSession.builder.remote(f"sc://127.0.0.1:{port}"))
        yield session
        session.stop()
    finally:
        server.terminate()
        server.wait()


def _server(port, folder):
    import pyspark

    import spark_latent as sl

    submit = Path(pyspark.__file__).parent / "bin" / "spark-submit"
    server = subprocess.Popen(
        [
            os.fspath(submit),
            *("--class", "org.apache.spark.sql.connect.service.SparkConnectServer"),
            *("--master", "local[2]", "--jars", sl.jar()),
            *("--conf", f"spark.connect.grpc.binding.port={port}"),
            *("--conf", "spark.ui.enabled=false", "--conf", "spark.sql.shuffle.partitions=2"),
            "local:///dev/null",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env={**os.environ, "PYSPARK_PYTHON": sys.executable},  # of the functions of streams
        text=True,
    )
    log = []
    for line in server.stdout:
        log.append(line)
        if "Spark Connect server started" in line:
            threading.Thread(target=_keep, args=(server.stdout, folder / "server.log"), daemon=True).start()
            return server
    raise RuntimeError(f"the Spark Connect server ended with code {server.wait()}:\n{''.join(log[-20:])}")


def _keep(output, file):
    """Writes what the server prints to a file, so that it never waits for a reader."""
    with open(file, "w") as log:
        log.writelines(output)


@pytest.fixture(scope="session")
def people(spark):
    """Rows with texts, numbers and missing cells, in three groups."""
    rows = []
    for i in range(600):
        group = i % 3
        city = ("Bonn", "Kiel", "Ulm")[group] if i % 7 else None
        height = (150.0, 170.0, 190.0)[group] + ((i * 7919) % 101 - 50) / 20
        weight = None if i % 11 == 0 else (50.0, 90.0, 70.0)[group] + ((i * 104729) % 89 - 44) / 15
        rows.append((i, city, height, weight))
    rows[5] = (5, "Bonn", 400.0, 52.0)
    return spark.createDataFrame(rows, "id int, city string, height double, weight double")


@pytest.fixture(scope="session")
def points(spark):
    """Vectors of numbers around two centres, in a column features."""
    from pyspark.ml.linalg import Vectors

    rows = []
    for i in range(400):
        centre = 3.0 if i % 2 else -3.0
        noise = [((i * step) % 997 - 498) / 700 for step in (7919, 104729, 1299709, 15485863)]
        rows.append((Vectors.dense([centre + e for e in noise]), i % 2))
    return spark.createDataFrame(rows, ["features", "label"])


@pytest.fixture(scope="session")
def mixture(people):
    import spark_latent as sl

    estimator = sl.Mixture(k=3, inputCols=["city", "height", "weight"], seed=1)
    return estimator.setContributionsCol("contributions").fit(people)


@pytest.fixture(scope="session")
def saved(mixture, tmp_path_factory):
    path = str(tmp_path_factory.mktemp("serve") / "model")
    mixture.save(path)
    return path


@pytest.fixture(scope="session")
def network(people, tmp_path_factory):
    import spark_latent as sl

    rows = people.where("city is not null").select("city", "height")
    estimator = sl.Autoencoder(latent=1, encoder=["8"], inputCols=["city", "height"], maxEpochs=2, seed=1)
    estimator.setSeverityCol("severity")
    return estimator.fit(rows).export(str(tmp_path_factory.mktemp("network") / "model.onnx"))
