"""Scores rows with an exported model: ONNX Runtime, numpy and pandas, without Spark, Java or the rest of this package.

>>> from spark_latent.serve import Scorer
>>> Scorer("model.onnx").predict(pandas.read_csv("rows.csv"))
"""

from __future__ import annotations

import json
import os
from typing import Any

import numpy
import onnxruntime
import pandas

#: Outputs with one number for each row, in the order in which they are returned.
_COLUMNS = (
    "prediction",
    "anomalyScore",
    "severity",
    "isAnomaly",
    "logDensity",
    "reconstructionError",
    "realProbability",
)

#: Reasons of an anomaly, unless another number is asked for.
REASONS = 3

_DAY = pandas.Timedelta(days=1)


class Scorer:
    """A model that ``export`` has written.

    Parameters
    ----------
    path : str
        ONNX file, or a directory with a file model.onnx.
    """

    def __init__(self, path: str) -> None:
        file = os.path.join(path, "model.onnx") if os.path.isdir(path) else path
        if not os.path.isfile(file):
            raise ValueError(f"there is no ONNX file at {path}; write one with model.export(path)")
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3  # it warns that the noise of a network is an input with a default
        self._session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
        self.metadata: dict[str, str] = dict(self._session.get_modelmeta().custom_metadata_map)
        if "spark_latent.inputs" not in self.metadata:
            raise ValueError(f"{file} was not written by spark-latent: it does not say what its inputs are")
        #: Name, type and meaning of each column.
        self.inputs: list[dict[str, Any]] = json.loads(self.metadata["spark_latent.inputs"])
        self.outputs: list[str] = [output.name for output in self._session.get_outputs()]

    def run(self, rows: pandas.DataFrame) -> dict[str, Any]:
        """Returns the outputs of the file by name: n numbers, or n x width."""
        if not isinstance(rows, pandas.DataFrame):
            rows = pandas.DataFrame(rows)
        return self._run({column["name"]: _cells(rows, column) for column in self.inputs})

    def _run(self, cells: dict[str, Any]) -> dict[str, Any]:
        return dict(zip(self.outputs, self._session.run(self.outputs, cells), strict=True))

    def predict(self, rows: pandas.DataFrame, reasons: int = REASONS) -> pandas.DataFrame:
        """Returns one row of scores for each row, with the index of the rows.

        Parameters
        ----------
        rows : pandas.DataFrame
            Rows with the columns of the training table; further columns are ignored.
        reasons : int
            Most reasons of an anomaly; 0: no column of reasons.

        Returns
        -------
        pandas.DataFrame
            The columns that the model has of prediction, anomalyScore, severity, isAnomaly, logDensity,
            reconstructionError and realProbability; latent_0, ... of a code; and reasons: for each anomaly the columns
            whose cells fit the others least, with their surprisal -log p(cell | other cells) in nats.
        """
        if not isinstance(rows, pandas.DataFrame):
            rows = pandas.DataFrame(rows)
        cells = {column["name"]: _cells(rows, column) for column in self.inputs}
        found = self._run(cells)
        scores = pandas.DataFrame(index=rows.index)
        for name in _COLUMNS:
            if name in found:
                scores[name] = numpy.asarray(found[name]).reshape(len(rows))
        for j in range(found["latent"].shape[1] if "latent" in found else 0):
            scores[f"latent_{j}"] = found["latent"][:, j]
        if reasons > 0 and "isAnomaly" in found and "logDensity" in found and len(self.inputs) > 1:
            scores["reasons"] = self._reasons(cells, found, reasons)
        return scores

    def _reasons(self, cells: dict[str, Any], found: dict[str, Any], most: int) -> list[Any]:
        """Returns the most surprising cells of each anomaly: its density with the cell, compared to that without."""
        reasons: list[Any] = [None] * len(next(iter(cells.values())))
        chosen = numpy.flatnonzero(numpy.asarray(found["isAnomaly"]).reshape(-1))
        if len(chosen) == 0:
            return reasons
        anomalies = {name: values[chosen] for name, values in cells.items()}
        whole = numpy.asarray(found["logDensity"]).reshape(-1)[chosen]
        surprisals = {}
        for name, values in anomalies.items():
            missing = numpy.full_like(values, "" if values.dtype == object else numpy.nan)
            rest = numpy.asarray(self._run({**anomalies, name: missing})["logDensity"]).reshape(-1)
            # NaN: the row is impossible without this cell, too
            surprisals[name] = numpy.nan_to_num(rest - whole, nan=0.0, posinf=numpy.inf, neginf=-numpy.inf)
        for place, row in enumerate(chosen):
            order = sorted(surprisals, key=lambda name: -surprisals[name][place])
            reasons[row] = [
                {"column": name, "surprisal": float(surprisals[name][place])}
                for name in order[:most]
                if surprisals[name][place] > 0
            ]
        return reasons


def _cells(rows: pandas.DataFrame, column: dict[str, Any]) -> Any:
    """Returns the cells of a column as the file takes them."""
    name = column["name"]
    if name not in rows:
        kind = column.get("kind", column["type"])
        raise ValueError(f"the rows have no column {name}, which the model reads ({kind})")
    values = rows[name]
    if column["type"] == "string":
        texts = ["" if pandas.isna(value) else str(value).strip() for value in values]
        return numpy.array(texts, dtype=object).reshape(-1, 1)
    number = numpy.float32 if column["type"] == "float" else numpy.float64
    width = column.get("width", 1)
    kind = f"list of {width} numbers" if width > 1 else "date like 2024-01-31" if "unit" in column else "number"
    try:
        if width > 1:
            cells = numpy.array([_array(value, width) for value in values], dtype=number).reshape(-1, width)
        else:
            numbers = _days(values, column["unit"]) if "unit" in column else pandas.to_numeric(values)
            cells = numbers.to_numpy(number, na_value=numpy.nan).reshape(-1, 1)
    except (TypeError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        raise ValueError(f"column {name} has a cell that is no {kind}: {reason}") from None
    if numpy.isinf(cells).any():
        raise ValueError(f"column {name} has an infinite number, expected finite or missing ones")
    return cells


def _array(value: Any, width: int) -> Any:
    """Returns an array of numbers; NaN if it is missing."""
    if value is None or value is pandas.NA or (isinstance(value, float) and numpy.isnan(value)):
        return numpy.full(width, numpy.nan)
    array = numpy.asarray(value, dtype=numpy.float64)
    if array.shape != (width,):
        raise ValueError(f"it has {array.size} numbers")
    return array


def _days(values: pandas.Series, unit: str) -> pandas.Series:
    """Returns days since 1970-01-01 in the model's time zone; as in a job, texts with an offset give days in UTC."""
    moments = pandas.to_datetime(values, format="ISO8601")
    if moments.dt.tz is not None:
        zone = "UTC" if isinstance(values.iloc[0], str) else unit.partition(" in ")[2] or "UTC"
        moments = moments.dt.tz_convert(zone).dt.tz_localize(None)
    return (moments - pandas.Timestamp("1970-01-01")) / _DAY


class _Pyfunc:
    """What MLflow calls."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer

    def predict(self, model_input: Any, params: dict[str, Any] | None = None) -> pandas.DataFrame:
        return self._scorer.predict(model_input, **(params or {}))


def _load_pyfunc(path: str) -> _Pyfunc:
    """Loads the flavour python_function of MLflow."""
    return _Pyfunc(Scorer(path))
