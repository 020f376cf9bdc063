"""AdversarialVariationalAutoencoder. Generated from the declarations of the hyperparameters."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters

from spark_latent._base import Converters, LatentEstimator, LatentModel, param


class _AdversarialVariationalAutoencoderParams(Params):
    activation: Param[Any] = param("activation", TypeConverters.toString, "Function after every layer except the last; one of linear, relu, leaky-relu, tanh, sigmoid, softplus, gelu. Key: ``model.activation``.")
    alertRate: Param[Any] = param("alertRate", TypeConverters.toFloat, "Share of the rows that are anomalies, if they are like the training rows.")
    anomalyScoreCol: Param[Any] = param("anomalyScoreCol", TypeConverters.toString, "Column: anomaly score of the row, in nats; higher is more anomalous; empty: no column.")
    batchSize: Param[Any] = param("batchSize", TypeConverters.toInt, "Rows per step in a partition; an integer >= 1; if not set: 128, for vade and cluster-vae 256, divided by the number of partitions, at least 8. Key: ``train.batchSize``.")
    beta1: Param[Any] = param("beta1", TypeConverters.toFloat, "Adam, adamw: decay of the mean gradient; a number >= 0 and < 1; if not set: 0.9. Key: ``train.optimizer.beta1``.")
    clipNorm: Param[Any] = param("clipNorm", TypeConverters.toFloat, "Largest norm of the gradient; a larger one is scaled down; 0: no limit; a number >= 0. Key: ``train.optimizer.clipNorm``.")
    contributionsCol: Param[Any] = param("contributionsCol", TypeConverters.toString, "Column: the columns that contribute most to the anomaly score, with what was expected there; only of anomalies if isAnomaly is added too; empty: no column.")
    decoder: Param[Any] = param("decoder", Converters.toListOfStrings, "Layers from the latent variables to the row; convolutions are transposed here; a list of widths >= 1 and of { conv = channels, kernel = size, stride = 1, padding = 0 }; if not set: the layers of the encoder, reversed. Key: ``model.decoder``.")
    discriminator: Param[Any] = param("discriminator", Converters.toListOfStrings, "Layers of the network that separates real rows from generated ones; a list, not empty, of widths >= 1 and of { conv = channels, kernel = size, stride = 1, padding = 0 }. Key: ``model.discriminator``.")
    discriminatorLearningRate: Param[Any] = param("discriminatorLearningRate", TypeConverters.toFloat, "Learning rate of the discriminator; a number > 0; if not set: train.optimizer.learningRate. Key: ``train.discriminatorLearningRate``.")
    encoder: Param[Any] = param("encoder", Converters.toListOfStrings, "Layers from the row to the latent variables; a number means a dense layer of that width; a list of widths >= 1 and of { conv = channels, kernel = size, stride = 1, padding = 0 }. Key: ``model.encoder``.")
    evaluateEvery: Param[Any] = param("evaluateEvery", TypeConverters.toInt, "Rounds between two evaluations of the held-out rows; an integer >= 1; if not set: once an epoch. Key: ``train.evaluateEvery``.")
    explainedColumns: Param[Any] = param("explainedColumns", TypeConverters.toInt, "Most columns of the contributions of a row, at least 1.")
    featuresCol: Param[Any] = param("featuresCol", TypeConverters.toString, "Features column: vectors or arrays of numbers, or a number.")
    gradientPenalty: Param[Any] = param("gradientPenalty", TypeConverters.toFloat, "Weight of the squared gradient of the discriminator's logit at real rows (R1); prevents missing modes; a number >= 0. Key: ``model.gradientPenalty``.")
    handleInvalid: Param[Any] = param("handleInvalid", TypeConverters.toString, "Rows with NaN, infinity or null: end the job, leave out, keep (mixtures, ppca, factor-analysis, vae, mog-vae); one of error, skip, keep. Key: ``data.invalid``.")
    holdoutFraction: Param[Any] = param("holdoutFraction", TypeConverters.toFloat, "Fraction of rows held out, chosen by a hash of their key and the seed; 0: none; a number >= 0 and < 1. Key: ``data.holdout.fraction``.")
    image: Param[Any] = param("image", Converters.toListOfInts, "Size of the images in the rows; required for convolutions; [channels, height, width], integers >= 1; if not set: the image size of idx files. Key: ``model.image``.")
    importanceSamples: Param[Any] = param("importanceSamples", TypeConverters.toInt, "Draws to estimate the log-likelihood of held-out and evaluated rows; 0: no estimate; an integer >= 0. Key: ``model.importanceSamples``.")
    initialModel: Param[Any] = param("initialModel", TypeConverters.toString, "Saved model to start from; a path; if not set: the type's own initialisation. Key: ``train.initialModel``.")
    inputCols: Param[Any] = param("inputCols", Converters.toListOfStrings, "Columns of any types, or globs; * is all of them.")
    isAnomalyCol: Param[Any] = param("isAnomalyCol", TypeConverters.toString, "Column: whether the anomaly score is above score.threshold, or in the share score.alertRate; empty: no column.")
    labelSmoothing: Param[Any] = param("labelSmoothing", TypeConverters.toFloat, "Difference between 1 and the discriminator's target for a real row; a number >= 0 and < 0.5. Key: ``model.labelSmoothing``.")
    latent: Param[Any] = param("latent", TypeConverters.toInt, "Number of latent variables of a row; an integer >= 1. Key: ``model.latent``.")
    latentCol: Param[Any] = param("latentCol", TypeConverters.toString, "Column: latent variables of the row, a vector: their mean if they have a distribution; empty: no column.")
    latentVarianceCol: Param[Any] = param("latentVarianceCol", TypeConverters.toString, "Column: variance of each latent variable given the row, a vector; empty: no column.")
    learningRate: Param[Any] = param("learningRate", TypeConverters.toFloat, "Learning rate; a number > 0; if not set: 1e-3, for sgd 1e-2. Key: ``train.optimizer.learningRate``.")
    likelihood: Param[Any] = param("likelihood", Converters.toHocon, "Distribution of a row; auto: by the column's type; a gaussian's variance is 1, any number, learnt or output; one of auto, bernoulli, gaussian, categorical, poisson, negative-binomial, student-t, { type = gaussian, variance = learnt }, or a list of { columns = [...], likelihood = ... }. Key: ``model.likelihood``.")
    localSteps: Param[Any] = param("localSteps", TypeConverters.toInt, "Batches between two averages, instead of roundsPerEpoch; an integer >= 1; if not set: roundsPerEpoch. Key: ``train.localSteps``.")
    maxEpochs: Param[Any] = param("maxEpochs", TypeConverters.toFloat, "Epochs after which training stops in any case; an epoch uses every row once; a number > 0. Key: ``train.maxEpochs``.")
    momentum: Param[Any] = param("momentum", TypeConverters.toFloat, "Sgd: factor of the previous step that is kept; a number >= 0 and < 1; if not set: 0.9. Key: ``train.optimizer.momentum``.")
    movingAverage: Param[Any] = param("movingAverage", TypeConverters.toFloat, "Epochs over which the resulting parameters are averaged; 0: use the last ones; a number >= 0. Key: ``train.outer.movingAverage``.")
    numPartitions: Param[Any] = param("numPartitions", TypeConverters.toInt, "Number of partitions that rows are placed in; an integer >= 1; if not set: determined by the size of the data. Key: ``train.partitions``.")
    optimizer: Param[Any] = param("optimizer", TypeConverters.toString, "Optimiser of each partition; one of sgd, rmsprop, adam, adamw. Key: ``train.optimizer.type``.")
    outer: Param[Any] = param("outer", TypeConverters.toString, "How the average change of the partitions is applied; one of average, momentum, nesterov, adam. Key: ``train.outer.type``.")
    realProbabilityCol: Param[Any] = param("realProbabilityCol", TypeConverters.toString, "Column: probability that the discriminator gives the row of being real; empty: no column.")
    reconstructionCol: Param[Any] = param("reconstructionCol", TypeConverters.toString, "Column: reconstruction of the row, a vector; of a model with inputCols a struct of the table's columns; empty: no column.")
    reconstructionErrorCol: Param[Any] = param("reconstructionErrorCol", TypeConverters.toString, "Column: mean squared difference of the row and its reconstruction; empty: no column.")
    roundsPerEpoch: Param[Any] = param("roundsPerEpoch", TypeConverters.toFloat, "How often in an epoch the partitions' parameters are averaged; below 1: every few epochs; a number > 0; if not set: 8, or fewer so that a round has 16 batches. Key: ``train.roundsPerEpoch``.")
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
    spectralNormalization: Param[Any] = param("spectralNormalization", TypeConverters.toBoolean, "Whether each layer of the discriminator is divided by its largest singular value; true or false. Key: ``model.spectralNormalization``.")
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

    def getClipNorm(self) -> float:
        return self.getOrDefault(self.clipNorm)

    def getContributionsCol(self) -> str:
        return self.getOrDefault(self.contributionsCol)

    def getDecoder(self) -> list[int | str]:
        return Converters.fromListOfCounts(self.getOrDefault(self.decoder))

    def getDiscriminator(self) -> list[int | str]:
        return Converters.fromListOfCounts(self.getOrDefault(self.discriminator))

    def getDiscriminatorLearningRate(self) -> float:
        return self.getOrDefault(self.discriminatorLearningRate)

    def getEncoder(self) -> list[int | str]:
        return Converters.fromListOfCounts(self.getOrDefault(self.encoder))

    def getEvaluateEvery(self) -> int:
        return self.getOrDefault(self.evaluateEvery)

    def getExplainedColumns(self) -> int:
        return self.getOrDefault(self.explainedColumns)

    def getFeaturesCol(self) -> str:
        return self.getOrDefault(self.featuresCol)

    def getGradientPenalty(self) -> float:
        return self.getOrDefault(self.gradientPenalty)

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

    def getLabelSmoothing(self) -> float:
        return self.getOrDefault(self.labelSmoothing)

    def getLatent(self) -> int:
        return self.getOrDefault(self.latent)

    def getLatentCol(self) -> str:
        return self.getOrDefault(self.latentCol)

    def getLatentVarianceCol(self) -> str:
        return self.getOrDefault(self.latentVarianceCol)

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

    def getRealProbabilityCol(self) -> str:
        return self.getOrDefault(self.realProbabilityCol)

    def getReconstructionCol(self) -> str:
        return self.getOrDefault(self.reconstructionCol)

    def getReconstructionErrorCol(self) -> str:
        return self.getOrDefault(self.reconstructionErrorCol)

    def getRoundsPerEpoch(self) -> float:
        return self.getOrDefault(self.roundsPerEpoch)

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

    def getSpectralNormalization(self) -> bool:
        return self.getOrDefault(self.spectralNormalization)

    def getWeightCol(self) -> str:
        return self.getOrDefault(self.weightCol)


class AdversarialVariationalAutoencoder(LatentEstimator["AdversarialVariationalAutoencoderModel"], _AdversarialVariationalAutoencoderParams):
    """Estimator of an adversarial variational autoencoder (``model.type = vae-gan``).

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
    discriminator : int | str | sequence[int | str]
        Layers of the network that separates real rows from generated ones; a list, not empty, of widths >= 1 and of {
        conv = channels, kernel = size, stride = 1, padding = 0 }. Key: ``model.discriminator``. Default: ``128``.
    discriminatorLearningRate : float
        Learning rate of the discriminator; a number > 0; if not set: train.optimizer.learningRate. Key:
        ``train.discriminatorLearningRate``. Not set by default.
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
    gradientPenalty : float
        Weight of the squared gradient of the discriminator's logit at real rows (R1); prevents missing modes; a number
        >= 0. Key: ``model.gradientPenalty``. Default: ``0.0``.
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
    labelSmoothing : float
        Difference between 1 and the discriminator's target for a real row; a number >= 0 and < 0.5. Key:
        ``model.labelSmoothing``. Default: ``0.0``.
    latent : int
        Number of latent variables of a row; an integer >= 1. Key: ``model.latent``. Default: ``8``.
    latentCol : str
        Column: latent variables of the row, a vector: their mean if they have a distribution; empty: no column.
        Default: ``"latent"``.
    latentVarianceCol : str
        Column: variance of each latent variable given the row, a vector; empty: no column. Default: ``""``.
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
        ``train.outer.type``. Default: ``"average"``.
    realProbabilityCol : str
        Column: probability that the discriminator gives the row of being real; empty: no column. Default: ``""``.
    reconstructionCol : str
        Column: reconstruction of the row, a vector; of a model with inputCols a struct of the table's columns; empty:
        no column. Default: ``""``.
    reconstructionErrorCol : str
        Column: mean squared difference of the row and its reconstruction; empty: no column. Default: ``""``.
    roundsPerEpoch : float
        How often in an epoch the partitions' parameters are averaged; below 1: every few epochs; a number > 0; if not
        set: 8, or fewer so that a round has 16 batches. Key: ``train.roundsPerEpoch``. Not set by default.
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
    spectralNormalization : bool
        Whether each layer of the discriminator is divided by its largest singular value; true or false. Key:
        ``model.spectralNormalization``. Default: ``False``.
    weightCol : str
        Weight of each row when fitting and evaluating; empty: 1. Default: ``""``.
    """

    _java_class = "io.github.sparklatent.ml.network.AdversarialVariationalAutoencoder"

    @keyword_only
    def __init__(
        self,
        *,
        activation: Literal["linear", "relu", "leaky-relu", "tanh", "sigmoid", "softplus", "gelu"] = "relu",
        alertRate: float = 0.01,
        anomalyScoreCol: str = "anomalyScore",
        batchSize: int | None = None,
        beta1: float | None = None,
        clipNorm: float = 0.0,
        contributionsCol: str = "",
        decoder: int | str | Sequence[int | str] | None = None,
        discriminator: int | str | Sequence[int | str] = 128,
        discriminatorLearningRate: float | None = None,
        encoder: int | str | Sequence[int | str] = 128,
        evaluateEvery: int | None = None,
        explainedColumns: int = 3,
        featuresCol: str = "features",
        gradientPenalty: float = 0.0,
        handleInvalid: Literal["error", "skip", "keep"] = "error",
        holdoutFraction: float = 0.0,
        image: int | Sequence[int] | None = None,
        importanceSamples: int = 0,
        initialModel: str | None = None,
        inputCols: str | Sequence[str] | None = None,
        isAnomalyCol: str = "",
        labelSmoothing: float = 0.0,
        latent: int = 8,
        latentCol: str = "latent",
        latentVarianceCol: str = "",
        learningRate: float | None = None,
        likelihood: Any = "auto",
        localSteps: int | None = None,
        maxEpochs: float = 50.0,
        momentum: float | None = None,
        movingAverage: float = 0.0,
        numPartitions: int | None = None,
        optimizer: Literal["sgd", "rmsprop", "adam", "adamw"] = "adam",
        outer: Literal["average", "momentum", "nesterov", "adam"] = "average",
        realProbabilityCol: str = "",
        reconstructionCol: str = "",
        reconstructionErrorCol: str = "",
        roundsPerEpoch: float | None = None,
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
        spectralNormalization: bool = False,
        weightCol: str = "",
    ) -> None:
        super().__init__()
        self._setDefault(
            activation="relu",
            alertRate=0.01,
            anomalyScoreCol="anomalyScore",
            clipNorm=0.0,
            contributionsCol="",
            discriminator=128,
            encoder=128,
            explainedColumns=3,
            featuresCol="features",
            gradientPenalty=0.0,
            handleInvalid="error",
            holdoutFraction=0.0,
            importanceSamples=0,
            isAnomalyCol="",
            labelSmoothing=0.0,
            latent=8,
            latentCol="latent",
            latentVarianceCol="",
            likelihood="auto",
            maxEpochs=50.0,
            movingAverage=0.0,
            optimizer="adam",
            outer="average",
            realProbabilityCol="",
            reconstructionCol="",
            reconstructionErrorCol="",
            scale="none",
            schedule="constant",
            scoreReconstruction="mean",
            scoreSamples=16,
            seed=1,
            severityCol="",
            spectralNormalization=False,
            weightCol="",
        )
        self._set(**self._input_kwargs)

    @staticmethod
    def _model_class() -> type[AdversarialVariationalAutoencoderModel]:
        return AdversarialVariationalAutoencoderModel

    def setActivation(self, value: Literal["linear", "relu", "leaky-relu", "tanh", "sigmoid", "softplus", "gelu"]) -> AdversarialVariationalAutoencoder:
        return self._set(activation=value)

    def setAlertRate(self, value: float) -> AdversarialVariationalAutoencoder:
        return self._set(alertRate=value)

    def setAnomalyScoreCol(self, value: str) -> AdversarialVariationalAutoencoder:
        return self._set(anomalyScoreCol=value)

    def setBatchSize(self, value: int) -> AdversarialVariationalAutoencoder:
        return self._set(batchSize=value)

    def setBeta1(self, value: float) -> AdversarialVariationalAutoencoder:
        return self._set(beta1=value)

    def setClipNorm(self, value: float) -> AdversarialVariationalAutoencoder:
        return self._set(clipNorm=value)

    def setContributionsCol(self, value: str) -> AdversarialVariationalAutoencoder:
        return self._set(contributionsCol=value)

    def setDecoder(self, value: int | str | Sequence[int | str]) -> AdversarialVariationalAutoencoder:
        return self._set(decoder=value)

    def setDiscriminator(self, value: int | str | Sequence[int | str]) -> AdversarialVariationalAutoencoder:
        return self._set(discriminator=value)

    def setDiscriminatorLearningRate(self, value: float) -> AdversarialVariationalAutoencoder:
        return self._set(discriminatorLearningRate=value)

    def setEncoder(self, value: int | str | Sequence[int | str]) -> AdversarialVariationalAutoencoder:
        return self._set(encoder=value)

    def setEvaluateEvery(self, value: int) -> AdversarialVariationalAutoencoder:
        return self._set(evaluateEvery=value)

    def setExplainedColumns(self, value: int) -> AdversarialVariationalAutoencoder:
        return self._set(explainedColumns=value)

    def setFeaturesCol(self, value: str) -> AdversarialVariationalAutoencoder:
        return self._set(featuresCol=value)

    def setGradientPenalty(self, value: float) -> AdversarialVariationalAutoencoder:
        return self._set(gradientPenalty=value)

    def setHandleInvalid(self, value: Literal["error", "skip", "keep"]) -> AdversarialVariationalAutoencoder:
        return self._set(handleInvalid=value)

    def setHoldoutFraction(self, value: float) -> AdversarialVariationalAutoencoder:
        return self._set(holdoutFraction=value)

    def setImage(self, value: int | Sequence[int]) -> AdversarialVariationalAutoencoder:
        return self._set(image=value)

    def setImportanceSamples(self, value: int) -> AdversarialVariationalAutoencoder:
        return self._set(importanceSamples=value)

    def setInitialModel(self, value: str) -> AdversarialVariationalAutoencoder:
        return self._set(initialModel=value)

    def setInputCols(self, value: str | Sequence[str]) -> AdversarialVariationalAutoencoder:
        return self._set(inputCols=value)

    def setIsAnomalyCol(self, value: str) -> AdversarialVariationalAutoencoder:
        return self._set(isAnomalyCol=value)

    def setLabelSmoothing(self, value: float) -> AdversarialVariationalAutoencoder:
        return self._set(labelSmoothing=value)

    def setLatent(self, value: int) -> AdversarialVariationalAutoencoder:
        return self._set(latent=value)

    def setLatentCol(self, value: str) -> AdversarialVariationalAutoencoder:
        return self._set(latentCol=value)

    def setLatentVarianceCol(self, value: str) -> AdversarialVariationalAutoencoder:
        return self._set(latentVarianceCol=value)

    def setLearningRate(self, value: float) -> AdversarialVariationalAutoencoder:
        return self._set(learningRate=value)

    def setLikelihood(self, value: Any) -> AdversarialVariationalAutoencoder:
        return self._set(likelihood=value)

    def setLocalSteps(self, value: int) -> AdversarialVariationalAutoencoder:
        return self._set(localSteps=value)

    def setMaxEpochs(self, value: float) -> AdversarialVariationalAutoencoder:
        return self._set(maxEpochs=value)

    def setMomentum(self, value: float) -> AdversarialVariationalAutoencoder:
        return self._set(momentum=value)

    def setMovingAverage(self, value: float) -> AdversarialVariationalAutoencoder:
        return self._set(movingAverage=value)

    def setNumPartitions(self, value: int) -> AdversarialVariationalAutoencoder:
        return self._set(numPartitions=value)

    def setOptimizer(self, value: Literal["sgd", "rmsprop", "adam", "adamw"]) -> AdversarialVariationalAutoencoder:
        return self._set(optimizer=value)

    def setOuter(self, value: Literal["average", "momentum", "nesterov", "adam"]) -> AdversarialVariationalAutoencoder:
        return self._set(outer=value)

    def setRealProbabilityCol(self, value: str) -> AdversarialVariationalAutoencoder:
        return self._set(realProbabilityCol=value)

    def setReconstructionCol(self, value: str) -> AdversarialVariationalAutoencoder:
        return self._set(reconstructionCol=value)

    def setReconstructionErrorCol(self, value: str) -> AdversarialVariationalAutoencoder:
        return self._set(reconstructionErrorCol=value)

    def setRoundsPerEpoch(self, value: float) -> AdversarialVariationalAutoencoder:
        return self._set(roundsPerEpoch=value)

    def setScale(self, value: str) -> AdversarialVariationalAutoencoder:
        return self._set(scale=value)

    def setSchedule(self, value: Literal["constant", "step", "cosine", "linear"]) -> AdversarialVariationalAutoencoder:
        return self._set(schedule=value)

    def setScheduleEvery(self, value: float) -> AdversarialVariationalAutoencoder:
        return self._set(scheduleEvery=value)

    def setScheduleFactor(self, value: float) -> AdversarialVariationalAutoencoder:
        return self._set(scheduleFactor=value)

    def setScheduleLeast(self, value: float) -> AdversarialVariationalAutoencoder:
        return self._set(scheduleLeast=value)

    def setScheduleShare(self, value: float) -> AdversarialVariationalAutoencoder:
        return self._set(scheduleShare=value)

    def setScoreReconstruction(self, value: Literal["mean", "sample"]) -> AdversarialVariationalAutoencoder:
        return self._set(scoreReconstruction=value)

    def setScoreSamples(self, value: int) -> AdversarialVariationalAutoencoder:
        return self._set(scoreSamples=value)

    def setSeed(self, value: int) -> AdversarialVariationalAutoencoder:
        return self._set(seed=value)

    def setSeverityCol(self, value: str) -> AdversarialVariationalAutoencoder:
        return self._set(severityCol=value)

    def setSpectralNormalization(self, value: bool) -> AdversarialVariationalAutoencoder:
        return self._set(spectralNormalization=value)

    def setWeightCol(self, value: str) -> AdversarialVariationalAutoencoder:
        return self._set(weightCol=value)


class AdversarialVariationalAutoencoderModel(LatentModel, _AdversarialVariationalAutoencoderParams):
    """Model of :py:class:`AdversarialVariationalAutoencoder`."""

    _java_class = "io.github.sparklatent.ml.network.AdversarialVariationalAutoencoderModel"
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
        "realProbabilityCol",
        "reconstructionCol",
        "reconstructionErrorCol",
        "scoreReconstruction",
        "scoreSamples",
        "seed",
        "severityCol",
    )

    def setAlertRate(self, value: float) -> AdversarialVariationalAutoencoderModel:
        return self._set(alertRate=value)

    def setAnomalyScoreCol(self, value: str) -> AdversarialVariationalAutoencoderModel:
        return self._set(anomalyScoreCol=value)

    def setContributionsCol(self, value: str) -> AdversarialVariationalAutoencoderModel:
        return self._set(contributionsCol=value)

    def setExplainedColumns(self, value: int) -> AdversarialVariationalAutoencoderModel:
        return self._set(explainedColumns=value)

    def setFeaturesCol(self, value: str) -> AdversarialVariationalAutoencoderModel:
        return self._set(featuresCol=value)

    def setHandleInvalid(self, value: Literal["error", "skip", "keep"]) -> AdversarialVariationalAutoencoderModel:
        return self._set(handleInvalid=value)

    def setIsAnomalyCol(self, value: str) -> AdversarialVariationalAutoencoderModel:
        return self._set(isAnomalyCol=value)

    def setLatentCol(self, value: str) -> AdversarialVariationalAutoencoderModel:
        return self._set(latentCol=value)

    def setLatentVarianceCol(self, value: str) -> AdversarialVariationalAutoencoderModel:
        return self._set(latentVarianceCol=value)

    def setRealProbabilityCol(self, value: str) -> AdversarialVariationalAutoencoderModel:
        return self._set(realProbabilityCol=value)

    def setReconstructionCol(self, value: str) -> AdversarialVariationalAutoencoderModel:
        return self._set(reconstructionCol=value)

    def setReconstructionErrorCol(self, value: str) -> AdversarialVariationalAutoencoderModel:
        return self._set(reconstructionErrorCol=value)

    def setScoreReconstruction(self, value: Literal["mean", "sample"]) -> AdversarialVariationalAutoencoderModel:
        return self._set(scoreReconstruction=value)

    def setScoreSamples(self, value: int) -> AdversarialVariationalAutoencoderModel:
        return self._set(scoreSamples=value)

    def setSeed(self, value: int) -> AdversarialVariationalAutoencoderModel:
        return self._set(seed=value)

    def setSeverityCol(self, value: str) -> AdversarialVariationalAutoencoderModel:
        return self._set(severityCol=value)
