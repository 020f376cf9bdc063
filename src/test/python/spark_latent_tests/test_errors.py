"""A person's mistake is one sentence of one class, without a stack trace of Java."""

from __future__ import annotations

import contextlib
import functools
import os
import socket
import subprocess
import sys

import pytest

import spark_latent as sl


def message(call):
    with pytest.raises(sl.LatentError) as error:
        call()
    assert "\n\tat " not in str(error.value)
    assert error.value.__cause__ is None
    return str(error.value)


@pytest.mark.both
def test_a_value_out_of_range(people):
    assert message(lambda: sl.Mixture(k=0, inputCols="*").fit(people)) == "k is 0, must be an integer >= 1"
    text = message(lambda: sl.Mixture(covariance="round", inputCols="*").fit(people))
    assert text == 'covariance is "round", must be one of full, tied, diagonal, spherical, factor, ppca'


def test_a_value_of_another_type(spark):
    assert "maxIter of GaussianMixture is 'many'" in message(lambda: sl.GaussianMixture(maxIter="many"))


@pytest.mark.both
def test_the_range_of_a_value_that_spark_checks(points, people):
    text = message(lambda: sl.GaussianMixture(alertRate=2.0).fit(points))
    assert text == "alertRate is 2.0, must be a number > 0 and <= 1"
    sl.GaussianMixture(k=1, alertRate=1.0).fit(points)
    for name, wrong, expected in (
        ("alertRate", 0.0, "is 0.0, must be a number > 0 and <= 1"),
        ("explainedColumns", 0, "is 0, must be an integer >= 1"),
        ("aggregationDepth", 1, "is 1, must be an integer >= 2"),
        ("scale", "round", 'is "round", must be one of none, standard, minmax, unit, quantile, both'),
    ):
        text = message(lambda n=name, v=wrong: sl.GaussianMixture(**{n: v}).fit(points))
        assert text == f"{name} {expected}"
    grouped = sl.GroupedMixture(estimator=sl.Mixture(k=1), groupCols="city", groupRows=0)
    assert message(lambda: grouped.fit(people)) == "groupRows is 0, must be an integer >= 1"


def test_a_param_that_does_not_exist(spark):
    for estimator, name, hint in (
        (sl.GaussianMixture, "clusters", ""),
        (sl.Mixture, "components", "; did you mean k?"),
        (sl.Mixture, "maxRounds", "; did you mean maxIter?"),
        (sl.Mixture, "inputcols", "; did you mean inputCols?"),
        (sl.VAE, "learnRate", "; did you mean learningRate?"),
        (sl.GroupedMixture, "groupCol", "; did you mean groupCols?"),
        (sl.MixtureEvaluator, "weightcol", "; did you mean weightCol?"),
    ):
        assert message(lambda e=estimator, n=name: e(**{n: 3})) == f"{estimator.__name__} has no Param {name}{hint}"
    assert message(lambda: sl.Mixture().setParams(components=3)) == "Mixture has no Param components; did you mean k?"
    assert message(lambda: sl.Clusterer(components=3)) == "Clusterer has no Param components; did you mean k?"


def test_what_a_task_or_a_model_cannot_read(people, mixture):
    assert message(lambda: sl.AnomalyDetector(alertrate=0.1)) == (
        "AnomalyDetector has no Param alertrate; did you mean alertRate?"
    )
    text = message(lambda: sl.Clusterer(columnTypes="category"))
    assert text == """columnTypes is 'category', expected types by column, such as {"zip": "category"}"""
    for call in mixture.top, mixture.sample, lambda n: mixture.explain(people, n):
        assert message(lambda c=call: c(-1)) == "n is -1, expected a number of rows"
    assert "given is 'Oslo', expected values by column" in message(lambda: mixture.sample(5, given="Oslo"))
    text = message(lambda: mixture.evaluate(people, labelCol=next(n for n, kind in people.dtypes if kind == "string")))
    assert text.endswith("has texts, expected 1 or true for anomalies, else 0 or false")


@pytest.mark.both
def test_a_column_that_does_not_exist(people):
    assert 'label column "nope" does not exist' in message(
        lambda: sl.Mixture(k=2, inputCols="*", labelCol="nope").fit(people)
    )
    assert "nothing*" in message(lambda: sl.Mixture(inputCols="nothing*").fit(people))
    assert "sizes" in message(lambda: sl.GaussianMixture(featuresCol="sizes").fit(people))


