"""Sample tables, packed in the wheel: 0.5 MB, read without a network.

>>> df = sl.datasets.shoppers()
>>> sl.AnomalyDetector(k=8).fit(df).top(10)

All are of the UCI Machine Learning Repository, licence CC BY 4.0. The rows are in one partition, in the order of the
repository, so that ``randomSplit`` gives the same rows on every machine.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import resources
from typing import TYPE_CHECKING, Any

from spark_latent._session import session

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["adult", "credit", "digits", "shoppers"]

#: Types of a column that is no text, with what reads a cell: the first one that reads all cells is taken.
_TYPES: dict[str, Callable[[str], Any]] = {
    "int": int,
    "double": float,
    "boolean": {"TRUE": True, "FALSE": False}.__getitem__,
}


def shoppers(spark: SparkSession | None = None) -> DataFrame:
    """12,330 sessions of a web shop: what the visitors did, when, and whether they bought, in 18 columns.

    ``Administrative``, ``Informational`` and ``ProductRelated`` are numbers of pages, each with a ``_Duration`` in
    seconds; 47 rows lack some cells. ``BounceRates``, ``ExitRates`` and ``PageValues`` are means over the pages
    of the session, ``SpecialDay`` says how near such a day is, from 0 to 1. ``OperatingSystems``, ``Browser``,
    ``Region`` and ``TrafficType`` are codes in numbers, ``Month`` and ``VisitorType`` texts, ``Weekend`` and
    ``Revenue``, a purchase, are booleans.

    Source: Online Shoppers Purchasing Intention, C. Sakar and Y. Kastro, https://doi.org/10.24432/C5F88Q.

    Parameters
    ----------
    spark : SparkSession, optional
        Default: that of :py:func:`session`.
    """
    return _table("shoppers", spark, missing="-1")


def adult(spark: SparkSession | None = None) -> DataFrame:
    """5,000 people of the United States' census of 1994, in 14 columns.

    ``age``, ``education_num``, ``capital_gain``, ``capital_loss`` and ``hours_per_week`` are numbers. ``workclass``,
    ``education``, ``marital_status``, ``occupation``, ``relationship``, ``race``, ``sex``, ``native_country`` and
    ``income``, above 50,000 dollars or not, are texts. Cells of three columns are missing.

    Source: Adult, B. Becker and R. Kohavi, https://doi.org/10.24432/C5XW20; the first rows, without ``fnlwgt``.

    Parameters
    ----------
    spark : SparkSession, optional
        Default: that of :py:func:`session`.
    """
    return _table("adult", spark, missing="?")


def credit(spark: SparkSession | None = None) -> DataFrame:
    """5,000 clients of credit cards in Taiwan in 2005, in 25 columns of numbers.

    ``id``, ``limit_bal``, codes of ``sex``, ``education`` and ``marriage``, ``age``; of six months back from September,
    the status ``pay_1`` to ``pay_6`` in months of delay, the bill ``bill_amt1`` to ``bill_amt6`` and what was paid,
    ``pay_amt1`` to ``pay_amt6``, in dollars of Taiwan; and ``default``, 1 if the next payment was missed.

    Source: Default of Credit Card Clients, I-C. Yeh, https://doi.org/10.24432/C55S3H; the first rows.

    Parameters
    ----------
    spark : SparkSession, optional
        Default: that of :py:func:`session`.
    """
    return _table("credit", spark)


def digits(spark: SparkSession | None = None) -> DataFrame:
    """1,797 handwritten digits of 8 x 8 grey pixels, in 65 columns of whole numbers.

    ``pixel0`` to ``pixel63`` go row by row from the top left, from 0, white, to 16, black. ``label`` is the digit.

    Source: Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, https://doi.org/10.24432/C50P49; the
    rows of the test set.

    Parameters
    ----------
    spark : SparkSession, optional
        Default: that of :py:func:`session`.
    """
    return _table("digits", spark, names=[*(f"pixel{i}" for i in range(64)), "label"])


def _table(name: str, spark: Any, missing: str = "", names: Sequence[str] = ()) -> DataFrame:
    """Returns a table of the package; its cells are sent from here, since no other machine has its file."""
    packed = (resources.files("spark_latent") / "data" / f"{name}.csv.gz").read_bytes()
    lines = list(csv.reader(io.StringIO(gzip.decompress(packed).decode())))
    names = names or lines.pop(0)
    columns = [
        _typed([None if cell in ("", missing) else cell for cell in column]) for column in zip(*lines, strict=True)
    ]
    schema = ", ".join(f"{column} {kind}" for column, (kind, _) in zip(names, columns, strict=True))
    rows: Any = list(zip(*(cells for _, cells in columns), strict=True))
    with suppress(ImportError):  # Spark reads rows of Python in processes of Python, which complain about a limit
        import pyarrow

        kinds = {"int": pyarrow.int32(), "double": pyarrow.float64()}
        cells = [pyarrow.array(column, kinds.get(kind)) for kind, column in columns]
        rows = pyarrow.Table.from_arrays(cells, list(names))
    return (spark or session()).createDataFrame(rows, schema).coalesce(1)


def _typed(cells: list[str | None]) -> tuple[str, list[Any]]:
    for kind, read in _TYPES.items():
        with suppress(KeyError, ValueError):
            return kind, [None if cell is None else read(cell) for cell in cells]
    return "string", list(cells)
