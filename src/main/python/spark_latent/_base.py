"""What all estimators and models have in common."""

from __future__ import annotations

import inspect
import json
import os
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import wraps
from numbers import Integral
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

import numpy
from pyspark.ml.base import Estimator
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLWritable, RemoteModelRef
from pyspark.ml.wrapper import JavaEstimator, JavaModel, JavaParams

from spark_latent import _progress
from spark_latent._errors import LatentError, in_python, sentences
from spark_latent._frames import GAPS, Data, Local, analysed, is_of_spark, quoted, returned, spark_frame
from spark_latent._session import is_remote, require_jar, session
from spark_latent._show import Report, Table, frame, model_html, reason, write_file

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from pyspark.sql import DataFrame

__all__ = ["Converters", "LatentEstimator", "LatentModel", "param"]

#: Contribution in nats from which on a column is a reason in words.
_LEAST = 0.05


class Converters:
    """Converters of values of Params. PySpark reads lists only of those whose name begins with ``toList``."""

    @staticmethod
    def toListOfStrings(value: Any) -> list[str]:
        return [str(element) for element in Converters._list(value)]

    @staticmethod
    def toInt(value: Any, bits: int = 32) -> int:
        number = TypeConverters.toInt(value)
        most = 2 ** (bits - 1) - 1
        if not -most - 1 <= number <= most:  # Java would fail where the Param is read
            raise TypeError(f"not within {bits} bits, expected an integer from {-most - 1} to {most}")
        return number

    @staticmethod
    def toLong(value: Any) -> int:
        return Converters.toInt(value, 64)

    @staticmethod
    def toListOfInts(value: Any) -> list[int]:
        return [Converters.toInt(element) for element in Converters._list(value)]

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
    def fromListOfCounts(values: list[str]) -> int | str | list[int | str]:
        """Returns the numbers of a list as numbers, and a single one without the list."""
        read = [int(value) if value.isdigit() else value for value in values]
        return read[0] if len(read) == 1 else read

    @staticmethod
    def toPathOfModel(value: Any) -> str:
        """Takes the path of a saved model, or a model, which the driver then keeps in a temporary directory."""
        return value._once("saved")[0][0] if isinstance(value, LatentModel) else TypeConverters.toString(value)

    @staticmethod
    def toListOfLayers(value: Any) -> list[str]:
        """Takes widths of layers, and dictionaries of other layers."""
        layers = [value] if isinstance(value, Mapping) else Converters._list(value)
        return [Converters.toHocon(layer) for layer in layers]

    @staticmethod
    def fromListOfLayers(values: list[str]) -> list[Any]:
        return [Converters.fromHocon(value) for value in values]

    @staticmethod
    def toHocon(value: Any) -> str:
        """Takes a word, or lists, dictionaries and numbers."""
        return value if isinstance(value, str) else json.dumps(value, default=_plain)

    @staticmethod
    def fromHocon(value: str) -> Any:
        """Returns what a Param was set to, or a text as Java has it."""
        try:
            return json.loads(value)
        except ValueError:
            return value

    @staticmethod
    def _list(value: Any) -> list[Any]:
        return [value] if isinstance(value, str) or not hasattr(value, "__iter__") else list(value)


def param(name: str, converter: Callable[[Any], Any], doc: str) -> Param[Any]:
    """Declares a Param of a class."""
    return Param(Params._dummy(), name, doc, typeConverter=converter)


class _Settings(Params):
    """Params that are set with an error that names them, and are saved as spark.ml does."""

    _input_kwargs: dict[str, Any]  # of the decorator keyword_only

    def save(self, path: str, overwrite: bool = False) -> None:
        """Saves this object as spark.ml does.

        Parameters
        ----------
        path : str
            New directory, in any file system of Spark.
        overwrite : bool
            Whether a saved model, pipeline or estimator that is there is replaced; anything else is left alone.

        Raises
        ------
        LatentError
            If there is something at the path that is not to be replaced.
        """
        if overwrite:
            from spark_latent._tables import require_replaceable

            require_replaceable(str(path))
        writer = self.write()  # type: ignore[attr-defined]  # of MLWritable
        try:
            with sentences():
                (writer.overwrite() if overwrite else writer).save(str(path))
        except Exception as error:  # of py4j or of Spark Connect
            if overwrite or " already exists" not in str(error):
                raise
            raise LatentError(f"{path} exists; name another directory, or save with overwrite=True") from None

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
            raise LatentError(no_param(type(self), paramName, [one.name for one in self.params])) from None


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


