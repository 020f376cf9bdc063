package io.github.sparklatent.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The kinds of model, each with the keys, the record and the conflicts that only it has. */
public enum ModelType {
    /** Gaussian mixture. */
    GMM {
        @Override
        List<Key<?>> keys() {
            return MixtureKeys.ALL;
        }

        @Override
        Key<List<ScoreColumn>> scoreColumns() {
            return MixtureKeys.SCORE_COLUMNS;
        }

        @Override
        ModelSettings settings(Settings settings) {
            return MixtureSettings.of(settings);
        }

        @Override
        List<Problem> conflicts(Settings settings) {
            return MixtureConflicts.in(settings);
        }
    },
    /** Autoencoder. */
    AE {
        @Override
        List<Key<?>> keys() {
            return all(
                    NetworkKeys.ALL,
                    AveragingKeys.ALL,
                    OptimizerKeys.ALL,
                    AutoencoderKeys.ALL,
                    EvaluateKeys.OF_RECONSTRUCTIONS);
        }

        @Override
        Key<List<ScoreColumn>> scoreColumns() {
            return AutoencoderKeys.SCORE_COLUMNS;
        }
    },
    /** Variational autoencoder. */
    VAE {
        @Override
        List<Key<?>> keys() {
            return all(
                    NetworkKeys.ALL,
                    AveragingKeys.ALL,
                    OptimizerKeys.ALL,
                    VariationalKeys.ALL,
                    EvaluateKeys.ALL);
        }

        @Override
        Key<List<ScoreColumn>> scoreColumns() {
            return VariationalKeys.SCORE_COLUMNS;
        }
    },
    /** Variational autoencoder whose prior and posteriors are mixtures of Gaussians. */
    MOG_VAE {
        @Override
        List<Key<?>> keys() {
            return all(
                    NetworkKeys.ALL,
                    AveragingKeys.OF_STAGES,
                    OptimizerKeys.ALL,
                    LatentMixtureKeys.ALL,
                    AdversaryKeys.ALL,
                    StagedMixtureKeys.ALL,
                    EvaluateKeys.ALL);
        }

        @Override
        Key<List<ScoreColumn>> scoreColumns() {
            return LatentMixtureKeys.SCORE_COLUMNS;
        }
    },
    /** Variational deep embedding. */
    VADE {
        @Override
        List<Key<?>> keys() {
            return all(
                    NetworkKeys.SHAPE,
                    AveragingKeys.OF_EMBEDDING,
                    OptimizerKeys.OF_EMBEDDING,
                    LatentMixtureKeys.ALL,
                    ClusteringKeys.ALL,
                    EvaluateKeys.ALL);
        }

        @Override
        Key<List<ScoreColumn>> scoreColumns() {
            return LatentMixtureKeys.SCORE_COLUMNS;
        }
    },
    /** Clustering variational autoencoder whose codes a small network classifies. */
    CLUSTER_VAE {
        @Override
        List<Key<?>> keys() {
            return all(
                    NetworkKeys.SHAPE,
                    AveragingKeys.OF_EMBEDDING,
                    OptimizerKeys.OF_EMBEDDING,
                    LatentMixtureKeys.ALL,
                    ClassifierKeys.ALL,
                    EvaluateKeys.ALL);
        }

        @Override
        Key<List<ScoreColumn>> scoreColumns() {
            return LatentMixtureKeys.SCORE_COLUMNS;
        }
    },
    /** Generative adversarial network. */
    GAN {
        @Override
        List<Key<?>> keys() {
            return all(
                    GeneratorKeys.ALL,
                    AveragingKeys.OF_GAMES,
                    OptimizerKeys.ALL,
                    AdversaryKeys.ALL,
                    EvaluateKeys.OF_DRAWN_ROWS);
        }

        @Override
        Key<List<ScoreColumn>> scoreColumns() {
            return GeneratorKeys.SCORE_COLUMNS;
        }
    },
    /** Variational autoencoder whose decoder is the generator of a game. */
    VAE_GAN {
        @Override
        List<Key<?>> keys() {
            return all(
                    NetworkKeys.SHAPE,
                    AveragingKeys.OF_GAMES,
                    OptimizerKeys.ALL,
                    AdversaryKeys.ALL,
                    GameKeys.ALL,
                    EvaluateKeys.ALL);
        }

        @Override
        Key<List<ScoreColumn>> scoreColumns() {
            return VariationalKeys.SCORE_COLUMNS;
        }
    };

    @SafeVarargs
    private static List<Key<?>> all(List<Key<?>>... lists) {
        List<Key<?>> all = new ArrayList<>();
        for (List<Key<?>> list : lists) {
            all.addAll(list);
        }
        return List.copyOf(all);
    }

    /** The keys beyond {@link CommonKeys}. */
    abstract List<Key<?>> keys();

    abstract Key<List<ScoreColumn>> scoreColumns();

    /** What a network's configuration says, if it is not another's. */
    ModelSettings settings(Settings settings) {
        return NetworkSettings.of(settings);
    }

    /** What contradicts itself among values that are right one by one. */
    List<Problem> conflicts(Settings settings) {
        return NetworkConflicts.in(settings);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
