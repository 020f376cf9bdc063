"""Mixture. Generated from the declarations of the hyperparameters."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters

from spark_latent._base import Converters, LatentEstimator, MixtureModelBase, param


class _MixtureParams(Params):
    alertRate: Param[Any] = param("alertRate", TypeConverters.toFloat, "Share of the rows that are anomalies, if they are like the training rows.")
    anomalyScoreCol: Param[Any] = param("anomalyScoreCol", TypeConverters.toString, "Column: anomaly score of the row, in nats; higher is more anomalous; empty: no column.")
    contributionsCol: Param[Any] = param("contributionsCol", TypeConverters.toString, "Column: the columns that contribute most to the anomaly score, with what was expected there; only of anomalies if isAnomaly is added too; empty: no column.")
    counts: Param[Any] = param("counts", TypeConverters.toString, "Family of counts within a component; one of histogram, poisson, negative-binomial. Key: ``model.counts``.")
    covariance: Param[Any] = param("covariance", TypeConverters.toString, "Shape of the covariances; tied: one full matrix; factor, ppca: loadings and noise, for many columns; one of full, tied, diagonal, spherical, factor, ppca. Key: ``model.covariance``.")
    criterion: Param[Any] = param("criterion", TypeConverters.toString, "Choice among numbers of components; holdout: by held-out rows; mutual-information: among restarts only; one of bic, aic, holdout, mutual-information; if not set: holdout if rows are held out, else bic. Key: ``model.criterion``.")
    explainedColumns: Param[Any] = param("explainedColumns", TypeConverters.toInt, "Most columns of the contributions of a row, at least 1.")
    factors: Param[Any] = param("factors", TypeConverters.toInt, "Factor, ppca: latent variables of each component, fewer than columns; an integer >= 1. Key: ``model.factors``.")
    families: Param[Any] = param("families", Converters.toHocon, "Family of single columns, { NAME = poisson }; categorical: codes from 0 on; a section { NAME = family }, family: one of gaussian, student-t, histogram, categorical, poisson, negative-binomial; if not set: by the type of the column. Key: ``model.families``.")
    featuresCol: Param[Any] = param("featuresCol", TypeConverters.toString, "Features column: vectors or arrays of numbers, or a number.")
    fitMethod: Param[Any] = param("fitMethod", TypeConverters.toString, "Method; stepwise-em saves passes over a large table; em or stepwise-em. Key: ``model.fit``.")
    handleInvalid: Param[Any] = param("handleInvalid", TypeConverters.toString, "Rows with NaN, infinity or null: end the job, leave out, keep (mixtures, ppca, factor-analysis, vae, mog-vae); one of error, skip, keep. Key: ``data.invalid``.")
    holdoutFraction: Param[Any] = param("holdoutFraction", TypeConverters.toFloat, "Fraction of rows held out, chosen by a hash of their key and the seed; 0: none; a number >= 0 and < 1. Key: ``data.holdout.fraction``.")
    imputedCol: Param[Any] = param("imputedCol", TypeConverters.toString, "Column: the row with each missing value replaced by its mean, or most probable category, given the others, a vector; of a model with inputCols a struct of the table's columns; empty: no column.")
    initMode: Param[Any] = param("initMode", TypeConverters.toString, "Initialisation; varied: k-means|| up to 256 components, in turn with random rows at restarts; one of varied, k-means||, random-rows. Key: ``model.initialization``.")
    initialModel: Param[Any] = param("initialModel", TypeConverters.toString, "Saved model to start from; a path; if not set: the type's own initialisation. Key: ``train.initialModel``.")
    inputCols: Param[Any] = param("inputCols", Converters.toListOfStrings, "Columns of any types, or globs; * is all of them.")
    isAnomalyCol: Param[Any] = param("isAnomalyCol", TypeConverters.toString, "Column: whether the anomaly score is above score.threshold, or in the share score.alertRate; empty: no column.")
    k: Param[Any] = param("k", Converters.toListOfCounts, "Number of components; model.criterion chooses from a list, or from those that auto tries; an integer >= 1, or a list of these, or auto. Key: ``model.components``.")
    logDensityCol: Param[Any] = param("logDensityCol", TypeConverters.toString, "Column: log density of the row, in nats; empty: no column.")
    maxIter: Param[Any] = param("maxIter", TypeConverters.toInt, "Maximum number of rounds; an integer >= 1. Key: ``train.maxRounds``.")
    missing: Param[Any] = param("missing", TypeConverters.toString, "Missing cells; informative: each component has a probability that a cell is missing; ignore or informative. Key: ``model.missing``.")
    numPartitions: Param[Any] = param("numPartitions", TypeConverters.toInt, "Number of partitions that rows are placed in; an integer >= 1; if not set: determined by the size of the data. Key: ``train.partitions``.")
    numbers: Param[Any] = param("numbers", TypeConverters.toString, "Family of numbers within a component; student-t: with outliers; histogram: of any distribution; one of gaussian, student-t, histogram. Key: ``model.numbers``.")
    predictionCol: Param[Any] = param("predictionCol", TypeConverters.toString, "Column: the most probable component, from 0; empty: no column.")
    priorRows: Param[Any] = param("priorRows", TypeConverters.toFloat, "Prior of each component: pseudo-rows like the whole table; 0: maximum likelihood; a number >= 0. Key: ``model.priorRows``.")
    probabilityCol: Param[Any] = param("probabilityCol", TypeConverters.toString, "Column: probability of each component, a vector of length K; empty: no column.")
    restarts: Param[Any] = param("restarts", TypeConverters.toInt, "Number of starts; the one with the greatest likelihood (or mutual information) is kept; an integer >= 1. Key: ``train.restarts``.")
    scale: Param[Any] = param("scale", TypeConverters.toString, "Scaling of inputCols: none, standard, minmax, unit or quantile.")
    seed: Param[Any] = param("seed", TypeConverters.toInt, "Seed of every random stream of the training; an integer of 64 bits. Key: ``train.seed``.")
    severityCol: Param[Any] = param("severityCol", TypeConverters.toString, "Column: percentage of the known rows with a lower anomaly score, from 0 to 100; empty: no column.")
    standardizedScoreCol: Param[Any] = param("standardizedScoreCol", TypeConverters.toString, "Column: the anomaly score standardised by the cells that the row has, so that rows with different missing cells compare: the log odds that a row of the model has a lower one; empty: no column.")
    stepExponent: Param[Any] = param("stepExponent", TypeConverters.toFloat, "Stepwise-em, gradient: exponent by which steps fall; greater: sooner less noise, slower; a number > 0.5 and <= 1. Key: ``train.stepExponent``.")
    tol: Param[Any] = param("tol", TypeConverters.toFloat, "Training stops if a round gains less and has less to gain, in nats a row; 0: at maxRounds; a number >= 0. Key: ``train.tolerance``.")
    weightCol: Param[Any] = param("weightCol", TypeConverters.toString, "Weight of each row when fitting and evaluating; empty: 1.")

    def getAlertRate(self) -> float:
        return self.getOrDefault(self.alertRate)

    def getAnomalyScoreCol(self) -> str:
        return self.getOrDefault(self.anomalyScoreCol)

    def getContributionsCol(self) -> str:
        return self.getOrDefault(self.contributionsCol)

    def getCounts(self) -> str:
        return self.getOrDefault(self.counts)

    def getCovariance(self) -> str:
        return self.getOrDefault(self.covariance)

    def getCriterion(self) -> str:
        return self.getOrDefault(self.criterion)

    def getExplainedColumns(self) -> int:
        return self.getOrDefault(self.explainedColumns)

    def getFactors(self) -> int:
        return self.getOrDefault(self.factors)

    def getFamilies(self) -> Any:
        return self.getOrDefault(self.families)

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

    def getInitMode(self) -> str:
        return self.getOrDefault(self.initMode)

    def getInitialModel(self) -> str:
        return self.getOrDefault(self.initialModel)

    def getInputCols(self) -> list[str]:
        return self.getOrDefault(self.inputCols)

    def getIsAnomalyCol(self) -> str:
        return self.getOrDefault(self.isAnomalyCol)

    def getK(self) -> list[int | str]:
        return Converters.fromListOfCounts(self.getOrDefault(self.k))

    def getLogDensityCol(self) -> str:
        return self.getOrDefault(self.logDensityCol)

    def getMaxIter(self) -> int:
        return self.getOrDefault(self.maxIter)

    def getMissing(self) -> str:
        return self.getOrDefault(self.missing)

    def getNumPartitions(self) -> int:
        return self.getOrDefault(self.numPartitions)

    def getNumbers(self) -> str:
        return self.getOrDefault(self.numbers)

    def getPredictionCol(self) -> str:
        return self.getOrDefault(self.predictionCol)

    def getPriorRows(self) -> float:
        return self.getOrDefault(self.priorRows)

    def getProbabilityCol(self) -> str:
        return self.getOrDefault(self.probabilityCol)

    def getRestarts(self) -> int:
        return self.getOrDefault(self.restarts)

    def getScale(self) -> str:
        return self.getOrDefault(self.scale)

    def getSeed(self) -> int:
        return self.getOrDefault(self.seed)

    def getSeverityCol(self) -> str:
        return self.getOrDefault(self.severityCol)

    def getStandardizedScoreCol(self) -> str:
        return self.getOrDefault(self.standardizedScoreCol)

    def getStepExponent(self) -> float:
        return self.getOrDefault(self.stepExponent)

    def getTol(self) -> float:
        return self.getOrDefault(self.tol)

    def getWeightCol(self) -> str:
        return self.getOrDefault(self.weightCol)


class Mixture(LatentEstimator["MixtureModel"], _MixtureParams):
    """Estimator of a mixed-type mixture (``model.type = mixture``).

    Parameters
    ----------
    alertRate : float
        Share of the rows that are anomalies, if they are like the training rows. Default: ``0.01``.
    anomalyScoreCol : str
        Column: anomaly score of the row, in nats; higher is more anomalous; empty: no column. Default: ``""``.
    contributionsCol : str
        Column: the columns that contribute most to the anomaly score, with what was expected there; only of anomalies
        if isAnomaly is added too; empty: no column. Default: ``"contributions"``.
    counts : {"histogram", "poisson", "negative-binomial"}
        Family of counts within a component; one of histogram, poisson, negative-binomial. Key: ``model.counts``.
        Default: ``"negative-binomial"``.
    covariance : {"full", "tied", "diagonal", "spherical", "factor", "ppca"}
        Shape of the covariances; tied: one full matrix; factor, ppca: loadings and noise, for many columns; one of
        full, tied, diagonal, spherical, factor, ppca. Key: ``model.covariance``. Default: ``"full"``.
    criterion : {"bic", "aic", "holdout", "mutual-information"}
        Choice among numbers of components; holdout: by held-out rows; mutual-information: among restarts only; one of
        bic, aic, holdout, mutual-information; if not set: holdout if rows are held out, else bic. Key:
        ``model.criterion``. Not set by default.
    explainedColumns : int
        Most columns of the contributions of a row, at least 1. Default: ``3``.
    factors : int
        Factor, ppca: latent variables of each component, fewer than columns; an integer >= 1. Key: ``model.factors``.
        Default: ``2``.
    families : Any
        Family of single columns, { NAME = poisson }; categorical: codes from 0 on; a section { NAME = family }, family:
        one of gaussian, student-t, histogram, categorical, poisson, negative-binomial; if not set: by the type of the
        column. Key: ``model.families``. Not set by default.
    featuresCol : str
        Features column: vectors or arrays of numbers, or a number. Default: ``"features"``.
    fitMethod : {"em", "stepwise-em"}
        Method; stepwise-em saves passes over a large table; em or stepwise-em. Key: ``model.fit``. Default: ``"em"``.
    handleInvalid : {"error", "skip", "keep"}
        Rows with NaN, infinity or null: end the job, leave out, keep (mixtures, ppca, factor-analysis, vae, mog-vae);
        one of error, skip, keep. Key: ``data.invalid``. Default: ``"keep"``.
    holdoutFraction : float
        Fraction of rows held out, chosen by a hash of their key and the seed; 0: none; a number >= 0 and < 1. Key:
        ``data.holdout.fraction``. Default: ``0.0``.
    imputedCol : str
        Column: the row with each missing value replaced by its mean, or most probable category, given the others, a
        vector; of a model with inputCols a struct of the table's columns; empty: no column. Default: ``""``.
    initMode : {"varied", "k-means||", "random-rows"}
        Initialisation; varied: k-means|| up to 256 components, in turn with random rows at restarts; one of varied,
        k-means||, random-rows. Key: ``model.initialization``. Default: ``"varied"``.
    initialModel : str
        Saved model to start from; a path; if not set: the type's own initialisation. Key: ``train.initialModel``. Not
        set by default.
    inputCols : str | sequence[str]
        Columns of any types, or globs; * is all of them. Not set by default.
    isAnomalyCol : str
        Column: whether the anomaly score is above score.threshold, or in the share score.alertRate; empty: no column.
        Default: ``"isAnomaly"``.
    k : int | str | sequence[int | str]
        Number of components; model.criterion chooses from a list, or from those that auto tries; an integer >= 1, or a
        list of these, or auto. Key: ``model.components``. Default: ``10``.
    logDensityCol : str
        Column: log density of the row, in nats; empty: no column. Default: ``""``.
    maxIter : int
        Maximum number of rounds; an integer >= 1. Key: ``train.maxRounds``. Default: ``100``.
    missing : {"ignore", "informative"}
        Missing cells; informative: each component has a probability that a cell is missing; ignore or informative. Key:
        ``model.missing``. Default: ``"ignore"``.
    numPartitions : int
        Number of partitions that rows are placed in; an integer >= 1; if not set: determined by the size of the data.
        Key: ``train.partitions``. Not set by default.
    numbers : {"gaussian", "student-t", "histogram"}
        Family of numbers within a component; student-t: with outliers; histogram: of any distribution; one of gaussian,
        student-t, histogram. Key: ``model.numbers``. Default: ``"gaussian"``.
    predictionCol : str
        Column: the most probable component, from 0; empty: no column. Default: ``"prediction"``.
    priorRows : float
        Prior of each component: pseudo-rows like the whole table; 0: maximum likelihood; a number >= 0. Key:
        ``model.priorRows``. Default: ``1.0``.
    probabilityCol : str
        Column: probability of each component, a vector of length K; empty: no column. Default: ``"probability"``.
    restarts : int
        Number of starts; the one with the greatest likelihood (or mutual information) is kept; an integer >= 1. Key:
        ``train.restarts``. Default: ``1``.
    scale : str
        Scaling of inputCols: none, standard, minmax, unit or quantile. Default: ``"none"``.
    seed : int
        Seed of every random stream of the training; an integer of 64 bits. Key: ``train.seed``. Default: ``1``.
    severityCol : str
        Column: percentage of the known rows with a lower anomaly score, from 0 to 100; empty: no column. Default:
        ``"severity"``.
    standardizedScoreCol : str
        Column: the anomaly score standardised by the cells that the row has, so that rows with different missing cells
        compare: the log odds that a row of the model has a lower one; empty: no column. Default: ``""``.
    stepExponent : float
        Stepwise-em, gradient: exponent by which steps fall; greater: sooner less noise, slower; a number > 0.5 and <=
        1. Key: ``train.stepExponent``. Default: ``0.6``.
    tol : float
        Training stops if a round gains less and has less to gain, in nats a row; 0: at maxRounds; a number >= 0. Key:
        ``train.tolerance``. Default: ``1.0E-4``.
    weightCol : str
        Weight of each row when fitting and evaluating; empty: 1. Default: ``""``.
    """

    _java_class = "io.github.sparklatent.ml.mixture.mixed.Mixture"

    @keyword_only
    def __init__(
        self,
        *,
        alertRate: float = 0.01,
        anomalyScoreCol: str = "",
        contributionsCol: str = "contributions",
        counts: Literal["histogram", "poisson", "negative-binomial"] = "negative-binomial",
        covariance: Literal["full", "tied", "diagonal", "spherical", "factor", "ppca"] = "full",
        criterion: Literal["bic", "aic", "holdout", "mutual-information"] | None = None,
        explainedColumns: int = 3,
        factors: int = 2,
        families: Any | None = None,
        featuresCol: str = "features",
        fitMethod: Literal["em", "stepwise-em"] = "em",
        handleInvalid: Literal["error", "skip", "keep"] = "keep",
        holdoutFraction: float = 0.0,
        imputedCol: str = "",
        initMode: Literal["varied", "k-means||", "random-rows"] = "varied",
        initialModel: str | None = None,
        inputCols: str | Sequence[str] | None = None,
        isAnomalyCol: str = "isAnomaly",
        k: int | str | Sequence[int | str] = 10,
        logDensityCol: str = "",
        maxIter: int = 100,
        missing: Literal["ignore", "informative"] = "ignore",
        numPartitions: int | None = None,
        numbers: Literal["gaussian", "student-t", "histogram"] = "gaussian",
        predictionCol: str = "prediction",
        priorRows: float = 1.0,
        probabilityCol: str = "probability",
        restarts: int = 1,
        scale: str = "none",
        seed: int = 1,
        severityCol: str = "severity",
        standardizedScoreCol: str = "",
        stepExponent: float = 0.6,
        tol: float = 1.0E-4,
        weightCol: str = "",
    ) -> None:
        super().__init__()
        self._setDefault(
            alertRate=0.01,
            anomalyScoreCol="",
            contributionsCol="contributions",
            counts="negative-binomial",
            covariance="full",
            explainedColumns=3,
            factors=2,
            featuresCol="features",
            fitMethod="em",
            handleInvalid="keep",
            holdoutFraction=0.0,
            imputedCol="",
            initMode="varied",
            isAnomalyCol="isAnomaly",
            k=10,
            logDensityCol="",
            maxIter=100,
            missing="ignore",
            numbers="gaussian",
            predictionCol="prediction",
            priorRows=1.0,
            probabilityCol="probability",
            restarts=1,
            scale="none",
            seed=1,
            severityCol="severity",
            standardizedScoreCol="",
            stepExponent=0.6,
            tol=1.0E-4,
            weightCol="",
        )
        self._set(**self._input_kwargs)

    @staticmethod
    def _model_class() -> type[MixtureModel]:
        return MixtureModel

    def setAlertRate(self, value: float) -> Mixture:
        return self._set(alertRate=value)

    def setAnomalyScoreCol(self, value: str) -> Mixture:
        return self._set(anomalyScoreCol=value)

    def setContributionsCol(self, value: str) -> Mixture:
        return self._set(contributionsCol=value)

    def setCounts(self, value: Literal["histogram", "poisson", "negative-binomial"]) -> Mixture:
        return self._set(counts=value)

    def setCovariance(self, value: Literal["full", "tied", "diagonal", "spherical", "factor", "ppca"]) -> Mixture:
        return self._set(covariance=value)

    def setCriterion(self, value: Literal["bic", "aic", "holdout", "mutual-information"]) -> Mixture:
        return self._set(criterion=value)

    def setExplainedColumns(self, value: int) -> Mixture:
        return self._set(explainedColumns=value)

    def setFactors(self, value: int) -> Mixture:
        return self._set(factors=value)

    def setFamilies(self, value: Any) -> Mixture:
        return self._set(families=value)

    def setFeaturesCol(self, value: str) -> Mixture:
        return self._set(featuresCol=value)

    def setFitMethod(self, value: Literal["em", "stepwise-em"]) -> Mixture:
        return self._set(fitMethod=value)

    def setHandleInvalid(self, value: Literal["error", "skip", "keep"]) -> Mixture:
        return self._set(handleInvalid=value)

    def setHoldoutFraction(self, value: float) -> Mixture:
        return self._set(holdoutFraction=value)

    def setImputedCol(self, value: str) -> Mixture:
        return self._set(imputedCol=value)

    def setInitMode(self, value: Literal["varied", "k-means||", "random-rows"]) -> Mixture:
        return self._set(initMode=value)

    def setInitialModel(self, value: str) -> Mixture:
        return self._set(initialModel=value)

    def setInputCols(self, value: str | Sequence[str]) -> Mixture:
        return self._set(inputCols=value)

    def setIsAnomalyCol(self, value: str) -> Mixture:
        return self._set(isAnomalyCol=value)

    def setK(self, value: int | str | Sequence[int | str]) -> Mixture:
        return self._set(k=value)

    def setLogDensityCol(self, value: str) -> Mixture:
        return self._set(logDensityCol=value)

    def setMaxIter(self, value: int) -> Mixture:
        return self._set(maxIter=value)

    def setMissing(self, value: Literal["ignore", "informative"]) -> Mixture:
        return self._set(missing=value)

    def setNumPartitions(self, value: int) -> Mixture:
        return self._set(numPartitions=value)

    def setNumbers(self, value: Literal["gaussian", "student-t", "histogram"]) -> Mixture:
        return self._set(numbers=value)

    def setPredictionCol(self, value: str) -> Mixture:
        return self._set(predictionCol=value)

    def setPriorRows(self, value: float) -> Mixture:
        return self._set(priorRows=value)

    def setProbabilityCol(self, value: str) -> Mixture:
        return self._set(probabilityCol=value)

    def setRestarts(self, value: int) -> Mixture:
        return self._set(restarts=value)

    def setScale(self, value: str) -> Mixture:
        return self._set(scale=value)

    def setSeed(self, value: int) -> Mixture:
        return self._set(seed=value)

    def setSeverityCol(self, value: str) -> Mixture:
        return self._set(severityCol=value)

    def setStandardizedScoreCol(self, value: str) -> Mixture:
        return self._set(standardizedScoreCol=value)

    def setStepExponent(self, value: float) -> Mixture:
        return self._set(stepExponent=value)

    def setTol(self, value: float) -> Mixture:
        return self._set(tol=value)

    def setWeightCol(self, value: str) -> Mixture:
        return self._set(weightCol=value)


class MixtureModel(MixtureModelBase, _MixtureParams):
    """Model of :py:class:`Mixture`."""

    _java_class = "io.github.sparklatent.ml.mixture.mixed.MixtureModel"
    _scoring = (
        "alertRate",
        "anomalyScoreCol",
        "contributionsCol",
        "explainedColumns",
        "featuresCol",
        "handleInvalid",
        "imputedCol",
        "isAnomalyCol",
        "logDensityCol",
        "numPartitions",
        "predictionCol",
        "probabilityCol",
        "severityCol",
        "standardizedScoreCol",
    )

    def setAlertRate(self, value: float) -> MixtureModel:
        return self._set(alertRate=value)

    def setAnomalyScoreCol(self, value: str) -> MixtureModel:
        return self._set(anomalyScoreCol=value)

    def setContributionsCol(self, value: str) -> MixtureModel:
        return self._set(contributionsCol=value)

    def setExplainedColumns(self, value: int) -> MixtureModel:
        return self._set(explainedColumns=value)

    def setFeaturesCol(self, value: str) -> MixtureModel:
        return self._set(featuresCol=value)

    def setHandleInvalid(self, value: Literal["error", "skip", "keep"]) -> MixtureModel:
        return self._set(handleInvalid=value)

    def setImputedCol(self, value: str) -> MixtureModel:
        return self._set(imputedCol=value)

    def setIsAnomalyCol(self, value: str) -> MixtureModel:
        return self._set(isAnomalyCol=value)

    def setLogDensityCol(self, value: str) -> MixtureModel:
        return self._set(logDensityCol=value)

    def setNumPartitions(self, value: int) -> MixtureModel:
        return self._set(numPartitions=value)

    def setPredictionCol(self, value: str) -> MixtureModel:
        return self._set(predictionCol=value)

    def setProbabilityCol(self, value: str) -> MixtureModel:
        return self._set(probabilityCol=value)

    def setSeverityCol(self, value: str) -> MixtureModel:
        return self._set(severityCol=value)

    def setStandardizedScoreCol(self, value: str) -> MixtureModel:
        return self._set(standardizedScoreCol=value)