class _LatentParams(_Settings, JavaParams, _LatentReadable, JavaMLWritable):
    _java_class: str
    _java_obj: Any = None  # PySpark asks for it also if the constructor has failed

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        params = inspect.signature(cls.__init__).parameters.values()
        if "__init__" in vars(cls) and not any(one.kind is one.VAR_KEYWORD for one in params):
            cls.__init__ = _checked(cls, cls.__init__, [one.name for one in params][1:])  # type: ignore[method-assign]

    def _transfer_params_to_java(self) -> None:
        assert self._java_obj is not None
        # Java has the same defaults. Only what was set is sent, as Spark Connect does.
        for declared in self.params:
            if self.isSet(declared):
                self._java_obj.set(self._make_java_param_pair(declared, self._paramMap[declared]))


_ELSEWHERE = {  # of scikit-learn
    "contamination": "alertRate",
    "n_clusters": "k",
    "n_components": "k",
    "n_init": "restarts",
    "random_state": "seed",
    "reg_covar": "regularization",
}


def no_param(cls: type, name: str, params: Iterable[str]) -> str:
    """Says that a class has no parameter of a name, and which one may be meant: its key in jobs, or a similar name."""
    from spark_latent.families._names import NAMES

    known = set(params)
    keys = {path.rpartition(".")[2].lower(): param for path, param in NAMES.items() if param in known}
    same = {param.lower(): param for param in known}
    similar = next(iter(get_close_matches(name, known, 1)), None)
    found = same.get(_ELSEWHERE.get(name, name).lower()) or keys.get(name.lower()) or similar
    return f"{cls.__name__} has no Param {name}" + (f"; did you mean {found}?" if found else "")


def _checked(cls: type, create: Callable[..., None], params: list[str]) -> Callable[..., None]:
    """Returns a constructor that names a keyword which it does not have."""

    @wraps(create)
    def checked(self: Any, *args: Any, **given: Any) -> None:
        for name in given:
            if name not in params:
                raise LatentError(no_param(cls, name, params))
        create(self, *args, **given)

    return checked


def _place(table: Any, name: str) -> Any:
    """Returns a column of a table, or the field of a struct as in ``a.b``; None if there is none."""
    from pyspark.errors import AnalysisException
    from pyspark.sql.functions import col

    columns = {column.lower() for column in table.columns} if name else ()
    for place, column in (quoted(name), name), (name, name.partition(".")[0]):
        if column.lower() not in columns:  # PySpark logs the stack trace of each column that it does not find
            continue
        try:
            table.select(place).schema  # noqa: B018
        except AnalysisException:
            continue
        return col(place)
    return None


def _no_label(table: Any, label: Any) -> str:
    """Returns what a column has that is no label of anomalies; empty if there is nothing."""
    from pyspark.sql import functions as sql

    kind = table.select(label).dtypes[0][1]
    if kind == "boolean":
        return ""
    if not kind.startswith(("tinyint", "smallint", "int", "bigint", "float", "double", "decimal")) or "<" in kind:
        return "texts" if kind == "string" else f"values of the type {kind}"
    label = label.cast("double")
    others = table.where(label.isNotNull() & ~sql.isnan(label) & ~label.isin(0.0, 1.0))
    return f"the value {other[0]:g}" if (other := others.select(label).first()) else ""


def _whole(n: Any) -> int | None:
    """Returns a number of rows; None if it is not given."""
    if n is not None and (not isinstance(n, Integral) or n < 0):
        raise LatentError(f"n is {n!r}, expected a number of rows")
    return None if n is None else int(n)


def _plain(value: Any) -> Any:
    """Returns a value that JSON has: a number of numpy as a number, a date as text."""
    return value.item() if hasattr(value, "item") else str(value)


M = TypeVar("M", bound="LatentModel")


class _ShortSignature(inspect.Signature):
    """A signature that pages of help show without the parameters, which they list."""

    def __str__(self) -> str:
        return "(**params)"

    def format(self, **options: Any) -> str:
        return str(self)


class _Fitting(_Settings, Estimator[M]):
    """What estimators and tasks have in common."""

    __signature__: inspect.Signature

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        whole = inspect.signature(cls.__init__)
        cls.__signature__ = _ShortSignature(list(whole.parameters.values())[1:])

    def setParams(self, **params: Any) -> Any:
        """Sets several Params by their names."""
        return self._set(**params)

    @overload
    def fit(
        self,
        dataset: Data,
        params: dict[Param[Any], Any] | None = None,
        *,
        verbose: bool | None = None,
    ) -> M: ...

    @overload
    def fit(
        self,
        dataset: Data,
        params: list[dict[Param[Any], Any]] | tuple[dict[Param[Any], Any]],
        *,
        verbose: bool | None = None,
    ) -> list[M]: ...

    def fit(self, dataset: Data, params: Any = None, *, verbose: bool | None = None) -> M | list[M]:
        """Fits a model.

        Parameters
        ----------
        dataset : DataFrame
            Table of Spark, pandas, Polars or Arrow. If neither ``inputCols`` nor ``featuresCol`` is set and there is no
            column ``features``, all its columns are read, as with ``inputCols="*"``.
        params : dict or list of dict, optional
            Params that replace those of this estimator; a list of them gives a list of models.
        verbose : bool, optional
            Whether the rounds are shown. Default: in a terminal and in a notebook. Over Spark Connect it has no effect:
            the client of Spark shows the tasks of its jobs.

        Raises
        ------
        LatentError
            If the table or a parameter cannot be used.

        Warns
        -----
        UserWarning
            The ``warnings`` of the model.
        """
        if params is not None and not isinstance(params, (dict, list, tuple)):
            raise LatentError(
                f"params is a {type(params).__name__}, expected a dict of Params; labels are a column, labelCol"
            )
        with sentences(), _progress.asked(verbose):
            found = super().fit(spark_frame(dataset), params)
        for model in found if isinstance(found, list) else [found]:
            for text in model.warnings:
                warnings.warn(text, stacklevel=2)
        return found


