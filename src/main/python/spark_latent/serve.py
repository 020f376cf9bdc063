"""Scores rows with a saved model in numpy, without Spark, Java or the rest of this package.

>>> from spark_latent.serve import Scorer
>>> scorer = Scorer("out/people")
>>> scorer.predict([{"city": "Bonn", "height": 171.5}])["severity"]
>>> scorer.predict(pandas.read_csv("rows.csv"))     # a frame gives a frame

Mixtures and linear models are read as they were saved, networks from the ONNX file of ``export``, which needs ONNX
Runtime. Shapes: n rows of d numbers, k components. The formulas and their sources are those of the Java classes
MixedDensity, StandardScore, ScoreDistribution, ColumnContributions, ConditionalLevels and LinearPosterior.
"""

from __future__ import annotations

import io
import json
import math
import os
import re
import struct
import warnings
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache, partial
from hashlib import sha256
from itertools import count, takewhile, zip_longest
from pathlib import Path
from statistics import NormalDist
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, overload
from zoneinfo import ZoneInfo

import numpy

if TYPE_CHECKING:
    import pandas

_OURS = "io.github.sparklatent.ml."
_MODELS = {
    "mixture.GaussianMixtureModel": "gmm",
    "mixture.MixtureModel": "mixture",
    "linear.ProbabilisticPcaModel": "ppca",
    "linear.FactorAnalysisModel": "factor-analysis",
}
#: Outputs with one number for each row, in the order in which they are returned.
COLUMNS = (
    "prediction",
    "anomalyScore",
    "severity",
    "isAnomaly",
    "logDensity",
    "reconstructionError",
    "realProbability",
)
_EPOCH = datetime(1970, 1, 1)
_LOG_TWO_PI = math.log(2 * math.pi)
_MOST = 1e150  # the square of a larger number is close to overflow
_FAR = 1e100  # numbers as far out have finite distances
_TINY = 1e-300  # the least probability whose logarithm is taken
_FLOOR = math.log(5e-324)  # for a level without a probability
_BEYOND = 1e-3  # share of the first and the last bin of a histogram that is beyond it
_TOGETHER = 64  # rows that are explained together

_normal_quantile = numpy.vectorize(NormalDist().inv_cdf, otypes=[float])
_log_gamma = numpy.vectorize(math.lgamma, otypes=[float])
_TIMES = numpy.arange(-450, 451)[:, None, None] / 100
_NODES = numpy.exp(0.5 * math.pi * numpy.sinh(_TIMES))
_LOG_STEPS = numpy.log(0.5 * math.pi / 100 * numpy.cosh(_TIMES) * _NODES)
_complement = numpy.vectorize(math.erfc, otypes=[float])