@pytest.mark.both
def test_a_column_of_two_roles(people):
    text = 'column "height" is in inputCols and is also %s; remove it from one of them'
    mixture = sl.Mixture(k=2, inputCols=["city", "height"])
    for role in ("weightCol", "labelCol", "idCol"):
        estimator = mixture.copy({mixture.getParam(role): "height"})
        assert message(functools.partial(estimator.fit, people)) == text % role
    grouped = sl.GroupedMixture(estimator=mixture, groupCols="city")
    assert message(lambda: grouped.fit(people)) == (text % "groupCols").replace("height", "city")


def test_a_given_value_that_cannot_be(mixture):
    text = message(lambda: mixture.sample(5, given={"height": "tall"}).collect())
    assert text == 'given has height = "tall", expected a finite number'
    assert "cty" in message(lambda: mixture.sample(5, given={"cty": "Bonn"}).collect())


def test_a_given_value_that_is_missing(mixture):
    text = message(lambda: mixture.sample(5, given={"city": "Bonn", "height": float("nan")}))
    assert text == "given has height = nan, expected a value; leave out a column that is drawn"


def test_a_table_that_is_none(mixture):
    expected = "dataset is a list, expected a table of Spark, pandas, Polars or Arrow, or one with to_pandas"
    assert message(lambda: mixture.transform([1, 2])) == expected
    assert message(lambda: sl.Mixture(inputCols="*").fit([1, 2])) == expected


@pytest.mark.both
def test_a_cell_of_a_job_that_fails(mixture, people):
    infinite = people.selectExpr("city", "if(id = 3, double('infinity'), height) as height", "weight")
    text = message(lambda: mixture.report(infinite))
    assert text == (
        'features column "height" has Infinity, expected a finite number; set the Param handleInvalid to skip to'
        " leave out these rows"
    )


@pytest.mark.both
def test_a_model_that_exists(mixture, tmp_path, capfd):
    path = str(tmp_path / "model")
    mixture.save(path)
    assert message(lambda: mixture.save(path)).startswith(f"{path} exists")
    mixture.save(path, overwrite=True)
    sl.Mixture(k=2).save(path, overwrite=True)  # of another class
    assert type(sl.load(path)) is sl.Mixture
    empty = tmp_path / "a [b] {c}*"
    for _ in range(2):
        empty.mkdir(exist_ok=True)
        mixture.save(f"{empty}/", overwrite=True)
        assert type(sl.load(str(empty))) is sl.MixtureModel
    mixture.save(str(tmp_path / "new" / "model"), overwrite=True)
    assert "WARN" not in capfd.readouterr().err


@pytest.mark.both
@pytest.mark.parametrize("name", ["notes.txt", ".hidden", "_delta_log/0.json", "metadata/v1.metadata.json", "a/b=1/c"])
def test_what_is_no_model_is_not_replaced(mixture, tmp_path, name):
    file = tmp_path / "thesis" / name
    file.parent.mkdir(parents=True)
    file.write_text("text")
    text = message(lambda: mixture.save(str(tmp_path / "thesis"), overwrite=True))
    assert text == f'path "{tmp_path}/thesis" exists, and spark-latent did not write it; set another path'
    assert file.read_text() == "text"
    if "." in name:
        assert "did not write it" in message(lambda: mixture.save(str(file), overwrite=True))
        assert file.read_text() == "text"


@pytest.mark.both
def test_a_result_is_not_replaced_by_its_model(mixture, tmp_path):
    mixture.save(str(tmp_path / "model"))
    (tmp_path / "report.html").write_text("report")
    text = message(lambda: mixture.save(str(tmp_path), overwrite=True))
    assert text == f'path "{tmp_path}" is the result of a job, of which a model is a part; set another path'
    assert (tmp_path / "report.html").exists()
    sl.load(str(tmp_path)).save(str(tmp_path / "model"), overwrite=True)


def test_files_that_cannot_be_written(mixture, autoencoder, tmp_path):
    folder = tmp_path / "none" / "such"
    expected = f"{folder}/x.html cannot be written: there is no directory {folder}; name another file"
    assert message(lambda: sl.Report("page").save(f"{folder}/x.html")) == expected
    assert "cannot be written: there is no directory" in message(lambda: autoencoder.export(f"{folder}/x.onnx"))
    (tmp_path / "folder").mkdir()
    assert "folder cannot be written: Is a directory" in message(lambda: sl.Report("page").save(f"{tmp_path}/folder"))
    assert [file.name for file in tmp_path.iterdir()] == ["folder"]


def test_a_frame_with_two_columns_of_one_name(spark, mixture):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([["Bonn", 150.0, 50.0, 2.0]] * 3, columns=["city", "height", "weight", "height"])
    expected = 'the frame has several columns "height"; rename or drop all but one'
    for call in (sl.Mixture(k=1).fit, mixture.transform, mixture.evaluate, sl.AnomalyDetector().fit):
        assert message(lambda c=call: c(frame)) == expected


