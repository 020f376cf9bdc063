package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ModelTypeBuilder;
import io.github.sparklatent.config.OptionsRecord;
import io.github.sparklatent.config.ScoreSection;
import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialOptions;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.objective.AutoencoderOptions;
import io.github.sparklatent.vae.objective.HamiltonianOptions;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The model types of neural models: the options of each, and the settings that it does not have. */
public final class NetworkModelTypes {
    private static final List<ScoreColumn> SCORES = List.of(ScoreColumn.ANOMALY, ScoreColumn.REAL_PROBABILITY);
    private static final List<ScoreColumn> CODES = List.of(
            ScoreColumn.LATENT, ScoreColumn.RECONSTRUCTION, ScoreColumn.RECONSTRUCTION_ERROR, ScoreColumn.ANOMALY);
    private static final List<ScoreColumn> CLUSTERED = with(CODES, ScoreColumn.COMPONENT, ScoreColumn.RESPONSIBILITIES);
    private static final List<ScoreColumn> POSTERIORS =
            with(CODES, ScoreColumn.LATENT_VARIANCE, ScoreColumn.LATENT_SAMPLE);
    private static final List<ScoreColumn> COMPONENTS =
            with(POSTERIORS, ScoreColumn.COMPONENT, ScoreColumn.RESPONSIBILITIES);
    private static final List<ScoreColumn> DENSITIES = with(COMPONENTS, ScoreColumn.LOG_DENSITY, ScoreColumn.IMPUTED);
    /** The key of a setting that autoencoders, chains and clusters do not have. */
    private static final String CONDITION = "model.condition";

    private static final String LOSS = "anomalyScore is the row's loss; the first two by model.cluster";
    private static final String BOUND = "anomalyScore is minus the evidence lower bound of the row";
    private static final String BOUND_OF_COMPONENTS = "anomalyScore is minus the ELBO of the row; csv: probability_K";

