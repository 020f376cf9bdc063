package io.github.sparklatent.ml.network.keys;

import static io.github.sparklatent.vae.objective.VariationalOptions.DEFAULT;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.vae.Reconstruction;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.model.PosteriorCovariance;
import java.util.ArrayList;
import java.util.List;

/** The keys of variational autoencoders; the defaults are those of their options. */
public final class VariationalKeys {
    public static final Key<String> OBJECTIVE =
            Key.of(
                    "model.objective",
                    ValueTypes.name("elbo", "iwae"),
                    "elbo",
                    "bound that is maximised: elbo, or the tighter iwae of all samples together");
    public static final Key<String> POSTERIOR =
            Key.of(
                    "model.posterior",
                    ValueTypes.names(PosteriorCovariance.values()),
                    PosteriorCovariance.DIAGONAL.toString(),
                    "covariance of a row's latent variables given the row");
    public static final Key<String> GRADIENT =
            Key.of(
                    "model.gradient",
                    ValueTypes.name("reparameterized", "score-function"),
                    "reparameterized",
                    "estimator of the gradient; score-function needs no derivative of the decoder");
    public static final Key<Integer> SAMPLES =
            Key.of(
                    "model.samples",
                    ValueTypes.integer(1),
                    DEFAULT.samples(),
                    "latent vectors drawn for a row in each training step; mog-vae: for each"
                            + " component");
    public static final Key<Integer> SCORE_SAMPLES =
            Key.of(
                            "score.samples",
                            ValueTypes.integer(1),
                            ScoringOptions.DEFAULT.samples(),
                            "latent vectors drawn for the ELBO of a row in scores and metrics;"
                                    + " mog-vae: for each component")
                    .asParam("scoreSamples");
    public static final Key<Integer> SCORE_IMPORTANCE_SAMPLES =
            Key.of(
                            "score.importanceSamples",
                            ValueTypes.integer(1),
                            ScoringOptions.DEFAULT.importanceSamples(),
                            "latent vectors drawn for logDensity and imputed of a row; mog-vae: of"
                                    + " all components together")
                    .asParam("scoreImportanceSamples");
    public static final Key<String> SCORE_RECONSTRUCTION =
            Key.of(
                            "score.reconstruction",
                            ValueTypes.names(Reconstruction.values()),
                            ScoringOptions.DEFAULT.reconstruction().toString(),
                            "reconstruction of a row: the decoder's mean at the mean code, or z and"
                                    + " the row drawn")
                    .asParam("scoreReconstruction");
    public static final Key<Double> BETA =
            Key.of(
                    "model.beta",
                    ValueTypes.notNegative(),
                    DEFAULT.beta(),
                    "weight of the KL divergence from the prior; 1: the evidence lower bound");
    public static final Key<Double> BETA_WARM_UP =
            Key.of(
                    "model.betaWarmUpEpochs",
                    ValueTypes.notNegative(),
                    DEFAULT.betaWarmUpEpochs(),
                    "epochs over which the weight of the KL divergence grows from 0; mog-vae: over"
                            + " all stages");
    public static final Key<Double> FREE_BITS =
            Key.of(
                    "model.freeBits",
                    ValueTypes.notNegative(),
                    DEFAULT.freeBits(),
                    "nats of divergence of each latent variable that are not penalised");
    public static final Key<Integer> IMPORTANCE_SAMPLES =
            Key.of(
                    "model.importanceSamples",
                    ValueTypes.integer(0),
                    0,
                    "draws to estimate the log-likelihood of held-out and evaluated rows;"
                            + " 0: no estimate");

    public static final Key<List<ScoreColumn>> SCORE_COLUMNS =
            scoreColumns(ScoreColumn.LOG_DENSITY, ScoreColumn.IMPUTED);

    public static final List<Key<?>> ALL =
            List.of(
                    POSTERIOR,
                    OBJECTIVE,
                    GRADIENT,
                    SAMPLES,
                    BETA,
                    BETA_WARM_UP,
                    FREE_BITS,
                    IMPORTANCE_SAMPLES,
                    SCORE_COLUMNS,
                    SCORE_SAMPLES,
                    SCORE_IMPORTANCE_SAMPLES,
                    SCORE_RECONSTRUCTION);

    private VariationalKeys() {}

    /** Returns the key of the columns of an autoencoder with a distribution of codes. */
    static Key<List<ScoreColumn>> scoreColumns(ScoreColumn... more) {
        List<ScoreColumn> offered =
                new ArrayList<>(
                        List.of(
                                ScoreColumn.LATENT,
                                ScoreColumn.LATENT_VARIANCE,
                                ScoreColumn.RECONSTRUCTION,
                                ScoreColumn.RECONSTRUCTION_ERROR,
                                ScoreColumn.ANOMALY));
        offered.addAll(List.of(more));
        return ScoreColumn.key(
                offered,
                List.of(ScoreColumn.LATENT, ScoreColumn.RECONSTRUCTION_ERROR, ScoreColumn.ANOMALY),
                "anomalyScore is minus the evidence lower bound of the row");
    }
}
