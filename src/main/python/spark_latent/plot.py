"""Pictures of a model, drawn by matplotlib from the tables that the model gives."""

from __future__ import annotations

import tempfile
from typing import Any

from spark_latent._base import _frame
from spark_latent._errors import LatentError

#: Rows of a table whose codes are drawn.
_ROWS = 5000

#: Most values of a column that have a colour and an entry in the legend each.
_LEVELS = 20

#: Figures of a round that are drawn, the first that a model has.
_OBJECTIVES = ("objective", "heldOut.loss", "holdout.loss", "train.loss", "loss")


def draw(model: Any, what: str | None, dataset: Any, ax: Any = None, **options: Any) -> Any:
    """Draws what :py:meth:`LatentModel.plot` describes and returns the axes."""
    pictures: dict[str, Any] = {"history": history, "components": components, "codes": codes, "traversal": traversal}
    chosen = what or ("codes" if dataset is not None else "history")
    if chosen not in pictures:
        raise LatentError(f"plot has no picture {chosen!r}; it has {', '.join(sorted(pictures))}")
    try:
        from matplotlib import pyplot
    except ImportError:
        raise LatentError("plot needs matplotlib: pip install 'spark-latent[plot]'") from None
    if ax is None:
        _, ax = pyplot.subplots(figsize=(7, 4), layout="constrained")
    return pictures[chosen](model, dataset, ax, **options)


def history(model: Any, dataset: Any, ax: Any, figures: list[str] | None = None) -> Any:
    """Draws figures of the rounds; by default the objective."""
    rounds = model.history
    if not rounds:
        raise LatentError("this model has no record of its rounds, so there is no history to draw")
    names = figures or [name for name in rounds.columns if name in _OBJECTIVES][:1]
    names = names or [name for name in rounds.columns if name.endswith("oss")][:2]
    for name in names:
        values = rounds.column(name)
        points = [
            (number, value) for number, value in zip(rounds.column("round"), values, strict=True) if value is not None
        ]
        if not points:
            raise LatentError(f"the rounds have no figure {name}; they have {', '.join(rounds.columns[1:])}")
        ax.plot([point[0] for point in points], [point[1] for point in points], label=name)
    ax.set_xlabel("round")
    ax.set_ylabel(names[0] if len(names) == 1 else "")
    if len(names) > 1:
        ax.legend()
    return ax


def components(model: Any, dataset: Any, ax: Any, columns: int = 12) -> Any:
    """Draws how the components differ in their columns of numbers: the distance of each mean from that of all rows."""
    table = model.components
    numbers = [
        name for name in table.columns[3:] if all(isinstance(value, (int, float)) for value in table.column(name))
    ]
    weights = table.column("weight")
    if not numbers or len(table) < 2:
        ax.bar(range(len(table)), weights)
        ax.set_xlabel("component")
        ax.set_ylabel("weight")
        return ax
    rows = []
    for name in numbers:
        values = table.column(name)
        mean = sum(w * v for w, v in zip(weights, values, strict=True)) / (sum(weights) or 1)
        spread = (sum(w * (v - mean) ** 2 for w, v in zip(weights, values, strict=True)) / (sum(weights) or 1)) ** 0.5
        rows.append((name, [(v - mean) / spread if spread > 0 else 0.0 for v in values], spread / (abs(mean) + 1e-300)))
    rows = sorted(rows, key=lambda row: -row[2])[:columns]
    image = ax.imshow([row[1] for row in rows], cmap="RdBu_r", vmin=-2.5, vmax=2.5, aspect="auto")
    ax.set_yticks(range(len(rows)), [row[0] for row in rows])
    ax.set_xticks(range(len(table)), [f"{k}\n{weight:.0%}" for k, weight in enumerate(weights)])
    ax.set_xlabel("component and its weight")
    ax.figure.colorbar(image, ax=ax, label="mean of the component,\nin deviations between components")
    return ax


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
        names = ("first principal axis of the codes", "second principal axis")
    else:
        names = ("latent variable 0", "latent variable 1")
    second = points[:, 1] if points.shape[1] > 1 else numpy.zeros(len(points))
    _scatter(ax, points[:, 0], second, [row[1] for row in found] if color else None, color)
    ax.set_xlabel(names[0])
    ax.set_ylabel(names[1])
    return ax


def _coded(model: Any, dataset: Any, rows: int, seed: int) -> Any:
    """Scores some rows of a table; their codes are the column latent_codes."""
    if dataset is None:
        raise LatentError("the picture of codes needs the rows of a table: model.plot('codes', df)")
    if not hasattr(model, "latentCol"):
        raise LatentError(f"{type(model).__name__} has no latent codes; draw 'components' or 'history'")
    coder = model.copy()
    coder._set(latentCol="latent_codes")
    table = _frame(dataset)
    return coder.transform(table.sample(min(1.0, rows / max(table.count(), 1)), seed=seed))


def traversal(
    model: Any, dataset: Any, ax: Any, shape: Any = None, dimensions: int = 8, rows: int = _ROWS, seed: int = 1
) -> Any:
    """Draws decoded codes: a latent dimension goes from -2 to 2 deviations of its codes, the others are at their means.

    Images have a line for each dimension; of other rows, the change of each column between the ends is drawn.
    """
    import numpy
    import onnxruntime

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
    ax.set_xlabel("latent dimension")
    ax.set_ylabel("column of the decoded row")
    ax.figure.colorbar(image, ax=ax, label="change from -2 to 2,\nin deviations of the decoded rows")
    return ax


def _scatter(ax: Any, x: Any, y: Any, shades: list[Any] | None, title: str | None) -> None:
    """Draws points: of few levels with a legend, of numbers with a colour bar."""
    import numpy

    levels = sorted(set(shades or ()), key=lambda level: (isinstance(level, str), level is None, level))
    if shades is None:
        ax.scatter(x, y, s=5)
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
