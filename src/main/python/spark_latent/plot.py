"""Pictures of a model, drawn by matplotlib from the tables that the model gives."""

from __future__ import annotations

import re
import tempfile
import textwrap
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import Any

from spark_latent._base import _no_label, _place
from spark_latent._errors import LatentError
from spark_latent._frames import GAPS, quoted, spark_frame

#: Rows of a table whose codes are drawn.
_ROWS = 5000

#: Rows of a table whose labels are compared with their scores; anomalies are few.
_LABELLED = 100_000

#: Most values of a column of numbers that have a bar each.
_FEW = 8

#: What a category is if it is missing, as jobs read texts by default.
_GAPS = (None, *GAPS)

#: The most frequent category of a group, with its share.
_SHARE = re.compile(r"(.*) \((\d+)%\)", re.DOTALL)

#: Most groups whose values are written into their picture.
_TEXTS = 8

#: Most values of a column that have a colour and an entry in the legend each.
_LEVELS = 20

#: The colours of all pictures: of what is usual or real, of what is compared with it, of what is flagged, and of lines.
_USUAL, _OTHER, _FLAGGED, _LINE = "C0", "C1", "C3", "0.5"

#: Metrics of a round that are drawn, the first that a model has.
_OBJECTIVES = ("objective", "heldOut.loss", "holdout.loss", "train.loss", "loss")


def draw(model: Any, what: str | None, dataset: Any, ax: Any = None, **options: Any) -> Any:
    """Draws what :py:meth:`LatentModel.plot` describes and returns the axes."""
    pictures: dict[str, Any] = {
        "history": history,
        "profiles": profiles,
        "codes": codes,
        "traversal": traversal,
        "severity": severity,
        "reasons": reasons,
        "waterfall": waterfall,
        "roc": roc,
        "precision": precision,
        "synthetic": synthetic,
        "drift": drift,
        "missing": missing,
    }
    chosen = what or ("codes" if dataset is not None else "history")
    if what is None and model._column("isAnomalyCol") and not model._column("predictionCol"):  # a detector
        chosen = "history" if dataset is None and model._training is None else "severity"
    if chosen not in pictures:
        raise LatentError(f"plot has no picture {chosen!r}; it has {', '.join(sorted(pictures))}")
    try:
        from matplotlib import pyplot
    except ImportError:
        raise LatentError("plot needs matplotlib: pip install matplotlib") from None
    if ax is None:
        size = (7.0, 5.0 if chosen == "synthetic" else 4.0)
        if chosen == "profiles":
            groups, columns = len(model._groups()), len(model._groups().columns) - 3
            height = 1.2 + 0.35 * min(columns, options.get("columns", 12))
            size = (max(7, 3 + (0.65 if groups <= _TEXTS else 0.4) * groups), max(4, height))
        _, ax = pyplot.subplots(figsize=size, layout="constrained")
    return pictures[chosen](model, dataset, ax, **options)


def _titled(ax: Any, title: str, x: str = "", y: str = "") -> Any:
    """Names a picture and its axes, all in the same way; returns the axes."""
    ax.set_title(title, loc="left", fontsize="medium")
    ax.set_xlabel(x)
    ax.set_ylabel(y)
    return ax


