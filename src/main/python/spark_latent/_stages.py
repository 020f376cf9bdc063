"""Stages and evaluators that are no model family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyspark import keyword_only
from pyspark.ml.evaluation import JavaEvaluator
from pyspark.ml.param import Param, TypeConverters
from pyspark.ml.wrapper import JavaTransformer

from spark_latent._base import Converters, _LatentParams, param
from spark_latent._errors import sentences
from spark_latent._session import require_jar

__all__ = ["AnomalyEvaluator", "AnomalySeverity", "FeatureAssembler", "MixtureEvaluator"]

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


class FeatureAssembler(JavaTransformer, _LatentParams):
    """Makes a vector of numbers from columns; the first stage of a pipeline that a job has saved.

    >>> vectors = sl.FeatureAssembler(inputCols=["height", "weight"]).transform(df)

    Parameters
    ----------
    inputCols : sequence of str
        Columns of numbers, vectors and arrays of numbers, in order.
    outputCol : str
        Name of the added vector. Default: ``features``.
    handleInvalid : {"error", "skip", "keep"}
        Rows with NaN, infinity or null. Default: ``error``.
    """

    _java_class = "io.github.sparklatent.ml.columns.FeatureAssembler"

    inputCols: Param[Any] = param("inputCols", Converters.toListOfStrings, "Columns of numbers, in order.")
    encoders: Param[Any] = param("encoders", Converters.toListOfStrings, "Encoders of the columns.")
    outputCol: Param[Any] = param("outputCol", TypeConverters.toString, "Name of the added vector column.")
    handleInvalid: Param[Any] = param("handleInvalid", TypeConverters.toString, "Rows with NaN, infinity or null.")

    @keyword_only
    def __init__(
        self,
        *,
        inputCols: Any = None,
        outputCol: str = "features",
        handleInvalid: str = "error",
    ) -> None:
        super().__init__()
        require_jar()
        self._java_obj = self._new_java_obj(self._java_class, self.uid)
        self._setDefault(outputCol="features", handleInvalid="error")
        self._set(**self._input_kwargs)


class AnomalySeverity(JavaTransformer, _LatentParams):
    """Compares anomaly scores with those of reference rows; the last stage of a pipeline that a job has saved.

    It is created by loading only. Over Spark Connect, load the pipeline with :py:func:`spark_latent.load`.
    """

    _java_class = "io.github.sparklatent.ml.anomaly.AnomalySeverity"

    alertRate: Param[Any] = param("alertRate", TypeConverters.toFloat, "Share of normal rows to flag.")
    anomalyScoreCol: Param[Any] = param(
        "anomalyScoreCol", TypeConverters.toString, "Anomaly score of the row, in nats."
    )
    featuresCol: Param[Any] = param("featuresCol", TypeConverters.toString, "Features of the row, for missing cells.")
    isAnomalyCol: Param[Any] = param("isAnomalyCol", TypeConverters.toString, "Whether the row is an anomaly.")
    severityCol: Param[Any] = param(
        "severityCol", TypeConverters.toString, "Percentage of reference rows with a lower score."
    )
    standardizedScoreCol: Param[Any] = param(
        "standardizedScoreCol", TypeConverters.toString, "Standardised anomaly score, by which rows are compared."
    )
    threshold: Param[Any] = param("threshold", TypeConverters.toFloat, "Anomaly score above which a row is an anomaly.")

    def setAlertRate(self, value: float) -> AnomalySeverity:
        return self._set(alertRate=value)