@pytest.mark.classic
def test_a_session_that_has_ended():
    program = """
import spark_latent as sl
spark = sl.session()
rows = spark.createDataFrame([(float(i),) for i in range(20)], "a double")
model = sl.Mixture(k=1).fit(rows)
spark.stop()
for call in (lambda: model.transform(rows), lambda: model.explain(rows)):
    try:
        call()
    except sl.LatentError as error:
        print(error)
"""
    ended = ran(program)
    lines = ended.stdout.splitlines()
    assert len(lines) == 2, ended.stderr
    assert all(line.startswith("the Spark session has ended; start") for line in lines)


def test_settings_have_the_names_of_python(people, mixture):
    repeated = people.selectExpr("city", "upper(city) as town", "height")
    found = " ".join(sl.Mixture(k=1, seed=1).fit(repeated).warnings)
    assert "city and town; to model one of them, leave the other out of inputCols" in found
    assert "replace codes for missing values by null" in found and "data." not in found
    text = message(lambda: sl.Mixture(k=3, inputCols=["city", "height"], initialModel=mixture).fit(people))
    assert text.startswith("initialModel was trained on columns [city, height, weight], but inputCols gives")


def test_columns_and_paths_keep_their_names():
    from spark_latent._errors import in_python

    assert in_python("data.weight is -1, see data.id.") == "weightCol is -1, see idCol."
    assert in_python("set data.holdout.fraction > 0 or data.holdout.path") == "set holdoutFraction > 0"
    assert in_python("sample.component is 3; group by fewer columns, or set data.groupRows") == (
        "component is 3; group by fewer columns, or set groupRows"
    )
    assert "vae" not in in_python("the model is a plain autoencoder; train a model with model.type = vae")
    kept = """column "data.weight", 'data.id', /lake/data.id, s3://lake/data.id/part, my.data.id"""
    assert in_python(kept) == kept


def test_a_model_without_components(autoencoder):
    assert "no components" in message(lambda: autoencoder.profiles)


@pytest.mark.both
def test_no_model_at_a_path(spark, tmp_path):
    assert "there is no model at" in message(lambda: sl.load(str(tmp_path / "nothing")))
    assert "there is no model at" in message(lambda: sl.MixtureModel.load(str(tmp_path / "nothing")))


@pytest.mark.classic
def test_a_session_without_the_jar(monkeypatch, spark):
    from spark_latent import _session

    monkeypatch.setattr(_session, "_CLASS", "io.github.sparklatent.Missing")
    assert "spark.jars=" in message(lambda: sl.GaussianMixture())


@pytest.mark.connect
def test_a_server_of_this_machine_has_the_jar():
    program = """
import spark_latent as sl
from pyspark.sql import SparkSession
spark = sl.session(SparkSession.builder.remote("local[2]"))
assert sl.session() is spark and "connect" in type(spark).__module__
print(sl.Mixture(k=1).fit(spark.range(50)).getK())
spark.stop()
"""
    ended = ran(program, SPARK_TESTING="1")  # a free port
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip() == "1" and "Failed to set" not in ended.stderr


def ran(program, **variables):
    """Runs a program without the server of this one."""
    left_out = ("SPARK_CONNECT_", "SPARK_REMOTE", "SPARK_LOCAL_REMOTE", "SPARK_TESTING")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    command = [sys.executable, "-c", program]
    return subprocess.run(command, env={**environment, **variables}, capture_output=True, text=True)


@pytest.mark.connect
def test_a_server_of_this_machine_that_does_not_start():
    program = """
import spark_latent as sl
from pyspark.sql import SparkSession
try:
    sl.session(SparkSession.builder.remote("local[2]"))
except sl.LatentError as error:
    print(error)
"""
    assert "there is no Java at JAVA_HOME=/nowhere" in ran(program, JAVA_HOME="/nowhere").stdout
    with socket.socket() as server:
        with contextlib.suppress(OSError):  # another program uses it
            server.bind(("", 15002))
        server.listen()
        ended = ran(program)
    assert ended.stdout.startswith("port 15002 of this machine is in use"), ended.stderr


def test_a_server_without_the_jar():
    from spark_latent._errors import sentence

    error = RuntimeError("[CONNECT_ML.UNSUPPORTED_EXCEPTION] Unsupported ML operator, found io.github.sparklatent.ml.X")
    assert "start it with --jars" in sentence(error)
    assert sentence(RuntimeError("something else")) is None
