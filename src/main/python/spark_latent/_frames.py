"""Tables that methods take: of Spark, pandas, Polars, Arrow and others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, Union

import numpy

from spark_latent._errors import LatentError
from spark_latent._session import is_remote, session

if TYPE_CHECKING:
    import pandas
    from pyspark.sql import DataFrame

__all__ = ["GAPS", "Data", "Local", "analysed", "is_of_spark", "is_table", "quoted", "returned", "spark_frame"]

#: Texts that stand for a missing value.
GAPS = ("", "NA", "?")

#: Column with the number of a row of a pandas frame.
_ROW = "spark_latent.row"

#: Kinds of the types of numpy and pandas whose cells are numbers.
_NUMBERS = "fiub"


class _Arrow(Protocol):
    """A table of Arrow, Polars, DuckDB or another library that passes columns as Arrow does."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


class _Convertible(Protocol):
    def to_pandas(self) -> pandas.DataFrame: ...


#: A table in the memory of this program. Methods that return rows return a frame of pandas for it.
Local: TypeAlias = Union["pandas.DataFrame", _Arrow, _Convertible]

#: A table of Spark, or one in the memory of this program.
Data: TypeAlias = Union["DataFrame", Local]


def is_of_spark(dataset: object) -> bool:
    """Returns whether an object is a table of Spark, or of pandas on Spark."""
    return hasattr(dataset, "sparkSession") or hasattr(dataset, "to_spark")


def is_table(dataset: object) -> bool:
    """Returns whether an object can be read as a table, and not as one row of numbers."""
    if is_of_spark(dataset):
        return True
    is_row = len(getattr(dataset, "shape", ())) == 1  # a column of pandas, say
    return not is_row and any(hasattr(dataset, way) for way in ("to_pandas", "__arrow_c_stream__", "columns"))


def spark_frame(dataset: Any) -> Any:
    """Returns a table of Spark of any table."""
    given = _local(dataset)
    return _of_spark(dataset) if given is None else _of_pandas(given)


def returned(dataset: Any, added: Callable[[Any], Any]) -> Any:
    """Returns what a function returns for a table of Spark; for others a frame of pandas, with the index of a frame.

    Of a frame, only added columns come from Spark: its own keep their types.
    """
    given = _local(dataset)
    if given is None:
        return analysed(added(_of_spark(dataset)))
    numbered = given.assign(**{_ROW: range(len(given))})  # rows may be left out
    table = added(_of_pandas(numbered))
    own = {*map(str, given.columns)}
    frame = table.select([quoted(name) for name in table.columns if name not in own]).toPandas()
    if frame[_ROW].duplicated().any():  # several imputations, which shuffle the rows
        frame = frame.sort_values(_ROW, kind="stable")
    kept = given.iloc[frame.pop(_ROW)]
    frame.index = kept.index
    return kept.assign(**frame)


def analysed(table: Any) -> Any:
    """Returns a table after Spark Connect has looked at it, so that a mistake is reported here and not by an action."""
    if is_remote():
        table.schema  # noqa: B018
    return table


def quoted(name: str) -> str:
    """Returns the name of a column as Spark reads it, also if it has a point."""
    return "`{}`".format(name.replace("`", "``"))


def _is_pandas(dataset: object) -> bool:
    modules = {kind.__module__.split(".")[0] for kind in type(dataset).__mro__}
    return "pandas" in modules and hasattr(dataset, "columns")


def _of_spark(dataset: Any) -> Any:
    return dataset if hasattr(dataset, "sparkSession") else dataset.to_spark()  # a table of pandas on Spark


def _local(dataset: Any) -> Any:
    """Returns a frame of pandas with the rows of a table in memory; None for a table of Spark."""
    if is_of_spark(dataset):
        return None
    frame = dataset
    if not _is_pandas(dataset):
        if hasattr(dataset, "__arrow_c_stream__"):
            import pandas
            import pyarrow

            table = None
            with suppress(TypeError, ValueError):  # a column, say
                table = pyarrow.table(dataset)
            if table is not None:
                whole = {pyarrow.int64(): pandas.Int64Dtype(), pyarrow.uint64(): pandas.UInt64Dtype()}
                frame = table.to_pandas(types_mapper=whole.get)  # a float has no whole numbers of 64 bits
        elif hasattr(dataset, "to_pandas"):
            frame = dataset.to_pandas()
    if not _is_pandas(frame):
        library, name = type(dataset).__module__.partition(".")[0], type(dataset).__qualname__
        more = "; call its collect() first" if hasattr(dataset, "collect_schema") else ""  # of Polars
        raise LatentError(
            f"dataset is a {name if library == 'builtins' else f'{library}.{name}'}, expected a table of Spark, pandas,"
            f" Polars or Arrow, or one with to_pandas{more}"
        )
    return frame


def _list(cell: Any) -> Any:
    """Returns a cell of a column of lists as Spark reads it."""
    return cell.tolist() if isinstance(cell, numpy.ndarray) else cell if isinstance(cell, list) else None


def _of_pandas(given: Any) -> Any:
    from pyspark.sql.functions import lit

    if len(given) == 0:
        raise LatentError("the frame has no rows")
    same: Any = str if session().conf.get("spark.sql.caseSensitive") == "true" else str.casefold
    names = [str(name) for name in given.columns]
    counts = Counter(map(same, names))
    if twice := [name for name in names if counts[same(name)] > 1]:
        raise LatentError(f'the frame has several columns "{twice[0]}"; rename or drop all but one')
    empty = [name for name in given.columns if given[name].isna().all()]
    known = given.drop(columns=empty)
    if known.shape[1] == 0:
        raise LatentError(f"no cell of the frame has a value; its columns are {', '.join(map(str, given.columns))}")
    frame = known.copy()
    for name in known.columns:
        kind = known[name].dtype
        # Spark reads NaT as null, and the library NaN as a missing number. Types of pandas have NA, and texts NaN.
        is_read = kind.kind == "M" or (isinstance(kind, numpy.dtype) and kind.kind in _NUMBERS)
        if kind.kind in "cm" or kind.name.startswith(("period", "interval")):
            raise LatentError(f'column "{name}" is of type {kind}, which Spark cannot read; make it a number or a text')
        if kind.kind == "O" and known[name].map(lambda cell: isinstance(cell, numpy.ndarray)).any():  # lists of Arrow
            frame[name] = known[name].map(_list)
        elif kind.name == "category" or (not is_read and known[name].isna().any()):
            frame[name] = known[name].astype(object).where(known[name].notna(), None)
        elif kind.kind == "u":  # Spark has no such numbers
            frame[name] = known[name].astype(float if kind.itemsize == 8 else "int64")
    table = session().createDataFrame(frame)
    for name in empty:  # Spark finds no type where there is no value
        is_number = given[name].dtype.kind in _NUMBERS
        table = table.withColumn(str(name), lit(None).cast("double" if is_number else "string"))
    return table.select(*[quoted(str(name)) for name in given.columns])
