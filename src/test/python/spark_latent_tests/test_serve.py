"""Exported models give the numbers of the job, without Spark."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import spark_latent as sl

numpy = pytest.importorskip("numpy")
pandas = pytest.importorskip("pandas")
pytest.importorskip("onnxruntime")


@pytest.fixture(scope="module")
def exported(mixture, tmp_path_factory):
    return mixture.export(str(tmp_path_factory.mktemp("onnx") / "model.onnx"))


def test_the_scores_are_those_of_spark(mixture, people, exported):
    from spark_latent.serve import Scorer

    scorer = mixture.copy()
    scorer.setAnomalyScoreCol("anomalyScore")
    columns = ["id", "city", "height", "weight", "prediction", "anomalyScore", "severity", "isAnomaly"]
    expected = scorer.transform(people).select(*columns).orderBy("id").toPandas()
    found = Scorer(exported).predict(expected[["city", "height", "weight"]])
    for name in ("anomalyScore", "severity"):
        difference = numpy.abs(found[name] - expected[name]).max()
        assert difference <= 1e-5 * numpy.abs(expected[name]).max(), name
    assert (found["prediction"] == expected["prediction"]).all()
    assert (found["isAnomaly"] == expected["isAnomaly"]).all()
    reasons = found["reasons"][expected["id"].to_list().index(5)]
    assert reasons[0]["column"] == "height" and reasons[0]["surprisal"] > 10


def test_a_model_of_mlflow(exported, tmp_path):
    from spark_latent.mlflow import save_model

    path = save_model(exported, str(tmp_path / "model"))
    description = json.loads((Path(path) / "MLmodel").read_text())
    assert set(description["flavors"]) == {"python_function", "spark_latent"}
    inputs = json.loads(description["signature"]["inputs"])
    # MLflow refuses whole numbers for a double, so a number has any type.
    assert {column["name"]: column["type"] for column in inputs} == {"city": "string", "height": "any", "weight": "any"}
    assert (Path(path) / "requirements.txt").read_text().startswith("mlflow")
    with pytest.raises(ValueError, match="exists"):
        save_model(exported, path)
    # The copy of the scorer works without this package and without PySpark.
    program = (
        "import sys, pandas; sys.modules['pyspark'] = None; sys.path.insert(0, 'code')\n"
        "import spark_latent_serve\n"
        "rows = pandas.DataFrame({'city': ['Bonn'], 'height': [400.0], 'weight': [50.0]})\n"
        "model = spark_latent_serve._load_pyfunc('data')\n"
        "print(model.predict(rows).to_json(orient='records'))\n"
        "assert 'reasons' not in model.predict(rows, {'reasons': 0})\n"
        "assert 'spark_latent' not in sys.modules\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=path, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    scored = json.loads(ended.stdout)[0]
    assert scored["isAnomaly"] and scored["reasons"][0]["column"] == "height"


def test_dates_are_those_of_the_time_zone_of_the_model():
    from spark_latent.serve import _cells

    column = {"name": "at", "type": "double", "kind": "timestamp", "unit": "days since 1970-01-01 in Europe/Berlin"}
    summer = pandas.DatetimeIndex(["2024-07-01 10:00:00+00:00"])
    for moment, hour in (
        (summer, 12),
        (summer.tz_localize(None), 10),
        (["2024-07-01 12:00:00"], 12),
        (["2024-07-01T12:00:00+02:00"], 10),  # as in a job
    ):
        assert _cells(pandas.DataFrame({"at": moment}), column)[0, 0] % 1 * 24 == pytest.approx(hour, abs=1e-9)
    assert numpy.isnan(_cells(pandas.DataFrame({"at": [None]}), column)[0, 0])
    with pytest.raises(ValueError, match="column at has a cell that is no date like 2024-01-31") as error:
        _cells(pandas.DataFrame({"at": ["31.12.2024"]}), column)
    assert "\n" not in str(error.value)


def test_cells_of_lists():
    from spark_latent.serve import _cells

    column = {"name": "v", "type": "double", "width": 2}
    found = _cells(pandas.DataFrame({"v": [[1, 2], None]}), column)
    assert found[0].tolist() == [1, 2] and numpy.isnan(found[1]).all()
    with pytest.raises(ValueError, match="column v has a cell that is no list of 2 numbers: it has 3 numbers"):
        _cells(pandas.DataFrame({"v": [[1, 2, 3]]}), column)


def test_an_impossible_cell_is_the_reason(people, tmp_path):
    from spark_latent.serve import Scorer

    counts = people.selectExpr("id % 5 as calls", "height")
    families = {"calls": "poisson"}
    model = sl.Mixture(k=1, inputCols=["calls", "height"], families=families, logDensityCol="logDensity").fit(counts)
    scorer = Scorer(model.export(str(tmp_path / "model.onnx")))
    row = scorer.predict(pandas.DataFrame({"height": [170.0], "calls": [1.5]})).iloc[0]
    assert row["isAnomaly"] and row["reasons"][0] == {"column": "calls", "surprisal": numpy.inf}


def test_the_libraries_of_a_model_are_those_of_the_package():
    from spark_latent.mlflow import _FORM

    project = (Path(__file__).parents[3] / "main" / "python" / "pyproject.toml").read_text()
    assert _FORM["requirements"][0].startswith("mlflow")  # what loads the model, not this package
    for library in _FORM["requirements"][1:]:
        assert f'"{library}"' in project


def test_the_scorer_works_without_pyspark(exported):
    program = (
        "import sys; sys.modules['pyspark'] = None\n"
        "import spark_latent\n"
        "from spark_latent import serve\n"
        "from spark_latent.serve import Scorer\n"
        "try: spark_latent.Mixture\n"
        "except AttributeError as error: assert 'without PySpark' in str(error)\n"
        f"print(Scorer({exported!r}).outputs)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    assert "severity" in ended.stdout


def test_mistakes_are_named(mixture, exported, tmp_path):
    from spark_latent.serve import Scorer

    with pytest.raises(ValueError, match="the rows have no column height"):
        Scorer(exported).predict(pandas.DataFrame({"city": ["Bonn"]}))
    with pytest.raises(ValueError, match="column height has a cell that is no number"):
        Scorer(exported).predict(pandas.DataFrame({"city": ["Bonn"], "height": ["tall"], "weight": [1.0]}))
    with pytest.raises(ValueError, match="column height has an infinite number"):
        Scorer(exported).predict(pandas.DataFrame({"city": ["Bonn"], "height": [numpy.inf], "weight": [1.0]}))
    with pytest.raises(ValueError, match="there is no ONNX file"):
        Scorer(str(tmp_path))
    with pytest.raises(sl.LatentError, match="exists"):
        mixture.export(exported)
    with pytest.raises(sl.LatentError):
        mixture.export(str(tmp_path / "part.onnx"), part="encoder")
