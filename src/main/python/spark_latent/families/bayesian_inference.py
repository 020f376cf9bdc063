"""BayesianInference. Generated from the declarations of the hyperparameters."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters

from spark_latent._base import Converters, LatentEstimator, LatentModel, param


class _BayesianInferenceParams(Params):
    alertRate: Param[Any] = param("alertRate", TypeConverters.toFloat, "Share of the rows that are anomalies, if they are like the training rows.")
    anomalyScoreCol: Param[Any] = param("anomalyScoreCol", TypeConverters.toString, "Column: anomaly score of the row, in nats; higher is more anomalous; empty: no column.")
    contributionsCol: Param[Any] = param("contributionsCol", TypeConverters.toString, "Column: the columns that contribute most to the anomaly score, with what was expected there; only of anomalies if isAnomaly is added too; empty: no column.")
    density: Param[Any] = param("density", TypeConverters.toString, "Density: bayesian-mixture, logistic-normal-factors, or a class in a jar of the job; a density. Key: ``model.density``.")
    densitySettings: Param[Any] = param("densitySettings", Converters.toHocon, "Numbers that the density is created with, { components = 3 }; a section of numbers by name: { NAME = 1.5 }; if not set: the defaults of the density. Key: ``model.settings``.")
    draws: Param[Any] = param("draws", TypeConverters.toInt, "Parameter vectors drawn in a round; an integer >= 2. Key: ``train.draws``.")
    explainedColumns: Param[Any] = param("explainedColumns", TypeConverters.toInt, "Most columns of the contributions of a row, at least 1.")
    featuresCol: Param[Any] = param("featuresCol", TypeConverters.toString, "Features column: vectors or arrays of numbers, or a number.")
    gradient: Param[Any] = param("gradient", TypeConverters.toString, "Estimator of the gradient of the ELBO; reparameterized or score-function; if not set: reparameterized if the density has gradients, else score-function. Key: ``model.gradient``.")
    handleInvalid: Param[Any] = param("handleInvalid", TypeConverters.toString, "Rows with NaN, infinity or null: end the job, leave out, keep (mixtures, ppca, factor-analysis, vae, mog-vae); one of error, skip, keep. Key: ``data.invalid``.")
    holdoutFraction: Param[Any] = param("holdoutFraction", TypeConverters.toFloat, "Fraction of rows held out, chosen by a hash of their key and the seed; 0: none; a number >= 0 and < 1. Key: ``data.holdout.fraction``.")
    inputCols: Param[Any] = param("inputCols", Converters.toListOfStrings, "Columns of any types, or globs; * is all of them.")
    isAnomalyCol: Param[Any] = param("isAnomalyCol", TypeConverters.toString, "Column: whether the anomaly score is above score.threshold, or in the share score.alertRate; empty: no column.")
    learningRate: Param[Any] = param("learningRate", TypeConverters.toFloat, "First learning rate of Adam; it is lowered twice, to a quarter each time; a number > 0. Key: ``train.learningRate``.")
    logDensityCol: Param[Any] = param("logDensityCol", TypeConverters.toString, "Column: log density of the row, in nats; empty: no column.")
    maxIter: Param[Any] = param("maxIter", TypeConverters.toInt, "Maximum number of rounds; an integer >= 1. Key: ``train.maxRounds``.")
    numPartitions: Param[Any] = param("numPartitions", TypeConverters.toInt, "Number of partitions that rows are placed in; an integer >= 1; if not set: determined by the size of the data. Key: ``train.partitions``.")
    placement: Param[Any] = param("placement", TypeConverters.toString, "Placement of rows: by a hash of their key (the same bits on every cluster), or as they are read; hash or asis. Key: ``data.placement``.")
    posterior: Param[Any] = param("posterior", TypeConverters.toString, "Covariance of the Gaussian posterior: none between parameters, or full; mean-field or full. Key: ``model.posterior``.")
    scale: Param[Any] = param("scale", TypeConverters.toString, "Scaling of inputCols: none, standard, minmax, unit or quantile.")
    seed: Param[Any] = param("seed", TypeConverters.toInt, "Seed of every random stream of the training; an integer of 64 bits. Key: ``train.seed``.")
    severityCol: Param[Any] = param("severityCol", TypeConverters.toString, "Column: percentage of the known rows with a lower anomaly score, from 0 to 100; empty: no column.")
    tol: Param[Any] = param("tol", TypeConverters.toFloat, "Training stops if a round gains less and has less to gain, in nats a row (bayesian: all); 0: at maxRounds; a number >= 0. Key: ``train.tolerance``.")
    weightCol: Param[Any] = param("weightCol", TypeConverters.toString, "Weight of each row when fitting and evaluating; empty: 1.")

    def getAlertRate(self) -> float:
        return self.getOrDefault(self.alertRate)

    def getAnomalyScoreCol(self) -> str:
        return self.getOrDefault(self.anomalyScoreCol)

    def getContributionsCol(self) -> str:
        return self.getOrDefault(self.contributionsCol)

    def getDensity(self) -> str:
        return self.getOrDefault(self.density)

    def getDensitySettings(self) -> Any:
        return self.getOrDefault(self.densitySettings)

    def getDraws(self) -> int:
        return self.getOrDefault(self.draws)

    def getExplainedColumns(self) -> int:
        return self.getOrDefault(self.explainedColumns)

    def getFeaturesCol(self) -> str:
        return self.getOrDefault(self.featuresCol)

    def getGradient(self) -> str:
        return self.getOrDefault(self.gradient)

    def getHandleInvalid(self) -> str:
        return self.getOrDefault(self.handleInvalid)

    def getHoldoutFraction(self) -> float:
        return self.getOrDefault(self.holdoutFraction)

    def getInputCols(self) -> list[str]:
        return self.getOrDefault(self.inputCols)

    def getIsAnomalyCol(self) -> str:
        return self.getOrDefault(self.isAnomalyCol)

    def getLearningRate(self) -> float:
        return self.getOrDefault(self.learningRate)

    def getLogDensityCol(self) -> str:
        return self.getOrDefault(self.logDensityCol)

    def getMaxIter(self) -> int:
        return self.getOrDefault(self.maxIter)

    def getNumPartitions(self) -> int:
        return self.getOrDefault(self.numPartitions)

    def getPlacement(self) -> str:
        return self.getOrDefault(self.placement)

    def getPosterior(self) -> str:
        return self.getOrDefault(self.posterior)

    def getScale(self) -> str:
        return self.getOrDefault(self.scale)

    def getSeed(self) -> int:
        return self.getOrDefault(self.seed)

    def getSeverityCol(self) -> str:
        return self.getOrDefault(self.severityCol)

    def getTol(self) -> float:
        return self.getOrDefault(self.tol)

    def getWeightCol(self) -> str:
        return self.getOrDefault(self.weightCol)


class BayesianInference(LatentEstimator["BayesianInferenceModel"], _BayesianInferenceParams):
    """Estimator of a Bayesian inference (``model.type = bayesian``).

    Parameters
    ----------
    alertRate : float
        Share of the rows that are anomalies, if they are like the training rows. Default: ``0.01``.
    anomalyScoreCol : str
        Column: anomaly score of the row, in nats; higher is more anomalous; empty: no column. Default:
        ``"anomalyScore"``.
    contributionsCol : str
        Column: the columns that contribute most to the anomaly score, with what was expected there; only of anomalies
        if isAnomaly is added too; empty: no column. Default: ``""``.
    density : str
        Density: bayesian-mixture, logistic-normal-factors, or a class in a jar of the job; a density. Key:
        ``model.density``. Default: ``"bayesian-mixture"``.
    densitySettings : Any
        Numbers that the density is created with, { components = 3 }; a section of numbers by name: { NAME = 1.5 }; if
        not set: the defaults of the density. Key: ``model.settings``. Not set by default.
    draws : int
        Parameter vectors drawn in a round; an integer >= 2. Key: ``train.draws``. Default: ``10``.
    explainedColumns : int
        Most columns of the contributions of a row, at least 1. Default: ``3``.
    featuresCol : str
        Features column: vectors or arrays of numbers, or a number. Default: ``"features"``.
    gradient : {"reparameterized", "score-function"}
        Estimator of the gradient of the ELBO; reparameterized or score-function; if not set: reparameterized if the
        density has gradients, else score-function. Key: ``model.gradient``. Not set by default.
    handleInvalid : {"error", "skip", "keep"}
        Rows with NaN, infinity or null: end the job, leave out, keep (mixtures, ppca, factor-analysis, vae, mog-vae);
        one of error, skip, keep. Key: ``data.invalid``. Default: ``"error"``.
    holdoutFraction : float
        Fraction of rows held out, chosen by a hash of their key and the seed; 0: none; a number >= 0 and < 1. Key:
        ``data.holdout.fraction``. Default: ``0.0``.
    inputCols : str | sequence[str]
        Columns of any types, or globs; * is all of them. Not set by default.
    isAnomalyCol : str
        Column: whether the anomaly score is above score.threshold, or in the share score.alertRate; empty: no column.
        Default: ``""``.
    learningRate : float
        First learning rate of Adam; it is lowered twice, to a quarter each time; a number > 0. Key:
        ``train.learningRate``. Default: ``0.1``.
    logDensityCol : str
        Column: log density of the row, in nats; empty: no column. Default: ``""``.
    maxIter : int
        Maximum number of rounds; an integer >= 1. Key: ``train.maxRounds``. Default: ``2000``.
    numPartitions : int
        Number of partitions that rows are placed in; an integer >= 1; if not set: determined by the size of the data.
        Key: ``train.partitions``. Not set by default.
    placement : {"hash", "asis"}
        Placement of rows: by a hash of their key (the same bits on every cluster), or as they are read; hash or asis.
        Key: ``data.placement``. Default: ``"hash"``.
    posterior : {"mean-field", "full"}
        Covariance of the Gaussian posterior: none between parameters, or full; mean-field or full. Key:
        ``model.posterior``. Default: ``"mean-field"``.
    scale : str
        Scaling of inputCols: none, standard, minmax, unit or quantile. Default: ``"none"``.
    seed : int
        Seed of every random stream of the training; an integer of 64 bits. Key: ``train.seed``. Default: ``1``.
    severityCol : str
        Column: percentage of the known rows with a lower anomaly score, from 0 to 100; empty: no column. Default:
        ``""``.
    tol : float
        Training stops if a round gains less and has less to gain, in nats a row (bayesian: all); 0: at maxRounds; a
        number >= 0. Key: ``train.tolerance``. Default: ``0.1``.
    weightCol : str
        Weight of each row when fitting and evaluating; empty: 1. Default: ``""``.
    """

    _java_class = "io.github.sparklatent.ml.bayesian.BayesianInference"

    @keyword_only
    def __init__(
        self,
        *,
        alertRate: float = 0.01,
        anomalyScoreCol: str = "anomalyScore",
        contributionsCol: str = "",
        density: str = "bayesian-mixture",
        densitySettings: Any | None = None,
        draws: int = 10,
        explainedColumns: int = 3,
        featuresCol: str = "features",
        gradient: Literal["reparameterized", "score-function"] | None = None,
        handleInvalid: Literal["error", "skip", "keep"] = "error",
        holdoutFraction: float = 0.0,
        inputCols: str | Sequence[str] | None = None,
        isAnomalyCol: str = "",
        learningRate: float = 0.1,
        logDensityCol: str = "",
        maxIter: int = 2000,
        numPartitions: int | None = None,
        placement: Literal["hash", "asis"] = "hash",
        posterior: Literal["mean-field", "full"] = "mean-field",
        scale: str = "none",
        seed: int = 1,
        severityCol: str = "",
        tol: float = 0.1,
        weightCol: str = "",
    ) -> None:
        super().__init__()
        self._setDefault(
            alertRate=0.01,
            anomalyScoreCol="anomalyScore",
            contributionsCol="",
            density="bayesian-mixture",
            draws=10,
            explainedColumns=3,
            featuresCol="features",
            handleInvalid="error",
            holdoutFraction=0.0,
            isAnomalyCol="",
            learningRate=0.1,
            logDensityCol="",
            maxIter=2000,
            placement="hash",
            posterior="mean-field",
            scale="none",
            seed=1,
            severityCol="",
            tol=0.1,
            weightCol="",
        )
        self._set(**self._input_kwargs)

    @staticmethod
    def _model_class() -> type[BayesianInferenceModel]:
        return BayesianInferenceModel

    def setAlertRate(self, value: float) -> BayesianInference:
        return self._set(alertRate=value)

    def setAnomalyScoreCol(self, value: str) -> BayesianInference:
        return self._set(anomalyScoreCol=value)

    def setContributionsCol(self, value: str) -> BayesianInference:
        return self._set(contributionsCol=value)

    def setDensity(self, value: str) -> BayesianInference:
        return self._set(density=value)

    def setDensitySettings(self, value: Any) -> BayesianInference:
        return self._set(densitySettings=value)

    def setDraws(self, value: int) -> BayesianInference:
        return self._set(draws=value)

    def setExplainedColumns(self, value: int) -> BayesianInference:
        return self._set(explainedColumns=value)

    def setFeaturesCol(self, value: str) -> BayesianInference:
        return self._set(featuresCol=value)

    def setGradient(self, value: Literal["reparameterized", "score-function"]) -> BayesianInference:
        return self._set(gradient=value)

    def setHandleInvalid(self, value: Literal["error", "skip", "keep"]) -> BayesianInference:
        return self._set(handleInvalid=value)

    def setHoldoutFraction(self, value: float) -> BayesianInference:
        return self._set(holdoutFraction=value)

    def setInputCols(self, value: str | Sequence[str]) -> BayesianInference:
        return self._set(inputCols=value)

    def setIsAnomalyCol(self, value: str) -> BayesianInference:
        return self._set(isAnomalyCol=value)

    def setLearningRate(self, value: float) -> BayesianInference:
        return self._set(learningRate=value)

    def setLogDensityCol(self, value: str) -> BayesianInference:
        return self._set(logDensityCol=value)

    def setMaxIter(self, value: int) -> BayesianInference:
        return self._set(maxIter=value)

    def setNumPartitions(self, value: int) -> BayesianInference:
        return self._set(numPartitions=value)

    def setPlacement(self, value: Literal["hash", "asis"]) -> BayesianInference:
        return self._set(placement=value)

    def setPosterior(self, value: Literal["mean-field", "full"]) -> BayesianInference:
        return self._set(posterior=value)

    def setScale(self, value: str) -> BayesianInference:
        return self._set(scale=value)

    def setSeed(self, value: int) -> BayesianInference:
        return self._set(seed=value)

    def setSeverityCol(self, value: str) -> BayesianInference:
        return self._set(severityCol=value)

    def setTol(self, value: float) -> BayesianInference:
        return self._set(tol=value)

    def setWeightCol(self, value: str) -> BayesianInference:
        return self._set(weightCol=value)


class BayesianInferenceModel(LatentModel, _BayesianInferenceParams):
    """Model of :py:class:`BayesianInference`."""

    _java_class = "io.github.sparklatent.ml.bayesian.BayesianInferenceModel"
    _scoring = (
        "alertRate",
        "anomalyScoreCol",
        "contributionsCol",
        "explainedColumns",
        "featuresCol",
        "handleInvalid",
        "isAnomalyCol",
        "logDensityCol",
        "severityCol",
    )

    def setAlertRate(self, value: float) -> BayesianInferenceModel:
        return self._set(alertRate=value)

    def setAnomalyScoreCol(self, value: str) -> BayesianInferenceModel:
        return self._set(anomalyScoreCol=value)

    def setContributionsCol(self, value: str) -> BayesianInferenceModel:
        return self._set(contributionsCol=value)

    def setExplainedColumns(self, value: int) -> BayesianInferenceModel:
        return self._set(explainedColumns=value)

    def setFeaturesCol(self, value: str) -> BayesianInferenceModel:
        return self._set(featuresCol=value)

    def setHandleInvalid(self, value: Literal["error", "skip", "keep"]) -> BayesianInferenceModel:
        return self._set(handleInvalid=value)

    def setIsAnomalyCol(self, value: str) -> BayesianInferenceModel:
        return self._set(isAnomalyCol=value)

    def setLogDensityCol(self, value: str) -> BayesianInferenceModel:
        return self._set(logDensityCol=value)

    def setSeverityCol(self, value: str) -> BayesianInferenceModel:
        return self._set(severityCol=value)