class LatentEstimator(_Fitting[M], JavaEstimator[M], _LatentParams):
    """An estimator of this library. Its parameters are keyword arguments, and Params of spark.ml.

    >>> estimator = sl.Mixture(k=2, inputCols="*").setSeed(7)
    >>> model = estimator.fit(df)
    """

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

    def _fit(self, dataset: DataFrame) -> Any:
        _forget()
        with _progress.shown(dataset.sparkSession):
            model = super(LatentEstimator, self._reading(dataset))._fit(dataset)
        model._training = dataset
        return model

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
                        if self.hasParam(name) and self.isSet(name) and name != "alertRate"  # a default of the model
                    }
                )
                # Spark Connect does not return the Params of its model. As defaults, these are not sent to it again.
                known = [one for one in self.params if self.isSet(one) and to.hasParam(one.name)]
                to._setDefault(**{declared.name: self.getOrDefault(declared) for declared in known})
            else:
                to._transfer_params_from_java()
                known = [one for one in self.params if self.isSet(one) and to.hasParam(one.name)]
                to._setDefault(**{one.name: self.getOrDefault(one) for one in known if not to.isSet(one.name)})
            return to
        return super()._copyValues(to, extra)


#: Models of a Spark Connect server that nobody here uses any more.
_unused: deque[Any] = deque()


def _forget() -> None:
    """Lets the server forget the models that are not used any more."""
    while _unused:
        _unused.popleft().release_ref()


