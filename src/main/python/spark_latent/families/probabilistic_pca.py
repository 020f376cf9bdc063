"""ProbabilisticPca. Generated from the declarations of the hyperparameters."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters

from spark_latent._base import Converters, LatentEstimator, LatentModel, param


class _ProbabilisticPcaParams(Params):
    alertRate: Param[Any] = param("alertRate", TypeConverters.toFloat, "Share of the rows that are anomalies, if they are like the training rows.")
    anomalyScoreCol: Param[Any] = param("anomalyScoreCol", TypeConverters.toString, "Column: anomaly score of the row, in nats; higher is more anomalous; empty: no column.")
    contributionsCol: Param[Any] = param("contributionsCol", TypeConverters.toString, "Column: the columns that contribute most to the anomaly score, with what was expected there; only of anomalies if isAnomaly is added too; empty: no column.")
    explainedColumns: Param[Any] = param("explainedColumns", TypeConverters.toInt, "Most columns of the contributions of a row, at least 1.")
    featuresCol: Param[Any] = param("featuresCol", TypeConverters.toString, "Features column: vectors or arrays of numbers, or a number.")
    fitMethod: Param[Any] = param("fitMethod", TypeConverters.toString, "Method; em: missing values, over 10000 columns; variational-bayes: finds how many latent; one of closed-form, em, variational-bayes. Key: ``model.fit``.")
    handleInvalid: Param[Any] = param("handleInvalid", TypeConverters.toString, "Rows with NaN, infinity or null: end the job, leave out, keep (mixtures, ppca, factor-analysis, vae, mog-vae); one of error, skip, keep. Key: ``data.invalid``.")
    holdoutFraction: Param[Any] = param("holdoutFraction", TypeConverters.toFloat, "Fraction of rows held out, chosen by a hash of their key and the seed; 0: none; a number >= 0 and < 1. Key: ``data.holdout.fraction``.")
    imputedCol: Param[Any] = param("imputedCol", TypeConverters.toString, "Column: the row with each missing value replaced by its mean, or most probable category, given the others, a vector; of a model with inputCols a struct of the table's columns; empty: no column.")
    inputCols: Param[Any] = param("inputCols", Converters.toListOfStrings, "Columns of any types, or globs; * is all of them.")
    isAnomalyCol: Param[Any] = param("isAnomalyCol", TypeConverters.toString, "Column: whether the anomaly score is above score.threshold, or in the share score.alertRate; empty: no column.")
    latent: Param[Any] = param("latent", TypeConverters.toInt, "Number of latent variables, less than the number of columns; an integer >= 1. Key: ``model.latent``.")
    latentCol: Param[Any] = param("latentCol", TypeConverters.toString, "Column: latent variables of the row, a vector: their mean if they have a distribution; empty: no column.")
    latentVarianceCol: Param[Any] = param("latentVarianceCol", TypeConverters.toString, "Column: variance of each latent variable given the row, a vector; empty: no column.")
    logDensityCol: Param[Any] = param("logDensityCol", TypeConverters.toString, "Column: log density of the row, in nats; empty: no column.")
    maxIter: Param[Any] = param("maxIter", TypeConverters.toInt, "Maximum number of rounds; an integer >= 1. Key: ``train.maxRounds``.")
    numPartitions: Param[Any] = param("numPartitions", TypeConverters.toInt, "Number of partitions that rows are placed in; an integer >= 1; if not set: determined by the size of the data. Key: ``train.partitions``.")
    reconstructionCol: Param[Any] = param("reconstructionCol", TypeConverters.toString, "Column: reconstruction of the row, a vector; of a model with inputCols a struct of the table's columns; empty: no column.")
    reconstructionErrorCol: Param[Any] = param("reconstructionErrorCol", TypeConverters.toString, "Column: mean squared difference of the row and its reconstruction; empty: no column.")
    regularization: Param[Any] = param("regularization", TypeConverters.toFloat, "Lower bound of the noise variance, in squared units; factor-analysis: a share of the column's variance; a number >= 0. Key: ``model.regularization``.")
    scale: Param[Any] = param("scale", TypeConverters.toString, "Scaling of inputCols: none, standard, minmax, unit or quantile.")
    seed: Param[Any] = param("seed", TypeConverters.toInt, "Seed of every random stream of the training; an integer of 64 bits. Key: ``train.seed``.")
    severityCol: Param[Any] = param("severityCol", TypeConverters.toString, "Column: percentage of the known rows with a lower anomaly score, from 0 to 100; empty: no column.")
    standardizedScoreCol: Param[Any] = param("standardizedScoreCol", TypeConverters.toString, "Column: the anomaly score standardised by the cells that the row has, so that rows with different missing cells compare: the log odds that a row of the model has a lower one; empty: no column.")
    tol: Param[Any] = param("tol", TypeConverters.toFloat, "Training stops if a round gains less and has less to gain, in nats a row; 0: at maxRounds; a number >= 0. Key: ``train.tolerance``.")
    weightCol: Param[Any] = param("weightCol", TypeConverters.toString, "Weight of each row when fitting and evaluating; empty: 1.")

    def getAlertRate(self) -> float:
        return self.getOrDefault(self.alertRate)

    def getAnomalyScoreCol(self) -> str:
        return self.getOrDefault(self.anomalyScoreCol)

    def getContributionsCol(self) -> str:
        return self.getOrDefault(self.contributionsCol)

    def getExplainedColumns(self) -> int:
        return self.getOrDefault(self.explainedColumns)

    def getFeaturesCol(self) -> str:
        return self.getOrDefault(self.featuresCol)

    def getFitMethod(self) -> str:
        return self.getOrDefault(self.fitMethod)

    def getHandleInvalid(self) -> str:
        return self.getOrDefault(self.handleInvalid)

    def getHoldoutFraction(self) -> float:
        return self.getOrDefault(self.holdoutFraction)

    def getImputedCol(self) -> str:
        return self.getOrDefault(self.imputedCol)

    def getInputCols(self) -> list[str]:
        return self.getOrDefault(self.inputCols)

    def getIsAnomalyCol(self) -> str:
        return self.getOrDefault(self.isAnomalyCol)

    def getLatent(self) -> int:
        return self.getOrDefault(self.latent)

    def getLatentCol(self) -> str:
        return self.getOrDefault(self.latentCol)

    def getLatentVarianceCol(self) -> str:
        return self.getOrDefault(self.latentVarianceCol)

    def getLogDensityCol(self) -> str:
        return self.getOrDefault(self.logDensityCol)

    def getMaxIter(self) -> int:
        return self.getOrDefault(self.maxIter)

    def getNumPartitions(self) -> int:
        return self.getOrDefault(self.numPartitions)

    def getReconstructionCol(self) -> str:
        return self.getOrDefault(self.reconstructionCol)

    def getReconstructionErrorCol(self) -> str:
        return self.getOrDefault(self.reconstructionErrorCol)

    def getRegularization(self) -> float:
        return self.getOrDefault(self.regularization)

    def getScale(self) -> str:
        return self.getOrDefault(self.scale)

    def getSeed(self) -> int:
        return self.getOrDefault(self.seed)

    def getSeverityCol(self) -> str:
        return self.getOrDefault(self.severityCol)

    def getStandardizedScoreCol(self) -> str:
        return self.getOrDefault(self.standardizedScoreCol)

    def getTol(self) -> float:
        return self.getOrDefault(self.tol)

    def getWeightCol(self) -> str:
        return self.getOrDefault(self.weightCol)


class ProbabilisticPca(LatentEstimator["ProbabilisticPcaModel"], _ProbabilisticPcaParams):
    """Estimator of a probabilistic PCA (``model.type = ppca``).

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
    explainedColumns : int
        Most columns of the contributions of a row, at least 1. Default: ``3``.
    featuresCol : str
        Features column: vectors or arrays of numbers, or a number. Default: ``"features"``.
    fitMethod : {"closed-form", "em", "variational-bayes"}
        Method; em: missing values, over 10000 columns; variational-bayes: finds how many latent; one of closed-form,
        em, variational-bayes. Key: ``model.fit``. Default: ``"closed-form"``.
    handleInvalid : {"error", "skip", "keep"}
        Rows with NaN, infinity or null: end the job, leave out, keep (mixtures, ppca, factor-analysis, vae, mog-vae);
        one of error, skip, keep. Key: ``data.invalid``. Default: ``"error"``.
    holdoutFraction : float
        Fraction of rows held out, chosen by a hash of their key and the seed; 0: none; a number >= 0 and < 1. Key:
        ``data.holdout.fraction``. Default: ``0.0``.
    imputedCol : str
        Column: the row with each missing value replaced by its mean, or most probable category, given the others, a
        vector; of a model with inputCols a struct of the table's columns; empty: no column. Default: ``""``.
    inputCols : str | sequence[str]
        Columns of any types, or globs; * is all of them. Not set by default.
    isAnomalyCol : str
        Column: whether the anomaly score is above score.threshold, or in the share score.alertRate; empty: no column.
        Default: ``""``.
    latent : int
        Number of latent variables, less than the number of columns; an integer >= 1. Key: ``model.latent``. Default:
        ``2``.
    latentCol : str
        Column: latent variables of the row, a vector: their mean if they have a distribution; empty: no column.
        Default: ``"latent"``.
    latentVarianceCol : str
        Column: variance of each latent variable given the row, a vector; empty: no column. Default: ``""``.
    logDensityCol : str
        Column: log density of the row, in nats; empty: no column. Default: ``""``.
    maxIter : int
        Maximum number of rounds; an integer >= 1. Key: ``train.maxRounds``. Default: ``1000``.
    numPartitions : int
        Number of partitions that rows are placed in; an integer >= 1; if not set: determined by the size of the data.
        Key: ``train.partitions``. Not set by default.
    reconstructionCol : str
        Column: reconstruction of the row, a vector; of a model with inputCols a struct of the table's columns; empty:
        no column. Default: ``""``.
    reconstructionErrorCol : str
        Column: mean squared difference of the row and its reconstruction; empty: no column. Default: ``""``.
    regularization : float
        Lower bound of the noise variance, in squared units; factor-analysis: a share of the column's variance; a number
        >= 0. Key: ``model.regularization``. Default: ``1.0E-6``.
    scale : str
        Scaling of inputCols: none, standard, minmax, unit or quantile. Default: ``"none"``.
    seed : int
        Seed of every random stream of the training; an integer of 64 bits. Key: ``train.seed``. Default: ``1``.
    severityCol : str
        Column: percentage of the known rows with a lower anomaly score, from 0 to 100; empty: no column. Default:
        ``""``.
    standardizedScoreCol : str
        Column: the anomaly score standardised by the cells that the row has, so that rows with different missing cells
        compare: the log odds that a row of the model has a lower one; empty: no column. Default: ``""``.
    tol : float
        Training stops if a round gains less and has less to gain, in nats a row; 0: at maxRounds; a number >= 0. Key:
        ``train.tolerance``. Default: ``1.0E-8``.
    weightCol : str
        Weight of each row when fitting and evaluating; empty: 1. Default: ``""``.
    """

    _java_class = "io.github.sparklatent.ml.linear.ProbabilisticPca"

    @keyword_only
    def __init__(
        self,
        *,
        alertRate: float = 0.01,
        anomalyScoreCol: str = "anomalyScore",
        contributionsCol: str = "",
        explainedColumns: int = 3,
        featuresCol: str = "features",
        fitMethod: Literal["closed-form", "em", "variational-bayes"] = "closed-form",
        handleInvalid: Literal["error", "skip", "keep"] = "error",
        holdoutFraction: float = 0.0,
        imputedCol: str = "",
        inputCols: str | Sequence[str] | None = None,
        isAnomalyCol: str = "",
        latent: int = 2,
        latentCol: str = "latent",
        latentVarianceCol: str = "",
        logDensityCol: str = "",
        maxIter: int = 1000,
        numPartitions: int | None = None,
        reconstructionCol: str = "",
        reconstructionErrorCol: str = "",
        regularization: float = 1.0E-6,
        scale: str = "none",
        seed: int = 1,
        severityCol: str = "",
        standardizedScoreCol: str = "",
        tol: float = 1.0E-8,
        weightCol: str = "",
    ) -> None:
        super().__init__()
        self._setDefault(
            alertRate=0.01,
            anomalyScoreCol="anomalyScore",
            contributionsCol="",
            explainedColumns=3,
            featuresCol="features",
            fitMethod="closed-form",
            handleInvalid="error",
            holdoutFraction=0.0,
            imputedCol="",
            isAnomalyCol="",
            latent=2,
            latentCol="latent",
            latentVarianceCol="",
            logDensityCol="",
            maxIter=1000,
            reconstructionCol="",
            reconstructionErrorCol="",
            regularization=1.0E-6,
            scale="none",
            seed=1,
            severityCol="",
            standardizedScoreCol="",
            tol=1.0E-8,
            weightCol="",
        )
        self._set(**self._input_kwargs)

    @staticmethod
    def _model_class() -> type[ProbabilisticPcaModel]:
        return ProbabilisticPcaModel

    def setAlertRate(self, value: float) -> ProbabilisticPca:
        return self._set(alertRate=value)

    def setAnomalyScoreCol(self, value: str) -> ProbabilisticPca:
        return self._set(anomalyScoreCol=value)

    def setContributionsCol(self, value: str) -> ProbabilisticPca:
        return self._set(contributionsCol=value)

    def setExplainedColumns(self, value: int) -> ProbabilisticPca:
        return self._set(explainedColumns=value)

    def setFeaturesCol(self, value: str) -> ProbabilisticPca:
        return self._set(featuresCol=value)

    def setFitMethod(self, value: Literal["closed-form", "em", "variational-bayes"]) -> ProbabilisticPca:
        return self._set(fitMethod=value)

    def setHandleInvalid(self, value: Literal["error", "skip", "keep"]) -> ProbabilisticPca:
        return self._set(handleInvalid=value)

    def setHoldoutFraction(self, value: float) -> ProbabilisticPca:
        return self._set(holdoutFraction=value)

    def setImputedCol(self, value: str) -> ProbabilisticPca:
        return self._set(imputedCol=value)

    def setInputCols(self, value: str | Sequence[str]) -> ProbabilisticPca:
        return self._set(inputCols=value)

    def setIsAnomalyCol(self, value: str) -> ProbabilisticPca:
        return self._set(isAnomalyCol=value)

    def setLatent(self, value: int) -> ProbabilisticPca:
        return self._set(latent=value)

    def setLatentCol(self, value: str) -> ProbabilisticPca:
        return self._set(latentCol=value)

    def setLatentVarianceCol(self, value: str) -> ProbabilisticPca:
        return self._set(latentVarianceCol=value)

    def setLogDensityCol(self, value: str) -> ProbabilisticPca:
        return self._set(logDensityCol=value)

    def setMaxIter(self, value: int) -> ProbabilisticPca:
        return self._set(maxIter=value)

    def setNumPartitions(self, value: int) -> ProbabilisticPca:
        return self._set(numPartitions=value)

    def setReconstructionCol(self, value: str) -> ProbabilisticPca:
        return self._set(reconstructionCol=value)

    def setReconstructionErrorCol(self, value: str) -> ProbabilisticPca:
        return self._set(reconstructionErrorCol=value)

    def setRegularization(self, value: float) -> ProbabilisticPca:
        return self._set(regularization=value)

    def setScale(self, value: str) -> ProbabilisticPca:
        return self._set(scale=value)

    def setSeed(self, value: int) -> ProbabilisticPca:
        return self._set(seed=value)

    def setSeverityCol(self, value: str) -> ProbabilisticPca:
        return self._set(severityCol=value)

    def setStandardizedScoreCol(self, value: str) -> ProbabilisticPca:
        return self._set(standardizedScoreCol=value)

    def setTol(self, value: float) -> ProbabilisticPca:
        return self._set(tol=value)

    def setWeightCol(self, value: str) -> ProbabilisticPca:
        return self._set(weightCol=value)


class ProbabilisticPcaModel(LatentModel, _ProbabilisticPcaParams):
    """Model of :py:class:`ProbabilisticPca`."""

    _java_class = "io.github.sparklatent.ml.linear.ProbabilisticPcaModel"
    _scoring = (
        "alertRate",
        "anomalyScoreCol",
        "contributionsCol",
        "explainedColumns",
        "featuresCol",
        "handleInvalid",
        "imputedCol",
        "isAnomalyCol",
        "latentCol",
        "latentVarianceCol",
        "logDensityCol",
        "reconstructionCol",
        "reconstructionErrorCol",
        "severityCol",
        "standardizedScoreCol",
    )

    def setAlertRate(self, value: float) -> ProbabilisticPcaModel:
        return self._set(alertRate=value)

    def setAnomalyScoreCol(self, value: str) -> ProbabilisticPcaModel:
        return self._set(anomalyScoreCol=value)

    def setContributionsCol(self, value: str) -> ProbabilisticPcaModel:
        return self._set(contributionsCol=value)

    def setExplainedColumns(self, value: int) -> ProbabilisticPcaModel:
        return self._set(explainedColumns=value)

    def setFeaturesCol(self, value: str) -> ProbabilisticPcaModel:
        return self._set(featuresCol=value)

    def setHandleInvalid(self, value: Literal["error", "skip", "keep"]) -> ProbabilisticPcaModel:
        return self._set(handleInvalid=value)

    def setImputedCol(self, value: str) -> ProbabilisticPcaModel:
        return self._set(imputedCol=value)

    def setIsAnomalyCol(self, value: str) -> ProbabilisticPcaModel:
        return self._set(isAnomalyCol=value)

    def setLatentCol(self, value: str) -> ProbabilisticPcaModel:
        return self._set(latentCol=value)

    def setLatentVarianceCol(self, value: str) -> ProbabilisticPcaModel:
        return self._set(latentVarianceCol=value)

    def setLogDensityCol(self, value: str) -> ProbabilisticPcaModel:
        return self._set(logDensityCol=value)

    def setReconstructionCol(self, value: str) -> ProbabilisticPcaModel:
        return self._set(reconstructionCol=value)

    def setReconstructionErrorCol(self, value: str) -> ProbabilisticPcaModel:
        return self._set(reconstructionErrorCol=value)

    def setSeverityCol(self, value: str) -> ProbabilisticPcaModel:
        return self._set(severityCol=value)

    def setStandardizedScoreCol(self, value: str) -> ProbabilisticPcaModel:
        return self._set(standardizedScoreCol=value)
