"""Writes an exported model as a model of MLflow, which is served without Spark and Java.

``python -m spark_latent.mlflow model.onnx DIRECTORY`` writes the directory, ``mlflow models serve -m DIRECTORY`` serves
it in an environment of its own, and ``mlflow.pyfunc.load_model(DIRECTORY).predict(frame)`` returns score, severity and
reasons. The flavours are ``python_function`` and ``spark_latent``. They need ONNX Runtime, numpy and pandas.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from datetime import datetime, timezone
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol
from uuid import uuid4

from spark_latent import serve

#: Name under which the directory has a copy of the scorer, so that the environment needs no spark-latent.
_MODULE = "spark_latent_serve"

_LIBRARIES = ("onnxruntime", "numpy", "pandas")

#: The oldest version with columns of any type.
_MLFLOW = "2.20.0"


class _Exportable(Protocol):
    def export(self, path: str) -> str: ...


def save_model(model: str | os.PathLike[str] | _Exportable, path: str) -> str:
    """Writes a model of MLflow.

    Parameters
    ----------
    model : str or LatentModel
        ONNX file, or a model that is exported.
    path : str
        New directory.

    Returns
    -------
    str
        The path.
    """
    if os.path.exists(path):
        raise ValueError(f"{path} exists; remove it or name another directory")
    part = f"{path}.part-{uuid4().hex[:8]}"
    try:
        os.makedirs(os.path.join(part, "data"))
        file = os.path.join(part, "data", "model.onnx")
        if isinstance(model, (str, os.PathLike)):
            shutil.copyfile(model, file)
        else:
            model.export(file)
        _describe(part, serve.Scorer(file))
        os.rename(part, path)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return path


def _describe(folder: str, scorer: serve.Scorer) -> None:
    os.makedirs(os.path.join(folder, "code"))
    shutil.copyfile(serve.__file__, os.path.join(folder, "code", _MODULE + ".py"))
    try:
        mlflow = version("mlflow")
        server = f"mlflow=={mlflow}"
    except PackageNotFoundError:
        mlflow = _MLFLOW
        server = f"mlflow>={mlflow}"
    libraries = [server] + [f"{name}=={version(name)}" for name in _LIBRARIES]
    _write(folder, "requirements.txt", "\n".join(libraries) + "\n")
    _write(
        folder,
        "python_env.yaml",
        f"python: {sys.version_info[0]}.{sys.version_info[1]}.{sys.version_info[2]}\n"
        "dependencies:\n- -r requirements.txt\n",
    )
    description: dict[str, Any] = {
        "flavors": {
            "python_function": {
                "loader_module": _MODULE,
                "data": "data",
                "code": "code",
                "env": {"virtualenv": "python_env.yaml"},
                "python_version": ".".join(map(str, sys.version_info[:3])),
            },
            "spark_latent": {
                "data": "data/model.onnx",
                **{
                    name: scorer.metadata[f"spark_latent.{name}"]
                    for name in ("version", "model_type", "uid")
                    if f"spark_latent.{name}" in scorer.metadata
                },
                "outputs": scorer.outputs,
            },
        },
        "model_uuid": uuid4().hex,
        "utc_time_created": datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M:%S.%f"),
        "signature": {
            "inputs": json.dumps([_input(column) for column in scorer.inputs]),
            "params": json.dumps([{"name": "reasons", "type": "long", "default": serve.REASONS, "shape": None}]),
        },
        "mlflow_version": mlflow,
    }
    _write(folder, "MLmodel", json.dumps(description, indent=2) + "\n")  # JSON is YAML


def _input(column: dict[str, Any]) -> dict[str, Any]:
    # MLflow would refuse a frame of whole numbers for a column of doubles: the scorer checks types.
    return {"type": "any", "name": column["name"], "required": False}


def _write(folder: str, name: str, text: str) -> None:
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


def main() -> None:
    if len(sys.argv) != 3:
        print("usage: python -m spark_latent.mlflow MODEL.onnx DIRECTORY", file=sys.stderr)
        sys.exit(2)
    try:
        print(save_model(sys.argv[1], sys.argv[2]))
    except (OSError, ValueError) as error:
        print(f"spark_latent.mlflow: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
