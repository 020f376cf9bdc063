package io.github.sparklatent.app.registry;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.core.SavedModel;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The score of a row that a version has in common with the champion. */
final class CommonScore {
    private static final String INSTEAD = "; train it with train --run-id and publish it with registry publish --force";

    private static final String DENSITY = "density";
    private static final String PROBABILITY = "probability";

    private CommonScore() {}

    /**
     * Returns the column in which two versions are compared.
     *
     * @param champion absent: the challenger is only measured
     * @throws UsageException if they have no score of the same meaning
     */
    static ScoreColumn of(SavedModel challenger, Optional<SavedModel> champion) {
        if (champion.isPresent()) {
            requireSameScale(challenger.scaling().kind(), champion.get());
            requireSameColumns(challenger.inputColumns(), champion.get());
            requireSameRanks(challenger.encoders(), champion.get());
            requireSameMeasures(challenger, champion.get());
        }
        ScoreColumn column =
                of(challenger.type(), champion.map(SavedModel::type).orElse(challenger.type()));
        return challenger.offers(column) ? column : ScoreColumn.ANOMALY; // with data.scale = both
    }

    /**
     * Requires, before a training, that its version can be compared with the champion.
     *
     * @param columns the feature columns of the training
     * @param scale the scaling of the training
     * @throws UsageException if it cannot
     */
    static void require(ModelType type, FeatureColumns columns, Scale scale, SavedModel champion) {
        of(type, champion.type());
        if (champion.model().form().readsTable()) {
            requireSameScale(scale, champion);
            requireSameColumns(columns.columns(), champion);
            requireSameRanks(columns.encoders(), champion);
        }
    }

    private static ScoreColumn of(ModelType type, ModelType champion) {
        boolean sameType = type.equals(champion);
        // The anomaly scores of groups are centred in each group, so their densities are compared.
        ScoreColumn column = sameType && !isNegativeLogDensity(type) ? ScoreColumn.ANOMALY : ScoreColumn.LOG_DENSITY;
        boolean common = sameType
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

    /** Returns whether the anomaly score is minus a log density; a network's is a bound. */
    private static boolean isNegativeLogDensity(ModelType type) {
        return type.columns().contains(ScoreColumn.LOG_DENSITY)
                && !type.columns().contains(ScoreColumn.RECONSTRUCTION_ERROR);
    }

    /**
     * Returns whether the score of a row has the same meaning for all models of a type. A score by a model's own
     * discriminator has not.
     */
    private static boolean givesScores(ModelType type) {
        boolean ofDiscriminator = type.columns().contains(ScoreColumn.REAL_PROBABILITY)
                && !type.columns().contains(ScoreColumn.LATENT);
        return type.columns().contains(ScoreColumn.ANOMALY) && !ofDiscriminator;
    }

    private static void requireSameScale(Scale scale, SavedModel champion) {
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
                                    TableColumns.shortened(columns),
                                    TableColumns.shortened(champion.inputColumns()),
                                    INSTEAD));
        }
    }

    /** A density of ranks depends on the table that they were counted in. */
    private static void requireSameRanks(List<? extends ColumnEncoder> encoders, SavedModel champion) {
        if (!ColumnEncoder.ranks(encoders).equals(ColumnEncoder.ranks(champion.encoders()))) {
            throw new UsageException("the columns that are read as ranks, or their ranks, differ from those of the"
                    + " champion, so a version cannot be compared with it"
                    + INSTEAD);
        }
    }

    /** A density of a column and a probability of it are different measures. */
    private static void requireSameMeasures(SavedModel challenger, SavedModel champion) {
        Map<String, Boolean> other = densities(champion);
        densities(challenger).forEach((column, isDensity) -> {
            if (isDensity != other.getOrDefault(column, isDensity)) {
                throw new UsageException(
                        "the version gives \"%s\" a %s and the champion a %s, so a version cannot be compared with it%s"
                                .formatted(
                                        column,
                                        isDensity ? DENSITY : PROBABILITY,
                                        isDensity ? PROBABILITY : DENSITY,
                                        INSTEAD));
            }
        });
    }

    /** Returns by column whether all of its numbers have a density, or else a probability. */
    private static Map<String, Boolean> densities(SavedModel saved) {
        Set<Integer> densities = Set.copyOf(saved.model().densities());
        Map<String, Boolean> columns = new LinkedHashMap<>();
        if (saved.encoders().isEmpty()) {
            List<String> names = saved.featureNames();
            IntStream.range(0, names.size()).forEach(j -> columns.put(names.get(j), densities.contains(j)));
            return columns;
        }
        int from = 0;
        for (ColumnEncoder encoder : saved.encoders()) {
            int to = from + encoder.features().size();
            columns.put(encoder.column(), IntStream.range(from, to).allMatch(densities::contains));
            from = to;
        }
        return columns;
    }
}
