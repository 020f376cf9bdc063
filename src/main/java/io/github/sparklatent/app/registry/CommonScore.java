package io.github.sparklatent.app.registry;

import io.github.sparklatent.cluster.table.Scale;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.core.SavedModel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The score of a row that a version has in common with the champion. */
final class CommonScore {
    private static final String INSTEAD =
            "; train it with train --run-id and publish it with --force";

    private CommonScore() {}

    /**
     * Returns the column in which two versions are compared.
     *
     * @param champion absent: the challenger is only measured
     * @throws UsageException if they have no score of the same meaning
     */
    static ScoreColumn of(SavedModel challenger, Optional<SavedModel> champion) {
        if (champion.isPresent()) {
            requireSameScale(challenger, champion.get());
            requireSameColumns(challenger.inputColumns(), champion.get());
        }
        return of(challenger.type(), champion.map(SavedModel::type).orElse(challenger.type()));
    }

    /**
     * Requires, before a training, that its version can be compared with the champion.
     *
     * @param columns the feature columns of the training
     * @throws UsageException if it cannot
     */
    static void require(ModelType type, List<String> columns, SavedModel champion) {
        of(type, champion.type());
        if (champion.stage().isPresent()) {
            requireSameColumns(columns, champion);
        }
    }

    private static ScoreColumn of(ModelType type, ModelType champion) {
        boolean sameType = type.equals(champion);
        // The anomaly scores of groups are centred in each group, so their densities are compared.
        ScoreColumn column =
                sameType && !isNegativeLogDensity(type)
                        ? ScoreColumn.ANOMALY
                        : ScoreColumn.LOG_DENSITY;
        boolean common =
                sameType
                        ? givesScores(type)
                        : type.columns().contains(column) && champion.columns().contains(column);
        if (!common) {
            throw new UsageException(
                    "a version of type %s cannot be compared with a champion of type %s, because they give no common score of a row%s"
                            .formatted(type, champion, INSTEAD));
        }
        return column;
    }

    /** Returns what the negative anomaly score, or the log density, of a model's row is. */
    static String meaning(ScoreColumn measure, ModelType type) {
        return measure == ScoreColumn.LOG_DENSITY || isNegativeLogDensity(type)
                ? "log density"
                : type.columns().contains(ScoreColumn.LATENT_VARIANCE)
                        ? "evidence lower bound"
                        : "negative anomaly score";
    }

    /** Returns whether the anomaly score is minus the log density; a network's is a bound. */
    private static boolean isNegativeLogDensity(ModelType type) {
        return type.columns().contains(ScoreColumn.LOG_DENSITY)
                && !type.columns().contains(ScoreColumn.RECONSTRUCTION_ERROR);
    }

    /**
     * Returns whether the score of a row has the same meaning for all models of a type. A score by
     * a model's own discriminator has not.
     */
    private static boolean givesScores(ModelType type) {
        boolean ofDiscriminator =
                type.columns().contains(ScoreColumn.REAL_PROBABILITY)
                        && !type.columns().contains(ScoreColumn.LATENT);
        return type.columns().contains(ScoreColumn.ANOMALY) && !ofDiscriminator;
    }

    private static void requireSameScale(SavedModel challenger, SavedModel champion) {
        Scale scale = challenger.scaling().kind();
        Scale other = champion.scaling().kind();
        if (scale != other && !(scale.keepsDensities() && other.keepsDensities())) {
            throw new UsageException(
                    "data.scale = %s leaves no density over the columns, so a version with it cannot be compared with one without it%s"
                            .formatted(scale.keepsDensities() ? other : scale, INSTEAD));
        }
    }

    /** A density of other columns is another measure. */
    private static void requireSameColumns(List<String> columns, SavedModel champion) {
        if (!new HashSet<>(columns).equals(new HashSet<>(champion.inputColumns()))) {
            throw new UsageException(
                    "the features are %s, but the champion was trained on %s, so a version cannot be compared with it%s"
                            .formatted(
                                    TableChecks.shortened(columns),
                                    TableChecks.shortened(champion.inputColumns()),
                                    INSTEAD));
        }
    }
}
