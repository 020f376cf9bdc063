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
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.AutoencoderOptions;
import io.github.sparklatent.vae.objective.HamiltonianOptions;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The model types of neural models: the options of each, and the settings that it does not have. */
public final class NetworkModelTypes {
    private static final List<ScoreColumn> CODES = List.of(
            ScoreColumn.LATENT, ScoreColumn.RECONSTRUCTION, ScoreColumn.RECONSTRUCTION_ERROR, ScoreColumn.ANOMALY);
    private static final List<ScoreColumn> DENSITIES = List.of(ScoreColumn.LOG_DENSITY, ScoreColumn.IMPUTED);

    /** The key of a setting that autoencoders, chains and clusters do not have. */
    private static final String CONDITION = "model.condition";

    private static final String POSTERIOR = "model.posterior";
    private static final String IMPORTANCE_SAMPLES = "score.importanceSamples";
    private static final String GIVEN = "sample.given";
    private static final String NOISE = "sample.noise";

    private static final String LOSS = "anomalyScore is the row's loss; the first two by model.cluster";
    private static final String BOUND = "anomalyScore is minus the evidence lower bound of the row";
    private static final String BOUND_OF_COMPONENTS = "anomalyScore is minus the ELBO of the row; csv: probability_K";

    /** The options of models that do not profit from momentum between rounds. */
    private static final AveragingOptions PLAIN_AVERAGING =
            AveragingOptions.DEFAULT.withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE));

    public static final ModelType AE = type(Kind.AUTOENCODER, "ae", "Autoencoder", LOSS)
            .options(options(CodeClusters.DEFAULT, AveragingOptions.DEFAULT, AutoencoderOptions.DEFAULT))
            .fixed(List.of(CONDITION))
            .build();

    public static final ModelType VAE = type(
                    Kind.VARIATIONAL, "vae", "VariationalAutoencoder", BOUND, Stages.OF_VARIATIONAL)
            .offers(offers(NOISE, GIVEN))
            .options(options(
                    CodeClusters.DEFAULT,
                    PosteriorOptions.DEFAULT,
                    AveragingOptions.DEFAULT,
                    VariationalOptions.DEFAULT,
                    ScoringOptions.DEFAULT))
            .build();

    public static final ModelType DLGM = type(
                    Kind.DEEP_LATENT_GAUSSIAN,
                    "dlgm",
                    "DeepLatentGaussian",
                    BOUND,
                    scoreColumns(with(columns(Kind.DEEP_LATENT_GAUSSIAN), DENSITIES), BOUND))
            .offers(offers(NOISE))
            .options(options(
                    PosteriorOptions.DEFAULT,
                    AveragingOptions.DEFAULT,
                    HamiltonianOptions.DEFAULT,
                    ScoringOptions.DEFAULT))
            .fixed(List.of(POSTERIOR, IMPORTANCE_SAMPLES, CONDITION))
            .build();

    public static final ModelType MOG_VAE = type(
                    Kind.MIXTURE, "mog-vae", "MixtureVariationalAutoencoder", BOUND_OF_COMPONENTS, Stages.OF_MIXTURE)
            .offers(offers("sample.component", NOISE, GIVEN))
            .options(options(
                    LatentMixture.DEFAULT,
                    PosteriorOptions.DEFAULT,
                    AveragingOptions.DEFAULT,
                    VariationalOptions.DEFAULT,
                    ClusteringRecipe.DEFAULT,
                    GameOptions.DEFAULT,
                    AdversarialOptions.DEFAULT,
                    ScoringOptions.DEFAULT))
            .fixed(List.of(
                    POSTERIOR,
                    "model.classifier",
                    "model.objective",
                    "model.gradient",
                    "model.informationWeight",
                    "train.maxEpochs"))
            .build();

    public static final ModelType VADE =
            clustering(Kind.EMBEDDING, "vade", "VariationalDeepEmbedding", "model.classifier");

    public static final ModelType CLUSTER_VAE =
            clustering(Kind.CLASSIFYING, "cluster-vae", "ClusteringVariationalAutoencoder");

    public static final ModelType GAN = type(
                    Kind.ADVERSARIAL,
                    "gan",
                    "GenerativeAdversarialNetwork",
                    "anomalyScore is -log of the probability that the discriminator gives to real")
            .offers(offers(GIVEN))
            .options(List.of(
                    NetworkShape.GENERATOR,
                    PLAIN_AVERAGING,
                    GameOptions.DEFAULT,
                    AdversarialOptions.DEFAULT,
                    EvaluateOptions.DEFAULT))
            .fixed(List.of("model.encoder", "train.patience"))
            .build();

    public static final ModelType VAE_GAN = type(
                    Kind.VARIATIONAL_ADVERSARIAL, "vae-gan", "AdversarialVariationalAutoencoder", BOUND)
            .offers(offers(GIVEN))
            .options(options(
                    PosteriorOptions.DEFAULT,
                    PLAIN_AVERAGING,
                    GameOptions.DEFAULT,
                    VariationalAdversarialOptions.DEFAULT,
                    ScoringOptions.DEFAULT))
            .fixed(List.of(POSTERIOR, "train.patience", IMPORTANCE_SAMPLES))
            .build();

    private NetworkModelTypes() {}

    /**
     * Returns a type without its options.
     *
     * @param anomaly what the anomaly score is
     * @param keys further keys
     */
    private static ModelTypeBuilder type(Kind kind, String type, String estimator, String anomaly, Key<?>... keys) {
        List<Key<?>> all = new ArrayList<>(List.of(keys));
        if (Stream.of(keys).noneMatch(key -> key.path().equals("score.columns"))) {
            all.add(scoreColumns(columns(kind), anomaly));
        }
        // Not hyperparameters: they do not change a model.
        OptionsRecord.keys(EvaluateOptions.DEFAULT).forEach(key -> all.add(key.withParam("")));
        return ModelTypeBuilder.builder()
                .type(type)
                .estimator(estimator)
                .words(kind.words())
                .keys(all)
                .offers(offers())
                .columns(columns(kind))
                .scoring(List.of("train.seed"))
                .conflicts(NetworkConflicts::in);
    }

    /**
     * Returns a type that is trained in the stages of variational deep embedding.
     *
     * @param fixed paths of the settings of the prior that the type does not have
     */
    private static ModelType clustering(Kind kind, String type, String estimator, String... fixed) {
        return type(kind, type, estimator, BOUND_OF_COMPONENTS, Stages.OF_CLUSTERING)
                .offers(offers("sample.component", NOISE))
                .options(options(
                        LatentMixture.DEFAULT,
                        PosteriorOptions.DEFAULT,
                        PLAIN_AVERAGING,
                        ClusteringRecipe.DEFAULT,
                        ScoringOptions.DEFAULT))
                .fixed(with(
                        List.of(fixed),
                        List.of(
                                CONDITION,
                                POSTERIOR,
                                "train.maxEpochs",
                                "train.optimizer.schedule",
                                IMPORTANCE_SAMPLES)))
                .build();
    }

    /** Returns the columns that a model can add to a table. */
    private static List<ScoreColumn> columns(Kind kind) {
        List<ScoreColumn> columns = new ArrayList<>(kind.hasEncoder() ? CODES : List.of(ScoreColumn.ANOMALY));
        if (kind.hasPosterior()) {
            columns.addAll(List.of(ScoreColumn.LATENT_VARIANCE, ScoreColumn.LATENT_SAMPLE));
        }
        if (kind.hasComponents() || kind == Kind.AUTOENCODER || kind == Kind.VARIATIONAL) { // the last two by clusters
            columns.addAll(List.of(ScoreColumn.COMPONENT, ScoreColumn.RESPONSIBILITIES));
        }
        if (kind == Kind.VARIATIONAL || kind == Kind.MIXTURE) {
            columns.addAll(DENSITIES);
        }
        if (kind.needsDiscriminator()) {
            columns.add(ScoreColumn.REAL_PROBABILITY);
        }
        return columns;
    }

    /** Returns the key of the columns that scoring adds. */
    private static Key<List<ScoreColumn>> scoreColumns(List<ScoreColumn> columns, String anomaly) {
        return ScoreSection.columns(columns.stream().sorted().toList(), anomaly);
    }

    /** Returns the paths of the common keys that some models have. */
    private static List<String> offers(String... more) {
        return with(List.of("train.initialModel"), List.of(more));
    }

    private static List<Record> options(Record... own) {
        return with(List.of(NetworkShape.DEFAULT), with(List.of(own), List.of(EvaluateOptions.DEFAULT)));
    }

    private static <T> List<T> with(List<? extends T> first, List<? extends T> more) {
        return Stream.<T>concat(first.stream(), more.stream()).toList();
    }
}
