"""Logs models to MLflow, which loads and serves them without Spark and Java.

>>> spark_latent.mlflow.log_model(model, name="people", registered_model_name="people")
>>> mlflow.pyfunc.load_model("models:/people/1").predict(rows)

The flavours are ``python_function`` and ``spark_latent``. A model of MLflow has the saved mixture or linear model, or
the ONNX file of a network, and a copy of :mod:`spark_latent.serve`. So its environment needs neither this package nor
PySpark, and ONNX Runtime for networks only. Needs MLflow 3.
"""

from __future__ import annotations

import os
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import mlflow.pyfunc
from mlflow.artifacts import download_artifacts
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