class Scorer:
    """A model that scores rows of a table.

    >>> scorer = Scorer("out/people")
    >>> scorer.predict({"city": ["Bonn", "Kiel"], "height": [171.5, None]})["isAnomaly"]

    Parameters
    ----------
    path : str
        Directory of a saved mixture or linear model, or of a training's result; or the ONNX file of a network, or a
        directory with a file model.onnx.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        file = Path(path, "model.onnx") if Path(path).is_dir() else Path(path)
        if file.is_file() and file.suffix.lower() != ".onnx":
            raise ValueError(
                f"{file} is no model: expected the directory of a saved model, or the ONNX file of a network, whose"
                " name ends with .onnx"
            )
        self._model: Any = _Network(file) if file.is_file() else _Mixture(*_saved(os.fspath(path)))
        table, self.metadata = self._model.table, self._model.metadata
        self._table = _Table(table, self._model.width)
        self._known = _Known(table) if table.get("reference") and "anomalyScore" in self._model.outputs else None
        #: Most columns that explain an anomaly, unless another number is asked for.
        self.explained = int(table.get("explainedColumns", 3))
        #: Name and Spark's type of each column of the table that the model reads.
        self.inputs: list[dict[str, str]] = self._table.inputs
        self.outputs: list[str] = [*self._model.outputs, *(["severity", "isAnomaly"] if self._known else [])]
        if any(column.kind == "both" for column in self._table.columns):  # value and rank have no joint density
            self.outputs.remove("logDensity")

    def run(self, rows: Any) -> dict[str, Any]:
        """Returns the outputs of the model by name: n numbers, or n x width."""
        return self._run(_columns(rows)[0])[1]

    def _run(self, rows: Any) -> tuple[Any, dict[str, Any]]:
        features = self._table.features(rows)
        with numpy.errstate(all="ignore"):  # impossible rows have infinite scores
            found: dict[str, Any] = self._model.score(features)
            if "reconstruction" in found and isinstance(self._model, _Mixture):
                found["reconstruction"] = self._table.in_units(found["reconstruction"], slice(None))
            if self._known:
                found["severity"], found["isAnomaly"] = self._known.compare(features, **found)
        return features, {name: found[name] for name in self.outputs}

    @overload
    def predict(
        self,
        rows: Mapping[str, Sequence[Any]] | Mapping[str, Any] | Sequence[Mapping[str, Any]],
        contributions: int | None = None,
    ) -> dict[str, numpy.ndarray]: ...

    @overload
    def predict(self, rows: pandas.DataFrame, contributions: int | None = None) -> pandas.DataFrame: ...

    def predict(self, rows: Any, contributions: int | None = None) -> Any:
        """Returns the scores of each row; NaN for a row without any number.

        Parameters
        ----------
        rows : pandas.DataFrame, dict of sequences, sequence of dict, or dict
            Rows with the columns of the training table, or one row as a dictionary of its values; further columns are
            ignored. As in a job, a text that is no number and a level that the training table did not have are missing.
        contributions : int, optional
            Most columns that explain an anomaly; 0: no such column. Default: as the model was trained.

        Returns
        -------
        pandas.DataFrame or dict of numpy.ndarray
            A frame with the index of the rows if these are a frame, else an array for each column. The columns are the
            outputs of the model with one number for each row; latent_0, ... of a code; and, except for networks,
            contributions: for each anomaly the columns that fit the others least, as a list of dictionaries with the
            fields of a job. A model without reference scores explains every row.
        """
        most = self.explained if contributions is None else contributions
        if not isinstance(most, (int, numpy.integer)) or most < 0:
            raise ValueError(f"contributions is {most!r}, expected a number of columns from 0")
        table, count = _columns(rows)
        features, found = self._run(table)
        scores = {name: numpy.reshape(found[name], -1) for name in COLUMNS if name in found}
        for j in range(found["latent"].shape[1] if "latent" in found else 0):
            scores[f"latent_{j}"] = found["latent"][:, j]
        if most > 0 and isinstance(self._model, _Mixture):
            cells = scores["contributions"] = numpy.empty(count, object)  # of None
            chosen = numpy.flatnonzero(found.get("isAnomaly", ~numpy.isnan(features).all(axis=1)))
            for some in numpy.split(chosen, range(_TOGETHER, len(chosen), _TOGETHER)):
                for i, own in zip(some, self._explained(table, some, features[some], most), strict=True):
                    cells[i] = own
        return type(rows)(scores, rows.index) if _is_pandas(rows) else scores

    def _explained(self, rows: Any, places: Any, features: Any, most: int) -> list[list[dict[str, Any]]]:
        """Returns the columns with the greatest contributions of the rows at some places."""
        cells: list[list[dict[str, Any]]] = [[] for _ in range(len(places))]
        with numpy.errstate(all="ignore"):
            found = _Explanation(self._model, features, [column.places for column in self._table.columns])
            for c, column in enumerate(() if self._table.is_unit else self._table.columns):
                least = column.least_contribution(self._table.in_units(features[:, column.places], column.places))
                found.contributions[:, c] = numpy.maximum(found.contributions[:, c], least)
            order = numpy.argsort(-found.contributions, axis=1, kind="stable")[:, :most]  # NaN is last
            for c, column in enumerate(self._table.columns):
                index = numpy.flatnonzero((order == c).any(axis=1) & ~numpy.isnan(found.contributions[:, c]))
                given = found.given(index, c, (0.025, 0.975) if column.is_number and len(index) else ())
                numbers = [features[numpy.ix_(index, column.places)], *given]
                values = [[column.value(x) for x in self._table.in_units(n, column.places)] for n in numbers]
                own = rows[column.name] if column.name in rows and column.kind != "array" else None
                for at, i in enumerate(index):
                    cell = {"column": column.name, "contribution": float(found.contributions[i, c])}
                    cell.update(zip_longest(("value", "expected", "low", "high"), (v[at] for v in values)))
                    value = None if own is None else (own.iloc if _is_pandas(own) else own)[places[i]]
                    if not _is_missing(value):
                        cell["value"] = column.given(value)
                    for name in ("value", "expected", "low", "high"):
                        cell[f"{name}Number"] = cell[name] if isinstance(cell[name], float) else None
                    cells[i].append(cell)
        return [sorted(own, key=lambda cell: -cell["contribution"]) for own in cells]


# Rows


def _is_pandas(rows: object) -> bool:
    return hasattr(rows, "iloc")


def _is_missing(value: Any) -> bool:
    if value is None:
        return True
    try:
        return bool(value != value)
    except TypeError:  # pandas.NA
        return True
    except ValueError:  # an array
        return False


def _is_sequence(values: Any) -> bool:
    return hasattr(values, "__len__") and not isinstance(values, (str, bytes))


def _columns(rows: Any) -> tuple[Any, int]:
    """Returns the columns of rows by name, and the number of rows."""
    if _is_pandas(rows) and hasattr(rows, "columns"):
        for name in rows.columns[rows.columns.duplicated()]:
            raise ValueError(f'the frame has several columns "{name}"; rename or drop all but one')
        return rows, len(rows)
    expected = "expected a frame of pandas, a dictionary of columns, a list of dictionaries, or a dictionary of one row"
    if isinstance(rows, (str, bytes)) or _is_pandas(rows) or not isinstance(rows, Iterable):
        raise ValueError(f"rows is a {type(rows).__name__}, {expected}")
    columns: Any = rows
    if not isinstance(rows, Mapping):
        rows = list(rows)
        for i, row in enumerate(rows):
            if not isinstance(row, Mapping):
                raise ValueError(f"rows has a {type(row).__name__} at place {i}, {expected}")
        names = dict.fromkeys(name for row in rows for name in row)
        columns = {name: [row.get(name) for row in rows] for name in names}
    elif not any(_is_sequence(values) for values in rows.values()):
        columns = {name: [value] for name, value in rows.items()}
    elif alone := [name for name, values in rows.items() if not _is_sequence(values)]:
        raise ValueError(f'rows has one value for the column "{alone[0]}" and several for another, {expected}')
    counts = {len(values) for values in columns.values()}
    if len(counts) > 1:
        raise ValueError(f"the columns have {sorted(counts)} values, expected as many in each")
    return columns, counts.pop() if counts else 0


def _numbers(values: Any) -> Any:
    """Returns a column of numbers as an array; None if it has other values, too."""
    if _is_pandas(values):
        import pandas

        is_number = pandas.api.types.is_numeric_dtype(values.dtype)
        return values.to_numpy(float, na_value=numpy.nan) if is_number else None
    if isinstance(values, numpy.ndarray) and values.dtype.kind in "biuf":
        return values.astype(float)
    numbers = [numpy.nan if value is None else value for value in values]
    known = (int, float, numpy.number, numpy.bool_)
    return numpy.array(numbers, float) if all(isinstance(value, known) for value in numbers) else None


def _distinct(values: Any) -> tuple[Any, Any]:
    """Returns the place of each value among the distinct ones, -1 if it is missing, and these."""
    if _is_pandas(values):
        import pandas

        return pandas.factorize(values)
    places: dict[Any, int] = {}
    codes = [-1 if _is_missing(value) else places.setdefault(value, len(places)) for value in values]
    return codes, list(places)


# Known rows


def _steps(x: Any, xs: Any, ys: Any) -> Any:
    """Returns the mean of both limits of a function that is linear between points, of which two may be a step."""
    return 0.5 * (numpy.interp(x, xs, ys) + numpy.interp(-x, -xs[::-1], ys[::-1]))


class _Known:
    """The distribution of the scores of reference rows."""

    def __init__(self, table: dict[str, Any]) -> None:
        known = table["reference"]
        self._shares, self._scores = (numpy.asarray(known["scores"][name], float) for name in ("shares", "scores"))
        self._losses, self._counts = known.get("losses"), known.get("counts")
        self._threshold = table.get("threshold", "NaN")
        if self._threshold == "NaN":  # Spark writes NaN as a text
            self._threshold = numpy.interp(1 - table.get("alertRate", 0.01), self._shares, self._scores)

    def compare(self, features: Any, anomalyScore: Any, cumulants: Any = None, **_: Any) -> tuple[Any, Any]:
        """Returns the percentage of reference rows with a lower score, and whether rows are anomalies."""
        compared = scores = numpy.asarray(anomalyScore, float).reshape(-1)
        if self._losses:
            observed = numpy.column_stack([~numpy.isnan(features[:, self._losses["starts"]]), numpy.ones(len(scores))])
            cumulants = (observed @ numpy.asarray(self._losses["cumulants"]).reshape(-1, 3)).T[:, None], numpy.zeros(1)
        if cumulants:
            # the log odds of a lower score, from three cumulants of the score under each component, 3 x k x n
            (mean, variance, third), logs = cumulants[0], cumulants[1][:, None]
            deviation = numpy.sqrt(numpy.maximum(1e-12, variance))
            skew = numpy.clip(third / deviation**3, 1e-3, math.sqrt(8))
            z = 6 / skew * (numpy.cbrt(1 + 0.5 * skew * (scores - mean) / deviation) - 1 + skew**2 / 36)
            odds = 1.5976 * z * (1 + 0.04417 * z**2)
            odds = _log_sum(logs - numpy.logaddexp(0, -odds)) - _log_sum(logs - numpy.logaddexp(0, odds))
            compared = numpy.where(numpy.isfinite(scores), odds, scores)
        if self._counts:  # as many rows with few cells are anomalies
            count = (~numpy.isnan(features[:, self._counts["starts"]])).sum(axis=1)
            compared = compared - numpy.asarray(self._counts["shifts"])[count]
        # counted as the reference rows were: rounded up to 16 bits of the mantissa
        bits, low = (compared + 0.0).view(numpy.int64), numpy.iinfo(numpy.int64).min
        bucket = -(-numpy.where(bits < 0, low - bits, bits) >> 36) << 36
        counted = numpy.where(bucket < 0, low - bucket, bucket).view(float)
        severity = numpy.where(numpy.isnan(compared), numpy.nan, 100 * _steps(counted, self._scores, self._shares))
        return severity, compared > self._threshold


# The saved form


def _saved(given: str) -> tuple[Any, dict[str, Any], dict[str, str]]:
    """Returns the content of a saved model, what it knows of its table, and its metadata."""
    path = Path(given, "model").resolve()  # once, as the next training moves the links of a result
    path = path if path.is_dir() else Path(given).resolve()
    if not path.is_dir():
        raise ValueError(f"there is no model at {given}, expected a saved model or the ONNX file of a network")
    if not any((path / name).exists() for name in ("metadata", "stages", "content.cbor")):
        inside = sorted({file.parent.name for name in ("model", "metadata") for file in path.glob(f"*/{name}")})
        raise ValueError(
            f"there is no model at {given}: it has neither a directory metadata, as a saved model, nor a directory"
            " model, as the result of a training"
            + (f"; name one of the directories inside, such as {Path(given, inside[0])}" if inside else "")
        )
    try:
        folders = sorted(path.glob("stages/[0-9]*_*"), key=lambda stage: int(stage.name.partition("_")[0])) or [path]
        sums = path / "_CHECKSUMS"
        lines = sums.read_text(encoding="utf-8").splitlines() if sums.is_file() else None
        read = partial(_checked, path, None if lines is None else set(lines))
        parts = [folder / "metadata" for folder in folders]
        stages = [json.loads(read(min(file.glob("part-*")) if file.is_dir() else file)) for file in parts]
        kinds = [stage["class"].removeprefix(_OURS) for stage in stages]
        if len(kinds) > 1 or kinds[0] not in _MODELS:
            raise ValueError(
                f"the model at {given} has a {', a '.join(kind.rpartition('.')[2] for kind in kinds)}, expected one"
                " mixture or linear model; export a network as ONNX, and score with other models by Spark"
            )
        columns = folders[0] / "columns.cbor"
        content = _decoded(read(folders[0] / "content.cbor"), f"{folders[0]}/content.cbor")
        listed = any(line.endswith(f"  {columns.relative_to(path).as_posix()}") for line in lines or ())
        known = _decoded(read(columns), str(columns)) if listed or columns.is_file() else {}
        table = {**stages[0]["defaultParamMap"], **stages[0]["paramMap"], **known}
        metadata = {"spark_latent.model_type": _MODELS[kinds[0]], "spark_latent.uid": stages[0]["uid"]}
    except (OSError, KeyError, IndexError, TypeError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"the model at {given} is damaged, copy it again or train it again: {error}") from None
    if "alerts" in table:
        raise ValueError(
            f"the model at {given} has alerts = {table['alerts']}, a number of rows of one table, but rows are flagged"
            " one by one here: set alertRate or threshold in its place"
        )
    if (content or {}).get("table", {}).get("mixture", {}).get("chains"):
        raise ValueError(f"the model at {given} has trees, expected within = independent; score with trees by Spark")
    return content, table, metadata


def _checked(path: Path, lines: set[str] | None, file: Path) -> bytes:
    """Reads a file of a saved model; requires that its line is among those of the checksums, if these are there."""
    data = file.read_bytes()
    if lines is not None and f"{sha256(data).hexdigest()}  {file.relative_to(path).as_posix()}" not in lines:
        raise OSError(f"its file {file.relative_to(path)} does not have the checksum in _CHECKSUMS")
    return data


def _decoded(data: bytes, file: str) -> Any:
    """Reads the part of CBOR (RFC 8949) that models use: the version of the form and a record."""
    stream = io.BytesIO(data)

    def take(count: int) -> bytes:
        data = stream.read(count)
        if len(data) < count:
            raise IndexError(f"{file} is truncated")
        return data

    def values(length: int | None) -> Iterator[Any]:
        every = (value() for _ in (count() if length is None else range(length)))
        return takewhile(lambda item: item is not stream, every)  # which ends a list of unknown length

    def value() -> Any:
        major, size = divmod(take(1)[0], 32)
        if major == 7:
            simple: dict[int, Any] = {20: False, 21: True, 22: None, 31: stream}
            return struct.unpack(">d", take(8))[0] if size == 27 else simple[size]
        length = size if size < 24 else int.from_bytes(take(1 << size - 24), "big") if size < 28 else None
        if major < 2:
            return length if major == 0 else -1 - (length or 0)
        if major < 4:
            if length is None:  # pieces
                empty: Any = b"" if major == 2 else ""
                return empty.join(values(None))
            return take(length) if major == 2 else take(length).decode()
        items = list(values(None if length is None else length * (major - 3)))
        if major == 5:
            return dict(zip(items[::2], items[1::2], strict=True))
        if len(items) > 1 and all(isinstance(item, bytes) for item in items[1:]):  # an array: its length, then pieces
            return numpy.frombuffer(b"".join(items[1:]), "<f8")
        is_matrix = len(items) == 3 and isinstance(items[0], int) and isinstance(items[2], numpy.ndarray)
        return items[2].reshape(items[:2]) if is_matrix else items

    version, record = value()
    if version != 1:
        raise ValueError(f"{file} has format {version}, expected 1: another version of spark-latent has written it")
    return record


# The columns of the table


class _Table:
    """The columns that a model reads, and the numbers of their values."""

    def __init__(self, table: dict[str, Any], width: int) -> None:
        scaling = table.get("scaling") or {"kind": "NONE", "shift": ()}
        self.is_unit = scaling["kind"] == "UNIT"
        self._shift, self._factor = numpy.zeros(width), numpy.ones(width)
        if len(scaling["shift"]) == width and scaling["factor"][0] != 0:  # an empty array is read as [0]
            self._shift, self._factor = numpy.asarray(scaling["shift"], float), numpy.asarray(scaling["factor"], float)
        forms = [json.loads(encoder) for encoder in table.get("encoders") or ()]
        names = table.get("inputCols") or [table.get("featuresCol", "features")]
        self._vectors = [] if forms or len(names) == width else names
        if not forms:  # the columns hold the numbers themselves
            vector = names[0] if len(names) == 1 else "features"
            names = names if len(names) == width else [f"{vector}[{j}]" for j in range(width)]
            forms = [{"column": name, "type": "number", "writtenAs": '"double"'} for name in names]
        self.columns = [_Column(form) for form in forms]
        for column, end in zip(self.columns, numpy.cumsum([column.width for column in self.columns]), strict=True):
            column.places = numpy.arange(end - column.width, end)
        read = [{"name": column.name, "type": column.type} for column in self.columns]
        self.inputs = [{"name": name, "type": "array"} for name in self._vectors] or read

    def features(self, rows: Any) -> Any:
        """Returns the scaled numbers of rows, n x d."""
        for column in self.inputs:
            if column["name"] not in rows:
                raise ValueError(f"the rows have no column {column['name']}, which the model reads")
        parts = [_arrays(name, rows[name], 0) for name in self._vectors]
        numbers = numpy.concatenate(parts or [column.numbers(rows[column.name]) for column in self.columns], axis=1)
        if numbers.shape[1] != len(self._shift):
            raise ValueError(
                f"{self._vectors} have {numbers.shape[1]} numbers, expected {len(self._shift)} in each row"
            )
        for i, j in numpy.argwhere(~(numpy.isnan(numbers) | (numpy.abs(numbers) <= _MOST))):
            name = next(column.name for column in self.columns if j in column.places)
            raise ValueError(f"column {name} has {numbers[i, j]} in row {i}, expected finite numbers or missing cells")
        if self.is_unit:
            most = numpy.maximum(numpy.abs(numbers).max(axis=1, keepdims=True), _TINY)
            return numbers / (most * numpy.maximum(numpy.linalg.norm(numbers / most, axis=1, keepdims=True), _TINY))
        return (numbers - self._shift) * self._factor

    def in_units(self, numbers: Any, places: Any) -> Any:
        """Returns scaled numbers of some places of a row in the units of the table."""
        return numbers / self._factor[places] + self._shift[places]


def _arrays(name: str, values: Any, width: int) -> Any:
    """Returns arrays of numbers as a matrix; an array that is missing is NaN."""
    arrays = [None if numpy.ndim(value) == 0 and _is_missing(value) else numpy.ravel(value) for value in values]
    sizes = {array.size for array in arrays if array is not None} or {width}
    if len(sizes) > 1 or width not in (0, *sizes):
        raise ValueError(f"column {name} has arrays of {sorted(sizes)} numbers, expected one size in all rows")
    missing = numpy.full(max(sizes), numpy.nan)
    return numpy.array([missing if array is None else array for array in arrays], float).reshape(-1, len(missing))


@lru_cache
def _zone(name: str) -> tzinfo:
    """Returns a time zone of Java."""
    offset = re.fullmatch(r"(?:UTC|GMT|UT)?([+-])(\d\d):(\d\d)", name)
    if offset is None:
        return timezone.utc if name in ("UTC", "Z") else ZoneInfo(name)
    sign = -1 if offset[1] == "-" else 1
    return timezone(sign * timedelta(hours=int(offset[2]), minutes=int(offset[3])))


class _Column:
    """A column of the table: the numbers of its values, and the values of numbers."""

    _CYCLES = {"YEAR": 365.2425, "WEEK": 7.0, "DAY": 1.0}
    _END = 0.01  # of the range of dates; beyond, the score of a date is linear
    _NUMBER = re.compile(r"[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf|infinity)", re.IGNORECASE)
    _MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?")

    def __init__(self, form: dict[str, Any]) -> None:
        self.name, self.kind, self.type = form["column"], form["type"], form["writtenAs"].strip('"')
        self.is_number = self.kind in ("number", "count", "log", "quantile", "both")
        self.places: Any = ()
        self._form, self._levels = form, form.get("categories")
        self._least, self._greatest = form.get("least", -math.inf), form.get("greatest", math.inf)
        self._empty = {"", *form.get("missing", ("NA", "?"))}
        self._is_coded, self._is_whole = form.get("code", False), form.get("wholeDays", False)
        self.width: int = form.get("width", 1 + (1 if self._is_coded else 2) * len(form.get("parts", ())))
        self.width += self.kind == "both"
        if self._levels is not None:
            self._count = len(self._levels) + form["missingCategory"]
            self.width = 1 if form["code"] else self._count - 1
            self._codes: dict[Any, int] = {level: code for code, level in enumerate(self._levels)}
            numbers = {self._parse(level): code for code, level in enumerate(self._levels)}
            if None not in numbers and len(numbers) == len(self._levels):  # 1 in one table is 1.0 in another
                self._codes.update(numbers)
        elif "knots" in form:
            self._knots = numpy.array(form["knots"])
            self._sums = numpy.concatenate([[0.0], numpy.cumsum(form["masses"])])
            self._end = 0.5 * min(1.0, 0.5 * self._sums[-1])  # the ranks of the ends, so that they have scores

    def numbers(self, values: Any) -> Any:
        """Returns the numbers of some values, n x width."""
        if self.kind == "array":
            return _arrays(self.name, values, self.width)
        known = _numbers(values) if self.is_number else None
        if known is not None:
            return self._encoded(known)
        codes, distinct = _distinct(values)
        texts = [self.written(value).strip() for value in distinct]
        read = [None if text in self._empty else self._read(text) for text in texts]
        unknown = [text for text, number in zip(texts, read, strict=True) if number is None and text not in self._empty]
        if unknown:
            warnings.warn(f'column {self.name} has "{unknown[0]}", which is read as a missing value', stacklevel=5)
        return self._encoded(numpy.array([*read, None], float)[codes])  # the code of a missing value is -1

    def _read(self, text: str) -> float | None:
        """Returns the level, the number or the days since 1970-01-01 of a text; None if it has none."""
        if self._levels is not None:
            level = self._codes.get(text.lower() if self.kind == "boolean" else text)
            return self._codes.get(self._parse(text)) if level is None else level
        if self.is_number:
            return self._parse(text)
        found = self._MOMENT.fullmatch(text)
        if found is None:
            return None
        date, minute, second, fraction, offset = found.groups()
        try:  # microseconds, as Spark has; Python 3.10 reads neither all fractions nor Z
            moment = datetime.fromisoformat(f"{date}T{minute or '00:00'}:{second or '00'}.{(fraction or '')[:6]:0<6}")
            if offset is not None:  # else a time is read as it is written
                moment -= _zone(offset).utcoffset(None) or timedelta()
        except (ValueError, OverflowError):
            return None
        return (moment - _EPOCH) / timedelta(days=1)

    def _parse(self, text: str) -> float | None:
        if self._form.get("decimal") == ",":
            text = text.replace(".", " ").replace(",", ".")
        return float(text) if self._NUMBER.fullmatch(text) else None

    def _encoded(self, x: Any) -> Any:
        """Returns the numbers that stand for levels, numbers or days."""
        if self._levels is not None:
            x = numpy.where(numpy.isnan(x) & self._form["missingCategory"], len(self._levels), x)[:, None]
            return x if self._form["code"] else numpy.where(numpy.isnan(x), x, x == numpy.arange(1, self._count))
        if self.kind == "log":
            zero = self._least == 0
            with numpy.errstate(all="ignore"):
                low, high = numpy.log([self._least + zero, self._greatest + zero])
                x = numpy.where((x + zero <= 0) & (x > -math.inf), low - max(1, high - low), numpy.log(x + zero))
        elif "knots" in self._form:  # the score of a step is that of its middle
            rank = numpy.clip(_steps(x, self._knots, self._sums), self._end, self._sums[-1] - self._end)
            finite = numpy.isfinite(x)
            score = numpy.where(finite, _normal_quantile(numpy.where(finite, rank / self._sums[-1], 0.5)), x)
            return numpy.column_stack([x, score]) if self.kind == "both" else score[:, None]
        elif not self.is_number and self._is_coded:
            u = (x - self._least) / self._span
            inside = numpy.clip(u, self._END, 1 - self._END)
            known = ~numpy.isnan(x)
            score = _normal_quantile(numpy.where(known, inside, 0.5)) + math.sqrt(12) * (u - inside)
            parts = self._form["parts"]
            codes = [[self._code(part, days) if days == days else math.nan for days in x] for part in parts]
            return numpy.column_stack([score, *codes])
        elif not self.is_number:
            cycles = [x / self._CYCLES[part] for part in self._form["parts"]]
            angles = [2 * math.pi * (cycle - numpy.floor(cycle)) for cycle in cycles]
            return numpy.column_stack([x - self._least, *(wave(a) for a in angles for wave in (numpy.sin, numpy.cos))])
        return x[:, None]

    def written(self, value: Any) -> str:
        """Returns a value as Spark's cast writes it, moments in the time zone of the model."""
        if isinstance(value, datetime) and value.tzinfo is not None:
            value = value.astimezone(_zone(self._form.get("zone") or "UTC")).replace(tzinfo=None)
        text = str(value).lower() if isinstance(value, (bool, numpy.bool_)) else str(value)
        return text.rstrip("0") if isinstance(value, datetime) and value.microsecond else text

    def given(self, value: Any) -> Any:
        """Returns a value of the table that is not missing as a number or a text."""
        return float(value) if self.is_number and not isinstance(value, str) else self.written(value)

    def value(self, numbers: Any) -> Any:
        """Returns the value that some numbers stand for, within the range of the training rows; None: missing."""
        if self.kind == "array":
            return [float(number) for number in numbers]
        x = float(numbers[0]) if len(numbers) else 0.0
        if math.isnan(x):
            return None
        if self._levels is not None:
            is_code = self._form["code"] and self._count > 1
            level = round(min(max(x, 0), self._count - 1)) if is_code else numpy.argmax([1 - sum(numbers), *numbers])
            return self._levels[level] if level < len(self._levels) else None
        if not self.is_number:
            days = min(max(self._days(x), self._least), self._greatest)
            days = self._moment(days, numbers[1:] if self._is_coded else ())
            days, seconds = (round(days), 0) if self.kind == "date" else (0, round(days * 86400))
            return str(_EPOCH + timedelta(days=days, seconds=seconds))[: 10 if self.kind == "date" else 19]
        if self.kind == "quantile":
            total, end = self._sums[-1], self._end * (1 + 1e-9)
            rank = total * NormalDist().cdf(x)
            rank = 0 if rank <= end else total if rank >= total - end else rank + 1e-12 * total
            x = float(numpy.interp(rank, self._sums, self._knots))
        x = math.exp(x) - (self._least == 0) if self.kind == "log" else x
        x, decimals = min(max(x, self._least), self._greatest), self._form.get("decimals", -1)
        return round(x, decimals) if decimals >= 0 else x

    def least_contribution(self, numbers: Any) -> Any:
        """Returns the least contribution of numbers, n x width: -log 2 / (n + 1) beyond all n of the training rows."""
        if not self.is_number or self.kind == "quantile" or "numbers" not in self._form:
            return 0
        x = numpy.exp(numbers[:, 0]) - (self._least == 0) if self.kind == "log" else numbers[:, 0]
        rounding = 1e-12 * max(abs(self._least), abs(self._greatest))
        beyond = (x < self._least - rounding) | (x > self._greatest + rounding)
        return numpy.where(beyond, math.log(0.5 * (self._form["numbers"] + 1)), 0)

    @property
    def _span(self) -> float:
        return self._greatest - self._least if self._greatest > self._least else 1.0

    def _days(self, x: float) -> float:
        """Returns the moment of the first number of a date, in days since 1970-01-01."""
        if not self._is_coded:
            return x + self._least
        normal = NormalDist()
        end = normal.inv_cdf(1 - self._END)
        inside = min(max(x, -end), end)
        return self._least + self._span * (normal.cdf(inside) + (x - inside) / math.sqrt(12))

    @staticmethod
    def _code(part: str, days: float) -> int:
        """Returns the category of a moment: month, weekday or hour."""
        day = math.floor(days)
        if part == "YEAR":
            return (_EPOCH + timedelta(days=day)).month - 1
        return (day + 3) % 7 if part == "WEEK" else min(23, int((days - day) * 24 + 1e-6))

    def _moment(self, days: float, codes: Any) -> float:
        """Returns the nearest moment within the range of the training rows that has some categories."""
        day, second = (round(days), 0) if self._is_whole else divmod(round(days * 86400), 86400)
        drawn = {part: round(x) for part, x in zip(self._form["parts"], codes, strict=False) if not math.isnan(x)}
        if "DAY" in drawn:
            second = drawn.pop("DAY") * 3600 + second % 3600
        start = day
        if "YEAR" in drawn:  # from the same day of the nearest such month on
            steps = (drawn["YEAR"] - self._code("YEAR", day) + 6) % 12 - 6
            date = _EPOCH + timedelta(days=day)
            year, month = divmod(date.year * 12 + date.month - 1 + steps, 12)
            start = (datetime(year, month + 1, min(date.day, monthrange(year, month + 1)[1])) - _EPOCH).days
        for step in range(800):
            other = start + (step // 2 + 1 if step % 2 else -(step // 2))
            inside = math.floor(self._least) <= other <= self._greatest
            if inside and all(code == self._code(part, other) for part, code in drawn.items()):
                day = other
                break
        return min(max(day + second / 86400, self._least), self._greatest)


# Models


def _log_sum(terms: Any) -> Any:
    """Returns log sum exp(terms) over the first axis."""
    greatest = terms.max(axis=0)
    greatest = numpy.where(numpy.isfinite(greatest), greatest, 0)
    return numpy.log(numpy.exp(terms - greatest).sum(axis=0)) + greatest


def _patterns(rows: Any) -> Iterator[tuple[Any, Any]]:
    """Returns the rows that miss the same cells, and their observed columns."""
    if rows.shape[1] > 0 and len(rows) > 0:
        patterns, places = numpy.unique(numpy.isnan(rows), axis=0, return_inverse=True)
        order = numpy.argsort(places.reshape(-1), kind="stable")
        ends = numpy.cumsum(numpy.bincount(places.reshape(-1)))
        for pattern, some in zip(patterns, numpy.split(order, ends[:-1]), strict=True):
            yield some, numpy.flatnonzero(~pattern)


class _Mixture:
    """A mixture, or a linear model, which is a mixture of one component."""

    def __init__(self, content: dict[str, Any], table: dict[str, Any], metadata: dict[str, str]) -> None:
        self.table, self.metadata = table, metadata
        self._linear = content.get("parameters")
        self.outputs = ["probability", "prediction", "logDensity", "anomalyScore"]
        if self._linear:
            self.outputs = ["latent", "latentVariance", "reconstruction", "reconstructionError", *self.outputs[2:]]
            mean, loadings, noise = (self._linear[name] for name in ("mean", "loadings", "noise"))
            self._linear["noise"] = numpy.broadcast_to(noise, len(mean))
            packed = [numpy.column_stack([loadings, self._linear["noise"]])]
            self._normals = {"means": mean[None], "covariances": packed, "type": "FACTOR"}
            numbers = {"columns": {"columns": [{"family": "GAUSSIAN"}] * len(mean)}, "weights": numpy.ones(1)}
            of_table: dict[str, Any] = {"mixture": numbers, "usualWeights": numpy.ones(1)}
        else:
            of_table = content["table"]
            self._normals = of_table["mixture"]["gaussian"]
        mixture, usual = of_table["mixture"], of_table["usualWeights"]
        self.places: list[int] = []
        self.cells: dict[int, Any] = {}
        student, discrete = iter(mixture.get("student", ())), iter(mixture.get("discrete", ()))
        for j, column in enumerate(mixture["columns"]["columns"]):
            if column["family"] == "GAUSSIAN":
                self.places.append(j)
            elif column["family"] == "STUDENT_T":
                self.cells[j] = _Student(next(student))
            else:
                self.cells[j] = _Discrete(column, next(discrete), content["table"]["features"][j]["name"])
        self.width = len(self.places) + len(self.cells)
        with numpy.errstate(divide="ignore"):
            self._weights, self.usual = numpy.log(mixture["weights"])[:, None], numpy.log(usual)[:, None]
        self._factor = lru_cache(maxsize=256)(self._cholesky)

    def _cholesky(self, component: int, *columns: int) -> tuple[Any, float]:
        """Returns U with U U' = P, the inverse covariance of some columns, and log |P|."""
        kind, covariances, d = self._normals["type"], self._normals["covariances"], len(self.places)
        if kind in ("DIAGONAL", "SPHERICAL"):
            covariance = numpy.diag(numpy.broadcast_to(covariances[0][component], d))
        else:
            covariance = covariances[component]
        if kind in ("FACTOR", "PPCA"):  # loadings and noise
            covariance = covariance[:, :-1] @ covariance[:, :-1].T + numpy.diag(covariance[:, -1])
        lower = numpy.linalg.cholesky(covariance[numpy.ix_(columns, columns)])
        return numpy.linalg.inv(lower).T, -2 * numpy.log(numpy.diag(lower)).sum()

    def normals(self, rows: Any) -> Iterator[tuple[int, Any, Any, Any, Any, float]]:
        """Returns component, rows, observed columns, U' (x - mean), U and log |P| for each pattern of the columns."""
        for some, observed in _patterns(rows[:, self.places]):
            columns = numpy.asarray(self.places)[observed]
            for i, mean in enumerate(self._normals["means"]):
                root, log_determinant = self._factor(0 if self._normals["type"] == "TIED" else i, *observed)
                yield i, some, columns, (rows[numpy.ix_(some, columns)] - mean[observed]) @ root, root, log_determinant

    def joint(self, rows: Any) -> tuple[Any, Any]:
        """Returns log p(x | k) without cells, k x n, and cumulants of minus log p(x | k), 3 x k x n."""
        joint = numpy.zeros((len(self._weights), len(rows)))
        cumulants = numpy.zeros((3, *joint.shape))
        for i, some, columns, white, _, log_determinant in self.normals(rows):
            p = len(columns)
            peak = 0.5 * (log_determinant - p * _LOG_TWO_PI)
            joint[i, some] += peak - 0.5 * (white**2).sum(axis=1)
            cumulants[:, i, some] += numpy.array([[0.5 * p - peak], [0.5 * p], [p]])
        for j, cells in self.cells.items():
            cumulants += cells.cumulants[:, :, None] * ~numpy.isnan(rows[:, j])
        return joint, cumulants

    def log_cell(self, rows: Any, j: int, floor: float) -> Any:
        """Returns log p(x_j | k), k x n; 0 of a missing cell."""
        return numpy.where(numpy.isnan(rows[:, j]), 0, numpy.maximum(floor, self.cells[j].log_density(rows[:, j])))

    def score(self, rows: Any) -> dict[str, Any]:
        joint, cumulants = self.joint(rows)
        for j in self.cells:
            joint += self.log_cell(rows, j, -numpy.inf)
        density, score = _log_sum(joint + self._weights), -_log_sum(joint + self.usual)
        shares = numpy.where(density == -numpy.inf, 1 / len(joint), numpy.exp(joint + self._weights - density))
        density[numpy.isnan(rows).all(axis=1)] = score[numpy.isnan(rows).all(axis=1)] = numpy.nan
        cumulants[0] -= numpy.where(numpy.isfinite(self.usual), self.usual, 0)  # the others have no share
        found = {"logDensity": density, "anomalyScore": score, "cumulants": (cumulants, self.usual[:, 0])}
        if not self._linear:
            return {"probability": shares.T, "prediction": shares.argmax(axis=0), **found}
        mean, loadings, noise = (self._linear[name] for name in ("mean", "loadings", "noise"))
        latent, variances = numpy.zeros((2, len(rows), loadings.shape[1]))
        for some, observed in _patterns(rows):
            white = loadings[observed] / noise[observed, None]
            posterior = numpy.linalg.inv(numpy.eye(loadings.shape[1]) + loadings[observed].T @ white)
            latent[some] = (rows[numpy.ix_(some, observed)] - mean[observed]) @ white @ posterior
            variances[some] = numpy.diag(posterior)
        fitted, seen = mean + latent @ loadings.T, ~numpy.isnan(rows)
        error = (numpy.where(seen, rows - fitted, 0) ** 2).sum(axis=1) / numpy.maximum(1, seen.sum(axis=1))
        found.update(latent=latent, latentVariance=variances, reconstruction=fitted, reconstructionError=error)
        return found


class _Network:
    """A network in an ONNX file."""

    def __init__(self, file: Path) -> None:
        try:
            import onnxruntime
        except ImportError:
            raise ImportError("networks need the extra onnx: pip install onnxruntime") from None
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3  # it warns that the noise of a network is an input with a default
        try:
            self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # it has a class for each kind of damage
            raise ValueError(f"{file} is no ONNX file that can be read, export it again: {error}") from None
        self.metadata = dict(self._session.get_modelmeta().custom_metadata_map)
        if "spark_latent.table" not in self.metadata:
            raise ValueError(f"{file} is no whole model of spark-latent: it does not say which columns it reads")
        self.table = json.loads(self.metadata["spark_latent.table"])
        self.width = self._session.get_inputs()[0].shape[1]
        self.outputs = [output.name for output in self._session.get_outputs()]

    def score(self, rows: Any) -> dict[str, Any]:
        found = self._session.run(self.outputs, {"features": rows.astype(numpy.float32)})
        return dict(zip(self.outputs, found, strict=True))


def _cumulants(shares: Any, logs: Any) -> Any:
    """Returns the first three cumulants of minus some logs whose shares are along the first axis."""
    shares = shares / shares.sum(axis=0)
    mean = -numpy.where(shares > 0, shares * logs, 0).sum(axis=0)
    rest = numpy.where(shares > 0, -logs - mean, 0)
    return numpy.stack([mean, (shares * rest**2).sum(axis=0), (shares * rest**3).sum(axis=0)])


class _Student:
    """A number with a t distribution in each component."""

    def __init__(self, parameters: Any) -> None:
        self.location, scale, self.degrees = (column[:, None] for column in parameters.T)
        self.deviation, half = numpy.sqrt(scale), 0.5 * self.degrees
        self._constant = _log_gamma(half + 0.5) - _log_gamma(half) - 0.5 * numpy.log(math.pi * self.degrees * scale)
        logs = self.log_density(self.location + self.deviation * _NODES)[:, :, 0]
        self.cumulants = _cumulants(numpy.exp(logs + _LOG_STEPS[:, 0]), logs)

    def log_density(self, x: Any) -> Any:
        """Returns log p(x | k), k x n."""
        squares = ((x - self.location) / self.deviation) ** 2
        return self._constant - 0.5 * (self.degrees + 1) * numpy.log1p(squares / self.degrees)

    def log_odd(self, shares: Any, x: Any) -> Any:
        """Returns the log probability of values at least as odd, with log shares of the components, k x n."""
        far = self.log_density(x) + numpy.log(numpy.abs(x - self.location) / self.degrees)
        tail = self.log_tail(x)
        return _log_sum(shares + math.log(2) + numpy.where(tail > math.log(_TINY), tail, far))

    def log_tail(self, x: Any) -> Any:
        """Returns the log probability of values as far from the location on the same side."""
        distance = numpy.abs(x - self.location)
        return _log_tail(lambda y: self.log_density(self.location + y), distance, distance + self.deviation)


class _Discrete:
    """A category, a count or the bins of a histogram in each component."""

    def __init__(self, column: dict[str, Any], parameters: Any, name: str) -> None:
        self.family, self._levels, self._parameters, self._name = column["family"], column["levels"], parameters, name
        if self.family not in ("CATEGORICAL", "HISTOGRAM", "POISSON", "NEGATIVE_BINOMIAL"):
            raise ValueError(f"column {name} has the family {self.family}, which another version of spark-latent knows")
        self._is_count = self.family in ("POISSON", "NEGATIVE_BINOMIAL")
        self._edges, self._log_width, self.means = numpy.zeros(1), numpy.zeros(self._levels), parameters[:, 0]
        if self.family == "HISTOGRAM":
            self._cut(column["bins"]["knots"], numpy.array(column["bins"]["starts"]))
        with numpy.errstate(divide="ignore"):
            self._log_shares = self._log_count(numpy.arange(self._levels)) if self._is_count else numpy.log(parameters)
        self._table = self._log_shares + self._log_width
        self.cumulants = _cumulants(numpy.exp(self._log_shares).T, self._table.T)

    def _cut(self, knots: dict[str, Any], starts: Any) -> None:
        """Finds edges and means of the bins, and the share that each interval between knots has in its bin."""
        self._knots, masses = knots["knots"], knots["masses"]
        self._edges = self._knots[numpy.append(starts, len(masses))]
        if self._edges[-1] == self._edges[-2]:  # a last bin of one number is as wide as bins are on average
            self._edges[-1] += (self._edges[-1] - self._edges[0]) / len(starts) or 1
        inside = numpy.ones(len(starts))
        inside[0] -= _BEYOND
        inside[-1] -= _BEYOND
        self._log_width = numpy.log(inside) - numpy.log(numpy.diff(self._edges))
        self._bins = numpy.repeat(numpy.arange(len(starts)), numpy.diff(numpy.append(starts, len(masses))))
        totals = numpy.bincount(self._bins, masses)[self._bins]
        counts = numpy.bincount(self._bins)[self._bins]
        self._within = numpy.where(totals > 0, masses / numpy.maximum(totals, _TINY), 1 / counts)
        self._are_whole, gaps = bool((self._knots == numpy.rint(self._knots)).all()), numpy.diff(self._knots)
        middles = self._knots[:-1] + 0.5 * (gaps - (self._are_whole & (gaps > 0)))
        self.means = self._parameters @ numpy.bincount(self._bins, self._within * middles)

    def log_density(self, x: Any) -> Any:
        """Returns log p(x | k), k x n."""
        missing = numpy.isnan(x)
        x = numpy.where(missing, self._edges[0], x)
        if self.family == "HISTOGRAM":
            bins = numpy.clip(numpy.searchsorted(self._edges, x, side="right") - 1, 0, self._levels - 1)
            width, distance = self._edges[-1] - self._edges[0], numpy.maximum(self._edges[0] - x, x - self._edges[-1])
            tail = math.log(_BEYOND * width) - 2 * numpy.log(width + numpy.maximum(distance, 0))
            found = self._log_shares[:, bins] + numpy.where(distance > 0, tail, self._log_width[bins])
        else:
            for wrong in x[(x < 0) | (x != numpy.rint(x)) | ((x >= self._levels) & (not self._is_count))]:
                raise ValueError(f"column {self._name} has {wrong}, expected a level, a count or a missing cell")
            found = self._table[:, numpy.minimum(x, self._levels - 1).astype(int)]
            beyond = x >= self._levels
            found[:, beyond] = self._log_count(x[beyond]) if beyond.any() else 0
        return numpy.where(missing, numpy.nan, found)

    def _log_count(self, x: Any) -> Any:
        mean = self._parameters[:, :1]
        if self.family == "POISSON":
            return x * numpy.log(mean) - mean - _log_gamma(x + 1)
        size = self._parameters[:, 1:]
        ratio = _log_gamma(size + x) - _log_gamma(size) - x * numpy.log(size + mean)
        return ratio - _log_gamma(x + 1) + x * numpy.log(mean) - size * numpy.log1p(mean / size)

    def _log_levels(self, shares: Any) -> Any:
        """Returns the log density of each level with log shares of the components, levels x n."""
        return _log_sum(shares[:, None, :] + numpy.maximum(_FLOOR, self._table)[:, :, None])

    def log_odd(self, shares: Any, x: Any) -> Any:
        """Returns the log probability of the values whose density is not greater than that of x."""
        own = _log_sum(shares + numpy.maximum(_FLOOR, self.log_density(x))) + 1e-9  # equal but for rounding
        levels = self._log_levels(shares)
        logs = levels - self._log_width[:, None]
        sums = numpy.where(levels <= own, numpy.exp(logs - own), 0).sum(axis=0)
        if self.family == "HISTOGRAM":
            log_range = math.log(self._edges[-1] - self._edges[0])
            for mass in logs[[0, -1]] + math.log(_BEYOND):
                sums += numpy.exp(mass + log_range - numpy.maximum(log_range, 0.5 * (mass + log_range - own)) - own)
        for i in numpy.flatnonzero(~numpy.isnan(x)) if self._is_count else ():
            sums[i] += self._tail(shares[:, i], max(x[i], self._levels), own[i])
        return own + numpy.log(numpy.maximum(sums, 5e-324))

    def _tail(self, shares: Any, first: float, own: float) -> float:
        """Returns the sum of p / exp(own) of the counts from the first on that are not more probable than exp(own)."""
        start = self._log_count(numpy.array([first]))
        tail, count = 0.0, 64
        while True:
            logs = self._log_count(numpy.arange(first, first + count))
            terms = numpy.exp(_log_sum(shares[:, None] + numpy.maximum(_FLOOR, start) + (logs - start)) - own)
            part = terms[terms <= 1].sum()
            tail, first, count = tail + part, first + count, min(2 * count, 1 << 16)
            if terms[-1] <= 1 and part <= 1e-12 * tail:
                return tail

    def expected(self, shares: Any) -> Any:
        """Returns the most probable level of a category, else the mean."""
        is_category = self.family == "CATEGORICAL"
        return self._log_levels(shares).argmax(axis=0) if is_category else self.means @ numpy.exp(shares)

    def quantile(self, shares: Any, share: float) -> Any:
        masses = numpy.exp(self._log_levels(shares) - self._log_width[:, None])
        if self._is_count:  # at most the greatest count of the training rows
            return (numpy.cumsum(masses[:-1], axis=0) < share).sum(axis=0)
        below = numpy.cumsum(masses[self._bins] * self._within[:, None], axis=0)
        found = numpy.array([numpy.interp(share, [0, *own], self._knots) for own in below.T])
        return numpy.floor(found) if self._are_whole else found


class _Explanation:
    """The distribution of each group of numbers of a row, those of a column of the table, given its other numbers."""

    def __init__(self, mixture: _Mixture, rows: Any, groups: list[Any]) -> None:
        self._cells, self._groups, rows = mixture.cells, groups, numpy.clip(rows, -_FAR, _FAR)
        joint = mixture.joint(rows)[0] + mixture.usual
        own, distances = numpy.zeros((2, *joint.shape, len(groups)))
        self._means, self._variances = numpy.full((2, *joint.shape, rows.shape[1]), numpy.nan)
        for i, some, columns, white, root, _ in mixture.normals(rows):
            for c, group in enumerate(groups):
                places = numpy.flatnonzero(numpy.isin(columns, group))
                if len(places):  # P_cc = L L', e = P_cc^-1 (P (x - mean))_c
                    lower = numpy.linalg.cholesky(root[places] @ root[places].T)
                    inverse = numpy.linalg.inv(lower)
                    odd = white @ root[places].T @ inverse.T
                    distances[i, some, c] = (odd**2).sum(axis=1)
                    constant = numpy.log(numpy.diag(lower)).sum() - 0.5 * len(places) * _LOG_TWO_PI
                    own[i, some, c] = constant - 0.5 * distances[i, some, c]
                    at = numpy.ix_([i], some, columns[places])
                    self._means[at] = rows[numpy.ix_(some, columns[places])] - odd @ inverse
                    self._variances[at] = (inverse**2).sum(axis=0)
        for c, group in enumerate(groups):
            for j in set(group) & self._cells.keys():
                density = mixture.log_cell(rows, j, _FLOOR if isinstance(self._cells[j], _Discrete) else -numpy.inf)
                own[:, :, c] += density
                joint += density
        self._shares = joint[:, :, None] - own
        self._shares -= _log_sum(self._shares)
        self.contributions = numpy.empty((len(rows), len(groups)))
        for c, group in enumerate(groups):
            shares = self._shares[:, :, c]
            seen = (~numpy.isnan(rows[:, [j for j in group if j not in self._cells]])).sum(axis=1)
            odd = _log_chi_square(numpy.maximum(seen, 1), numpy.where(seen > 0, distances[:, :, c], numpy.nan))
            parts = [self._cells[j].log_odd(shares, rows[:, j]) for j in group if j in self._cells]
            parts.append(_log_sum(shares + odd))
            known = (~numpy.isnan(parts)).sum(axis=0)
            self.contributions[:, c] = numpy.maximum(0, -numpy.fmin.reduce(parts) - numpy.log(known))

    def given(self, index: Any, group: int, ends: Sequence[float]) -> list[Any]:
        """Returns what the numbers of a group are expected to be in some rows, and quantiles of the first one."""
        found = [numpy.empty((len(index), len(self._groups[group])))] + [numpy.empty((len(index), 1)) for _ in ends]
        shares = self._shares[:, index, group]
        for place, j in enumerate(self._groups[group]):
            cells = self._cells.get(j)
            if isinstance(cells, _Discrete):
                found[0][:, place] = cells.expected(shares)
                quantile = cells.quantile
            else:
                means = cells.location if cells else self._means[:, index, j]
                deviations = cells.deviation if cells else numpy.sqrt(self._variances[:, index, j])
                found[0][:, place] = (numpy.exp(shares) * means).sum(axis=0)
                log_tail = cells.log_tail if cells else partial(_log_normal, means, deviations)
                quantile = partial(_quantile, means, deviations, log_tail)
            for end, share in zip(found[1:] if place == 0 else (), ends if place == 0 else (), strict=True):
                end[:, 0] = quantile(shares, share)
        return found


def _log_normal(means: Any, deviations: Any, x: Any) -> Any:
    return numpy.log(0.5 * _complement(numpy.abs(x - means) / deviations / 2**0.5))


def _quantile(means: Any, deviations: Any, log_tail: Any, shares: Any, share: float) -> Any:
    """Returns a quantile of symmetric distributions with log shares, k x n."""
    low = (means - 13 * deviations + numpy.zeros_like(shares)).min(axis=0)  # enough for 1.5 degrees of freedom
    high = (means + 13 * deviations + numpy.zeros_like(shares)).max(axis=0)
    for _ in range(64):
        middle = 0.5 * (low + high)
        tail = numpy.exp(log_tail(middle))
        is_low = (numpy.exp(shares) * numpy.where(middle > means, 1 - tail, tail)).sum(axis=0) < share
        low, high = numpy.where(is_low, middle, low), numpy.where(is_low, high, middle)
    return 0.5 * (low + high)


def _log_tail(log_density: Any, x: Any, scale: Any) -> Any:
    """Returns the log integral of a density above x, k x n, by exp-sinh quadrature (Takahasi and Mori 1974)."""
    with numpy.errstate(over="ignore"):
        return _log_sum(log_density(x + scale * _NODES) + _LOG_STEPS) + numpy.log(scale)


def _log_chi_square(degrees: Any, squares: Any) -> Any:
    """Returns the log probability of a square at least as large."""
    a = 0.5 * degrees
    return _log_tail(lambda y: (a - 1) * numpy.log(y) - y - _log_gamma(a), 0.5 * squares, 1.0)


def _load_pyfunc(path: str) -> SimpleNamespace:
    """Loads the flavour python_function of MLflow."""
    scorer = Scorer(path)
    return SimpleNamespace(predict=lambda rows, params=None: scorer.predict(rows, **(params or {})))
