"""Writes an exported model as a model of MLflow, which is served without Spark and Java.

``python -m spark_latent.mlflow model.onnx DIRECTORY`` writes the directory, ``mlflow models serve -m DIRECTORY`` serves
it in an environment of its own, and ``mlflow.pyfunc.load_model(DIRECTORY).predict(frame)`` returns score, severity and
reasons. The flavours are ``python_function`` and ``spark_latent``. They need ONNX Runtime, numpy and pandas.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
from copy import deepcopy
from datetime import datetime, timezone
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from spark_latent import serve

#: The form of the directory, which the jobs use, too.
_FORM: dict[str, Any] = json.loads((Path(__file__).parent / "mlmodel.json").read_text(encoding="utf-8"))


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
        file = os.path.join(part, _FORM["onnx"])
        os.makedirs(os.path.dirname(file))
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
    copy = os.path.join(folder, _FORM["scorer"])  # so that the environment needs no spark-latent
    os.makedirs(os.path.dirname(copy))
    shutil.copyfile(serve.__file__, copy)
    python = ".".join(map(str, sys.version_info[:3]))
    _write(folder, "requirements.txt", "".join(_installed(library) + "\n" for library in _FORM["requirements"]))
    _write(folder, "python_env.yaml", _FORM["environment"] % python)
    description: dict[str, Any] = deepcopy(_FORM["mlmodel"])
    flavors = description["flavors"]
    flavors["python_function"]["python_version"] = python
    flavors["spark_latent"]["data"] = _FORM["onnx"]
    for name in ("version", "model_type", "uid"):
        if f"spark_latent.{name}" in scorer.metadata:
            flavors["spark_latent"][name] = scorer.metadata[f"spark_latent.{name}"]
    flavors["spark_latent"]["outputs"] = scorer.outputs
    description["model_uuid"] = uuid4().hex
    description["utc_time_created"] = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M:%S.%f")
    description["signature"] = {
        "inputs": json.dumps([_input(column) for column in scorer.inputs]),
        "params": json.dumps(description["signature"]["params"]),
    }
    with contextlib.suppress(PackageNotFoundError):
        description["mlflow_version"] = version("mlflow")
    _write(folder, "MLmodel", json.dumps(description, indent=2) + "\n")  # JSON is YAML


def _installed(library: str) -> str:
    """Returns a requirement of the version that is installed; the requirement itself if none is."""
    name = library.partition(">")[0]
    try:
        return f"{name}=={version(name)}"
    except PackageNotFoundError:
        return library


def _input(column: dict[str, Any]) -> dict[str, Any]:
    # A double would refuse whole numbers, and a datetime texts. The scorer converts all of them.
    kind = _FORM["inputs"].get(column["type"], _FORM["inputs"]["other"])
    return {**kind, "name": column["name"], "required": False}


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
