"""Evaluators of scored rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyspark import keyword_only
from pyspark.ml.evaluation import JavaEvaluator
from pyspark.ml.param import Param, TypeConverters

from spark_latent._base import _LatentParams, param
from spark_latent._errors import sentences
from spark_latent._session import require_jar

__all__ = ["AnomalyEvaluator", "MixtureEvaluator"]

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


class _Evaluator(JavaEvaluator, _LatentParams):
    def __init__(self) -> None:
        super().__init__()
        require_jar()
        self._java_obj = self._new_java_obj(self._java_class, self.uid)

    def _evaluate(self, dataset: DataFrame) -> float:
        with sentences():
            return super()._evaluate(dataset)


class MixtureEvaluator(_Evaluator):
    """Mean log density of rows that a model has scored; larger is better.

    >>> scored = sl.GaussianMixture(k=2, inputCols="*", logDensityCol="logDensity").fit(df).transform(df)
    >>> sl.MixtureEvaluator().evaluate(scored)

    Parameters
    ----------
    logDensityCol : str
        Log density of the row, in nats. Default: ``logDensity``.
    weightCol : str
        Weight of each row. Default: empty, every row has weight 1.
    """

    _java_class = "io.github.sparklatent.ml.evaluation.MixtureEvaluator"

    logDensityCol: Param[Any] = param("logDensityCol", TypeConverters.toString, "Log density of the row, in nats.")
    weightCol: Param[Any] = param("weightCol", TypeConverters.toString, "Weight of each row; empty: 1.")

    @keyword_only
    def __init__(self, *, logDensityCol: str = "logDensity", weightCol: str = "") -> None:
        super().__init__()
        self._setDefault(logDensityCol="logDensity", weightCol="")
        self._set(**self._input_kwargs)

    def isLargerBetter(self) -> bool:
        return True


class AnomalyEvaluator(_Evaluator):
    """Mean anomaly score of rows that a model has scored; smaller is better.

    >>> scored = sl.Mixture(k=2, inputCols="*", anomalyScoreCol="anomalyScore").fit(df).transform(df)
    >>> sl.AnomalyEvaluator().evaluate(scored)

    Parameters
    ----------
    anomalyScoreCol : str
        Anomaly score of the row, in nats. Default: ``anomalyScore``.
    weightCol : str
        Weight of each row. Default: empty, every row has weight 1.
    """

    _java_class = "io.github.sparklatent.ml.evaluation.AnomalyEvaluator"

    anomalyScoreCol: Param[Any] = param(
        "anomalyScoreCol", TypeConverters.toString, "Anomaly score of the row, in nats."
    )
    weightCol: Param[Any] = param("weightCol", TypeConverters.toString, "Weight of each row; empty: 1.")

    @keyword_only
    def __init__(self, *, anomalyScoreCol: str = "anomalyScore", weightCol: str = "") -> None:
        super().__init__()
        self._setDefault(anomalyScoreCol="anomalyScore", weightCol="")
        self._set(**self._input_kwargs)

    def isLargerBetter(self) -> bool:
        return False