    /** The options of models that do not profit from momentum between rounds. */
    private static final AveragingOptions PLAIN_AVERAGING =
            AveragingOptions.DEFAULT.withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE));

    public static final ModelType AE = type(CLUSTERED, LOSS)
            .type("ae")
            .estimator("Autoencoder")
            .words("autoencoder")
            .options(List.of(
                    NetworkShape.DEFAULT,
                    CodeClusters.DEFAULT,
                    AveragingOptions.DEFAULT,
                    AutoencoderOptions.DEFAULT,
                    EvaluateOptions.DEFAULT))
            .fixed(List.of(CONDITION))
            .build();

    public static final ModelType VAE = type(DENSITIES, BOUND, Stages.OF_VARIATIONAL)
            .offers(List.of("train.initialModel", "sample.noise", "sample.given"))
            .type("vae")
            .estimator("VariationalAutoencoder")
            .words("variational autoencoder")
            .options(List.of(
                    NetworkShape.DEFAULT,
                    CodeClusters.DEFAULT,
                    PosteriorOptions.DEFAULT,
                    AveragingOptions.DEFAULT,
                    VariationalOptions.DEFAULT,
                    ScoringOptions.DEFAULT,
                    EvaluateOptions.DEFAULT))
            .build();

    public static final ModelType DLGM = type(
                    POSTERIORS,
                    BOUND,
                    scoreColumns(with(POSTERIORS, ScoreColumn.LOG_DENSITY, ScoreColumn.IMPUTED), BOUND))
            .offers(List.of("train.initialModel", "sample.noise"))
            .type("dlgm")
            .estimator("DeepLatentGaussian")
            .words("deep latent Gaussian model")
            .options(List.of(
                    NetworkShape.DEFAULT,
                    PosteriorOptions.DEFAULT,
                    AveragingOptions.DEFAULT,
                    HamiltonianOptions.DEFAULT,
                    ScoringOptions.DEFAULT,
                    EvaluateOptions.DEFAULT))
            .fixed(List.of("model.posterior", "score.importanceSamples", CONDITION))
            .build();

    public static final ModelType MOG_VAE = type(DENSITIES, BOUND_OF_COMPONENTS, Stages.OF_MIXTURE)
            .offers(List.of("train.initialModel", "sample.component", "sample.noise", "sample.given"))
            .type("mog-vae")
            .estimator("MixtureVariationalAutoencoder")
            .words("mixture-of-Gaussians variational autoencoder")
            .options(List.of(
                    NetworkShape.DEFAULT,
                    LatentMixture.DEFAULT,
                    PosteriorOptions.DEFAULT,
                    AveragingOptions.DEFAULT,
                    VariationalOptions.DEFAULT,
                    ClusteringRecipe.DEFAULT,
                    GameOptions.DEFAULT,
                    AdversarialOptions.DEFAULT,
                    ScoringOptions.DEFAULT,
                    EvaluateOptions.DEFAULT))
            .fixed(List.of(
                    "model.posterior",
                    "model.classifier",
                    "model.objective",
                    "model.gradient",
                    "model.informationWeight",
                    "train.maxEpochs"))
            .build();

    public static final ModelType VADE = clustering("model.classifier")
            .type("vade")
            .estimator("VariationalDeepEmbedding")
            .words("variational deep embedding")
            .build();

    public static final ModelType CLUSTER_VAE = clustering()
            .type("cluster-vae")
            .estimator("ClusteringVariationalAutoencoder")
            .words("classifying variational autoencoder")
            .build();

    public static final ModelType GAN = type(
                    SCORES, "anomalyScore is -log of the probability that the discriminator gives to real")
            .offers(List.of("train.initialModel", "sample.given"))
            .type("gan")
            .estimator("GenerativeAdversarialNetwork")
            .words("generative adversarial network")
            .options(List.of(
                    NetworkShape.GENERATOR,
                    PLAIN_AVERAGING,
                    GameOptions.DEFAULT,
                    AdversarialOptions.DEFAULT,
                    EvaluateOptions.DEFAULT))
            .fixed(List.of("model.encoder", "train.patience"))
            .build();

    public static final ModelType VAE_GAN = type(with(POSTERIORS, ScoreColumn.REAL_PROBABILITY), BOUND)
            .offers(List.of("train.initialModel", "sample.given"))
            .type("vae-gan")
            .estimator("AdversarialVariationalAutoencoder")
            .words("adversarial variational autoencoder")
            .options(List.of(
                    NetworkShape.DEFAULT,
                    PosteriorOptions.DEFAULT,
                    PLAIN_AVERAGING,
                    GameOptions.DEFAULT,
                    VariationalAdversarialOptions.DEFAULT,
                    ScoringOptions.DEFAULT,
                    EvaluateOptions.DEFAULT))
            .fixed(List.of("model.posterior", "train.patience", "score.importanceSamples"))
            .build();

    private NetworkModelTypes() {}

    /**
     * Returns a type without its options.
     *
     * @param columns columns that a model can add to a table
     * @param anomaly what the anomaly score is
     * @param keys further keys
     */
    private static ModelTypeBuilder type(List<ScoreColumn> columns, String anomaly, Key<?>... keys) {
        List<Key<?>> all = new ArrayList<>(List.of(keys));
        if (Stream.of(keys).noneMatch(key -> key.path().equals("score.columns"))) {
            all.add(scoreColumns(columns, anomaly));
        }
        // Not hyperparameters: they do not change a model.
        OptionsRecord.keys(EvaluateOptions.DEFAULT).forEach(key -> all.add(key.withParam("")));
        return ModelTypeBuilder.builder()
                .keys(all)
                .offers(List.of("train.initialModel"))
                .columns(columns)
                .scoring(List.of("train.seed"))
                .conflicts(NetworkConflicts::in);
    }

    /**
     * Returns a type that is trained in the stages of variational deep embedding.
     *
     * @param fixed paths of the settings of the prior that the type does not have
     */
    private static ModelTypeBuilder clustering(String... fixed) {
        return type(COMPONENTS, BOUND_OF_COMPONENTS, Stages.OF_CLUSTERING)
                .offers(List.of("train.initialModel", "sample.component", "sample.noise"))
                .options(List.of(
                        NetworkShape.DEFAULT,
                        LatentMixture.DEFAULT,
                        PosteriorOptions.DEFAULT,
                        PLAIN_AVERAGING,
                        ClusteringRecipe.DEFAULT,
                        ScoringOptions.DEFAULT,
                        EvaluateOptions.DEFAULT))
                .fixed(Stream.concat(
                                Stream.of(fixed),
                                Stream.of(
                                        CONDITION,
                                        "model.posterior",
                                        "train.maxEpochs",
                                        "train.optimizer.schedule",
                                        "score.importanceSamples"))
                        .toList());
    }

    /** Returns the key of the columns that scoring adds. */
    private static Key<List<ScoreColumn>> scoreColumns(List<ScoreColumn> columns, String anomaly) {
        return ScoreSection.columns(columns.stream().sorted().toList(), anomaly);
    }

    private static List<ScoreColumn> with(List<ScoreColumn> columns, ScoreColumn... more) {
        return Stream.concat(columns.stream(), Stream.of(more)).toList();
    }
}
