package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ModelTypeBuilder;
import io.github.sparklatent.config.ScoreColumn;
import java.util.ArrayList;
import java.util.List;

/** The model types of neural models. */
public final class NetworkModelTypes {
    private static final List<ScoreColumn> SCORES =
            List.of(ScoreColumn.ANOMALY, ScoreColumn.REAL_PROBABILITY);
    private static final List<ScoreColumn> CODES =
            List.of(
                    ScoreColumn.LATENT,
                    ScoreColumn.RECONSTRUCTION,
                    ScoreColumn.RECONSTRUCTION_ERROR,
                    ScoreColumn.ANOMALY);
    private static final List<ScoreColumn> POSTERIORS = with(CODES, ScoreColumn.LATENT_VARIANCE);
    private static final List<ScoreColumn> COMPONENTS =
            with(POSTERIORS, ScoreColumn.COMPONENT, ScoreColumn.RESPONSIBILITIES);
    private static final List<ScoreColumn> SHOWN =
            List.of(
                    ScoreColumn.COMPONENT,
                    ScoreColumn.RESPONSIBILITIES,
                    ScoreColumn.LATENT,
                    ScoreColumn.ANOMALY);

    /** Keys that scoring uses. */
    private static final List<Key<?>> SCORING =
            List.of(
                    NetworkKeys.BINARIZE,
                    VariationalKeys.SCORE_SAMPLES,
                    VariationalKeys.SCORE_IMPORTANCE_SAMPLES,
                    VariationalKeys.SCORE_RECONSTRUCTION);

    public static final ModelType AE =
            type(
                    "ae",
                    "Autoencoder",
                    "autoencoder",
                    CODES,
                    NetworkKeys.ALL,
                    AveragingKeys.ALL,
                    OptimizerKeys.ALL,
                    AutoencoderKeys.ALL,
                    EvaluateKeys.RECONSTRUCTIONS);
    public static final ModelType VAE =
            type(
                    "vae",
                    "VariationalAutoencoder",
                    "variational autoencoder",
                    with(POSTERIORS, ScoreColumn.LOG_DENSITY, ScoreColumn.IMPUTED),
                    NetworkKeys.ALL,
                    AveragingKeys.ALL,
                    OptimizerKeys.ALL,
                    VariationalKeys.ALL,
                    EvaluateKeys.ALL);
    public static final ModelType DLGM =
            type(
                    "dlgm",
                    "DeepLatentGaussianModel",
                    "deep latent Gaussian model",
                    POSTERIORS,
                    NetworkKeys.SHAPE,
                    AveragingKeys.ALL,
                    OptimizerKeys.ALL,
                    ChainKeys.ALL,
                    EvaluateKeys.ALL);
    public static final ModelType MOG_VAE =
            type(
                    "mog-vae",
                    "MixtureVariationalAutoencoder",
                    "mixture-of-Gaussians variational autoencoder",
                    with(COMPONENTS, ScoreColumn.LOG_DENSITY, ScoreColumn.IMPUTED),
                    NetworkKeys.ALL,
                    AveragingKeys.STAGED,
                    OptimizerKeys.ALL,
                    StagedMixtureKeys.LATENT_MIXTURE,
                    AdversaryKeys.ALL,
                    StagedMixtureKeys.ALL,
                    EvaluateKeys.ALL);
    public static final ModelType VADE =
            type(
                    "vade",
                    "VariationalDeepEmbedding",
                    "variational deep embedding",
                    COMPONENTS,
                    NetworkKeys.SHAPE,
                    AveragingKeys.EMBEDDING,
                    OptimizerKeys.EMBEDDING,
                    LatentMixtureKeys.ALL,
                    ClusteringKeys.ALL,
                    EvaluateKeys.ALL);
    public static final ModelType CLUSTER_VAE =
            type(
                    "cluster-vae",
                    "ClusteringVariationalAutoencoder",
                    "classifying variational autoencoder",
                    COMPONENTS,
                    NetworkKeys.SHAPE,
                    AveragingKeys.EMBEDDING,
                    OptimizerKeys.EMBEDDING,
                    LatentMixtureKeys.ALL,
                    ClassifierKeys.ALL,
                    EvaluateKeys.ALL);
    public static final ModelType GAN =
            type(
                    "gan",
                    "GenerativeAdversarialNetwork",
                    "generative adversarial network",
                    SCORES,
                    GeneratorKeys.ALL,
                    AveragingKeys.ADVERSARIAL,
                    OptimizerKeys.ALL,
                    AdversaryKeys.ALL,
                    EvaluateKeys.GENERATOR);
    public static final ModelType VAE_GAN =
            type(
                    "vae-gan",
                    "AdversarialVariationalAutoencoder",
                    "adversarial variational autoencoder",
                    with(POSTERIORS, ScoreColumn.REAL_PROBABILITY),
                    NetworkKeys.SHAPE,
                    AveragingKeys.ADVERSARIAL,
                    OptimizerKeys.ALL,
                    AdversaryKeys.ALL,
                    GameKeys.ALL,
                    EvaluateKeys.GAME);

    private NetworkModelTypes() {}

    @SafeVarargs
    private static ModelType type(
            String type,
            String estimator,
            String words,
            List<ScoreColumn> columns,
            List<Key<?>>... keys) {
        List<Key<?>> all = new ArrayList<>();
        for (List<Key<?>> list : keys) {
            all.addAll(list);
        }
        List<ScoreColumn> shown = SHOWN.stream().filter(columns::contains).toList();
        List<Key<?>> scoring = new ArrayList<>(SCORING);
        scoring.removeIf(key -> !all.contains(key));
        List<String> used = new ArrayList<>(List.of("data.invalid", "train.seed"));
        scoring.forEach(key -> used.add(key.path()));
        List<String> offers = new ArrayList<>(List.of("train.initialModel"));
        if (columns.contains(ScoreColumn.LATENT_VARIANCE) && !type.equals("vae-gan")) {
            offers.add("sample.noise");
        }
        if (columns.contains(ScoreColumn.COMPONENT)) {
            offers.add("sample.component");
        }
        return ModelTypeBuilder.builder()
                .type(type)
                .estimator(estimator)
                .words(words)
                .keys(all)
                .columns(columns)
                .shown(shown)
                .scoring(used)
                .offers(offers)
                .conflicts(NetworkConflicts::in)
                .build();
    }

    private static List<ScoreColumn> with(List<ScoreColumn> columns, ScoreColumn... more) {
        List<ScoreColumn> all = new ArrayList<>(columns);
        all.addAll(List.of(more));
        return all;
    }
}
