"""The tasks: an estimator for each, whose settings are those of the preset of the task."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pyspark import keyword_only
from pyspark.ml.param import Param
from pyspark.ml.util import DefaultParamsReadable, DefaultParamsWritable

from spark_latent import families
from spark_latent._base import Converters, M, _Fitting
from spark_latent._errors import LatentError
from spark_latent._frames import Data, spark_frame
from spark_latent._session import is_remote
from spark_latent.families._presets import MANY, PRESETS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["AnomalyDetector", "Clusterer", "Embedder", "Imputer", "Synthesizer"]

_NUMBERS = ("tinyint", "smallint", "int", "bigint", "float", "double")


#: The parameters that all tasks have, which their pages of help have, too.
_COMMON = """
    inputCols : str | sequence[str], default "*"
        Columns of any types, or globs; "*" is all but the next ones.
    columnTypes : dict, optional
        Types of some columns, such as {"zip": "category", "note": "ignore"}.
    idCol, labelCol, weightCol : str, optional
        Columns that are not modelled: key, known class, and weight of each row.
    seed : int, default 1
        Seed of every random number."""


class _Task(_Fitting[M], DefaultParamsReadable["_Task[Any]"], DefaultParamsWritable):
    """The part that all tasks share. A task has the Params of all models that it may fit."""

    _preset: str

    inputCols: Param[Any]
    columnTypes: Param[Any]
    idCol: Param[Any]
    labelCol: Param[Any]
    weightCol: Param[Any]
    seed: Param[Any]

    def __init__(self, given: Mapping[str, Any]) -> None:
        super().__init__()
        task = next(one for one in type(self).__mro__ if "_preset" in vars(one))  # a subclass has parameters of its own
        defaults = {name: one.default for name, one in vars(task)["__signature__"].parameters.items()}
        known = {name: value for name, value in defaults.items() if value is not None and self.hasParam(name)}
        self._setDefault(**known)
        self._set(**{name: value for name, value in given.items() if not isinstance(value, dict) or value})

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "_preset" not in vars(cls):  # a subclass elsewhere has a page of its own
            return
        for model in (getattr(families, name) for name, _ in PRESETS[cls._preset].values()):
            for name in dir(model):
                own = getattr(model, name)
                if not hasattr(cls, name) and (isinstance(own, Param) or name.startswith(("get", "set"))):
                    setattr(cls, name, own)
        head = "    ----------"
        cls.__doc__ = (cls.__doc__ or "").replace(head, head + _COMMON, 1)

    def __repr__(self) -> str:
        names = (one.name for one in self._paramMap)
        values = {name: getattr(self, f"get{name[0].upper()}{name[1:]}")() for name in names}
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in values.items())})"

    def _set(self, **kwargs: Any) -> Any:
        types = kwargs.get("columnTypes")
        if types is not None and not isinstance(Converters.fromHocon(Converters.toHocon(types)), Mapping):
            raise LatentError(f'columnTypes is {types!r}, expected types by column, such as {{"zip": "category"}}')
        return super()._set(**kwargs)

    @classmethod
    def load(cls, path: str) -> Any:
        """Loads a task that was saved."""
        try:
            task = super().load(path)
        except TypeError:  # Params of another class
            raise LatentError(f"{path} has no saved {cls.__name__}; a model is read by spark_latent.load") from None
        if not isinstance(task, cls):
            raise LatentError(f"{path} has a task of type {type(task).__name__}, expected {cls.__name__}")
        return task

    def save(self, path: str, overwrite: bool = False) -> None:
        """Saves this task as spark.ml does; see the method ``save`` of a model."""
        if overwrite and is_remote():
            raise LatentError("Spark Connect cannot replace a saved task; save it to another directory")
        super().save(path, overwrite)

    def estimator(self, dataset: Data) -> Any:
        """Returns the estimator that suits the columns of a table, which ``fit`` uses."""
        return self._estimator(spark_frame(dataset))

    def _estimator(self, table: DataFrame) -> Any:
        given = {one.name: value for one, value in self._paramMap.items()}
        given |= {name: self.getOrDefault(name) for name in ("inputCols", "seed")}
        asked = Converters.fromHocon(given.get("columnTypes", "{}"))
        apart = [given.get(name) or "" for name in ("idCol", "labelCol", "weightCol")]
        apart += [name for name, kind in asked.items() if kind == "ignore"]
        # Names are compared as in Java: only * and ? have a meaning.
        case = 0 if table.sparkSession.conf.get("spark.sql.caseSensitive") == "true" else re.IGNORECASE

        def matching(names: Sequence[str]) -> dict[str, str]:
            globs = [re.escape(one).replace(r"\*", ".*").replace(r"\?", ".") for one in names]
            pattern = re.compile("|".join(globs), case | re.DOTALL)
            return {name: kind for name, kind in table.dtypes if pattern.fullmatch(name)}

        left_out = matching(apart)
        read = matching(given["inputCols"])
        types = {name: kind for name, kind in read.items() if name not in left_out}
        typed = matching([name for name, kind in asked.items() if kind not in ("number", "count")])
        is_numeric = all(kind in _NUMBERS or kind.startswith("decimal") for kind in types.values())
        mixed = not is_numeric or bool(typed.keys() & types.keys())
        kind = "mixed" if mixed else "few" if len(types) < MANY else "many"
        name, settings = PRESETS[self._preset][kind]
        if settings.get("robust") and given.get("k", ["auto"]) != ["auto"]:  # its components are no groups
            name, settings = PRESETS[self._preset]["mixed"]
        if self._preset == "anomalies":  # the components are no groups that a person looks for
            settings = {"predictionCol": "", "probabilityCol": "", **settings}
        cls = getattr(families, name)
        if given.get("robust") == "none":
            settings = {key: value for key, value in settings.items() if key not in ("trim", "novelty")}
        if name == "Mixture":  # it is fitted to all rows
            given = {key: value for key, value in given.items() if key != "novelty"}
        unknown = [one for one in given if not hasattr(cls, one)]
        if unknown:
            raise LatentError(
                f"{type(self).__name__} fits a {name} to this table, which has no Param {', '.join(unknown)}"
            )
        return cls(**{**settings, **given})

    def _fit(self, dataset: DataFrame) -> M:
        return self._estimator(dataset)._fit(dataset)


class AnomalyDetector(_Task[families.MixtureModel | families.GaussianMixtureModel]):
    """Finds anomalous rows and says which columns make them so.

    >>> model = sl.AnomalyDetector(alertRate=0.01).fit(df)
    >>> model.top(10)                                   # the most anomalous rows, with reasons
    >>> model.predict(df)                               # isAnomaly is 1 or 0
    >>> model.transform(df).select("severity", "isAnomaly", "contributions")

    Parameters
    ----------
    k : int | str | sequence[int | str], optional
        Number of groups of normal rows, several to choose from, or "auto".
    alertRate : float, default 0.01
        Share of new normal rows to flag; of the rows of the fit it is often less, since a model fits these best.
        scikit-learn has a "contamination" instead.
    alerts : int, optional
        Number of rows that ``top`` returns and ``evaluate`` flags, in place of alertRate.
    novelty : bool, default False
        Whether all rows to fit are normal, and new rows are looked for. Else up to a quarter of them may be anomalies,
        and a first fit leaves these out. A Mixture, of columns that are not all numbers, is fitted to all rows.
    **params
        Other Params of the model: a GaussianMixture of values and ranks if all columns are numbers and k is "auto" or
        not given, else a Mixture.
    """

    _preset = "anomalies"

    k: Param[Any]
    alertRate: Param[Any]
    alerts: Param[Any]
    novelty: Param[Any]

    @keyword_only
    def __init__(
        self,
        *,
        inputCols: str | Sequence[str] = "*",
        columnTypes: Mapping[str, Any] | None = None,
        idCol: str | None = None,
        labelCol: str | None = None,
        weightCol: str | None = None,
        k: int | str | Sequence[int | str] | None = None,
        alertRate: float = 0.01,
        alerts: int | None = None,
        novelty: bool = False,
        seed: int = 1,
        **params: Any,
    ) -> None:
        super().__init__(self._input_kwargs)


class Clusterer(_Task[families.MixtureModel]):
    """Finds groups of similar rows, and how many there are.

    >>> model = sl.Clusterer().fit(df)
    >>> model.profiles                                  # what sets the groups apart
    >>> model.predict(df)                               # the group of each row

    Parameters
    ----------
    k : int | str | sequence[int | str], default 1 to 8
        Number of groups, several to choose from, or "auto", which searches for any number.
    **params
        Other Params of the model, a Mixture.
    """

    _preset = "groups"

    k: Param[Any]

    @keyword_only
    def __init__(
        self,
        *,
        inputCols: str | Sequence[str] = "*",
        columnTypes: Mapping[str, Any] | None = None,
        idCol: str | None = None,
        labelCol: str | None = None,
        weightCol: str | None = None,
        k: int | str | Sequence[int | str] = (1, 2, 3, 4, 5, 6, 7, 8),
        seed: int = 1,
        **params: Any,
    ) -> None:
        super().__init__(self._input_kwargs)


class Imputer(_Task[families.MixtureModel]):
    """Fills in missing cells, each by what the other cells of its row let one expect.

    >>> model = sl.Imputer().fit(df)
    >>> model.impute(df)                                # the table without missing cells

    Parameters
    ----------
    k : int | str | sequence[int | str], default "auto"
        Number of groups of rows that the model tells apart, several to choose from, or "auto".
    imputations : int, default 1
        Copies of the table that ``impute`` returns, if several, with missing cells drawn rather than expected.
    **params
        Other Params of the model, a Mixture.
    """

    _preset = "impute"

    k: Param[Any]
    imputations: Param[Any]

    @keyword_only
    def __init__(
        self,
        *,
        inputCols: str | Sequence[str] = "*",
        columnTypes: Mapping[str, Any] | None = None,
        idCol: str | None = None,
        labelCol: str | None = None,
        weightCol: str | None = None,
        k: int | str | Sequence[int | str] = "auto",
        imputations: int = 1,
        seed: int = 1,
        **params: Any,
    ) -> None:
        super().__init__(self._input_kwargs)


class Synthesizer(_Task[families.MixtureModel]):
    """Learns a table and draws synthetic rows that look like its rows.

    >>> model = sl.Synthesizer().fit(df)
    >>> model.sample(1000, seed=1)                      # a table with the same columns

    Parameters
    ----------
    leafRows : int, default 10
        Minimum rows per leaf of a tree; larger values protect single rows better, but synthetic rows then are less like
        those of the table.
    **params
        Other Params of the model, a Mixture.
    """

    _preset = "generate"

    leafRows: Param[Any]

    @keyword_only
    def __init__(
        self,
        *,
        inputCols: str | Sequence[str] = "*",
        columnTypes: Mapping[str, Any] | None = None,
        idCol: str | None = None,
        labelCol: str | None = None,
        weightCol: str | None = None,
        leafRows: int = 10,
        seed: int = 1,
        **params: Any,
    ) -> None:
        super().__init__(self._input_kwargs)


class Embedder(_Task[families.ProbabilisticPcaModel | families.VariationalAutoencoderModel]):
    """Compresses each row to a few numbers, its code.

    >>> model = sl.Embedder(latent=2).fit(df)
    >>> model.encode(df)                                # the code of each row

    Parameters
    ----------
    latent : int, optional
        Numbers in a code. Default: 2 if the table has few columns, all numbers, else 4.
    **params
        Other Params of the model: a ProbabilisticPca for few columns of numbers, else a VariationalAutoencoder.
    """

    _preset = "compress"

    latent: Param[Any]

    @keyword_only
    def __init__(
        self,
        *,
        inputCols: str | Sequence[str] = "*",
        columnTypes: Mapping[str, Any] | None = None,
        idCol: str | None = None,
        labelCol: str | None = None,
        weightCol: str | None = None,
        latent: int | None = None,
        seed: int = 1,
        **params: Any,
    ) -> None:
        super().__init__(self._input_kwargs)
