"""GaussianMixture. Generated from the declarations of the hyperparameters."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters

from spark_latent._base import Converters, LatentEstimator, MixtureModelBase, param


class _GaussianMixtureParams(Params):
    acceleration: Param[Any] = param("acceleration", TypeConverters.toBoolean, "Whether rounds of EM are extrapolated, which saves most of them if components overlap; true or false. Key: ``train.acceleration``.")
    aggregationDepth: Param[Any] = param("aggregationDepth", TypeConverters.toInt, "Accepted for compatibility with MLlib and without effect: partial results are added in partition order.")
    alertRate: Param[Any] = param("alertRate", TypeConverters.toFloat, "Share of the rows that are anomalies, if they are like the training rows.")
    anomalyScoreCol: Param[Any] = param("anomalyScoreCol", TypeConverters.toString, "Column: anomaly score of the row, in nats; higher is more anomalous; empty: no column.")
    components: Param[Any] = param("components", Converters.toListOfCounts, "Number of components; model.criterion chooses from a list, or from those that auto tries; an integer >= 1, or a list of these, or auto. Key: ``model.components``.")
    contributionsCol: Param[Any] = param("contributionsCol", TypeConverters.toString, "Column: the columns that contribute most to the anomaly score, with what was expected there; only of anomalies if isAnomaly is added too; empty: no column.")
    covariance: Param[Any] = param("covariance", TypeConverters.toString, "Shape of the covariances; tied: one full matrix; factor, ppca: loadings and noise, for many columns; one of full, tied, diagonal, spherical, factor, ppca. Key: ``model.covariance``.")
    covariancePrior: Param[Any] = param("covariancePrior", TypeConverters.toFloat, "Prior of each covariance: pseudo-rows with a typical covariance; 0: maximum likelihood; a number >= 0. Key: ``model.covariancePrior``.")
    criterion: Param[Any] = param("criterion", TypeConverters.toString, "Choice among numbers of components; holdout: by held-out rows; mutual-information: among restarts only; one of bic, aic, holdout, mutual-information. Key: ``model.criterion``.")
    draws: Param[Any] = param("draws", TypeConverters.toInt, "Drawn in a round: components of each row (monte-carlo-em; 1 is stochastic EM), or mixtures; an integer >= 1 and <= 10000. Key: ``train.draws``.")
    explainedColumns: Param[Any] = param("explainedColumns", TypeConverters.toInt, "Most columns of the contributions of a row, at least 1.")
    factors: Param[Any] = param("factors", TypeConverters.toInt, "Factor, ppca: latent variables of each component, fewer than columns; an integer >= 1. Key: ``model.factors``.")
    featuresCol: Param[Any] = param("featuresCol", TypeConverters.toString, "Features column: vectors or arrays of numbers, or a number.")
    fitMethod: Param[Any] = param("fitMethod", TypeConverters.toString, "Method; variational-bayes finds the number of components, variational-inference a posterior of all parameters; one of em, variational-bayes, variational-inference, stepwise-em, gradient, monte-carlo-em. Key: ``model.fit``.")
    gradient: Param[Any] = param("gradient", TypeConverters.toString, "Variational-inference: estimator of the gradient of the bound; reparameterized or score-function. Key: ``model.gradient``.")
    handleInvalid: Param[Any] = param("handleInvalid", TypeConverters.toString, "Rows with NaN, infinity or null: end the job, leave out, keep (mixtures, ppca, factor-analysis, vae, mog-vae); one of error, skip, keep. Key: ``data.invalid``.")
    holdoutFraction: Param[Any] = param("holdoutFraction", TypeConverters.toFloat, "Fraction of rows held out, chosen by a hash of their key and the seed; 0: none; a number >= 0 and < 1. Key: ``data.holdout.fraction``.")
    imputedCol: Param[Any] = param("imputedCol", TypeConverters.toString, "Column: the row with each missing value replaced by its mean, or most probable category, given the others, a vector; of a model with inputCols a struct of the table's columns; empty: no column.")
    initMode: Param[Any] = param("initMode", TypeConverters.toString, "Initialisation; varied: k-means||, then moves of the best fit and random rows take turns at restarts; one of varied, k-means||, random, random-rows, over-clustering. Key: ``model.initialization``.")
    initialModel: Param[Any] = param("initialModel", TypeConverters.toString, "Saved model to start from; a path; if not set: the type's own initialisation. Key: ``train.initialModel``.")
    inputCols: Param[Any] = param("inputCols", Converters.toListOfStrings, "Columns of any types, or globs; * is all of them.")
    isAnomalyCol: Param[Any] = param("isAnomalyCol", TypeConverters.toString, "Column: whether the anomaly score is above score.threshold, or in the share score.alertRate; empty: no column.")
    k: Param[Any] = param("k", TypeConverters.toInt, "Number of components, at least 1.")
    learningRate: Param[Any] = param("learningRate", TypeConverters.toFloat, "Gradient, variational-inference: deviations that a step of Adam moves a mean; a number > 0; if not set: 0.8, for variational-inference 0.1. Key: ``train.learningRate``.")
    logDensityCol: Param[Any] = param("logDensityCol", TypeConverters.toString, "Column: log density of the row, in nats; empty: no column.")
    maxIter: Param[Any] = param("maxIter", TypeConverters.toInt, "Maximum number of rounds; an integer >= 1. Key: ``train.maxRounds``.")
    numPartitions: Param[Any] = param("numPartitions", TypeConverters.toInt, "Number of partitions that rows are placed in; an integer >= 1; if not set: determined by the size of the data. Key: ``train.partitions``.")
    posterior: Param[Any] = param("posterior", TypeConverters.toString, "Variational-inference: covariance of the Gaussian posterior; mean-field or full. Key: ``model.posterior``.")
    predictionCol: Param[Any] = param("predictionCol", TypeConverters.toString, "Column: the most probable component, from 0; empty: no column.")
    probabilityCol: Param[Any] = param("probabilityCol", TypeConverters.toString, "Column: probability of each component, a vector of length K; empty: no column.")
    regularization: Param[Any] = param("regularization", TypeConverters.toFloat, "Variance added to every diagonal element of a covariance; a number >= 0. Key: ``model.regularization``.")
    restarts: Param[Any] = param("restarts", TypeConverters.toInt, "Number of starts; the one with the greatest likelihood (or mutual information) is kept; an integer >= 1. Key: ``train.restarts``.")
    robust: Param[Any] = param("robust", TypeConverters.toString, "Trim: each round leaves out the rows of lowest density; mcd: with one component, for anomalies; one of none, trim, mcd. Key: ``model.robust``.")
    scale: Param[Any] = param("scale", TypeConverters.toString, "Scaling of inputCols: none, standard, minmax, unit or quantile.")
    seed: Param[Any] = param("seed", TypeConverters.toInt, "Seed of every random stream of the training; an integer of 64 bits. Key: ``train.seed``.")
    severityCol: Param[Any] = param("severityCol", TypeConverters.toString, "Column: percentage of the known rows with a lower anomaly score, from 0 to 100; empty: no column.")
    standardizedScoreCol: Param[Any] = param("standardizedScoreCol", TypeConverters.toString, "Column: the anomaly score standardised by the cells that the row has, so that rows with different missing cells compare: the log odds that a row of the model has a lower one; empty: no column.")
    stepExponent: Param[Any] = param("stepExponent", TypeConverters.toFloat, "Stepwise-em, gradient: exponent by which steps fall; greater: sooner less noise, slower; a number > 0.5 and <= 1. Key: ``train.stepExponent``.")
    tol: Param[Any] = param("tol", TypeConverters.toFloat, "Training stops if a round gains less and has less to gain, in nats a row; 0: at maxRounds; a number >= 0. Key: ``train.tolerance``.")
    trim: Param[Any] = param("trim", TypeConverters.toFloat, "Robust: share of the rows that each round leaves out, above that of outliers; a number > 0 and <= 0.5. Key: ``model.trim``.")
    weightCol: Param[Any] = param("weightCol", TypeConverters.toString, "Weight of each row when fitting and evaluating; empty: 1.")
    weightConcentration: Param[Any] = param("weightConcentration", TypeConverters.toFloat, "Variational methods: if small, few components stay in use; 0: 1 / components; a number >= 0. Key: ``model.weightConcentration``.")
    weightPrior: Param[Any] = param("weightPrior", TypeConverters.toString, "Variational methods: prior of the weights; dirichlet or dirichlet-process. Key: ``model.weightPrior``.")

    def getAcceleration(self) -> bool:
        return self.getOrDefault(self.acceleration)

    def getAggregationDepth(self) -> int:
        return self.getOrDefault(self.aggregationDepth)

    def getAlertRate(self) -> float:
        return self.getOrDefault(self.alertRate)

    def getAnomalyScoreCol(self) -> str:
        return self.getOrDefault(self.anomalyScoreCol)

    def getComponents(self) -> list[int | str]:
        return Converters.fromListOfCounts(self.getOrDefault(self.components))

    def getContributionsCol(self) -> str:
        return self.getOrDefault(self.contributionsCol)

    def getCovariance(self) -> str:
        return self.getOrDefault(self.covariance)

    def getCovariancePrior(self) -> float:
        return self.getOrDefault(self.covariancePrior)

    def getCriterion(self) -> str:
        return self.getOrDefault(self.criterion)

    def getDraws(self) -> int:
        return self.getOrDefault(self.draws)

    def getExplainedColumns(self) -> int:
        return self.getOrDefault(self.explainedColumns)

    def getFactors(self) -> int:
        return self.getOrDefault(self.factors)

    def getFeaturesCol(self) -> str:
        return self.getOrDefault(self.featuresCol)

    def getFitMethod(self) -> str:
        return self.getOrDefault(self.fitMethod)

    def getGradient(self) -> str:
        return self.getOrDefault(self.gradient)

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

    def getK(self) -> int:
        return self.getOrDefault(self.k)

    def getLearningRate(self) -> float:
        return self.getOrDefault(self.learningRate)

    def getLogDensityCol(self) -> str:
        return self.getOrDefault(self.logDensityCol)

    def getMaxIter(self) -> int:
        return self.getOrDefault(self.maxIter)

    def getNumPartitions(self) -> int:
        return self.getOrDefault(self.numPartitions)

    def getPosterior(self) -> str:
        return self.getOrDefault(self.posterior)

    def getPredictionCol(self) -> str:
        return self.getOrDefault(self.predictionCol)

    def getProbabilityCol(self) -> str:
        return self.getOrDefault(self.probabilityCol)

    def getRegularization(self) -> float:
        return self.getOrDefault(self.regularization)

    def getRestarts(self) -> int:
        return self.getOrDefault(self.restarts)

    def getRobust(self) -> str:
        return self.getOrDefault(self.robust)

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

    def getTrim(self) -> float:
        return self.getOrDefault(self.trim)

    def getWeightCol(self) -> str:
        return self.getOrDefault(self.weightCol)

    def getWeightConcentration(self) -> float:
        return self.getOrDefault(self.weightConcentration)

    def getWeightPrior(self) -> str:
        return self.getOrDefault(self.weightPrior)


class GaussianMixture(LatentEstimator["GaussianMixtureModel"], _GaussianMixtureParams):
    """Estimator of a Gaussian mixture (``model.type = gmm``).

    Parameters
    ----------
    acceleration : bool
        Whether rounds of EM are extrapolated, which saves most of them if components overlap; true or false. Key:
        ``train.acceleration``. Default: ``False``.
    aggregationDepth : int
        Accepted for compatibility with MLlib and without effect: partial results are added in partition order. Default:
        ``2``.
    alertRate : float
        Share of the rows that are anomalies, if they are like the training rows. Default: ``0.01``.
    anomalyScoreCol : str
        Column: anomaly score of the row, in nats; higher is more anomalous; empty: no column. Default: ``""``.
    components : int | str | sequence[int | str]
        Number of components; model.criterion chooses from a list, or from those that auto tries; an integer >= 1, or a
        list of these, or auto. Key: ``model.components``. Default: ``2``.
    contributionsCol : str
        Column: the columns that contribute most to the anomaly score, with what was expected there; only of anomalies
        if isAnomaly is added too; empty: no column. Default: ``""``.
    covariance : {"full", "tied", "diagonal", "spherical", "factor", "ppca"}
        Shape of the covariances; tied: one full matrix; factor, ppca: loadings and noise, for many columns; one of
        full, tied, diagonal, spherical, factor, ppca. Key: ``model.covariance``. Default: ``"full"``.
    covariancePrior : float
        Prior of each covariance: pseudo-rows with a typical covariance; 0: maximum likelihood; a number >= 0. Key:
        ``model.covariancePrior``. Default: ``1.0``.
    criterion : {"bic", "aic", "holdout", "mutual-information"}
        Choice among numbers of components; holdout: by held-out rows; mutual-information: among restarts only; one of
        bic, aic, holdout, mutual-information. Key: ``model.criterion``. Default: ``"bic"``.
    draws : int
        Drawn in a round: components of each row (monte-carlo-em; 1 is stochastic EM), or mixtures; an integer >= 1 and
        <= 10000. Key: ``train.draws``. Default: ``10``.
    explainedColumns : int
        Most columns of the contributions of a row, at least 1. Default: ``3``.
    factors : int
        Factor, ppca: latent variables of each component, fewer than columns; an integer >= 1. Key: ``model.factors``.
        Default: ``2``.
    featuresCol : str
        Features column: vectors or arrays of numbers, or a number. Default: ``"features"``.
    fitMethod : {"em", "variational-bayes", "variational-inference", "stepwise-em", "gradient", "monte-carlo-em"}
        Method; variational-bayes finds the number of components, variational-inference a posterior of all parameters;
        one of em, variational-bayes, variational-inference, stepwise-em, gradient, monte-carlo-em. Key: ``model.fit``.
        Default: ``"em"``.
    gradient : {"reparameterized", "score-function"}
        Variational-inference: estimator of the gradient of the bound; reparameterized or score-function. Key:
        ``model.gradient``. Default: ``"reparameterized"``.
    handleInvalid : {"error", "skip", "keep"}
        Rows with NaN, infinity or null: end the job, leave out, keep (mixtures, ppca, factor-analysis, vae, mog-vae);
        one of error, skip, keep. Key: ``data.invalid``. Default: ``"error"``.
    holdoutFraction : float
        Fraction of rows held out, chosen by a hash of their key and the seed; 0: none; a number >= 0 and < 1. Key:
        ``data.holdout.fraction``. Default: ``0.0``.
    imputedCol : str
        Column: the row with each missing value replaced by its mean, or most probable category, given the others, a
        vector; of a model with inputCols a struct of the table's columns; empty: no column. Default: ``""``.
    initMode : {"varied", "k-means||", "random", "random-rows", "over-clustering"}
        Initialisation; varied: k-means||, then moves of the best fit and random rows take turns at restarts; one of
        varied, k-means||, random, random-rows, over-clustering. Key: ``model.initialization``. Default: ``"varied"``.
    initialModel : str
        Saved model to start from; a path; if not set: the type's own initialisation. Key: ``train.initialModel``. Not
        set by default.
    inputCols : str | sequence[str]
        Columns of any types, or globs; * is all of them. Not set by default.
    isAnomalyCol : str
        Column: whether the anomaly score is above score.threshold, or in the share score.alertRate; empty: no column.
        Default: ``""``.
    k : int
        Number of components, at least 1. Default: ``2``.
    learningRate : float
        Gradient, variational-inference: deviations that a step of Adam moves a mean; a number > 0; if not set: 0.8, for
        variational-inference 0.1. Key: ``train.learningRate``. Not set by default.
    logDensityCol : str
        Column: log density of the row, in nats; empty: no column. Default: ``""``.
    maxIter : int
        Maximum number of rounds; an integer >= 1. Key: ``train.maxRounds``. Default: ``100``.
    numPartitions : int
        Number of partitions that rows are placed in; an integer >= 1; if not set: determined by the size of the data.
        Key: ``train.partitions``. Not set by default.
    posterior : {"mean-field", "full"}
        Variational-inference: covariance of the Gaussian posterior; mean-field or full. Key: ``model.posterior``.
        Default: ``"mean-field"``.
    predictionCol : str
        Column: the most probable component, from 0; empty: no column. Default: ``"prediction"``.
    probabilityCol : str
        Column: probability of each component, a vector of length K; empty: no column. Default: ``"probability"``.
    regularization : float
        Variance added to every diagonal element of a covariance; a number >= 0. Key: ``model.regularization``. Default:
        ``1.0E-6``.
    restarts : int
        Number of starts; the one with the greatest likelihood (or mutual information) is kept; an integer >= 1. Key:
        ``train.restarts``. Default: ``1``.
    robust : {"none", "trim", "mcd"}
        Trim: each round leaves out the rows of lowest density; mcd: with one component, for anomalies; one of none,
        trim, mcd. Key: ``model.robust``. Default: ``"none"``.
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
    stepExponent : float
        Stepwise-em, gradient: exponent by which steps fall; greater: sooner less noise, slower; a number > 0.5 and <=
        1. Key: ``train.stepExponent``. Default: ``0.6``.
    tol : float
        Training stops if a round gains less and has less to gain, in nats a row; 0: at maxRounds; a number >= 0. Key:
        ``train.tolerance``. Default: ``1.0E-4``.
    trim : float
        Robust: share of the rows that each round leaves out, above that of outliers; a number > 0 and <= 0.5. Key:
        ``model.trim``. Default: ``0.3``.
    weightCol : str
        Weight of each row when fitting and evaluating; empty: 1. Default: ``""``.
    weightConcentration : float
        Variational methods: if small, few components stay in use; 0: 1 / components; a number >= 0. Key:
        ``model.weightConcentration``. Default: ``0.0``.
    weightPrior : {"dirichlet", "dirichlet-process"}
        Variational methods: prior of the weights; dirichlet or dirichlet-process. Key: ``model.weightPrior``. Default:
        ``"dirichlet-process"``.
    """

    _java_class = "io.github.sparklatent.ml.mixture.GaussianMixture"

    @keyword_only
    def __init__(
        self,
        *,
        acceleration: bool = False,
        aggregationDepth: int = 2,
        alertRate: float = 0.01,
        anomalyScoreCol: str = "",
        components: int | str | Sequence[int | str] = 2,
        contributionsCol: str = "",
        covariance: Literal["full", "tied", "diagonal", "spherical", "factor", "ppca"] = "full",
        covariancePrior: float = 1.0,
        criterion: Literal["bic", "aic", "holdout", "mutual-information"] = "bic",
        draws: int = 10,
        explainedColumns: int = 3,
        factors: int = 2,
        featuresCol: str = "features",
        fitMethod: Literal["em", "variational-bayes", "variational-inference", "stepwise-em", "gradient", "monte-carlo-em"] = "em",
        gradient: Literal["reparameterized", "score-function"] = "reparameterized",
        handleInvalid: Literal["error", "skip", "keep"] = "error",
        holdoutFraction: float = 0.0,
        imputedCol: str = "",
        initMode: Literal["varied", "k-means||", "random", "random-rows", "over-clustering"] = "varied",
        initialModel: str | None = None,
        inputCols: str | Sequence[str] | None = None,
        isAnomalyCol: str = "",
        k: int = 2,
        learningRate: float | None = None,
        logDensityCol: str = "",
        maxIter: int = 100,
        numPartitions: int | None = None,
        posterior: Literal["mean-field", "full"] = "mean-field",
        predictionCol: str = "prediction",
        probabilityCol: str = "probability",
        regularization: float = 1.0E-6,
        restarts: int = 1,
        robust: Literal["none", "trim", "mcd"] = "none",
        scale: str = "none",
        seed: int = 1,
        severityCol: str = "",
        standardizedScoreCol: str = "",
        stepExponent: float = 0.6,
        tol: float = 1.0E-4,
        trim: float = 0.3,
        weightCol: str = "",
        weightConcentration: float = 0.0,
        weightPrior: Literal["dirichlet", "dirichlet-process"] = "dirichlet-process",
    ) -> None:
        super().__init__()
        self._setDefault(
            acceleration=False,
            aggregationDepth=2,
            alertRate=0.01,
            anomalyScoreCol="",
            components=2,
            contributionsCol="",
            covariance="full",
            covariancePrior=1.0,
            criterion="bic",
            draws=10,
            explainedColumns=3,
            factors=2,
            featuresCol="features",
            fitMethod="em",
            gradient="reparameterized",
            handleInvalid="error",
            holdoutFraction=0.0,
            imputedCol="",
            initMode="varied",
            isAnomalyCol="",
            k=2,
            logDensityCol="",
            maxIter=100,
            posterior="mean-field",
            predictionCol="prediction",
            probabilityCol="probability",
            regularization=1.0E-6,
            restarts=1,
            robust="none",
            scale="none",
            seed=1,
            severityCol="",
            standardizedScoreCol="",
            stepExponent=0.6,
            tol=1.0E-4,
            trim=0.3,
            weightCol="",
            weightConcentration=0.0,
            weightPrior="dirichlet-process",
        )
        self._set(**self._input_kwargs)

    @staticmethod
    def _model_class() -> type[GaussianMixtureModel]:
        return GaussianMixtureModel

    def setAcceleration(self, value: bool) -> GaussianMixture:
        return self._set(acceleration=value)

    def setAggregationDepth(self, value: int) -> GaussianMixture:
        return self._set(aggregationDepth=value)

    def setAlertRate(self, value: float) -> GaussianMixture:
        return self._set(alertRate=value)

    def setAnomalyScoreCol(self, value: str) -> GaussianMixture:
        return self._set(anomalyScoreCol=value)

    def setComponents(self, value: int | str | Sequence[int | str]) -> GaussianMixture:
        return self._set(components=value)

    def setContributionsCol(self, value: str) -> GaussianMixture:
        return self._set(contributionsCol=value)

    def setCovariance(self, value: Literal["full", "tied", "diagonal", "spherical", "factor", "ppca"]) -> GaussianMixture:
        return self._set(covariance=value)

    def setCovariancePrior(self, value: float) -> GaussianMixture:
        return self._set(covariancePrior=value)

    def setCriterion(self, value: Literal["bic", "aic", "holdout", "mutual-information"]) -> GaussianMixture:
        return self._set(criterion=value)

    def setDraws(self, value: int) -> GaussianMixture:
        return self._set(draws=value)

    def setExplainedColumns(self, value: int) -> GaussianMixture:
        return self._set(explainedColumns=value)

    def setFactors(self, value: int) -> GaussianMixture:
        return self._set(factors=value)

    def setFeaturesCol(self, value: str) -> GaussianMixture:
        return self._set(featuresCol=value)

    def setFitMethod(self, value: Literal["em", "variational-bayes", "variational-inference", "stepwise-em", "gradient", "monte-carlo-em"]) -> GaussianMixture:
        return self._set(fitMethod=value)

    def setGradient(self, value: Literal["reparameterized", "score-function"]) -> GaussianMixture:
        return self._set(gradient=value)

    def setHandleInvalid(self, value: Literal["error", "skip", "keep"]) -> GaussianMixture:
        return self._set(handleInvalid=value)

    def setHoldoutFraction(self, value: float) -> GaussianMixture:
        return self._set(holdoutFraction=value)

    def setImputedCol(self, value: str) -> GaussianMixture:
        return self._set(imputedCol=value)

    def setInitMode(self, value: Literal["varied", "k-means||", "random", "random-rows", "over-clustering"]) -> GaussianMixture:
        return self._set(initMode=value)

    def setInitialModel(self, value: str) -> GaussianMixture:
        return self._set(initialModel=value)

    def setInputCols(self, value: str | Sequence[str]) -> GaussianMixture:
        return self._set(inputCols=value)

    def setIsAnomalyCol(self, value: str) -> GaussianMixture:
        return self._set(isAnomalyCol=value)

    def setK(self, value: int) -> GaussianMixture:
        return self._set(k=value)

    def setLearningRate(self, value: float) -> GaussianMixture:
        return self._set(learningRate=value)

    def setLogDensityCol(self, value: str) -> GaussianMixture:
        return self._set(logDensityCol=value)

    def setMaxIter(self, value: int) -> GaussianMixture:
        return self._set(maxIter=value)

    def setNumPartitions(self, value: int) -> GaussianMixture:
        return self._set(numPartitions=value)

    def setPosterior(self, value: Literal["mean-field", "full"]) -> GaussianMixture:
        return self._set(posterior=value)

    def setPredictionCol(self, value: str) -> GaussianMixture:
        return self._set(predictionCol=value)

    def setProbabilityCol(self, value: str) -> GaussianMixture:
        return self._set(probabilityCol=value)

    def setRegularization(self, value: float) -> GaussianMixture:
        return self._set(regularization=value)

    def setRestarts(self, value: int) -> GaussianMixture:
        return self._set(restarts=value)

    def setRobust(self, value: Literal["none", "trim", "mcd"]) -> GaussianMixture:
        return self._set(robust=value)

    def setScale(self, value: str) -> GaussianMixture:
        return self._set(scale=value)

    def setSeed(self, value: int) -> GaussianMixture:
        return self._set(seed=value)

    def setSeverityCol(self, value: str) -> GaussianMixture:
        return self._set(severityCol=value)

    def setStandardizedScoreCol(self, value: str) -> GaussianMixture:
        return self._set(standardizedScoreCol=value)

    def setStepExponent(self, value: float) -> GaussianMixture:
        return self._set(stepExponent=value)

    def setTol(self, value: float) -> GaussianMixture:
        return self._set(tol=value)

    def setTrim(self, value: float) -> GaussianMixture:
        return self._set(trim=value)

    def setWeightCol(self, value: str) -> GaussianMixture:
        return self._set(weightCol=value)

    def setWeightConcentration(self, value: float) -> GaussianMixture:
        return self._set(weightConcentration=value)

    def setWeightPrior(self, value: Literal["dirichlet", "dirichlet-process"]) -> GaussianMixture:
        return self._set(weightPrior=value)


class GaussianMixtureModel(MixtureModelBase, _GaussianMixtureParams):  # type: ignore[misc]
    """Model of :py:class:`GaussianMixture`."""

    _java_class = "io.github.sparklatent.ml.mixture.GaussianMixtureModel"
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

    def setAlertRate(self, value: float) -> GaussianMixtureModel:
        return self._set(alertRate=value)

    def setAnomalyScoreCol(self, value: str) -> GaussianMixtureModel:
        return self._set(anomalyScoreCol=value)

    def setContributionsCol(self, value: str) -> GaussianMixtureModel:
        return self._set(contributionsCol=value)

    def setExplainedColumns(self, value: int) -> GaussianMixtureModel:
        return self._set(explainedColumns=value)

    def setFeaturesCol(self, value: str) -> GaussianMixtureModel:
        return self._set(featuresCol=value)

    def setHandleInvalid(self, value: Literal["error", "skip", "keep"]) -> GaussianMixtureModel:
        return self._set(handleInvalid=value)

    def setImputedCol(self, value: str) -> GaussianMixtureModel:
        return self._set(imputedCol=value)

    def setIsAnomalyCol(self, value: str) -> GaussianMixtureModel:
        return self._set(isAnomalyCol=value)

    def setLogDensityCol(self, value: str) -> GaussianMixtureModel:
        return self._set(logDensityCol=value)

    def setNumPartitions(self, value: int) -> GaussianMixtureModel:
        return self._set(numPartitions=value)

    def setPredictionCol(self, value: str) -> GaussianMixtureModel:
        return self._set(predictionCol=value)

    def setProbabilityCol(self, value: str) -> GaussianMixtureModel:
        return self._set(probabilityCol=value)

    def setSeverityCol(self, value: str) -> GaussianMixtureModel:
        return self._set(severityCol=value)

    def setStandardizedScoreCol(self, value: str) -> GaussianMixtureModel:
        return self._set(standardizedScoreCol=value)
