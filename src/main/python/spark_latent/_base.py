"""What all estimators and models have in common."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, overload

import numpy
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLWritable, RemoteModelRef
from pyspark.ml.wrapper import JavaEstimator, JavaModel, JavaParams

from spark_latent import _progress
from spark_latent._errors import LatentError, sentences
from spark_latent._session import is_remote, require_jar, session
from spark_latent._show import Report, Table, model_html

if TYPE_CHECKING:
    import pandas
    from pyspark.sql import DataFrame

__all__ = ["Converters", "LatentEstimator", "LatentModel", "MixtureModelBase", "param"]

#: Column with the number of a row of a pandas frame.
_ROW = "spark_latent.row"

#: Kinds of the types of numpy and pandas whose cells are numbers.
_NUMBERS = "fiub"


class Converters:
    """Converters of values of Params. PySpark reads lists only of those whose name begins with ``toList``."""

    @staticmethod
    def toListOfStrings(value: Any) -> list[str]:
        return [str(element) for element in Converters._list(value)]

    @staticmethod
    def toListOfInts(value: Any) -> list[int]:
        return [TypeConverters.toInt(element) for element in Converters._list(value)]

    @staticmethod
    def toListOfFloats(value: Any) -> list[float]:
        return [TypeConverters.toFloat(element) for element in Converters._list(value)]

    @staticmethod
    def toListOfCounts(value: Any) -> list[str]:
        """Takes a number, a list of numbers, or ``"auto"``."""
        counts = []
        for element in Converters._list(value):
            if isinstance(element, str):
                counts.append(element)
            elif isinstance(element, bool) or int(element) != element:
                raise TypeError(f"{element!r} is not a whole number")
            else:
                counts.append(str(int(element)))
        return counts

    @staticmethod
    def fromListOfCounts(values: list[str]) -> list[int | str]:
        """Returns the numbers of a list as numbers."""
        return [int(value) if value.isdigit() else value for value in values]

    @staticmethod
    def toHocon(value: Any) -> str:
        """Takes text as a configuration has it, or lists, dictionaries and numbers."""
        return value if isinstance(value, str) else json.dumps(value)

    @staticmethod
    def _list(value: Any) -> list[Any]:
        return [value] if isinstance(value, str) or not hasattr(value, "__iter__") else list(value)


def param(name: str, converter: Callable[[Any], Any], doc: str) -> Param[Any]:
    """Declares a Param of a class."""
    return Param(Params._dummy(), name, doc, typeConverter=converter)


class _LatentReadable(JavaMLReadable):  # type: ignore[type-arg]
    @classmethod
    def read(cls) -> Any:
        from spark_latent._load import reader

        return reader(cls)

    @classmethod
    def load(cls, path: str) -> Any:
        """Loads what ``save`` has written, or the model of a job."""
        with sentences():
            return cls.read().load(str(path))


class _LatentParams(JavaParams, _LatentReadable, JavaMLWritable):
    _java_class: str
    _java_obj: Any = None  # PySpark asks for it also if the constructor has failed
    _input_kwargs: dict[str, Any]  # of the decorator keyword_only

    def save(self, path: str, overwrite: bool = False) -> None:
        """Saves this object as spark.ml does.

        Parameters
        ----------
        path : str
            New directory, in any file system of Spark.
        overwrite : bool
            Whether what is there is replaced.
        """
        writer = self.write()
        try:
            with sentences():
                (writer.overwrite() if overwrite else writer).save(str(path))
        except Exception as error:  # of py4j or of Spark Connect
            if overwrite or " already exists" not in str(error):
                raise
            raise LatentError(f"{path} exists; name another directory, or save with overwrite=True") from None

    def _transfer_params_to_java(self) -> None:
        assert self._java_obj is not None
        # Java has the same defaults. Only what was set is sent, as Spark Connect does.
        for declared in self.params:
            if self.isSet(declared):
                self._java_obj.set(self._make_java_param_pair(declared, self._paramMap[declared]))

    def _set(self, **kwargs: Any) -> Any:
        for name, value in kwargs.items():
            if value is not None:
                declared = self.getParam(name)
                try:
                    self._paramMap[declared] = declared.typeConverter(value)
                except (TypeError, ValueError) as error:
                    raise LatentError(f"{name} of {type(self).__name__} is {value!r}: {error}") from None
        return self

    def getParam(self, paramName: str) -> Param[Any]:
        try:
            return super().getParam(paramName)
        except (AttributeError, ValueError):
            raise LatentError(f"{type(self).__name__} has no Param {paramName}") from None


def _is_pandas(dataset: object) -> bool:
    return type(dataset).__module__.split(".")[0] == "pandas" and hasattr(dataset, "columns")


def _frame(dataset: Any) -> Any:
    """Returns a table of Spark, also of a pandas frame."""
    if not _is_pandas(dataset):
        if not hasattr(dataset, "sparkSession"):
            raise LatentError(f"dataset is a {type(dataset).__name__}, expected a DataFrame of Spark or of pandas")
        return dataset
    from pyspark.sql.functions import lit

    if len(dataset) == 0:
        raise LatentError("the frame has no rows")
    empty = [name for name in dataset.columns if dataset[name].isna().all()]
    known = dataset.drop(columns=empty)
    if known.shape[1] == 0:
        raise LatentError(f"no cell of the frame has a value; its columns are {', '.join(map(str, dataset.columns))}")
    frame = known.astype(object).where(known.notna(), None) if known.isna().any(axis=None) else known.copy()
    for name in known.columns:
        kind = known[name].dtype
        if isinstance(kind, numpy.dtype) and kind.kind in _NUMBERS:
            frame[name] = known[name]  # the library reads NaN as a missing number; types of pandas have NA, not NaN
    table = session().createDataFrame(frame)
    for name in empty:  # Spark finds no type where there is no value
        is_number = dataset[name].dtype.kind in _NUMBERS
        table = table.withColumn(str(name), lit(None).cast("double" if is_number else "string"))
    return table.select(*["`{}`".format(str(name).replace("`", "``")) for name in dataset.columns])


def _plain(value: Any) -> Any:
    """Returns a value that JSON has: a number of numpy as a number, a date as text."""
    return value.item() if hasattr(value, "item") else str(value)


def _analysed(table: Any) -> Any:
    """Returns a table after Spark Connect has looked at it, so that a mistake is reported here and not by an action."""
    if is_remote():
        table.schema  # noqa: B018
    return table


M = TypeVar("M", bound="LatentModel")


class LatentEstimator(JavaEstimator[M], _LatentParams):
    """An estimator of this library. Its parameters are keyword arguments, and Params of spark.ml."""

    def __init__(self) -> None:
        super().__init__()
        require_jar()
        with sentences():
            self._java_obj = self._new_java_obj(self._java_class, self.uid)

    @staticmethod
    def _model_class() -> type[LatentModel]:
        raise NotImplementedError

    def _create_model(self, java_model: Any) -> Any:
        return self._model_class()(java_model)

    @overload
    def fit(self, dataset: DataFrame | pandas.DataFrame, params: dict[Param[Any], Any] | None = None) -> M: ...

    @overload
    def fit(
        self,
        dataset: DataFrame | pandas.DataFrame,
        params: list[dict[Param[Any], Any]] | tuple[dict[Param[Any], Any]],
    ) -> list[M]: ...

    def fit(self, dataset: DataFrame | pandas.DataFrame, params: Any = None) -> Any:
        """Fits a model.

        Parameters
        ----------
        dataset : DataFrame
            Table of Spark, or of pandas. If neither ``inputCols`` nor ``featuresCol`` is set and there is no column
            ``features``, all its columns are read, as with ``inputCols="*"``.
        params : dict or list of dict, optional
            Params that replace those of this estimator; a list of them gives a list of models.

        Raises
        ------
        LatentError
            If the table or a parameter cannot be used.
        """
        with sentences():
            return super().fit(_frame(dataset), params)

    def _fit(self, dataset: DataFrame) -> Any:
        _forget()
        with _progress.shown(dataset.sparkSession):
            return super(LatentEstimator, self._reading(dataset))._fit(dataset)

    def _reading(self, dataset: DataFrame) -> LatentEstimator[M]:
        """Returns an estimator of all columns if nothing says which ones, and there is no column of features."""
        if not self.hasParam("inputCols") or not self.hasParam("featuresCol"):
            return self
        inputs, features = self.getParam("inputCols"), self.getParam("featuresCol")
        if self.isSet(inputs) or self.isSet(features) or self.getOrDefault(features) in dataset.columns:
            return self
        return self.copy({inputs: ["*"]})

    def _copyValues(self, to: Any, extra: Any = None) -> Any:
        # What the model was fitted with is in its Java object. Of the Params, it uses those of scoring.
        if isinstance(to, LatentModel):
            if is_remote():
                to._set(
                    **{
                        name: self.getOrDefault(name)
                        for name in to._scoring
                        if self.hasParam(name) and self.isSet(name)
                    }
                )
            else:
                to._transfer_params_from_java()
            return to
        return super()._copyValues(to, extra)


#: Models of a Spark Connect server that nobody here uses any more.
_unused: deque[Any] = deque()


def _forget() -> None:
    """Lets the server forget the models that are not used any more."""
    while _unused:
        _unused.popleft().release_ref()


class LatentModel(JavaModel, _LatentParams):
    """A trained model of this library."""

    def __del__(self) -> None:
        # PySpark would call the server from here. The collector runs at any time, also in the middle of another call,
        # which then waits for ever; and a call at the end of the process waits for a session that is gone.
        found = self.__dict__.get("_java_obj")
        if isinstance(found, RemoteModelRef):
            _unused.append(found)
        elif found is not None:
            super().__del__()

    #: Params that a model uses when it scores rows.
    _scoring: tuple[str, ...] = ()

    view: Param[Any] = param("view", TypeConverters.toString, "Table about the model that transform returns.")

    def transform(self, dataset: DataFrame | pandas.DataFrame, params: Any = None) -> Any:
        """Adds the columns that the Params of the model name, such as ``predictionCol``.

        A frame of pandas gives a frame of pandas with its index.
        """
        _forget()
        with sentences():
            if not _is_pandas(dataset):
                return _analysed(super().transform(_frame(dataset), params))
            given: Any = dataset
            numbered = given.assign(**{_ROW: range(len(given))})  # rows may be left out
            frame: Any = super().transform(_frame(numbered), params).toPandas()
        frame.index = given.index[frame.pop(_ROW)]
        return frame

    def _create_params_from_java(self) -> None:
        """Does nothing: the classes have all Params of Java. PySpark would evaluate properties of these names."""

    def _view(self, name: str, dataset: Any = None, **arguments: Any) -> DataFrame:
        """Returns a table about the model: the one way to a model for Spark Connect and for classic Spark."""
        _forget()
        viewed = self.copy()
        given = {key: value for key, value in arguments.items() if value is not None}
        viewed._set(view=json.dumps({"view": name, **given}, default=_plain))
        table = session().range(1) if dataset is None else _frame(dataset)
        with sentences():
            return JavaModel.transform(viewed, table)

    def _rows(self, name: str, dataset: Any = None, **arguments: Any) -> list[Any]:
        # Spark Connect makes the table twice if its schema is asked for, too.
        with sentences():
            return self._view(name, dataset, **arguments).collect()

    @property
    def description(self) -> str:
        """The model in a few words."""
        return self._rows("metrics")[0][0]

    @property
    def figures(self) -> dict[str, Any]:
        """The figures of the training, as ``metrics.json`` of a job has them."""
        return json.loads(self._rows("metrics")[1][0])

    @property
    def history(self) -> Table:
        """The rounds of the training, with the figures of each."""
        rounds: dict[int, dict[str, Any]] = {}
        for row in self._rows("history"):
            rounds.setdefault(row[0], {"round": row[0]})[row[1]] = row[2]
        return Table([rounds[number] for number in sorted(rounds)])

    @property
    def events(self) -> list[str]:
        """The repairs and warnings of the training, as sentences."""
        return [row[0] for row in self._rows("warnings")]

    @property
    def components(self) -> Table:
        """The components: weight, what sets each apart, and the columns of the table in each.

        Of a linear model, these are the latent variables with their loadings.
        """
        rows = []
        for row in self._rows("components"):
            found: dict[str, Any] = {"component": row[0], "weight": row[1], "description": row[2]}
            for column in row[3]:
                name = column["column"]
                found[f"{name} (column)" if name in found else name] = (
                    column["value"] if column["category"] is None else f"{column['category']} ({column['share']:.0%})"
                )
            rows.append(found)
        return Table(rows)

    def sample(
        self,
        rows: int = 1000,
        seed: int = 1,
        *,
        component: int | None = None,
        given: Mapping[str, Any] | None = None,
        noise: bool = True,
        missing: bool = True,
    ) -> DataFrame:
        """Draws rows with the columns of the training table.

        Parameters
        ----------
        rows : int
            Number of rows.
        seed : int
            Row i depends only on the seed and on i.
        component : int, optional
            Component from which all rows are drawn.
        given : dict, optional
            Values of some columns; the others are drawn given these. Only mixtures can.
        noise : bool
            Whether rows are drawn from the likelihood; otherwise they are its mean.
        missing : bool
            Whether cells may be missing as in the training table.
        """
        for name, value in (given or {}).items():
            if value is None or value != value:
                raise LatentError(f"given has {name} = {value}, expected a value; leave out a column that is drawn")
        with sentences():
            return _analysed(
                self._view(
                    "sample",
                    rows=rows,
                    seed=seed,
                    component=component,
                    given=dict(given) if given else None,
                    noise=noise,
                    missing=missing,
                )
            )

    def explain(self, dataset: DataFrame | pandas.DataFrame, top: int | None = None) -> DataFrame:
        """Returns all rows with the columns at fault, the most anomalous row first.

        Parameters
        ----------
        dataset : DataFrame
            Rows with the columns of the training table.
        top : int, optional
            Most columns at fault of each row, those that contribute most to its anomaly score; all rows are returned.
            Default: ``explainedColumns``.
        """
        with sentences():
            return _analysed(self._view("explain", dataset, top=top))

    def report(self, dataset: DataFrame | pandas.DataFrame | None = None) -> Report:
        """Returns an HTML page on the model, and on the rows of a table as the model sees them.

        A notebook shows it; ``save`` writes it to a file.
        """
        return Report(self._rows("report", dataset, rows=dataset is not None)[0][0])

    def export(self, path: str, part: str = "whole") -> str:
        """Writes a network as an ONNX file of this machine, which scores rows without Spark and Java.

        Mixtures and linear models have no such file: ``spark_latent.serve`` reads them as ``save`` writes them.

        Parameters
        ----------
        path : str
            New file.
        part : {"whole", "encoder", "decoder"}
            The whole way of a row, the way to its code, or from a code to a row.

        Returns
        -------
        str
            The path.
        """
        if os.path.exists(path):
            raise LatentError(f"{path} exists; remove it or name another file")
        content = self._rows("onnx", part=part)[0][0]
        with open(path, "xb") as file:
            try:
                file.write(content)
            except OSError:
                os.remove(path)
                raise
        return path

    def plot(self, what: str | None = None, dataset: Any = None, **options: Any) -> Any:
        """Draws the ``history`` of the training, the ``components``, or the latent ``codes`` of the rows of a table.

        Only models with latent variables have ``codes``. Of a network, ``traversal`` shows what each latent dimension
        changes in a row; it needs onnxruntime.

        Parameters
        ----------
        what : {"history", "components", "codes", "traversal"}, optional
            Picture. Default: ``codes`` if there are rows, else ``history``.
        dataset : DataFrame, optional
            Rows whose codes are drawn.
        **options
            ``ax``: axes of matplotlib. Of the history, ``figures``: names of the figures. Of the components,
            ``columns``: most columns. Of the codes, ``color``: column by which they are coloured; ``rows``: most rows;
            ``seed``. Of the traversal, ``shape``: height and width if the rows are images; ``dimensions``: most latent
            dimensions; ``rows``, ``seed``.

        Returns
        -------
        matplotlib.axes.Axes
            The axes. Needs matplotlib.
        """
        from spark_latent import plot

        return plot.draw(self, what, dataset, **options)

    def _repr_html_(self) -> str:
        return model_html(self)


class MixtureModelBase(LatentModel):
    """A mixture with its weights and information criteria."""

    @property
    def weights(self) -> list[float]:
        """The weight of each component."""
        return [row[1] for row in self._rows("components")]

    @property
    def bic(self) -> float:
        """The Bayesian information criterion over the training rows; the least is best."""
        return self._figure("bic")

    @property
    def aic(self) -> float:
        """Akaike's information criterion over the training rows; the least is best."""
        return self._figure("aic")

    @property
    def logLikelihood(self) -> float:
        """The mean log-likelihood of the training rows, in nats."""
        return self._figure("meanLogLikelihood")

    def _figure(self, name: str) -> float:
        train = self.figures.get("train") or {}
        if name not in train:
            raise LatentError(f"this model has no record of its training, so its {name} is not known")
        return train[name]