class LatentModel(JavaModel, _LatentParams):
    """A trained model of this library.

    >>> model = sl.load("models/mine")
    >>> model.description, model.metrics["train"], model.warnings
    >>> scored = model.transform(df)
    """

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

    #: Rows that the model was fitted to; None after loading.
    _training: DataFrame | None = None

    view: Param[Any] = param("view", TypeConverters.toString, "Table about the model that transform returns.")

    @overload
    def transform(self, dataset: DataFrame, params: dict[Param[Any], Any] | None = None) -> DataFrame: ...

    @overload
    def transform(self, dataset: Local, params: dict[Param[Any], Any] | None = None) -> pandas.DataFrame: ...

    def transform(self, dataset: Data, params: Any = None) -> DataFrame | pandas.DataFrame:
        """Adds the columns that the Params of the model name, such as ``predictionCol``.

        A table of Spark gives a table of Spark, any other a frame of pandas. That of a frame has its index.

        >>> model.transform(df).select("age", "severity", "isAnomaly", "contributions").show(1)
        +---+-----------------+---------+-------------+
        |age|         severity|isAnomaly|contributions|
        +---+-----------------+---------+-------------+
        | 39|89.66182300214619|    false|         NULL|
        +---+-----------------+---------+-------------+
        """
        _forget()
        with sentences():
            return returned(dataset, lambda table: JavaModel.transform(self, table, params))

    @overload
    def predict(self, dataset: DataFrame) -> DataFrame: ...

    @overload
    def predict(self, dataset: Local) -> pandas.DataFrame: ...

    def predict(self, dataset: Data) -> DataFrame | pandas.DataFrame:
        """Adds the group of each row, or whether it is an anomaly.

        Returns
        -------
        DataFrame
            The rows with ``prediction``, the most probable group from 0. If the model does not add this column, as that
            of an AnomalyDetector, the rows with ``isAnomaly``: 1 for an anomaly, else 0. Rows without any value are
            left out.
        """
        if self._has_groups() and self._column("predictionCol"):
            return self._with(dataset, "predictionCol", "groups")
        return self._with(dataset, "isAnomalyCol", "anomalies", as_type="int")

    @overload
    def predict_proba(self, dataset: DataFrame) -> DataFrame: ...

    @overload
    def predict_proba(self, dataset: Local) -> pandas.DataFrame: ...

    def predict_proba(self, dataset: Data) -> DataFrame | pandas.DataFrame:
        """Adds ``probability``, a vector with the probability of each group, or component of an AnomalyDetector."""
        if not self._has_groups():
            raise LatentError(f"{type(self).__name__} has no groups")
        return self._with(dataset, "probabilityCol", "groups")

    @overload
    def score_samples(self, dataset: DataFrame) -> DataFrame: ...

    @overload
    def score_samples(self, dataset: Local) -> pandas.DataFrame: ...

    def score_samples(self, dataset: Data) -> DataFrame | pandas.DataFrame:
        """Adds ``logDensity``, the log density of each row in nats. Higher is more normal."""
        if self._column("scale") == "both":
            raise LatentError("value and rank of a number have no joint density; use decision_function")
        return self._with(dataset, "logDensityCol", "log density")

    @overload
    def decision_function(self, dataset: DataFrame) -> DataFrame: ...

    @overload
    def decision_function(self, dataset: Local) -> pandas.DataFrame: ...

    def decision_function(self, dataset: Data) -> DataFrame | pandas.DataFrame:
        """Adds ``anomalyScore``. Higher is more anomalous, as in PyOD; in scikit-learn it is lower."""
        return self._with(dataset, "anomalyScoreCol", "anomaly scores")

    def _has_groups(self) -> bool:
        """Returns whether the model has groups; autoencoders have them if their codes were clustered."""
        return self.hasParam("predictionCol") and (not self.hasParam("cluster") or self.getOrDefault("cluster") > 0)

    def _with(self, dataset: Any, param: str, what: str, as_type: str | None = None) -> Any:
        """Returns the rows with one column that the model can add."""
        if not self.hasParam(param):
            raise LatentError(f"{type(self).__name__} has no {what}")
        name = self._column(param) or param[:-3]
        scorer = self._adding(**{param: name})

        def scored(table: Any) -> Any:
            found = JavaModel.transform(scorer, table)
            return found if as_type is None else found.withColumn(name, found[quoted(name)].cast(as_type))

        with sentences():
            return returned(dataset, scored)

    def _create_params_from_java(self) -> None:
        """Does nothing: the classes have all Params of Java. PySpark would evaluate properties of these names."""

    def _view(self, name: str, dataset: Any = None, **arguments: Any) -> DataFrame:
        """Returns a table about the model: the one way to a model for Spark Connect and for classic Spark."""
        _forget()
        given = {key: value for key, value in arguments.items() if value is not None}
        with sentences():
            table = session().range(1) if dataset is None else spark_frame(dataset)
            viewed = self.copy()
            viewed._set(view=json.dumps({"view": name, **given}, default=_plain))
            return JavaModel.transform(viewed, table)

    def _rows(self, name: str, dataset: Any = None, **arguments: Any) -> list[Any]:
        # Spark Connect makes the table twice if its schema is asked for, too.
        with sentences():
            return self._view(name, dataset, **arguments).collect()

    def _once(self, name: str) -> list[Any]:
        """Returns the rows of a view that never changes; a copy of the model has them, too."""
        known: dict[str, list[Any]] = self.__dict__.setdefault("_known_views", {})
        if name not in known:
            known[name] = self._rows(name)
        return known[name]

    @property
    def description(self) -> str:
        """The model in a few words."""
        return self._once("metrics")[0][0]

    @property
    def metrics(self) -> dict[str, Any]:
        """The metrics of the training, as ``metrics.json`` of a job has them."""
        return json.loads(self._once("metrics")[1][0])

    @property
    def history(self) -> pandas.DataFrame:
        """The rounds of the training, with the metrics of each: a frame by round, a Table without pandas."""
        return frame(self._rounds(), "round")

    def _rounds(self) -> Table:
        rounds: dict[int, dict[str, Any]] = {}
        for row in self._once("history"):
            rounds.setdefault(row[0], {"round": row[0]})[row[1]] = row[2]
        return Table([rounds[number] for number in sorted(rounds)])

    @property
    def warnings(self) -> list[str]:
        """The repairs and warnings of the training, as sentences."""
        return [in_python(row[0]) for row in self._once("warnings")]

    @property
    def profiles(self) -> pandas.DataFrame:
        """The groups: weight, what sets each apart, and the columns of the table in each.

        It is a frame by component, a Table without pandas. A linear model has one row for each latent variable, with
        its loadings.
        """
        return frame(self._groups(), "component")

    def _groups(self) -> Table:
        rows = []
        for row in self._once("components"):
            found: dict[str, Any] = {"component": row[0], "weight": row[1], "description": row[2]}
            for column in row[3]:
                name = column["column"]
                value = column["value"] if column["category"] is None else column["category"]
                found[f"{name} (column)" if name in found else name] = (
                    value if column["share"] is None else f"{value} ({column['share']:.0%})"
                )
            rows.append(found)
        return Table(rows)

    def _rows_of(self, dataset: Data | None) -> Data:
        if dataset is None and self._training is None:
            raise LatentError("a loaded model does not have its training rows; give the rows as dataset")
        return self._training if dataset is None else dataset

    def top(self, n: int | None = None, dataset: Data | None = None) -> Table:
        """Returns the most anomalous rows, each with its severity, and in words the columns that contribute most to it.

        Parameters
        ----------
        n : int, optional
            Number of rows. Default: ``alerts``, or 10 if it is not set.
        dataset : DataFrame, optional
            Rows with the columns of the training table. Default: the rows that the model was fitted to.

        Returns
        -------
        Table
            ``reasons`` are the contributions of the row in words.

        >>> model.top(1)
        severity  anomalyScore  reasons                                    age  hours_per_week  capital_gain  ...
        100       1.2104e+05    capital_gain = 99999, hours_per_week = 70  40   70              99999         ...
        >>> model.top(1)[0]["contributions"][1]
        {'column': 'hours_per_week', 'contribution': 280.8, 'value': '70', 'expected': '44', 'low': '36', 'high': '51',
            'valueNumber': 70.0, 'expectedNumber': 44.1527, 'lowNumber': 36.2113, 'highNumber': 50.4921}
        """
        if n is None:
            n = self.getOrDefault("alerts") if self.isSet("alerts") else 10
        rows = []
        with sentences():
            for row in self._rows("explain", self._rows_of(dataset), rows=_whole(n)):
                cells = row.asDict()
                contributions = [cell.asDict() for cell in cells.pop("contributions") or []]
                reasons = [cell for cell in contributions if cell["contribution"] > _LEAST]
                first: dict[str, Any] = {name: cells[name] for name in ("severity", "anomalyScore") if name in cells}
                first["reasons"] = ", ".join(reason(cells, cell) for cell in reasons)
                if "reasons" in cells:  # a column of the table
                    cells["reasons (column)"] = cells.pop("reasons")
                rows.append({**first, **cells, "contributions": contributions})  # a wide table is cut on the right
        return Table(rows)

    @overload
    def encode(self, dataset: DataFrame) -> DataFrame: ...

    @overload
    def encode(self, dataset: Local) -> pandas.DataFrame: ...

    def encode(self, dataset: Data) -> DataFrame | pandas.DataFrame:
        """Returns the latent code of each row.

        A table of Spark gives the table with the added column ``latent``, a vector. Any other gives a frame of pandas
        with the numbers latent_0, latent_1, ...; that of a frame has its index.
        """
        if not self.hasParam("latentCol"):
            raise LatentError(f"{type(self).__name__} has no latent codes; fit an Embedder")
        scored: Any = self._adding(latentCol="latent").transform(dataset)
        if is_of_spark(scored):
            return scored
        import pandas

        codes = numpy.array([code.toArray() for code in scored["latent"]])
        return pandas.DataFrame(codes, scored.index, [f"latent_{j}" for j in range(codes.shape[1])])

    @overload
    def impute(self, dataset: DataFrame, imputations: int | None = None) -> DataFrame: ...

    @overload
    def impute(self, dataset: Local, imputations: int | None = None) -> pandas.DataFrame: ...

    def impute(self, dataset: Data, imputations: int | None = None) -> DataFrame | pandas.DataFrame:
        """Returns the table with its missing cells filled in; all other cells are as they were.

        A missing number becomes its mean given the other cells of the row, and a missing category the most probable
        one. With several ``imputations``, by default those of the model, the table is returned that often, with the
        number of the copy in a column ``imputation``, from 1: missing cells are then drawn from their distribution
        given the others, as mixtures can. Analyse each copy, then pool the results by Rubin's rules.

        >>> df.select("age", "workclass").show(1)
        +---+---------+
        |age|workclass|
        +---+---------+
        | 54|        ?|
        +---+---------+
        >>> model.impute(df).select("age", "workclass").show(1)
        +---+---------+
        |age|workclass|
        +---+---------+
        | 54|  Private|
        +---+---------+
        """
        if not self.hasParam("imputedCol"):
            raise LatentError(f"{type(self).__name__} imputes no cells; fit an Imputer")
        name = "spark_latent.imputed"
        several = {} if imputations is None else {"imputations": imputations}
        if several and not self.hasParam("imputations"):
            raise LatentError(f"{type(self).__name__} draws no imputations; fit an Imputer")
        scorer = self._adding(imputedCol=name, **several)
        beside = "" if is_of_spark(dataset) else "spark_latent."

        def filled(table: Any) -> Any:
            from pyspark.sql.functions import isnan, lit, trim, when
            from pyspark.sql.types import AtomicType, DoubleType, FloatType, NumericType, StringType

            found = JavaModel.transform(scorer, table)
            row = found[quoted(name)]
            own = {field.name.lower(): field for field in found.schema.fields}
            imputed = own[name].dataType
            if not hasattr(imputed, "fields"):  # a model of a vector
                return found.withColumn(beside + self._column("featuresCol"), row).drop(name)
            columns = {}
            for field in imputed.fields:
                given, kind = found[quoted(field.name)], own[field.name.lower()].dataType
                value = row.getField(field.name)
                gap = given.isNull() if isinstance(kind, AtomicType) else lit(True)  # of an array, each number
                if isinstance(kind, (FloatType, DoubleType)):
                    gap = gap | isnan(given)
                elif isinstance(kind, StringType):
                    gap = gap | trim(given).isin(*GAPS)
                    if isinstance(field.dataType, NumericType):  # a text that writes none counts as missing
                        gap, value = gap | trim(given).try_cast("double").isNull(), value.cast("string")
                columns[beside + own[field.name.lower()].name] = when(gap, value).otherwise(given)
            return found.withColumns(columns).drop(name)

        with sentences():
            table: Any = returned(dataset, filled)
        for own in [] if is_of_spark(dataset) else [one for one in table.columns if f"{beside}{one}" in table.columns]:
            old, new = table[own], table.pop(f"{beside}{own}")
            if old.dtype.kind not in "biufM":
                table[own] = new
            elif old.isna().any():
                table[own] = old.astype(object).where(old.notna(), new).infer_objects()
        return table

    def evaluate(
        self,
        dataset: Data,
        labelCol: str | None = None,
        *,
        rates: Sequence[float] | None = None,
        costs: Mapping[str, float] | None = None,
    ) -> dict[str, Any]:
        """Returns metrics of the model on other rows.

        Parameters
        ----------
        dataset : DataFrame
            Rows with the columns of the training table.
        labelCol : str, optional
            Column that is 1 or true for anomalies, else 0 or false; null if that is not known. With it, ``auc`` and
            ``averagePrecision`` say how well the anomaly scores find them. Default: the ``labelCol`` of the model, if
            the table has it with such values only.
        rates : sequence of float, optional
            Alert rates of ``budgets``. Default: 0.1, 0.5, 1, 2 and 5%.
        costs : dict, optional
            Costs of a missed anomaly and of a review, such as ``{"missed": 50, "review": 1}``. Needs a label.

        Returns
        -------
        dict
            ``meanAnomalyScore``, and ``meanLogDensity`` if the model has a density. If the model has severities,
            ``budgets`` is a table of what the alert rates would flag: the threshold, the number and the share of the
            rows above it, and with a label their precision and recall; its first row is that of ``alerts``, if it is
            set. With ``costs``, ``costs`` has the ``threshold`` of least cost among the rows with a known label, for
            ``setThreshold``, the ``lower`` and ``upper`` end of its 95% interval, its ``alertRate``, and its ``cost``
            beside those of flagging none and all, ``costOfNone`` and ``costOfAll``. Rows count by the ``weightCol`` of
            the model if the table has it, otherwise all the same.

        Raises
        ------
        LatentError
            If ``labelCol`` is no label of anomalies, a rate or a cost is out of range, a score is infinite, a weight is
            negative or missing, or no row has a positive weight.
        """
        from pyspark.ml.evaluation import BinaryClassificationEvaluator
        from pyspark.sql import functions as sql

        from spark_latent._evaluators import AnomalyEvaluator, MixtureEvaluator

        measured: dict[str, Any] = {"anomalyScoreCol": AnomalyEvaluator, "logDensityCol": MixtureEvaluator}
        if self._column("scale") == "both":  # value and rank of a number have no joint density
            del measured["logDensityCol"]
        measured = {name: evaluator for name, evaluator in measured.items() if self.hasParam(name)}
        if "anomalyScoreCol" not in measured:
            raise LatentError(f"{type(self).__name__} has no anomaly scores to evaluate")
        table = spark_frame(dataset)
        weight = _place(table, self._column("weightCol"))
        label = _place(table, labelCol or self._column("labelCol"))
        if labelCol and label is None:
            raise LatentError(f'labelCol is "{labelCol}", but the table has no such column')
        if label is not None and (other := _no_label(table, label)):
            if labelCol:
                raise LatentError(
                    f'labelCol "{labelCol}" has {other}, expected 1 or true for anomalies, else 0 or false'
                )
            label = None  # the label of groups, say
        if costs is not None and label is None:
            raise LatentError("costs needs labelCol, a column that is 1 or true for known anomalies, else 0 or false")
        if label is not None:  # pandas has NaN where it is not known
            label = sql.nanvl(label.cast("double"), sql.lit(None).cast("double"))
        compared = "standardizedScoreCol" if self.hasParam("standardizedScoreCol") else "anomalyScoreCol"
        scorer = self._adding(**{name: f"spark_latent.{name}" for name in {*measured, compared}})
        with sentences():
            scored = scorer.transform(table).select(
                *[sql.col(f"`spark_latent.{name}`").alias(name[:-3]) for name in measured],
                sql.col(f"`spark_latent.{compared}`").alias("compared"),
                (sql.lit(1.0) if weight is None else weight.cast("double")).alias("weight"),
                *([label.alias("label")] if label is not None else []),
            )
            # A row that cannot be scored does not count, nor does one of weight 0, whatever its score is.
            scored = scored.where("anomalyScore is not null and (weight is null or weight <> 0)").persist()
            try:
                found = {}
                for name, evaluator in measured.items():
                    metric = f"mean{name[0].upper()}{name[1:-3]}"
                    found[metric] = evaluator(**{name: name[:-3], "weightCol": "weight"}).evaluate(scored)
                if label is not None:
                    judge = BinaryClassificationEvaluator(
                        rawPredictionCol="compared", labelCol="label", weightCol="weight", numBins=0
                    )
                    known = scored.where("label is not null")
                    if known.select("label").distinct().count() == 2:
                        found["auc"] = judge.evaluate(known)
                        found["averagePrecision"] = judge.setMetricName("areaUnderPR").evaluate(known)
            finally:
                scored.unpersist()
            return {**found, **self._budgets(table, weight, label, rates, costs)}

    def _budgets(self, table: DataFrame, weight: Any, label: Any, rates: Any, costs: Any) -> dict[str, Any]:
        """Returns what alert rates would flag, and the threshold of least cost; empty if there are no severities."""
        given = {name: column for name, column in (("weight", weight), ("label", label)) if column is not None}
        for name, column in given.items():
            table = table.withColumn(f"spark_latent_{name}", column.cast("double"))
        names = {name: f"spark_latent_{name}" for name in given}
        asked = {"rates": None if rates is None else Converters._list(rates), "costs": costs}
        try:
            found = json.loads(self._rows("budgets", table, **names, **asked)[0][0])
        except LatentError as error:
            if "severities need the anomaly scores" in str(error) and costs is None and not self.isSet("alerts"):
                return {}
            raise
        return {**found, "budgets": Table(found["budgets"])}

    def _adding(self, **columns: Any) -> Any:
        """Returns a copy of this model that adds these columns and no others; other Params can be given too."""
        scorer = self.copy()
        names = [name for name in self._scoring if name.endswith("Col") and name != "featuresCol"]
        scorer._set(**{**dict.fromkeys(names, ""), **columns})
        return scorer

    def _column(self, name: str) -> str:
        """Returns the name of the column that a Param has; empty if it has none."""
        return (self.getOrDefault(name) if self.hasParam(name) and self.isDefined(name) else None) or ""

    def sample(
        self,
        n: int = 1000,
        seed: int = 1,
        *,
        component: int | None = None,
        given: Mapping[str, Any] | None = None,
        where: str | None = None,
        noise: bool = True,
        missing: bool = True,
    ) -> DataFrame:
        """Draws rows with the columns of the training table.

        >>> model.sample(1).show()
        +---+-------------+--------------+------------+---------+
        |age|education_num|hours_per_week|capital_gain|component|
        +---+-------------+--------------+------------+---------+
        | 44|           12|            40|           0|        0|
        +---+-------------+--------------+------------+---------+

        Parameters
        ----------
        n : int
            Number of rows.
        seed : int
            Row i depends only on the seed and on i.
        component : int, optional
            Component from which all rows are drawn.
        given : dict, optional
            Values of some columns; the others are drawn given these. Mixtures can, and networks with a ``condition``.
        where : str, optional
            Condition of Spark SQL that each row fulfils, such as ``"start <= end and age >= 18"``.
        noise : bool
            Whether rows are drawn from the likelihood; otherwise they are its mean.
        missing : bool
            Whether cells may be missing as in the training table.
        """
        if given is not None and not isinstance(given, Mapping):
            raise LatentError(f'given is {given!r}, expected values by column, such as {{"town": "Oslo"}}')
        for name, value in (given or {}).items():
            if value is None or value != value:
                raise LatentError(f"given has {name} = {value}, expected a value; leave out a column that is drawn")
        with sentences():
            return analysed(
                self._view(
                    "sample",
                    rows=_whole(n),
                    seed=seed,
                    component=component,
                    given=dict(given) if given else None,
                    where=where,
                    noise=noise,
                    missing=missing,
                )
            )

    @overload
    def explain(self, dataset: DataFrame, n: int | None = None, *, columns: int | None = None) -> DataFrame: ...

    @overload
    def explain(self, dataset: Local, n: int | None = None, *, columns: int | None = None) -> pandas.DataFrame: ...

    def explain(
        self, dataset: Data, n: int | None = None, *, columns: int | None = None
    ) -> DataFrame | pandas.DataFrame:
        """Returns rows with the top contributing columns, the most anomalous row first.

        Parameters
        ----------
        dataset : DataFrame
            Rows with the columns of the training table.
        n : int, optional
            Number of rows. Default: all.
        columns : int, optional
            Maximum number of columns per row, those that contribute most to its anomaly score. Default:
            ``explainedColumns``.
        """
        with sentences():
            return returned(dataset, lambda table: self._view("explain", table, rows=_whole(n), top=columns))

    @overload
    def drift(self, dataset: DataFrame) -> DataFrame: ...

    @overload
    def drift(self, dataset: Local) -> pandas.DataFrame: ...

    def drift(self, dataset: Data) -> DataFrame | pandas.DataFrame:
        """Compares the columns of a table with those of the training table.

        Parameters
        ----------
        dataset : DataFrame
            Rows with the columns of the training table. They count by the ``weightCol`` of the model if the table has
            it, otherwise all the same.

        Returns
        -------
        DataFrame
            One row for each column: ``column``; ``psi``, the population stability index of its values (null without
            values); ``missing`` and ``trainingMissing``, the shares of missing values here and in the training;
            ``unknown``, the share of values that the model cannot read, which count as missing; and ``drifted``,
            whether ``psi`` is above 0.2 and above what chance explains, or the share of missing values rose from 0 or
            by more than 0.1.
        """
        table = spark_frame(dataset)
        weight = _place(table, self._column("weightCol"))
        if weight is not None:
            table = table.withColumn("spark_latent.weight", weight.cast("double"))
        with sentences():
            found = analysed(self._view("drift", table, weight=None if weight is None else "spark_latent.weight"))
            return found if is_of_spark(dataset) else found.toPandas()

    def report(self, dataset: Data | None = None) -> Report:
        """Returns an HTML page on the model, and on the rows of a table as the model sees them.

        A notebook shows it; ``save`` writes it to a file.
        """
        return Report(self._rows("report", dataset, rows=dataset is not None)[0][0])

    def export(self, path: str, part: Literal["whole", "encoder", "decoder"] = "whole") -> str:
        """Writes a network as an ONNX file of this machine, which scores rows without Spark and Java.

        Mixtures and linear models have no such file: ``spark_latent.serve`` reads them as ``save`` writes them.

        Parameters
        ----------
        path : str
            New file.
        part : {"whole", "encoder", "decoder"}
            Encoder and decoder, encoder only, or decoder only.

        Returns
        -------
        str
            The path.
        """
        if os.path.exists(path):
            raise LatentError(f"{path} exists; remove it or name another file")
        content = self._rows("onnx", part=part)[0][0]
        write_file(path, content)
        return path

    def plot(
        self,
        what: Literal[
            "history",
            "profiles",
            "codes",
            "traversal",
            "severity",
            "reasons",
            "waterfall",
            "roc",
            "precision",
            "synthetic",
            "drift",
            "missing",
        ]
        | None = None,
        dataset: Data | None = None,
        **options: Any,
    ) -> Axes:
        """Draws a picture of the model, or of rows as the model sees them. Needs matplotlib.

        Parameters
        ----------
        what : str, optional
            ``history``: the metrics of the rounds. ``profiles``: how the groups differ. ``codes``: the latent codes of
            rows. ``traversal``: what each latent dimension of a network changes, which needs onnxruntime.
            ``severity``: a histogram of the severities of rows, with the threshold. ``reasons``: why a row is
            anomalous, with the expected ranges. ``waterfall``: how its reasons add up to its score. ``roc``: the
            anomalies found against false alarms. ``precision``: precision and recall against the alert rate.
            ``synthetic``: columns of rows beside those of synthetic rows. ``drift``: the columns whose distributions
            have changed most since the training. ``missing``: the missing cells of the columns.
            Default: ``severity`` of a detector, else ``codes`` if there are rows, else ``history``.
        dataset : DataFrame, optional
            The rows. Default for all but ``codes``, ``traversal`` and ``drift``: the rows that the model was fitted to.
        **options
            ``ax``: axes of matplotlib. Of the history, ``metrics``: their names. Of ``profiles``, ``synthetic``,
            ``drift`` and ``missing``, ``columns``: most columns. Of ``codes``, ``color``: column by which they are
            coloured. Of ``traversal``, ``shape``: height and width if the rows are images; ``dimensions``: most latent
            dimensions. Of ``reasons`` and ``waterfall``, ``row``: place of the row, from 0 for the most anomalous. Of
            ``roc`` and ``precision``, ``labelCol``: column that is 1 or true for anomalies, else 0 or false; default:
            that of the model. Where rows are drawn one by one or compared with labels, ``rows``: most rows; ``seed``.

        Returns
        -------
        matplotlib.axes.Axes
            The axes; of several, the first of them.
        """
        from spark_latent import plot

        return plot.draw(self, what, dataset, **options)

    def _repr_html_(self) -> str:
        return model_html(self)
