package io.github.sparklatent.app.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

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
            return network(AutoencoderKeys.ALL);
        }

        @Override
        Key<List<ScoreColumn>> scoreColumns() {
            return AutoencoderKeys.SCORE_COLUMNS;
        }

        @Override
        ModelSettings settings(Settings settings) {
            return NetworkSettings.of(settings);
        }

        @Override
        List<Problem> conflicts(Settings settings) {
            return NetworkConflicts.in(settings);
        }
    },
    /** Variational autoencoder. */
    VAE {
        @Override
        List<Key<?>> keys() {
            return network(VariationalKeys.ALL);
        }

        @Override
        Key<List<ScoreColumn>> scoreColumns() {
            return VariationalKeys.SCORE_COLUMNS;
        }

        @Override
        ModelSettings settings(Settings settings) {
            return NetworkSettings.of(settings);
        }

        @Override
        List<Problem> conflicts(Settings settings) {
            return NetworkConflicts.in(settings);
        }
    };

    private static List<Key<?>> network(List<Key<?>> own) {
        return Stream.of(NetworkKeys.ALL, AveragingKeys.ALL, OptimizerKeys.ALL, own)
                .<Key<?>>flatMap(List::stream)
                .toList();
    }

    /** The keys beyond {@link CommonKeys}. */
    abstract List<Key<?>> keys();

    abstract Key<List<ScoreColumn>> scoreColumns();

    abstract ModelSettings settings(Settings settings);

    /** What contradicts itself among values that are right one by one. */
    abstract List<Problem> conflicts(Settings settings);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
