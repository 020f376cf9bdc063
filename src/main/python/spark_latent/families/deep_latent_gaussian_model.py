"""DeepLatentGaussianModel. Generated from the declarations of the hyperparameters."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters

from spark_latent._base import Converters, LatentEstimator, LatentModel, param


class _DeepLatentGaussianModelParams(Params):
    activation: Param[Any] = param("activation", TypeConverters.toString, "Function after every layer except the last; one of linear, relu, leaky-relu, tanh, sigmoid, softplus, gelu. Key: ``model.activation``.")
    alertRate: Param[Any] = param("alertRate", TypeConverters.toFloat, "Share of the rows that are anomalies, if they are like the training rows.")
    anomalyScoreCol: Param[Any] = param("anomalyScoreCol", TypeConverters.toString, "Column: anomaly score of the row, in nats; higher is more anomalous; empty: no column.")
    batchSize: Param[Any] = param("batchSize", TypeConverters.toInt, "Rows per step in a partition; an integer >= 1; if not set: 128, for vade and cluster-vae 256, divided by the number of partitions, at least 8. Key: ``train.batchSize``.")
    beta1: Param[Any] = param("beta1", TypeConverters.toFloat, "Adam, adamw: decay of the mean gradient; a number >= 0 and < 1; if not set: 0.9. Key: ``train.optimizer.beta1``.")
    betaWarmUpEpochs: Param[Any] = param("betaWarmUpEpochs", TypeConverters.toFloat, "Epochs over which the weight of the KL divergence grows from 0; mog-vae: over all stages; a number >= 0. Key: ``model.betaWarmUpEpochs``.")
    binarize: Param[Any] = param("binarize", TypeConverters.toBoolean, "Bernoulli: whether values are drawn as 0 or 1 each time a row is used; true or false. Key: ``model.binarize``.")
    chainSteps: Param[Any] = param("chainSteps", TypeConverters.toInt, "Transitions of the Hamiltonian chain of a row in each training step; an integer >= 1. Key: ``train.chainSteps``.")
    clipNorm: Param[Any] = param("clipNorm", TypeConverters.toFloat, "Largest norm of the gradient; a larger one is scaled down; 0: no limit; a number >= 0. Key: ``train.optimizer.clipNorm``.")
    contributionsCol: Param[Any] = param("contributionsCol", TypeConverters.toString, "Column: the columns that contribute most to the anomaly score, with what was expected there; only of anomalies if isAnomaly is added too; empty: no column.")
    decoder: Param[Any] = param("decoder", Converters.toListOfStrings, "Layers from the latent variables to the row; convolutions are transposed here; a list of widths >= 1 and of { conv = channels, kernel = size, stride = 1, padding = 0 }; if not set: the layers of the encoder, reversed. Key: ``model.decoder``.")
    encoder: Param[Any] = param("encoder", Converters.toListOfStrings, "Layers from the row to the latent variables; a number means a dense layer of that width; a list of widths >= 1 and of { conv = channels, kernel = size, stride = 1, padding = 0 }. Key: ``model.encoder``.")
    evaluateEvery: Param[Any] = param("evaluateEvery", TypeConverters.toInt, "Rounds between two evaluations of the held-out rows; an integer >= 1; if not set: once an epoch. Key: ``train.evaluateEvery``.")
    explainedColumns: Param[Any] = param("explainedColumns", TypeConverters.toInt, "Most columns of the contributions of a row, at least 1.")
    featuresCol: Param[Any] = param("featuresCol", TypeConverters.toString, "Features column: vectors or arrays of numbers, or a number.")
    handleInvalid: Param[Any] = param("handleInvalid", TypeConverters.toString, "Rows with NaN, infinity or null: end the job, leave out, keep (mixtures, ppca, factor-analysis, vae, mog-vae); one of error, skip, keep. Key: ``data.invalid``.")
    holdoutFraction: Param[Any] = param("holdoutFraction", TypeConverters.toFloat, "Fraction of rows held out, chosen by a hash of their key and the seed; 0: none; a number >= 0 and < 1. Key: ``data.holdout.fraction``.")
    image: Param[Any] = param("image", Converters.toListOfInts, "Size of the images in the rows; required for convolutions; [channels, height, width], integers >= 1; if not set: the image size of idx files. Key: ``model.image``.")
    importanceSamples: Param[Any] = param("importanceSamples", TypeConverters.toInt, "Draws to estimate the log-likelihood of held-out and evaluated rows; 0: no estimate; an integer >= 0. Key: ``model.importanceSamples``.")
    initialModel: Param[Any] = param("initialModel", TypeConverters.toString, "Saved model to start from; a path; if not set: the type's own initialisation. Key: ``train.initialModel``.")
    inputCols: Param[Any] = param("inputCols", Converters.toListOfStrings, "Columns of any types, or globs; * is all of them.")
    isAnomalyCol: Param[Any] = param("isAnomalyCol", TypeConverters.toString, "Column: whether the anomaly score is above score.threshold, or in the share score.alertRate; empty: no column.")
    latent: Param[Any] = param("latent", TypeConverters.toInt, "Number of latent variables of a row; an integer >= 1. Key: ``model.latent``.")
    latentCol: Param[Any] = param("latentCol", TypeConverters.toString, "Column: latent variables of the row, a vector: their mean if they have a distribution; empty: no column.")
    latentVarianceCol: Param[Any] = param("latentVarianceCol", TypeConverters.toString, "Column: variance of each latent variable given the row, a vector; empty: no column.")
    leapfrogSteps: Param[Any] = param("leapfrogSteps", TypeConverters.toInt, "Leapfrog steps of a transition; each decodes the batch once; an integer >= 1. Key: ``train.leapfrogSteps``.")
    learningRate: Param[Any] = param("learningRate", TypeConverters.toFloat, "Learning rate; a number > 0; if not set: 1e-3, for sgd 1e-2. Key: ``train.optimizer.learningRate``.")
    likelihood: Param[Any] = param("likelihood", Converters.toHocon, "Distribution of a row; auto: by the column's type; a gaussian's variance is 1, any number, learnt or output; one of auto, bernoulli, gaussian, categorical, poisson, negative-binomial, student-t, { type = gaussian, variance = learnt }, or a list of { columns = [...], likelihood = ... }. Key: ``model.likelihood``.")
    localSteps: Param[Any] = param("localSteps", TypeConverters.toInt, "Batches between two averages, instead of roundsPerEpoch; an integer >= 1; if not set: roundsPerEpoch. Key: ``train.localSteps``.")
    maxEpochs: Param[Any] = param("maxEpochs", TypeConverters.toFloat, "Epochs after which training stops in any case; an epoch uses every row once; a number > 0. Key: ``train.maxEpochs``.")
    momentum: Param[Any] = param("momentum", TypeConverters.toFloat, "Sgd: factor of the previous step that is kept; a number >= 0 and < 1; if not set: 0.9. Key: ``train.optimizer.momentum``.")
    movingAverage: Param[Any] = param("movingAverage", TypeConverters.toFloat, "Epochs over which the resulting parameters are averaged; 0: use the last ones; a number >= 0. Key: ``train.outer.movingAverage``.")
    numPartitions: Param[Any] = param("numPartitions", TypeConverters.toInt, "Number of partitions that rows are placed in; an integer >= 1; if not set: determined by the size of the data. Key: ``train.partitions``.")
    optimizer: Param[Any] = param("optimizer", TypeConverters.toString, "Optimiser of each partition; one of sgd, rmsprop, adam, adamw. Key: ``train.optimizer.type``.")
    outer: Param[Any] = param("outer", TypeConverters.toString, "How the average change of the partitions is applied; one of average, momentum, nesterov, adam. Key: ``train.outer.type``.")
    patience: Param[Any] = param("patience", TypeConverters.toInt, "Evaluations of held-out rows without progress before a stop; 0: never, needed if no round is best; an integer >= 0. Key: ``train.patience``.")
    reconstructionCol: Param[Any] = param("reconstructionCol", TypeConverters.toString, "Column: reconstruction of the row, a vector; of a model with inputCols a struct of the table's columns; empty: no column.")
    reconstructionErrorCol: Param[Any] = param("reconstructionErrorCol", TypeConverters.toString, "Column: mean squared difference of the row and its reconstruction; empty: no column.")
    roundsPerEpoch: Param[Any] = param("roundsPerEpoch", TypeConverters.toFloat, "How often in an epoch the partitions' parameters are averaged; below 1: every few epochs; a number > 0; if not set: 8, or fewer so that a round has 16 batches. Key: ``train.roundsPerEpoch``.")
    samples: Param[Any] = param("samples", TypeConverters.toInt, "Latent vectors drawn for a row in each training step; mog-vae: for each component; an integer >= 1. Key: ``model.samples``.")
    scale: Param[Any] = param("scale", TypeConverters.toString, "Scaling of inputCols: none, standard, minmax, unit or quantile.")
    schedule: Param[Any] = param("schedule", TypeConverters.toString, "How the learning rate decreases; one of constant, step, cosine, linear. Key: ``train.optimizer.schedule.type``.")
    scheduleEvery: Param[Any] = param("scheduleEvery", TypeConverters.toFloat, "Step: epochs between two decreases; a number > 0; if not set: 10. Key: ``train.optimizer.schedule.every``.")
    scheduleFactor: Param[Any] = param("scheduleFactor", TypeConverters.toFloat, "Step: factor of the learning rate; a number > 0 and <= 1; if not set: 0.9. Key: ``train.optimizer.schedule.factor``.")
    scheduleLeast: Param[Any] = param("scheduleLeast", TypeConverters.toFloat, "Cosine, linear: final learning rate as a share of the full one; a number >= 0 and < 1; if not set: 0. Key: ``train.optimizer.schedule.least``.")
    scheduleShare: Param[Any] = param("scheduleShare", TypeConverters.toFloat, "Share of the epochs, at the end, in which the learning rate decreases; a number > 0 and <= 1; if not set: cosine: 1; linear: 0.3. Key: ``train.optimizer.schedule.share``.")
    scoreReconstruction: Param[Any] = param("scoreReconstruction", TypeConverters.toString, "Reconstruction of a row: the decoder's mean at the mean code, or z and the row drawn; mean or sample. Key: ``score.reconstruction``.")
    scoreSamples: Param[Any] = param("scoreSamples", TypeConverters.toInt, "Latent vectors drawn for the ELBO of a row in scores and metrics; mog-vae: for each component; an integer >= 1. Key: ``score.samples``.")
    seed: Param[Any] = param("seed", TypeConverters.toInt, "Seed of every random stream of the training; an integer of 64 bits. Key: ``train.seed``.")
    severityCol: Param[Any] = param("severityCol", TypeConverters.toString, "Column: percentage of the known rows with a lower anomaly score, from 0 to 100; empty: no column.")
    stepSize: Param[Any] = param("stepSize", TypeConverters.toFloat, "Size of a leapfrog step at the start, in standard deviations of q(z|x); a number > 0. Key: ``train.stepSize``.")
    weightCol: Param[Any] = param("weightCol", TypeConverters.toString, "Weight of each row when fitting and evaluating; empty: 1.")

    def getActivation(self) -> str:
        return self.getOrDefault(self.activation)

    def getAlertRate(self) -> float:
        return self.getOrDefault(self.alertRate)

    def getAnomalyScoreCol(self) -> str:
        return self.getOrDefault(self.anomalyScoreCol)

    def getBatchSize(self) -> int:
        return self.getOrDefault(self.batchSize)

    def getBeta1(self) -> float:
        return self.getOrDefault(self.beta1)

    def getBetaWarmUpEpochs(self) -> float:
        return self.getOrDefault(self.betaWarmUpEpochs)

    def getBinarize(self) -> bool:
        return self.getOrDefault(self.binarize)

    def getChainSteps(self) -> int:
        return self.getOrDefault(self.chainSteps)

    def getClipNorm(self) -> float:
        return self.getOrDefault(self.clipNorm)

    def getContributionsCol(self) -> str:
        return self.getOrDefault(self.contributionsCol)

    def getDecoder(self) -> list[int | str]:
        return Converters.fromListOfCounts(self.getOrDefault(self.decoder))

    def getEncoder(self) -> list[int | str]:
        return Converters.fromListOfCounts(self.getOrDefault(self.encoder))

    def getEvaluateEvery(self) -> int:
        return self.getOrDefault(self.evaluateEvery)

    def getExplainedColumns(self) -> int:
        return self.getOrDefault(self.explainedColumns)

    def getFeaturesCol(self) -> str:
        return self.getOrDefault(self.featuresCol)

    def getHandleInvalid(self) -> str:
        return self.getOrDefault(self.handleInvalid)

    def getHoldoutFraction(self) -> float:
        return self.getOrDefault(self.holdoutFraction)

    def getImage(self) -> list[int]:
        return self.getOrDefault(self.image)

    def getImportanceSamples(self) -> int:
        return self.getOrDefault(self.importanceSamples)

    def getInitialModel(self) -> str:
        return self.getOrDefault(self.initialModel)

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

    def getLeapfrogSteps(self) -> int:
        return self.getOrDefault(self.leapfrogSteps)

    def getLearningRate(self) -> float:
        return self.getOrDefault(self.learningRate)

    def getLikelihood(self) -> Any:
        return self.getOrDefault(self.likelihood)

    def getLocalSteps(self) -> int:
        return self.getOrDefault(self.localSteps)

    def getMaxEpochs(self) -> float:
        return self.getOrDefault(self.maxEpochs)

    def getMomentum(self) -> float:
        return self.getOrDefault(self.momentum)

    def getMovingAverage(self) -> float:
        return self.getOrDefault(self.movingAverage)

    def getNumPartitions(self) -> int:
        return self.getOrDefault(self.numPartitions)

    def getOptimizer(self) -> str:
        return self.getOrDefault(self.optimizer)

    def getOuter(self) -> str:
        return self.getOrDefault(self.outer)

    def getPatience(self) -> int:
        return self.getOrDefault(self.patience)

    def getReconstructionCol(self) -> str:
        return self.getOrDefault(self.reconstructionCol)

    def getReconstructionErrorCol(self) -> str:
        return self.getOrDefault(self.reconstructionErrorCol)

    def getRoundsPerEpoch(self) -> float:
        return self.getOrDefault(self.roundsPerEpoch)

    def getSamples(self) -> int:
        return self.getOrDefault(self.samples)

    def getScale(self) -> str:
        return self.getOrDefault(self.scale)

    def getSchedule(self) -> str:
        return self.getOrDefault(self.schedule)

    def getScheduleEvery(self) -> float:
        return self.getOrDefault(self.scheduleEvery)

    def getScheduleFactor(self) -> float:
        return self.getOrDefault(self.scheduleFactor)

    def getScheduleLeast(self) -> float:
        return self.getOrDefault(self.scheduleLeast)

    def getScheduleShare(self) -> float:
        return self.getOrDefault(self.scheduleShare)

    def getScoreReconstruction(self) -> str:
        return self.getOrDefault(self.scoreReconstruction)

    def getScoreSamples(self) -> int:
        return self.getOrDefault(self.scoreSamples)

    def getSeed(self) -> int:
        return self.getOrDefault(self.seed)

    def getSeverityCol(self) -> str:
        return self.getOrDefault(self.severityCol)

    def getStepSize(self) -> float:
        return self.getOrDefault(self.stepSize)

    def getWeightCol(self) -> str:
        return self.getOrDefault(self.weightCol)


class DeepLatentGaussianModel(LatentEstimator["DeepLatentGaussianModelModel"], _DeepLatentGaussianModelParams):
    """Estimator of a deep latent Gaussian model (``model.type = dlgm``).

    Parameters
    ----------
    activation : {"linear", "relu", "leaky-relu", "tanh", "sigmoid", "softplus", "gelu"}
        Function after every layer except the last; one of linear, relu, leaky-relu, tanh, sigmoid, softplus, gelu. Key:
        ``model.activation``. Default: ``"relu"``.
    alertRate : float
        Share of the rows that are anomalies, if they are like the training rows. Default: ``0.01``.
    anomalyScoreCol : str
        Column: anomaly score of the row, in nats; higher is more anomalous; empty: no column. Default:
        ``"anomalyScore"``.
    batchSize : int
        Rows per step in a partition; an integer >= 1; if not set: 128, for vade and cluster-vae 256, divided by the
        number of partitions, at least 8. Key: ``train.batchSize``. Not set by default.
    beta1 : float
        Adam, adamw: decay of the mean gradient; a number >= 0 and < 1; if not set: 0.9. Key: ``train.optimizer.beta1``.
        Not set by default.
    betaWarmUpEpochs : float
        Epochs over which the weight of the KL divergence grows from 0; mog-vae: over all stages; a number >= 0. Key:
        ``model.betaWarmUpEpochs``. Default: ``0.0``.
    binarize : bool
        Bernoulli: whether values are drawn as 0 or 1 each time a row is used; true or false. Key: ``model.binarize``.
        Default: ``False``.
    chainSteps : int
        Transitions of the Hamiltonian chain of a row in each training step; an integer >= 1. Key: ``train.chainSteps``.
        Default: ``5``.
    clipNorm : float
        Largest norm of the gradient; a larger one is scaled down; 0: no limit; a number >= 0. Key:
        ``train.optimizer.clipNorm``. Default: ``0.0``.
    contributionsCol : str
        Column: the columns that contribute most to the anomaly score, with what was expected there; only of anomalies
        if isAnomaly is added too; empty: no column. Default: ``""``.
    decoder : int | str | sequence[int | str]
        Layers from the latent variables to the row; convolutions are transposed here; a list of widths >= 1 and of {
        conv = channels, kernel = size, stride = 1, padding = 0 }; if not set: the layers of the encoder, reversed. Key:
        ``model.decoder``. Not set by default.
    encoder : int | str | sequence[int | str]
        Layers from the row to the latent variables; a number means a dense layer of that width; a list of widths >= 1
        and of { conv = channels, kernel = size, stride = 1, padding = 0 }. Key: ``model.encoder``. Default: ``128``.
    evaluateEvery : int
        Rounds between two evaluations of the held-out rows; an integer >= 1; if not set: once an epoch. Key:
        ``train.evaluateEvery``. Not set by default.
    explainedColumns : int
        Most columns of the contributions of a row, at least 1. Default: ``3``.
    featuresCol : str
        Features column: vectors or arrays of numbers, or a number. Default: ``"features"``.
    handleInvalid : {"error", "skip", "keep"}
        Rows with NaN, infinity or null: end the job, leave out, keep (mixtures, ppca, factor-analysis, vae, mog-vae);
        one of error, skip, keep. Key: ``data.invalid``. Default: ``"error"``.
    holdoutFraction : float
        Fraction of rows held out, chosen by a hash of their key and the seed; 0: none; a number >= 0 and < 1. Key:
        ``data.holdout.fraction``. Default: ``0.0``.
    image : int | sequence[int]
        Size of the images in the rows; required for convolutions; [channels, height, width], integers >= 1; if not set:
        the image size of idx files. Key: ``model.image``. Not set by default.
    importanceSamples : int
        Draws to estimate the log-likelihood of held-out and evaluated rows; 0: no estimate; an integer >= 0. Key:
        ``model.importanceSamples``. Default: ``0``.
    initialModel : str
        Saved model to start from; a path; if not set: the type's own initialisation. Key: ``train.initialModel``. Not
        set by default.
    inputCols : str | sequence[str]
        Columns of any types, or globs; * is all of them. Not set by default.
    isAnomalyCol : str
        Column: whether the anomaly score is above score.threshold, or in the share score.alertRate; empty: no column.
        Default: ``""``.
    latent : int
        Number of latent variables of a row; an integer >= 1. Key: ``model.latent``. Default: ``8``.
    latentCol : str
        Column: latent variables of the row, a vector: their mean if they have a distribution; empty: no column.
        Default: ``"latent"``.
    latentVarianceCol : str
        Column: variance of each latent variable given the row, a vector; empty: no column. Default: ``""``.
    leapfrogSteps : int
        Leapfrog steps of a transition; each decodes the batch once; an integer >= 1. Key: ``train.leapfrogSteps``.
        Default: ``5``.
    learningRate : float
        Learning rate; a number > 0; if not set: 1e-3, for sgd 1e-2. Key: ``train.optimizer.learningRate``. Not set by
        default.
    likelihood : Any
        Distribution of a row; auto: by the column's type; a gaussian's variance is 1, any number, learnt or output; one
        of auto, bernoulli, gaussian, categorical, poisson, negative-binomial, student-t, { type = gaussian, variance =
        learnt }, or a list of { columns = [...], likelihood = ... }. Key: ``model.likelihood``. Default: ``"auto"``.
    localSteps : int
        Batches between two averages, instead of roundsPerEpoch; an integer >= 1; if not set: roundsPerEpoch. Key:
        ``train.localSteps``. Not set by default.
    maxEpochs : float
        Epochs after which training stops in any case; an epoch uses every row once; a number > 0. Key:
        ``train.maxEpochs``. Default: ``50.0``.
    momentum : float
        Sgd: factor of the previous step that is kept; a number >= 0 and < 1; if not set: 0.9. Key:
        ``train.optimizer.momentum``. Not set by default.
    movingAverage : float
        Epochs over which the resulting parameters are averaged; 0: use the last ones; a number >= 0. Key:
        ``train.outer.movingAverage``. Default: ``0.0``.
    numPartitions : int
        Number of partitions that rows are placed in; an integer >= 1; if not set: determined by the size of the data.
        Key: ``train.partitions``. Not set by default.
    optimizer : {"sgd", "rmsprop", "adam", "adamw"}
        Optimiser of each partition; one of sgd, rmsprop, adam, adamw. Key: ``train.optimizer.type``. Default:
        ``"adam"``.
    outer : {"average", "momentum", "nesterov", "adam"}
        How the average change of the partitions is applied; one of average, momentum, nesterov, adam. Key:
        ``train.outer.type``. Default: ``"nesterov"``.
    patience : int
        Evaluations of held-out rows without progress before a stop; 0: never, needed if no round is best; an integer >=
        0. Key: ``train.patience``. Default: ``0``.
    reconstructionCol : str
        Column: reconstruction of the row, a vector; of a model with inputCols a struct of the table's columns; empty:
        no column. Default: ``""``.
    reconstructionErrorCol : str
        Column: mean squared difference of the row and its reconstruction; empty: no column. Default: ``""``.
    roundsPerEpoch : float
        How often in an epoch the partitions' parameters are averaged; below 1: every few epochs; a number > 0; if not
        set: 8, or fewer so that a round has 16 batches. Key: ``train.roundsPerEpoch``. Not set by default.
    samples : int
        Latent vectors drawn for a row in each training step; mog-vae: for each component; an integer >= 1. Key:
        ``model.samples``. Default: ``1``.
    scale : str
        Scaling of inputCols: none, standard, minmax, unit or quantile. Default: ``"none"``.
    schedule : {"constant", "step", "cosine", "linear"}
        How the learning rate decreases; one of constant, step, cosine, linear. Key: ``train.optimizer.schedule.type``.
        Default: ``"constant"``.
    scheduleEvery : float
        Step: epochs between two decreases; a number > 0; if not set: 10. Key: ``train.optimizer.schedule.every``. Not
        set by default.
    scheduleFactor : float
        Step: factor of the learning rate; a number > 0 and <= 1; if not set: 0.9. Key:
        ``train.optimizer.schedule.factor``. Not set by default.
    scheduleLeast : float
        Cosine, linear: final learning rate as a share of the full one; a number >= 0 and < 1; if not set: 0. Key:
        ``train.optimizer.schedule.least``. Not set by default.
    scheduleShare : float
        Share of the epochs, at the end, in which the learning rate decreases; a number > 0 and <= 1; if not set:
        cosine: 1; linear: 0.3. Key: ``train.optimizer.schedule.share``. Not set by default.
    scoreReconstruction : {"mean", "sample"}
        Reconstruction of a row: the decoder's mean at the mean code, or z and the row drawn; mean or sample. Key:
        ``score.reconstruction``. Default: ``"mean"``.
    scoreSamples : int
        Latent vectors drawn for the ELBO of a row in scores and metrics; mog-vae: for each component; an integer >= 1.
        Key: ``score.samples``. Default: ``16``.
    seed : int
        Seed of every random stream of the training; an integer of 64 bits. Key: ``train.seed``. Default: ``1``.
    severityCol : str
        Column: percentage of the known rows with a lower anomaly score, from 0 to 100; empty: no column. Default:
        ``""``.
    stepSize : float
        Size of a leapfrog step at the start, in standard deviations of q(z|x); a number > 0. Key: ``train.stepSize``.
        Default: ``0.5``.
    weightCol : str
        Weight of each row when fitting and evaluating; empty: 1. Default: ``""``.
    """

    _java_class = "io.github.sparklatent.ml.network.DeepLatentGaussianModel"

    @keyword_only
    def __init__(
        self,
        *,
        activation: Literal["linear", "relu", "leaky-relu", "tanh", "sigmoid", "softplus", "gelu"] = "relu",
        alertRate: float = 0.01,
        anomalyScoreCol: str = "anomalyScore",
        batchSize: int | None = None,
        beta1: float | None = None,
        betaWarmUpEpochs: float = 0.0,
        binarize: bool = False,
        chainSteps: int = 5,
        clipNorm: float = 0.0,
        contributionsCol: str = "",
        decoder: int | str | Sequence[int | str] | None = None,
        encoder: int | str | Sequence[int | str] = 128,
        evaluateEvery: int | None = None,
        explainedColumns: int = 3,
        featuresCol: str = "features",
        handleInvalid: Literal["error", "skip", "keep"] = "error",
        holdoutFraction: float = 0.0,
        image: int | Sequence[int] | None = None,
        importanceSamples: int = 0,
        initialModel: str | None = None,
        inputCols: str | Sequence[str] | None = None,
        isAnomalyCol: str = "",
        latent: int = 8,
        latentCol: str = "latent",
        latentVarianceCol: str = "",
        leapfrogSteps: int = 5,
        learningRate: float | None = None,
        likelihood: Any = "auto",
        localSteps: int | None = None,
        maxEpochs: float = 50.0,
        momentum: float | None = None,
        movingAverage: float = 0.0,
        numPartitions: int | None = None,
        optimizer: Literal["sgd", "rmsprop", "adam", "adamw"] = "adam",
        outer: Literal["average", "momentum", "nesterov", "adam"] = "nesterov",
        patience: int = 0,
        reconstructionCol: str = "",
        reconstructionErrorCol: str = "",
        roundsPerEpoch: float | None = None,
        samples: int = 1,
        scale: str = "none",
        schedule: Literal["constant", "step", "cosine", "linear"] = "constant",
        scheduleEvery: float | None = None,
        scheduleFactor: float | None = None,
        scheduleLeast: float | None = None,
        scheduleShare: float | None = None,
        scoreReconstruction: Literal["mean", "sample"] = "mean",
        scoreSamples: int = 16,
        seed: int = 1,
        severityCol: str = "",
        stepSize: float = 0.5,
        weightCol: str = "",
    ) -> None:
        super().__init__()
        self._setDefault(
            activation="relu",
            alertRate=0.01,
            anomalyScoreCol="anomalyScore",
            betaWarmUpEpochs=0.0,
            binarize=False,
            chainSteps=5,
            clipNorm=0.0,
            contributionsCol="",
            encoder=128,
            explainedColumns=3,
            featuresCol="features",
            handleInvalid="error",
            holdoutFraction=0.0,
            importanceSamples=0,
            isAnomalyCol="",
            latent=8,
            latentCol="latent",
            latentVarianceCol="",
            leapfrogSteps=5,
            likelihood="auto",
            maxEpochs=50.0,
            movingAverage=0.0,
            optimizer="adam",
            outer="nesterov",
            patience=0,
            reconstructionCol="",
            reconstructionErrorCol="",
            samples=1,
            scale="none",
            schedule="constant",
            scoreReconstruction="mean",
            scoreSamples=16,
            seed=1,
            severityCol="",
            stepSize=0.5,
            weightCol="",
        )
        self._set(**self._input_kwargs)

    @staticmethod
    def _model_class() -> type[DeepLatentGaussianModelModel]:
        return DeepLatentGaussianModelModel

    def setActivation(self, value: Literal["linear", "relu", "leaky-relu", "tanh", "sigmoid", "softplus", "gelu"]) -> DeepLatentGaussianModel:
        return self._set(activation=value)

    def setAlertRate(self, value: float) -> DeepLatentGaussianModel:
        return self._set(alertRate=value)

    def setAnomalyScoreCol(self, value: str) -> DeepLatentGaussianModel:
        return self._set(anomalyScoreCol=value)

    def setBatchSize(self, value: int) -> DeepLatentGaussianModel:
        return self._set(batchSize=value)

    def setBeta1(self, value: float) -> DeepLatentGaussianModel:
        return self._set(beta1=value)

    def setBetaWarmUpEpochs(self, value: float) -> DeepLatentGaussianModel:
        return self._set(betaWarmUpEpochs=value)

    def setBinarize(self, value: bool) -> DeepLatentGaussianModel:
        return self._set(binarize=value)

    def setChainSteps(self, value: int) -> DeepLatentGaussianModel:
        return self._set(chainSteps=value)

    def setClipNorm(self, value: float) -> DeepLatentGaussianModel:
        return self._set(clipNorm=value)

    def setContributionsCol(self, value: str) -> DeepLatentGaussianModel:
        return self._set(contributionsCol=value)

    def setDecoder(self, value: int | str | Sequence[int | str]) -> DeepLatentGaussianModel:
        return self._set(decoder=value)

    def setEncoder(self, value: int | str | Sequence[int | str]) -> DeepLatentGaussianModel:
        return self._set(encoder=value)

    def setEvaluateEvery(self, value: int) -> DeepLatentGaussianModel:
        return self._set(evaluateEvery=value)

    def setExplainedColumns(self, value: int) -> DeepLatentGaussianModel:
        return self._set(explainedColumns=value)

    def setFeaturesCol(self, value: str) -> DeepLatentGaussianModel:
        return self._set(featuresCol=value)

    def setHandleInvalid(self, value: Literal["error", "skip", "keep"]) -> DeepLatentGaussianModel:
        return self._set(handleInvalid=value)

    def setHoldoutFraction(self, value: float) -> DeepLatentGaussianModel:
        return self._set(holdoutFraction=value)

    def setImage(self, value: int | Sequence[int]) -> DeepLatentGaussianModel:
        return self._set(image=value)

    def setImportanceSamples(self, value: int) -> DeepLatentGaussianModel:
        return self._set(importanceSamples=value)

    def setInitialModel(self, value: str) -> DeepLatentGaussianModel:
        return self._set(initialModel=value)

    def setInputCols(self, value: str | Sequence[str]) -> DeepLatentGaussianModel:
        return self._set(inputCols=value)

    def setIsAnomalyCol(self, value: str) -> DeepLatentGaussianModel:
        return self._set(isAnomalyCol=value)

    def setLatent(self, value: int) -> DeepLatentGaussianModel:
        return self._set(latent=value)

    def setLatentCol(self, value: str) -> DeepLatentGaussianModel:
        return self._set(latentCol=value)

    def setLatentVarianceCol(self, value: str) -> DeepLatentGaussianModel:
        return self._set(latentVarianceCol=value)

    def setLeapfrogSteps(self, value: int) -> DeepLatentGaussianModel:
        return self._set(leapfrogSteps=value)

    def setLearningRate(self, value: float) -> DeepLatentGaussianModel:
        return self._set(learningRate=value)

    def setLikelihood(self, value: Any) -> DeepLatentGaussianModel:
        return self._set(likelihood=value)

    def setLocalSteps(self, value: int) -> DeepLatentGaussianModel:
        return self._set(localSteps=value)

    def setMaxEpochs(self, value: float) -> DeepLatentGaussianModel:
        return self._set(maxEpochs=value)

    def setMomentum(self, value: float) -> DeepLatentGaussianModel:
        return self._set(momentum=value)

    def setMovingAverage(self, value: float) -> DeepLatentGaussianModel:
        return self._set(movingAverage=value)

    def setNumPartitions(self, value: int) -> DeepLatentGaussianModel:
        return self._set(numPartitions=value)

    def setOptimizer(self, value: Literal["sgd", "rmsprop", "adam", "adamw"]) -> DeepLatentGaussianModel:
        return self._set(optimizer=value)

    def setOuter(self, value: Literal["average", "momentum", "nesterov", "adam"]) -> DeepLatentGaussianModel:
        return self._set(outer=value)

    def setPatience(self, value: int) -> DeepLatentGaussianModel:
        return self._set(patience=value)

    def setReconstructionCol(self, value: str) -> DeepLatentGaussianModel:
        return self._set(reconstructionCol=value)

    def setReconstructionErrorCol(self, value: str) -> DeepLatentGaussianModel:
        return self._set(reconstructionErrorCol=value)

    def setRoundsPerEpoch(self, value: float) -> DeepLatentGaussianModel:
        return self._set(roundsPerEpoch=value)

    def setSamples(self, value: int) -> DeepLatentGaussianModel:
        return self._set(samples=value)

    def setScale(self, value: str) -> DeepLatentGaussianModel:
        return self._set(scale=value)

    def setSchedule(self, value: Literal["constant", "step", "cosine", "linear"]) -> DeepLatentGaussianModel:
        return self._set(schedule=value)

    def setScheduleEvery(self, value: float) -> DeepLatentGaussianModel:
        return self._set(scheduleEvery=value)

    def setScheduleFactor(self, value: float) -> DeepLatentGaussianModel:
        return self._set(scheduleFactor=value)

    def setScheduleLeast(self, value: float) -> DeepLatentGaussianModel:
        return self._set(scheduleLeast=value)

    def setScheduleShare(self, value: float) -> DeepLatentGaussianModel:
        return self._set(scheduleShare=value)

    def setScoreReconstruction(self, value: Literal["mean", "sample"]) -> DeepLatentGaussianModel:
        return self._set(scoreReconstruction=value)

    def setScoreSamples(self, value: int) -> DeepLatentGaussianModel:
        return self._set(scoreSamples=value)

    def setSeed(self, value: int) -> DeepLatentGaussianModel:
        return self._set(seed=value)

    def setSeverityCol(self, value: str) -> DeepLatentGaussianModel:
        return self._set(severityCol=value)

    def setStepSize(self, value: float) -> DeepLatentGaussianModel:
        return self._set(stepSize=value)

    def setWeightCol(self, value: str) -> DeepLatentGaussianModel:
        return self._set(weightCol=value)


class DeepLatentGaussianModelModel(LatentModel, _DeepLatentGaussianModelParams):
    """Model of :py:class:`DeepLatentGaussianModel`."""

    _java_class = "io.github.sparklatent.ml.network.DeepLatentGaussianModelModel"
    _scoring = (
        "alertRate",
        "anomalyScoreCol",
        "contributionsCol",
        "explainedColumns",
        "featuresCol",
        "handleInvalid",
        "isAnomalyCol",
        "latentCol",
        "latentVarianceCol",
        "reconstructionCol",
        "reconstructionErrorCol",
        "scoreReconstruction",
        "scoreSamples",
        "seed",
        "severityCol",
    )

    def setAlertRate(self, value: float) -> DeepLatentGaussianModelModel:
        return self._set(alertRate=value)

    def setAnomalyScoreCol(self, value: str) -> DeepLatentGaussianModelModel:
        return self._set(anomalyScoreCol=value)

    def setContributionsCol(self, value: str) -> DeepLatentGaussianModelModel:
        return self._set(contributionsCol=value)

    def setExplainedColumns(self, value: int) -> DeepLatentGaussianModelModel:
        return self._set(explainedColumns=value)

    def setFeaturesCol(self, value: str) -> DeepLatentGaussianModelModel:
        return self._set(featuresCol=value)

    def setHandleInvalid(self, value: Literal["error", "skip", "keep"]) -> DeepLatentGaussianModelModel:
        return self._set(handleInvalid=value)

    def setIsAnomalyCol(self, value: str) -> DeepLatentGaussianModelModel:
        return self._set(isAnomalyCol=value)

    def setLatentCol(self, value: str) -> DeepLatentGaussianModelModel:
        return self._set(latentCol=value)

    def setLatentVarianceCol(self, value: str) -> DeepLatentGaussianModelModel:
        return self._set(latentVarianceCol=value)

    def setReconstructionCol(self, value: str) -> DeepLatentGaussianModelModel:
        return self._set(reconstructionCol=value)

    def setReconstructionErrorCol(self, value: str) -> DeepLatentGaussianModelModel:
        return self._set(reconstructionErrorCol=value)

    def setScoreReconstruction(self, value: Literal["mean", "sample"]) -> DeepLatentGaussianModelModel:
        return self._set(scoreReconstruction=value)

    def setScoreSamples(self, value: int) -> DeepLatentGaussianModelModel:
        return self._set(scoreSamples=value)

    def setSeed(self, value: int) -> DeepLatentGaussianModelModel:
        return self._set(seed=value)

    def setSeverityCol(self, value: str) -> DeepLatentGaussianModelModel:
        return self._set(severityCol=value)
