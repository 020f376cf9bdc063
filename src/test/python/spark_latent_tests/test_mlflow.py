"""MLflow loads logged models without Spark."""

from __future__ import annotations

import json
import shutil
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


def write_state(registry, number, runs, champions, verdict=None):
    """Writes an entry of the log; the second line is its checksum, which Java compares."""
    versions = {
        run: {"directory": f"{run}.0.x", "digests": {"all": f"sha-{run}"}, "verdict": verdict and verdict.get(run)}
        for run in runs
    }
    event = {"kind": "TRAIN", "runId": runs[-1], "accepted": True, "reasons": [], "time": "2026-01-31T02:00:00Z"}
    state = {"form": 1, "number": number, "versions": versions, "champions": champions, "event": event}
    (registry / "log").mkdir(parents=True, exist_ok=True)
    (registry / "log" / f"{number:08d}.json").write_text(json.dumps(state) + "\n12345678\n")


def write_version(registry, run, saved):
    folder = registry / "runs" / f"{run}.0.x"
    shutil.copytree(saved, folder / "model")
    metrics = {"train": {"bic": 2.5, "converged": True}, "missing": {"city": 0.5}}
    (folder / "metrics.json").write_text(json.dumps(metrics))


def content(client, experiment, name):
    """Returns what MLflow has, to see whether a call has changed it."""
    place = client.get_experiment_by_name(experiment).experiment_id
    runs = [run.to_dictionary() for run in client.search_runs([place])]
    models = [(model.model_id, model.last_updated_timestamp) for model in client.search_logged_models([place])]
    versions = [(found.version, found.run_id) for found in client.search_model_versions(f"name = '{name}'")]
    return runs, sorted(models), versions, client.get_registered_model(name).aliases


def test_mlflow_follows_a_registry(mlflow, people, saved, tmp_path):
    import spark_latent.mlflow
    from spark_latent.serve import Scorer

    registry = tmp_path / "a b" / "people"
    verdict = {"b": {"isAccepted": True, "reasons": ["gains 0.1"], "metrics": {"gain": 0.1, "measure": "density"}}}
    for run in ("a", "b", "c"):
        write_version(registry, run, saved)
    write_state(registry, 1, ["a", "b"], ["b", "a"], verdict)
    client = mlflow.MlflowClient()
    assert spark_latent.mlflow.sync(registry) == {"a": "1", "b": "2"}
    first = content(client, "people", "people")
    assert {str(number) for number in first[3].values()} == {"1", "2"} and str(first[3]["champion"]) == "2"
    run = next(run for run in first[0] if run["info"]["run_name"] == "b")
    assert run["data"]["metrics"] == {"train.bic": 2.5, "compare.gain": 0.1}
    tags = {"runId": "b", "registry": str(registry), "digest": "sha-b", "decision": "accepted", "reasons": "gains 0.1"}
    assert tags == {tag: run["data"]["tags"].get(f"spark_latent.{tag}") for tag in tags}
    rows = people.select("city", "height", "weight").toPandas()
    loaded = mlflow.pyfunc.load_model("models:/people@champion")
    pandas.testing.assert_frame_equal(loaded.predict(rows), Scorer(saved).predict(rows))
    assert spark_latent.mlflow.sync(registry) == {"a": "1", "b": "2"}
    assert content(client, "people", "people") == first
    # A version has left, another is new, and nothing is the previous champion. The registered model was deleted.
    write_state(registry, 2, ["b", "c"], ["b"], verdict)
    client.delete_registered_model("people")
    assert spark_latent.mlflow.sync(registry) == {"b": "1", "c": "2"}
    assert client.get_registered_model("people").aliases == {"champion": "1"}
    assert len(client.search_runs([run["info"]["experiment_id"]])) == 3


def test_aliases_follow_the_state_after_the_uploads(mlflow, saved, tmp_path, monkeypatch):
    import spark_latent.mlflow

    registry = tmp_path / "people"
    for run in ("a", "b"):
        write_version(registry, run, saved)
    write_state(registry, 1, ["a", "b"], ["a"])
    describe = spark_latent.mlflow._describe

    def published_meanwhile(*arguments):
        write_state(registry, 2, ["a", "b"], ["b", "a"])
        describe(*arguments)

    monkeypatch.setattr(spark_latent.mlflow, "_describe", published_meanwhile)
    assert spark_latent.mlflow.sync(registry) == {"a": "1", "b": "2"}
    aliases = mlflow.MlflowClient().get_registered_model("people").aliases
    assert {alias: str(number) for alias, number in aliases.items()} == {"champion": "2", "previous": "1"}


def test_an_outage_of_mlflow_is_completed(mlflow, saved, tmp_path, monkeypatch):
    import spark_latent.mlflow

    registry = tmp_path / "people"
    for run in ("a", "b"):
        write_version(registry, run, saved)
    write_state(registry, 1, ["a", "b"], ["a"])
    steps = ("log_batch", "log_artifact", "log_model_artifacts", "set_terminated", "set_registered_model_alias")

    def fail(*arguments, **options):
        raise ConnectionError("the server is away\nat once")

    for step in steps:
        with monkeypatch.context() as outage:
            outage.setattr(mlflow.MlflowClient, step, fail)
            with pytest.raises(ConnectionError):
                spark_latent.mlflow.sync(registry)
    assert spark_latent.mlflow.sync(registry) == {"a": "1", "b": "2"}
    client = mlflow.MlflowClient()
    runs, models, _, aliases = content(client, "people", "people")
    assert [run["info"]["status"] for run in runs] == ["FINISHED", "FINISHED"]
    assert len(models) == 2 and aliases == {"champion": "1"}


def test_the_command_of_mlflow_ends_with_a_sentence(mlflow, spark, tmp_path, capsys):
    import spark_latent.mlflow

    registry = tmp_path / "people"
    assert spark_latent.mlflow.main(["sync", str(registry)]) == 1
    assert "holds no registry" in capsys.readouterr().err
    write_state(registry, 1, ["a"], [])
    client = mlflow.MlflowClient()
    client.delete_experiment(client.create_experiment("people"))
    assert spark_latent.mlflow.main(["sync", str(registry)]) == 1
    printed = capsys.readouterr().err
    assert "deleted experiment 'people'" in printed and printed.count("\n") == 1
