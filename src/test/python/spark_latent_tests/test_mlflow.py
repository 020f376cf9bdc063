"""MLflow loads logged models without Spark."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

pandas = pytest.importorskip("pandas")

ROW = {"city": ["Bonn"], "height": [400.0], "weight": [50.0]}


@pytest.fixture
def mlflow(tmp_path, monkeypatch):
    module = pytest.importorskip("mlflow")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")  # a database would need all of MLflow, 1 GB more
    module.set_tracking_uri(f"file:{tmp_path}/mlruns")
    return module


def test_mlflow_loads_what_was_logged(mlflow, mixture, people, saved):
    import spark_latent.mlflow
    from spark_latent.serve import Scorer

    rows = people.select("city", "height", "weight").toPandas()
    expected = Scorer(saved).predict(rows)
    for model in (mixture, saved):
        names = {"name": "people", "registered_model_name": "people"}
        info = spark_latent.mlflow.log_model(model, **names, input_example=rows.head(3))
        assert set(info.flavors) == {"python_function", "spark_latent"}
        pandas.testing.assert_frame_equal(mlflow.pyfunc.load_model(info.model_uri).predict(rows), expected)
    mlflow.MlflowClient().set_registered_model_alias("people", "champion", 2)
    loaded = mlflow.pyfunc.load_model("models:/people@champion")
    cells = loaded.predict(pandas.DataFrame(ROW), params={"contributions": 1})["contributions"][0]
    assert [cell["column"] for cell in cells] == ["height"]
    pandas.testing.assert_frame_equal(spark_latent.mlflow.load_model("models:/people/1").predict(rows), expected)


def test_a_model_of_mlflow_needs_no_more_than_it_says(mlflow, saved, network, tmp_path):
    import spark_latent.mlflow

    spark_latent.mlflow.save_model(saved, str(tmp_path / "mixture"))
    names = [line.partition("=")[0] for line in (tmp_path / "mixture" / "requirements.txt").read_text().split()]
    assert sorted(names) == ["mlflow", "numpy", "pandas"]
    # The copy of the scorer works without this package and without PySpark.
    program = (
        "import sys, pandas; sys.modules['pyspark'] = None; sys.path.insert(0, 'code')\n"
        "import spark_latent_serve\n"
        f"print(spark_latent_serve._load_pyfunc('data/model').predict(pandas.DataFrame({ROW})).to_json(orient='records'))\n"
        "assert 'spark_latent' not in sys.modules\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=tmp_path / "mixture", capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    scored = json.loads(ended.stdout)[0]
    assert scored["isAnomaly"] and scored["contributions"][0]["column"] == "height"
    spark_latent.mlflow.save_model(network, str(tmp_path / "network"))
    assert "onnxruntime" in (tmp_path / "network" / "requirements.txt").read_text()
    with pytest.raises(ValueError, match="there is no model"):
        spark_latent.mlflow.save_model(str(tmp_path / "none"), str(tmp_path / "other"))
