package io.github.sparklatent.app.config;

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
    };

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
