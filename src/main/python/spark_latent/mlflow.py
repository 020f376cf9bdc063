"""Logs models to MLflow, which loads and serves them without Spark and Java.

>>> spark_latent.mlflow.log_model(model, name="people", registered_model_name="people")
>>> mlflow.pyfunc.load_model("models:/people/1").predict(rows)

The flavours are ``python_function`` and ``spark_latent``. A model of MLflow has the saved mixture or linear model, or
the ONNX file of a network, and a copy of :mod:`spark_latent.serve`. So its environment needs neither this package nor
PySpark, and ONNX Runtime for networks only. Needs MLflow 3.

:func:`sync` and the command ``spark-latent mlflow sync`` bring MLflow up to date with a registry.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import mlflow.pyfunc
from mlflow import MlflowClient
from mlflow.artifacts import download_artifacts
from mlflow.entities import Metric, Run
from mlflow.models import Model, ModelSignature
from mlflow.models.model import ModelInfo
from mlflow.types import ColSpec, DataType, ParamSchema, ParamSpec, Schema
from mlflow.types.schema import AnyType

from spark_latent import serve

if TYPE_CHECKING:
    from spark_latent._base import LatentModel

FLAVOR_NAME = "spark_latent"

_SCORER = "spark_latent_serve"  # the module that loads a model
_TYPES = {"prediction": DataType.long, "isAnomaly": DataType.boolean}

_DIGEST = "spark_latent.digest"  # the tag by which a version is found again
_NO_MODEL = "spark_latent.noModel"
_MEASURED = ("train", "holdout", "rows", "alerts", "seconds")  # the parts of metrics.json that are numbers


def log_model(
    model_or_path: LatentModel | str | os.PathLike[str],
    name: str | None = None,
    registered_model_name: str | None = None,
    signature: ModelSignature | None = None,
    input_example: Any = None,
    **options: Any,
) -> ModelInfo:
    """Logs a model to the current run, or to a new one.

    Parameters
    ----------
    model_or_path : LatentModel or str
        Model; or the path of a saved mixture or linear model, of a training's result, or of the ONNX file of a network.
    name : str, optional
        Name of the logged model.
    registered_model_name : str, optional
        Name in MLflow's registry, which gets a new version.
    signature : ModelSignature, optional
        Default: the columns that the model reads. Their types are ``any``, except for texts, because MLflow refuses
        whole numbers for a double and texts for dates, which models read.
    input_example : DataFrame, optional
        Rows that are saved with the model.
    **options
        Further arguments of ``mlflow.models.Model.log``, such as ``metadata``.

    Returns
    -------
    ModelInfo
        What MLflow says about the logged model, such as its ``model_uri``.
    """
    return Model.log(
        artifact_path=None,
        name=name,
        flavor=sys.modules[__name__],
        registered_model_name=registered_model_name,
        model_or_path=model_or_path,
        signature=signature,
        input_example=input_example,
        **options,
    )


def save_model(
    model_or_path: LatentModel | str | os.PathLike[str],
    path: str,
    mlflow_model: Model | None = None,
    signature: ModelSignature | None = None,
    input_example: Any = None,
    **options: Any,
) -> None:
    """Writes a model of MLflow to a new directory; see :func:`log_model`."""
    description = Model() if mlflow_model is None else mlflow_model
    with TemporaryDirectory() as folder:
        data = _data(model_or_path, Path(folder))
        scorer = serve.Scorer(data)
        code = Path(folder, f"{_SCORER}.py")
        shutil.copyfile(serve.__file__, code)
        description.add_flavor(
            FLAVOR_NAME,
            data=f"data/{data.name}",
            model_type=scorer.metadata["spark_latent.model_type"],
            uid=scorer.metadata["spark_latent.uid"],
        )
        libraries = ["numpy", "pandas", *(["onnxruntime"] if data.suffix == ".onnx" else [])]
        mlflow.pyfunc.save_model(
            path,
            loader_module=_SCORER,
            data_path=str(data),
            code_paths=[str(code)],
            mlflow_model=description,
            signature=signature or _signature(scorer),
            input_example=input_example,
            pip_requirements=[_installed(library) for library in ("mlflow", *libraries)],
            **options,
        )


def load_model(model_uri: str) -> serve.Scorer:
    """Returns the scorer of a logged, registered or saved model, without Spark."""
    path = download_artifacts(artifact_uri=model_uri)
    flavors = Model.load(path).flavors
    if FLAVOR_NAME not in flavors:
        raise ValueError(f"{model_uri} has the flavours {', '.join(flavors)}, expected {FLAVOR_NAME}")
    return serve.Scorer(os.path.join(path, flavors[FLAVOR_NAME]["data"]))


def _data(model_or_path: Any, folder: Path) -> Path:
    """Returns the saved model or the ONNX file that is logged; writes it if there is none."""
    if isinstance(model_or_path, (str, os.PathLike)):
        path = Path(model_or_path)
        inside = (path / "model.onnx", path / "model")  # as serve.Scorer looks for it
        return next((found for found in inside if found.exists()), path)
    if ".network." in model_or_path._java_class:
        return Path(model_or_path.export(str(folder / "model.onnx")))
    path = folder / "model"
    model_or_path.save(str(path))
    if not path.is_dir():
        raise ValueError(
            "the server of Spark saved the model on another machine; save it where both see it, and pass the path"
        )
    return path


def _signature(scorer: serve.Scorer) -> ModelSignature:
    any_type: Any = AnyType
    inputs: list[Any] = [
        ColSpec(DataType.string if column["type"] == "string" else any_type(), column["name"], required=False)
        for column in scorer.inputs
    ]
    outputs: list[Any] = [
        ColSpec(_TYPES.get(name, DataType.double), name, required=False)
        for name in serve.COLUMNS
        if name in scorer.outputs
    ]
    params = ParamSchema([ParamSpec("contributions", DataType.long, scorer.explained)])
    return ModelSignature(Schema(inputs), Schema(outputs), params)


def _installed(library: str) -> str:
    try:
        return f"{library}=={version(library)}"
    except PackageNotFoundError:
        return library


def sync(
    registry: str,
    tracking_uri: str | None = None,
    experiment: str | None = None,
    name: str | None = None,
) -> dict[str, str]:
    """Brings MLflow up to date with the versions of a registry.

    Each version becomes a run with its metrics, its decision as tags, a logged model that scores without Spark, and a
    version of a registered model, whose aliases ``champion`` and ``previous`` follow the registry. What is there is not
    logged again. So a call that failed is completed by the next one, which also registers models again that were
    deleted. Versions that have left the registry stay. Trees and models of groups, which only Spark scores, are runs
    without a model.

    Parameters
    ----------
    registry : str
        Directory of the registry, in any file system of Spark.
    tracking_uri : str, optional
        Server of MLflow, also for later calls of MLflow. Default: the one that MLflow uses.
    experiment : str, optional
        Name of the experiment, which becomes the active one. Default: the last name in the path of the registry.
    name : str, optional
        Name of the registered model. Default: the last name in the path of the registry.

    Returns
    -------
    dict
        Number of the registered version, by run of the registry.
    """
    from spark_latent._registry import directory, newest

    path = str(registry).rstrip("/")
    state = newest(path)
    if tracking_uri:
        mlflow.set_tracking_uri(tracking_uri)
    last = path.rpartition("/")[2]
    name = name or last
    place = mlflow.set_experiment(experiment or last).experiment_id
    client = MlflowClient()
    numbers = {found.run_id: str(found.version) for found in client.search_model_versions(f"name = '{name}'")}
    synced = {}
    for run_id, saved in state["versions"].items():
        files = directory(path, state, run_id)
        digest = saved["digests"]["all"]
        run = next(iter(client.search_runs([place], f"tags.`{_DIGEST}` = '{digest}'")), None)
        if run is None or run.info.status != "FINISHED":
            run = _logged(client, place, run, run_id, files, digest)
        _describe(client, run, {"registry": path, "runId": run_id}, saved["verdict"])
        number = numbers.get(run.info.run_id)
        if number is None and (model := _ready(client, run)):
            own = {"spark_latent.runId": run_id}
            number = str(mlflow.register_model(f"models:/{model}", name, tags=own).version)
        if number is not None:
            synced[run_id] = number
    if synced:
        state = newest(path)  # the uploads take long, and another call may have followed a later state
        aliases = client.get_registered_model(name).aliases
        for alias, runs in (("champion", state["champions"][:1]), ("previous", state["champions"][1:2])):
            number = synced.get(runs[0]) if runs else None
            if number is None and alias in aliases:
                client.delete_registered_model_alias(name, alias)
            elif number is not None and str(aliases.get(alias)) != number:
                client.set_registered_model_alias(name, alias, number)
    return synced


def _logged(client: MlflowClient, place: str, run: Run | None, run_id: str, files: str, digest: str) -> Run:
    """Logs a version, or completes a run that a call has begun, and returns its finished run."""
    from spark_latent._load import load

    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        time = _download(files, folder)
        run = run or client.create_run(place, time, {_DIGEST: digest}, run_id)
        own = run.info.run_id
        metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
        measured = {key: metrics.get(key) for key in _MEASURED}
        _log_metrics(client, run, dict(_numbers(measured, "")))
        client.log_artifact(own, str(folder / "metrics.json"))
        if not _ready(client, run):
            data = folder / "model"
            is_network = any(".ml.network." in part.read_text(encoding="utf-8") for part in data.rglob("part-*"))
            model = load(files) if is_network else data
            try:
                data = _data(model, folder)
                serve.Scorer(data)
            except ValueError as error:
                reason = str(error).replace(str(folder), files)
                client.set_tag(own, _NO_MODEL, reason)
            else:
                Model.log(None, sys.modules[__name__], name=run_id, run_id=own, model_or_path=data)
        client.set_terminated(own, end_time=time)
    return client.get_run(own)


def _download(files: str, folder: Path) -> int:
    """Copies a version to this machine by Spark, which reaches every store of a registry; returns its time in ms."""
    from spark_latent._session import session

    time = 0.0
    reader = session().read.format("binaryFile").option("recursiveFileLookup", True)
    for file in reader.load([f"{files}/metrics.json", f"{files}/model"]).drop("length").toLocalIterator():
        copy = folder / file.path.partition(files.rpartition("/")[2] + "/")[2]
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.content)
        time = max(time, file.modificationTime.timestamp())
    return int(1000 * time)


def _ready(client: MlflowClient, run: Run) -> str | None:
    """Returns the id of the whole logged model of a run; deletes those that a failed call has left."""
    whole = None
    for model in client.search_logged_models([run.info.experiment_id], f"source_run_id = '{run.info.run_id}'"):
        if model.status == "READY":
            whole = model.model_id
        else:
            client.delete_logged_model(model.model_id)
    return whole


def _describe(client: MlflowClient, run: Run, tags: dict[str, str], verdict: dict[str, Any] | None) -> None:
    """Sets the tags and metrics of a run that are not what the registry says."""
    if verdict is not None:
        tags["decision"] = "accepted" if verdict["isAccepted"] else "rejected"
        tags["reasons"] = "; ".join(verdict["reasons"])[:5000]  # the limit of MLflow
        _log_metrics(client, run, dict(_numbers(verdict["metrics"], "compare.")))
    for tag, value in tags.items():
        if run.data.tags.get(f"spark_latent.{tag}") != value:
            client.set_tag(run.info.run_id, f"spark_latent.{tag}", value)


def _log_metrics(client: MlflowClient, run: Run, metrics: dict[str, float]) -> None:
    time, known = run.info.start_time, run.data.metrics
    new = [Metric(key, value, time, 0) for key, value in metrics.items() if known.get(key) != value]
    for i in range(0, len(new), 1000):  # the limit of MLflow
        client.log_batch(run.info.run_id, metrics=new[i : i + 1000])


def _numbers(value: Any, key: str) -> Iterator[tuple[str, float]]:
    """Returns the finite numbers in a record by their path, in the characters that MLflow allows."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _numbers(part, f"{key}{name}.")
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        yield re.sub(r"[^\w. /-]", "_", key[:-1]), float(value)


def main(arguments: list[str]) -> int:
    """Runs the command ``spark-latent mlflow``. Its exit code is 1 if MLflow or the registry fails."""
    parser = argparse.ArgumentParser("spark-latent mlflow", description="Brings MLflow up to date with a registry.")
    parser.add_argument("command", choices=["sync"])
    parser.add_argument("registry", help="directory of the registry")
    parser.add_argument("--tracking-uri", metavar="URI", help="server of MLflow (default: MLFLOW_TRACKING_URI)")
    parser.add_argument("--experiment", metavar="NAME", help="experiment (default: the last name in the path)")
    parser.add_argument("--name", help="registered model (default: the last name in the path)")
    given = parser.parse_args(arguments)
    try:
        synced = sync(given.registry, given.tracking_uri, given.experiment, given.name)
    except Exception as error:
        print(f"spark-latent: {str(error).partition(chr(10))[0]}", file=sys.stderr)
        return 1
    print(f"{len(synced)} versions of {given.registry} are in MLflow")
    return 0
