"""What a terminal and a notebook show."""

from __future__ import annotations

import contextlib
import html
import json
import os
from typing import TYPE_CHECKING, Any

from spark_latent._errors import LatentError

if TYPE_CHECKING:
    import pandas

    from spark_latent._base import LatentModel

#: Rows and columns of a table that are shown.
_ROWS, _COLUMNS = 20, 12

#: Characters of a cell that are shown.
_WIDTH = 60


class Table(list[dict[str, Any]]):
    """A small table: a list of dictionaries, which a notebook shows as a table.

    >>> model = sl.AnomalyDetector().fit(df)
    >>> model.top(3)["reasons"]                         # a column; model.top(3)[0] is a row
    >>> frame = model.top(3).toPandas()
    """

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        names: dict[str, None] = {}
        for row in self:
            names.update(dict.fromkeys(row))
        return list(names)

    def __getitem__(self, place: Any) -> Any:
        """Returns a row, or the values of the column of a name, as a frame of pandas has them."""
        return self.column(place) if isinstance(place, str) else super().__getitem__(place)

    def column(self, name: str) -> list[Any]:
        """Returns the values of a column; None where a row has none."""
        return [row.get(name) for row in self]

    def toPandas(self) -> pandas.DataFrame:
        """Returns the table as a frame of pandas."""
        import pandas

        return pandas.DataFrame(list(self), columns=self.columns)

    def __repr__(self) -> str:
        names = self.columns[:_COLUMNS]
        cells = [names] + [[_text(row.get(name)) for name in names] for row in self[:_ROWS]]
        widths = [max(len(row[i]) for row in cells) for i in range(len(names))]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells
        ]
        return "\n".join([*lines, *self._more()])

    def _repr_html_(self) -> str:
        names = self.columns[:_COLUMNS]
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_text(row.get(name)))}</td>" for name in names) + "</tr>"
            for row in self[:_ROWS]
        )
        more = "".join(f"<p>{html.escape(line)}</p>" for line in self._more())
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"

    def _more(self) -> list[str]:
        more = []
        if len(self) > _ROWS:
            more.append(f"{_ROWS} of {len(self)} rows")
        if len(self.columns) > _COLUMNS:
            more.append(f"{_COLUMNS} of {len(self.columns)} columns; toPandas() has all")
        return more


def frame(rows: list[dict[str, Any]], index: str) -> Any:
    """Returns rows as a frame of pandas with a column as its index, or as a Table if pandas is not installed."""
    try:
        import pandas
    except ImportError:
        return Table(rows)
    return pandas.DataFrame(rows, columns=Table(rows).columns or [index]).set_index(index)


def _text(value: Any) -> str:
    if value is None:
        return ""
    text = f"{value:.5g}" if isinstance(value, float) else str(value)
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"


def reason(row: dict[str, Any], part: dict[str, Any]) -> str:
    """Returns a column that contributes to the score of a row, with its value: a text as it is, a number rounded."""
    value = row.get(part["column"])
    return f"{part['column']} = {_text(value if isinstance(value, float) else part['value'])}"


class Report:
    """An HTML page, complete in itself. A notebook shows it.

    >>> report = sl.Clusterer().fit(df).report(df)
    >>> report.save("report.html")
    """

    def __init__(self, page: str) -> None:
        #: The text of the page.
        self.html = page

    def save(self, path: str) -> str:
        """Writes the page to a file of this machine and returns its path."""
        write_file(path, self.html.encode())
        return path

    def _repr_html_(self) -> str:
        return f'<iframe srcdoc="{html.escape(self.html)}" width="100%" height="800" frameborder="0"></iframe>'

    def __repr__(self) -> str:
        return f"Report of {len(self.html):,} characters; save(path) writes it"


def write_file(path: str, content: bytes) -> None:
    """Writes a file of this machine, of which nobody sees a part."""
    part = f"{path}.part"
    try:
        try:
            with open(part, "wb") as file:
                file.write(content)
            os.replace(part, path)
        except OSError:
            with contextlib.suppress(OSError):
                os.remove(part)
            raise
    except OSError as error:
        is_missing = isinstance(error, FileNotFoundError)
        why = f"there is no directory {os.path.dirname(path)}" if is_missing else error.strerror
        raise LatentError(f"{path} cannot be written: {why}; name another file") from None


def model_html(model: LatentModel) -> str:
    """Returns the description and the metrics of a model."""
    (description,), (text,) = model._once("metrics")
    metrics = json.loads(text)
    rows = [
        (f"{part} {name}", _text(value))
        for part in ("rows", "train", "holdout")
        for name, value in (metrics.get(part) or {}).items()
        if isinstance(value, (int, float, str, bool))
    ]
    body = "".join(f"<tr><th>{html.escape(name)}</th><td>{html.escape(value)}</td></tr>" for name, value in rows)
    return f"<p><b>{html.escape(description)}</b></p><table><tbody>{body}</tbody></table>"