def _parts(ax: Any, lines: int, columns: int, **spaces: Any) -> list[Any]:
    """Returns axes in a grid at the place of others, which are removed."""
    figure, place = ax.figure, ax.get_subplotspec()
    if place is None:  # axes at a place of their own
        box = ax.get_position()
        sides = {"left": box.x0, "right": box.x1, "bottom": box.y0, "top": box.y1}
        grid = figure.add_gridspec(lines, columns, **{"wspace": 0.3, "hspace": 0.5}, **sides, **spaces)
    else:
        grid = place.subgridspec(lines, columns, **spaces)
    ax.remove()
    return [figure.add_subplot(grid[i // columns, i % columns]) for i in range(lines * columns)]


def history(model: Any, dataset: Any, ax: Any, metrics: list[str] | None = None) -> Any:
    """Draws metrics of the rounds; by default the objective."""
    rounds = model._rounds()
    if not rounds:
        raise LatentError("this model has no record of its rounds, so there is no history to draw")
    names = metrics or [name for name in rounds.columns if name in _OBJECTIVES][:1]
    names = names or [name for name in rounds.columns if name.endswith("oss")][:2]
    for name in names:
        values = rounds.column(name)
        points = [point for point in zip(rounds.column("round"), values, strict=True) if point[1] is not None]
        if not points:
            raise LatentError(f"the rounds have no metric {name}; they have {', '.join(rounds.columns[1:])}")
        ax.plot(*zip(*points, strict=True), label=name)
    if len(names) > 1:
        ax.legend()
    one = "objective, in nats per row" if names == ["objective"] else names[0] if len(names) == 1 else "metric"
    return _titled(ax, "Rounds of the training", "round", one)


def profiles(model: Any, dataset: Any, ax: Any, columns: int = 12) -> Any:
    """Draws how the groups differ: means of numbers, and the most frequent category with its share.

    Shades are distances of a mean from that of all rows. Numbers come first, those that differ most at the top; then
    come categories, those whose most frequent one changes first.
    """
    table = model._groups()
    weights = table.column("weight")
    total = sum(weights) or 1
    letters = max(10, 60 // max(len(table), 3))  # of a line in a cell
    numbers, categories = [], []
    for name in table.columns[3:]:
        values = table.column(name)
        if not all(isinstance(value, (int, float)) for value in values):
            parts = [_SHARE.fullmatch(str(value)) for value in values]  # None: a date
            shares = [float(part[2]) if part else 0.0 for part in parts]
            names = [part[1] if part else str(value) for part, value in zip(parts, values, strict=True)]
            lines = [textwrap.fill(text, letters, max_lines=2, placeholder="…") for text in names]
            texts = [f"{text}\n{part[2]}%" if part else text for part, text in zip(parts, lines, strict=True)]
            most = 100 * len(set(names)) + max(shares) - min(shares)
            categories.append((name, [0.0] * len(values), texts, most))
            continue
        mean = sum(w * v for w, v in zip(weights, values, strict=True)) / total
        spread = (sum(w * (v - mean) ** 2 for w, v in zip(weights, values, strict=True)) / total) ** 0.5
        shades = [(v - mean) / spread if spread > 0 else 0.0 for v in values]
        texts = [f"{v:,.0f}" if abs(v) >= 1000 else f"{v:.3g}" for v in values]
        numbers.append((name, shades, texts, spread / (abs(mean) + 1e-300)))
    if len(table) < 2 or not (numbers if len(table) > _TEXTS else numbers + categories):
        ax.bar(range(len(table)), weights, color=_USUAL)
        return _titled(ax, "Weights of the groups", "component", "weight, a share of the rows")
    is_written = len(table) <= _TEXTS  # a category has no shade, so it is shown by its name only
    few = min(len(categories), max(columns // 3, columns - len(numbers))) if is_written else 0
    rows = sorted(numbers, key=lambda row: -row[3])[: columns - few]
    rows += sorted(categories, key=lambda row: -row[3])[:few]
    image = ax.imshow([row[1] for row in rows], cmap="RdBu_r", vmin=-2.5, vmax=2.5, aspect="auto")
    if is_written:
        for y, (_, shades, texts, _) in enumerate(rows):
            for x, text in enumerate(texts):
                dark = abs(shades[x]) > 1.6
                ax.text(x, y, text, ha="center", va="center", fontsize=7, color="white" if dark else "black")
    ax.set_yticks(range(len(rows)), [row[0] for row in rows])
    labels = [f"{k}\n" + (f"{weight:.0%}" if weight >= 0.005 else "<1%") for k, weight in enumerate(weights)]
    ax.set_xticks(range(len(table)), labels, fontsize="medium" if is_written else "small")
    if any(any(row[1]) for row in rows):
        ax.figure.colorbar(image, ax=ax, label="mean of the component,\nin deviations between components")
    found = "means and most frequent categories" if is_written else "means"
    return _titled(ax, f"Groups of rows: {found}", "component and its weight")


def codes(model: Any, dataset: Any, ax: Any, color: str | None = None, rows: int = _ROWS, seed: int = 1) -> Any:
    """Draws the first two principal axes of the latent codes of rows, coloured by a column."""
    import numpy

    scored = _coded(model, dataset, rows, seed)
    if color is None and "prediction" in scored.columns:
        color = "prediction"
    if color is not None and color not in scored.columns:
        raise LatentError(f"there is no column {color} to color by; there are {', '.join(scored.columns)}")
    found = scored.select("latent_codes", *([color] if color else [])).collect()
    if not found:
        raise LatentError("the table has no rows")
    points = numpy.array([row[0].toArray() for row in found])
    if points.shape[1] > 2:
        centred = points - points.mean(axis=0)
        _, _, axes = numpy.linalg.svd(centred, full_matrices=False)
        points = centred @ axes[:2].T
        names = ("first principal axis of the codes", "second principal axis of the codes")
    else:
        names = ("latent variable 0", "latent variable 1")
    second = points[:, 1] if points.shape[1] > 1 else numpy.zeros(len(points))
    _scatter(ax, points[:, 0], second, [row[1] for row in found] if color else None, color)
    return _titled(ax, f"Latent codes of {len(found):,} rows", *names)


def _coded(model: Any, dataset: Any, rows: int, seed: int) -> Any:
    """Scores some rows of a table; their codes are the column latent_codes."""
    if dataset is None:
        raise LatentError("the picture of codes needs the rows of a table: model.plot('codes', df)")
    if not hasattr(model, "latentCol"):
        raise LatentError(f"{type(model).__name__} has no latent codes; draw 'profiles' or 'history'")
    return _scored(model, _some(spark_frame(dataset), rows, seed), latentCol="latent_codes")


def _some(table: Any, rows: int, seed: int) -> Any:
    share = min(1.0, rows / max(table.count(), 1))
    return table.sample(fraction=share, seed=seed)  # PySpark ignores the seed if the fraction has no name


def _scored(model: Any, table: Any, **columns: str) -> Any:
    """Returns a table with columns of a model; of those that it adds anyway, the ones that the table does not have."""
    names = [name for name in model._scoring if name.endswith("Col") and name != "featuresCol"]
    taken = [name for name in names if model.isDefined(name) and model.getOrDefault(name) in table.columns]
    scorer = model.copy()
    scorer._set(**{**dict.fromkeys(taken, ""), **columns})
    return scorer.transform(table)


def severity(model: Any, dataset: Any, ax: Any) -> Any:
    """Draws how many rows have which severity, and the threshold of anomalies."""
    import numpy
    from pyspark.sql import functions

    added = {"severityCol": "spark_latent.severity", "isAnomalyCol": "spark_latent.isAnomaly"}
    scored = _scored(model, spark_frame(model._rows_of(dataset)), **added)
    value = functions.col("`spark_latent.severity`")
    above = functions.when(functions.col("`spark_latent.isAnomaly`"), value)
    place = functions.least(functions.floor(value / 2), functions.lit(49))
    bins = scored.groupBy(functions.when(value.between(0, 100), place).alias("bin"))  # null: no score
    found = bins.agg(functions.count("*"), functions.count(above), functions.min(above)).collect()
    placed = [row for row in found if row[0] is not None]
    shown = {"bins": numpy.linspace(0, 100, 51), "weights": [row[1] for row in placed]}
    ax.hist([2 * row[0] + 1 for row in placed], color=_USUAL, **shown)
    rows, flagged = (sum(row[i] for row in found) for i in (1, 2))
    if flagged:
        ax.axvline(min(row[3] for row in found if row[3] is not None), color=_FLAGGED)
    title = f"Severity of {rows:,} rows; {flagged:,} are above the threshold (red)"
    return _titled(ax, title, "severity, % of the reference rows with a lower score", "rows")


def _row(model: Any, dataset: Any, row: int) -> tuple[dict[str, Any], str]:
    """Returns an anomalous row with its reasons, and words that name it."""
    table = model.top(row + 1, dataset)
    if not 0 <= row < len(table):
        raise LatentError(f"row is {row}, expected a number from 0 to {len(table) - 1}")
    found = table[row]
    severity = f", severity {found['severity']:.2f}" if found.get("severity") is not None else ""
    return found, f"{'the most anomalous row' if row == 0 else f'anomalous row {row}'}{severity}"


def _expected(part: dict[str, Any]) -> str:
    """Returns what was expected in a cell, with the range of a number."""
    from spark_latent._show import _text

    span = f" ({part['low']} to {part['high']})" if part["low"] and part["high"] else ""
    return f"expected {_text(part['expected'] or '')}{span}"


def reasons(model: Any, dataset: Any, ax: Any, row: int = 0) -> Any:
    """Draws why one row is anomalous: the contributions of columns, and their values beside the expected ranges."""
    from spark_latent._show import reason

    found, name = _row(model, dataset, row)
    parts = found["contributions"]
    bars, ranges = _parts(ax, 1, 2)
    bars.barh(range(len(parts)), [part["contribution"] for part in parts], height=0.5, color=_FLAGGED)
    bars.set_yticks(range(len(parts)), [reason(found, part) for part in parts])
    for y, part in enumerate(parts):
        value, middle, low, high = (part[f"{key}Number"] for key in ("value", "expected", "low", "high"))
        if value is not None and middle is not None and low is not None and high is not None:
            least = min(value, low)
            width = max(value, high) - least or 1.0
            ranges.plot([(low - least) / width, (high - least) / width], [y, y], color=_USUAL, linewidth=8, alpha=0.4)
            ranges.plot((middle - least) / width, y, "|", color=_USUAL, markersize=14)
            ranges.plot((value - least) / width, y, "o", color=_FLAGGED)
        ranges.text(0.5, y + 0.3, _expected(part), ha="center", va="center", fontsize="small")
    for place in bars, ranges:
        place.set_ylim(len(parts) - 0.5, -0.5)
    ranges.set(xlim=(-0.1, 1.1), xticks=[], yticks=[])
    _titled(ranges, "", "value (dot) and 95% range,\neach on a scale of its own")
    return _titled(bars, f"Reasons of {name}", "contribution, in nats")


def waterfall(model: Any, dataset: Any, ax: Any, row: int = 0) -> Any:
    """Draws how the reasons of one row add up to its anomaly score.

    From the top, the column that contributes most gets its expected value, then the one that contributes most to what
    is left, and so on, as often as the row has reasons. A bar is what the score loses by that.
    """
    from pyspark.sql import functions

    from spark_latent._show import reason

    found, name = _row(model, dataset, row)
    table = spark_frame(model._rows_of(dataset))
    types = dict(table.dtypes)
    cells = [found.get(column) for column in types]
    changed = table.sparkSession.createDataFrame([cells], table.schema)
    scores, names = [found["anomalyScore"]], []
    left = found
    for _ in found["contributions"]:
        part = left["contributions"][0]
        kind = types.get(part["column"])
        if kind is None:
            raise LatentError(f"{part['column']} is no column of the table; fit the model with inputCols")
        names.append(f"{reason(left, part)}\n{_expected(part)}")
        number = None if kind == "string" else part["expectedNumber"]
        expected = functions.lit(part["expected"] if number is None else number)
        changed = changed.withColumn(part["column"], expected.cast(kind))
        (left,) = model.top(1, changed)
        scores.append(left["anomalyScore"])
    changes = [before - after for before, after in pairwise(scores)]
    colors = [_FLAGGED if change > 0 else _USUAL for change in changes]
    ax.barh(range(len(changes)), changes, height=0.6, left=scores[1:], color=colors)
    for y, change in enumerate(changes):
        ax.annotate(
            f"{change:+.3g}",
            (max(scores[y], scores[y + 1]), y),
            xytext=(3, 0),
            textcoords="offset points",
            va="center",
            fontsize="small",
        )
        ax.plot([scores[y + 1]] * 2, [y - 0.3, y + 1.3], color=_LINE, linewidth=0.7)
    ax.set_yticks(range(len(scores)), [*names, f"all of these as expected\nscore {scores[-1]:.3g}"])
    ax.use_sticky_edges = False
    ax.margins(x=0.15)
    ax.set_ylim(len(scores) - 0.5, -0.5)
    return _titled(ax, f"Score {scores[0]:.3g} of {name}", "anomaly score, in nats")


def _curve(model: Any, dataset: Any, labelCol: str | None, rows: int, seed: int) -> tuple[Any, Any, int]:
    """Returns how many rows of some have at least each score, how many of these are anomalies, and the number of rows.

    Both begin at 0; rows of the same score are one step.
    """
    import numpy
    from pyspark.sql import functions

    table = spark_frame(model._rows_of(dataset))
    label = labelCol or model._column("labelCol")
    if not label:
        raise LatentError("the picture needs labelCol, a column that is 1 or true for known anomalies, else 0 or false")
    place = _place(table, label)
    if place is None:
        raise LatentError(f'labelCol is "{label}", but the table has no such column')
    if other := _no_label(table, place):
        raise LatentError(f'labelCol "{label}" has {other}, expected 1 or true for anomalies, else 0 or false')
    known = table.withColumn("spark_latent.label", place.cast("double")).where("`spark_latent.label` in (0, 1)")
    compared = "standardizedScoreCol" if model.hasParam("standardizedScoreCol") else "anomalyScoreCol"
    scored = _scored(model, _some(known, rows, seed), **{compared: "spark_latent.score"})
    cells = scored.select("`spark_latent.score`", "`spark_latent.label`").where("`spark_latent.score` is not null")
    found = cells.groupBy("`spark_latent.score`").agg(functions.count("*"), functions.sum("`spark_latent.label`"))
    steps = numpy.array(found.orderBy(functions.col("`spark_latent.score`").desc()).collect(), float).reshape(-1, 3)
    flagged, hits = (numpy.concatenate([[0.0], steps[:, i].cumsum()]) for i in (1, 2))
    if hits[-1] in (0, flagged[-1]):
        raise LatentError(f'labelCol "{label}" has one value in the rows that are drawn, expected 0 and 1')
    return flagged, hits, int(flagged[-1])


def roc(model: Any, dataset: Any, ax: Any, labelCol: str | None = None, rows: int = _LABELLED, seed: int = 1) -> Any:
    """Draws the share of the anomalies that are found against the share of the other rows that are flagged."""
    flagged, hits, count = _curve(model, dataset, labelCol, rows, seed)
    found, false = hits / hits[-1], (flagged - hits) / (count - hits[-1])
    area = float(((found[1:] + found[:-1]) / 2 * (false[1:] - false[:-1])).sum())
    ax.plot(100 * false, 100 * found, color=_USUAL)
    ax.plot([0, 100], [0, 100], color=_LINE, linestyle="--", label="at random")
    ax.legend(loc="lower right", fontsize="small")
    ax.set_aspect("equal")
    title = f"AUC {area:.3f}; anomalies: {int(hits[-1]):,} of {count:,} rows"
    return _titled(ax, title, "flagged, % of the other rows", "found, % of the anomalies")


def precision(
    model: Any, dataset: Any, ax: Any, labelCol: str | None = None, rows: int = _LABELLED, seed: int = 1
) -> Any:
    """Draws precision and recall against the share of the rows that are flagged."""
    flagged, hits, count = _curve(model, dataset, labelCol, rows, seed)
    rate = 100 * flagged[1:] / count
    ax.plot(rate, 100 * hits[1:] / flagged[1:], color=_USUAL, label="precision: anomalies among the flagged rows")
    ax.plot(rate, 100 * hits[1:] / hits[-1], color=_OTHER, label="recall: anomalies that are flagged")
    ax.axhline(100 * hits[-1] / count, color=_LINE, linestyle="--", label="precision at random")
    ax.set_xscale("log")
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
    ax.set_ylim(0, 105)
    ax.legend(fontsize="small")
    title = f"Precision and recall; anomalies: {int(hits[-1]):,} of {count:,} rows"
    return _titled(ax, title, "alert rate, % of the rows that are flagged", "%")


def drift(model: Any, dataset: Any, ax: Any, columns: int = 20) -> Any:
    """Draws the population stability index of the columns that have changed most, and the limit of 0.2."""
    if dataset is None:
        raise LatentError("the picture of drift needs the rows of a table: model.plot('drift', df)")
    rows = sorted(model.drift(spark_frame(dataset)).collect(), key=lambda row: -(row["psi"] or 0))[:columns]
    colors = [_FLAGGED if row["drifted"] else _USUAL for row in rows]
    ax.barh(range(len(rows)), [row["psi"] or 0 for row in rows], color=colors)
    ax.set_yticks(range(len(rows)), [row["column"] for row in rows])
    ax.invert_yaxis()
    ax.axvline(0.2, color=_LINE, linestyle="--")
    drifted = sum(row["drifted"] for row in rows)
    title = f"Changes since the training: {drifted} of {len(rows)} columns drifted (red)"
    return _titled(ax, title, "population stability index; dashed: the limit")


def missing(model: Any, dataset: Any, ax: Any, columns: int = 20) -> Any:
    """Draws the share of missing cells of the columns that have most; of other rows, beside that of the training."""
    found = model.drift(spark_frame(model._rows_of(dataset))).collect()
    rows = sorted(found, key=lambda row: -row["missing"])[:columns]
    rows = [row for row in rows if row["missing"] > 0 or row["trainingMissing"] > 0]
    sides = [("missing", _USUAL, "these rows"), ("trainingMissing", _OTHER, "rows of the training")]
    sides = sides[:1] if dataset is None else sides
    height = 0.8 / len(sides)
    for side, (name, color, label) in enumerate(sides):
        places = [y + side * height - 0.4 for y in range(len(rows))]
        ax.barh(places, [100 * row[name] for row in rows], height, align="edge", color=color, label=label)
    ax.set_yticks(range(len(rows)), [row["column"] for row in rows])
    ax.set_ylim(max(1, len(rows)) * (1.2 if len(sides) > 1 else 1) - 0.4, -0.6)  # with a place for the legend
    if len(sides) > 1:
        ax.legend(loc="lower right", ncols=2)
    complete = sum(row["missing"] == 0 for row in found)
    return _titled(ax, f"Missing cells: {complete} of {len(found)} columns have none", "missing, % of the cells")


def _cut(level: Any, most: int = 18) -> str:
    return str(level) if len(str(level)) <= most else f"{str(level)[: most - 1]}…"


def synthetic(model: Any, dataset: Any, ax: Any, columns: int = 5, rows: int = _ROWS, seed: int = 1) -> Any:
    """Draws columns of a table beside those of synthetic rows, and how much the correlations differ."""
    import numpy
    from matplotlib.dates import date2num

    def number(value: Any) -> Any:
        return date2num(value) if isinstance(value, date) else value  # type: ignore[no-untyped-call]

    real = spark_frame(model._rows_of(dataset))
    sample = model.sample(rows, seed=seed)
    shared = [name for name in sample.columns if name in real.columns]
    if not shared:
        raise LatentError("the synthetic rows have no column of the table; fit the model with inputCols")
    places = [quoted(name) for name in shared]
    real = _some(real.select(*places), rows, seed).collect()
    made = sample.select(*places).collect()
    numbers = [name for name in shared if all(isinstance(row[name], (int, float, date, type(None))) for row in real)]
    shown = shared[:columns]
    axes = _parts(ax, -(-(len(shown) + 1) // 3), 3)
    for place, name in zip(axes, shown, strict=False):
        values = [[number(row[name]) for row in table if row[name] is not None] for table in (real, made)]
        is_date = any(isinstance(row[name], date) for row in real)
        if name in numbers and (is_date or len(set(values[0])) > _FEW):
            low, high = numpy.quantile(values[0] or [0.0], (0.01, 0.99))  # without long tails
            parts = [numpy.asarray(part, float) for part in values]
            weights = [numpy.full(len(part), 100 / max(len(part), 1)) for part in parts]
            bins: Any = numpy.linspace(low, high, 21) if low < high else 20
            if low < high and not any((part % 1).any() for part in parts):  # else some bins have no whole number
                step = numpy.ceil((high - low + 1) / 20)
                bins = numpy.arange(numpy.floor(low) - 0.5, high + step, step)
            place.hist(parts, bins=bins, weights=weights, color=[_USUAL, _OTHER])
            if is_date:
                place.xaxis_date()
                ticks = place.xaxis.get_major_locator()
                ticks.maxticks = dict.fromkeys(ticks.maxticks, 6)
                place.tick_params(axis="x", rotation=60, labelsize="x-small")
        else:
            if name not in numbers:
                values = [
                    ["missing" if row[name] in _GAPS else str(row[name]) for row in table] for table in (real, made)
                ]
            counts = [Counter(part) for part in values]
            most = [level for level, _ in counts[0].most_common(_FEW)]
            levels = sorted(most) if name in numbers else most
            for shift, color, part in zip((-0.2, 0.2), (_USUAL, _OTHER), counts, strict=True):
                shares = [100 * part[level] / max(part.total(), 1) for level in levels]
                place.bar([i + shift for i in range(len(levels))], shares, 0.4, color=color)
            is_long = any(len(str(level)) > 3 for level in levels)
            turned = {"rotation": 60, "ha": "right", "rotation_mode": "anchor"} if is_long else {}
            place.set_xticks(range(len(levels)), [_cut(level) for level in levels], fontsize="x-small", **turned)
        place.set_title(f"{name}, %", fontsize="small")
    if len(numbers) > 1:
        cells = [[[number(row[name]) for name in numbers] for row in table] for table in (real, made)]
        tables = [numpy.array(table, float) for table in cells]
        tables = [table[~numpy.isnan(table).any(axis=1)] for table in tables]
        pairs = [numpy.corrcoef(table, rowvar=False) for table in tables]
        above = numpy.triu_indices(len(numbers), 1)
        place = axes[len(shown)]
        place.scatter(pairs[0][above], pairs[1][above], s=8, color=_USUAL)
        place.plot([-1, 1], [-1, 1], color=_LINE, linewidth=0.5)
        place.set_title("correlations of numbers", fontsize="small")
        place.set_xlabel("real rows", fontsize="small")
        place.set_ylabel("synthetic rows", fontsize="small")
    for place in axes[len(shown) + (len(numbers) > 1) :]:
        place.set_axis_off()
    axes[0].set_ylim(top=1.8 * axes[0].get_ylim()[1])  # a place for the legend
    axes[0].legend(["real rows", "synthetic rows"], fontsize="x-small", loc="upper right")
    return axes[0]


def traversal(
    model: Any, dataset: Any, ax: Any, shape: Any = None, dimensions: int = 8, rows: int = _ROWS, seed: int = 1
) -> Any:
    """Draws decoded codes: a latent dimension goes from -2 to 2 deviations of its codes, the others are at their means.

    Images have a line for each dimension; of other rows, the change of each column between the ends is drawn.
    """
    import numpy

    try:
        import onnxruntime
    except ImportError:
        raise LatentError("the picture traversal needs the extra onnx: pip install onnxruntime") from None
    found = _coded(model, dataset, rows, seed).select("latent_codes").collect()
    points = numpy.array([row[0].toArray() for row in found])
    with tempfile.TemporaryDirectory() as folder:
        session = onnxruntime.InferenceSession(model.export(f"{folder}/decoder.onnx", part="decoder"))
    spread = points.std(axis=0)
    shown = numpy.argsort(-spread)[:dimensions]
    codes = numpy.tile(points.mean(axis=0), (len(shown), 9, 1))
    for line, k in zip(codes, shown, strict=True):
        line[:, k] += numpy.linspace(-2, 2, 9) * spread[k]
    found = session.run(["reconstruction"], {"latent": codes.reshape(-1, len(spread)).astype(numpy.float32)})[0]
    if shape is not None:
        return images(found, shape, columns=9, ax=ax)
    lines = found.reshape(len(shown), 9, -1)
    change = ((lines[:, -1] - lines[:, 0]) / numpy.maximum(found.std(axis=0), 1e-30)).T
    image = ax.imshow(change, cmap="RdBu_r", vmin=-8, vmax=8, aspect="auto")
    ax.set_xticks(range(len(shown)), shown)
    ax.figure.colorbar(image, ax=ax, label="change from -2 to 2,\nin deviations of the decoded rows")
    return _titled(ax, "What each latent dimension changes", "latent dimension", "column of the decoded row")


def _scatter(ax: Any, x: Any, y: Any, shades: list[Any] | None, title: str | None) -> None:
    """Draws points: of few levels with a legend, of numbers with a colour bar."""
    import numpy

    levels = sorted(set(shades or ()), key=lambda level: (isinstance(level, str), level is None, level))
    if shades is None:
        ax.scatter(x, y, s=5, color=_USUAL)
    elif len(levels) <= _LEVELS:
        for level in levels:
            kept = [shade == level for shade in shades]
            ax.scatter(x[kept], y[kept], s=5, label=str(level))
        ax.legend(title=title, markerscale=2, fontsize="small", loc="center left", bbox_to_anchor=(1, 0.5))
    elif all(level is None or isinstance(level, (int, float)) for level in levels):
        numbers = numpy.array([numpy.nan if shade is None else shade for shade in shades], dtype=float)
        ax.figure.colorbar(ax.scatter(x, y, s=5, c=numbers), ax=ax, label=title)
    else:
        raise LatentError(f"the column {title} has {len(levels)} values, expected numbers or at most {_LEVELS} values")


def images(rows: Any, shape: tuple[int, int], columns: int = 10, ax: Any = None) -> Any:
    """Draws rows of pixels as images, beside each other and below each other.

    Parameters
    ----------
    rows : sequence
        One sequence of numbers, or vector of spark.ml, for each image.
    shape : tuple of int
        Height and width of an image.
    columns : int
        Images beside each other.
    """
    import numpy
    from matplotlib import pyplot

    pixels = [numpy.asarray(row.toArray() if hasattr(row, "toArray") else row, dtype=float) for row in rows]
    height, width = shape
    for row in pixels:
        if row.size != height * width:
            raise LatentError(f"an image has {row.size} pixels, expected {height} x {width}")
    lines = -(-len(pixels) // columns)
    sheet = numpy.full((lines * (height + 1) - 1, min(columns, len(pixels)) * (width + 1) - 1), numpy.nan)
    for i, row in enumerate(pixels):
        top, left = i // columns * (height + 1), i % columns * (width + 1)
        sheet[top : top + height, left : left + width] = row.reshape(height, width)
    if ax is None:
        size = min(columns, len(pixels))
        _, ax = pyplot.subplots(figsize=(0.7 * size, 0.7 * lines), layout="constrained")
    ax.imshow(sheet, cmap="gray_r")
    ax.set_axis_off()
    return ax
