"""Fixtures: one session of Spark, classic or Connect, for the whole suite. The package is the installed wheel.

``pytest --mode connect`` runs all tests but those of classic mode alone. ``pytest --mode classic`` runs those, and the
tests of what differs between the modes: what crosses py4j. With ``--all`` it runs whatever can run in classic mode.
"""

from __future__ import annotations

import os
from pathlib import Path

import connect_server
import pytest

ROOT = Path(__file__).resolve().parents[4]


def pytest_addoption(parser):
    parser.addoption("--mode", choices=["classic", "connect"], default="classic")
    parser.addoption("--all", action="store_true", help="in classic mode also run what does not differ there")


def pytest_collection_modifyitems(config, items):
    mode, other = config.getoption("mode"), {"classic": "connect", "connect": "classic"}[config.getoption("mode")]
    needs_marker = mode == "classic" and not config.getoption("all")

    def is_chosen(item):
        markers = {marker.name for marker in item.iter_markers()}
        return other not in markers and not (needs_marker and markers.isdisjoint({"classic", "both"}))

    config.hook.pytest_deselected(items=[item for item in items if not is_chosen(item)])
    items[:] = filter(is_chosen, items)


@pytest.fixture(scope="session")
def mode(request):
    return request.config.getoption("--mode")


@pytest.fixture(scope="session")
def spark(mode, tmp_path_factory):
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark.sql import SparkSession

    import spark_latent as sl

    warehouse = tmp_path_factory.mktemp("warehouse")
    settings = {
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(warehouse),
        # As in the tests of Java: no code is generated and compiled for each query on a few rows.
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.adaptive.enabled": "false",
    }
    if mode == "classic":
        settings |= {"spark.ui.enabled": "false", "spark.driver.extraJavaOptions": connect_server.JAVA_OPTIONS}
        builder = SparkSession.builder.master("local[2]")
        for name, value in settings.items():
            builder = builder.config(name, value)
        session = sl.session(builder)
        yield session
        session.stop()
        return
    settings["spark.master"] = "local[2]"
    folder = tmp_path_factory.mktemp("server")
    with connect_server.server(folder, folder / "server.log", settings) as remote:
        session = sl.session(SparkSession.builder.remote(remote))
        yield session
        session.stop()


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
def gaussians(points):
    import spark_latent as sl

    columns = {"logDensityCol": "logDensity", "anomalyScoreCol": "anomalyScore"}
    return sl.GaussianMixture(k=2, seed=1, maxIter=50, **columns).fit(points)


@pytest.fixture(scope="session")
def axis(points):
    import spark_latent as sl

    return sl.ProbabilisticPca(latent=1, latentCol="latent").fit(points)


@pytest.fixture(scope="session")
def autoencoder(people):
    import spark_latent as sl

    rows = people.where("city is not null").select("city", "height")
    estimator = sl.Autoencoder(latent=1, encoder=["8"], inputCols=["city", "height"], maxEpochs=2, seed=1)
    return estimator.setSeverityCol("severity").fit(rows)


@pytest.fixture(scope="session")
def network(autoencoder, tmp_path_factory):
    return autoencoder.export(str(tmp_path_factory.mktemp("network") / "model.onnx"))
