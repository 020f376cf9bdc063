package io.github.sparklatent.cluster.table;

import io.github.sparklatent.learn.Require;
import java.util.List;
import java.util.function.Consumer;

/**
 * Options for reading a table into blocks.
 *
 * @param features names or globs; empty: every numeric column except those named here
 * @param label name of a column that is never a feature, or null
 * @param weight name of the column of row weights, or null
 * @param id name of the column that is a row's key, or null
 * @param placement of the rows
 * @param invalid handling of rows with unusable numbers
 * @param scale scaling of the features
 * @param holdoutFraction fraction of rows held out of training, in [0, 1)
 * @param seed of the selection of held-out rows
 * @param partitions number of partitions for placed rows; 0: determined from the size of the data,
 *     not from the number of cores. Not used if rows stay where they are
 * @param partitionsKey name of the setting of the partitions in messages
 * @param trainedOn whether the table is used for training, not only for evaluation. Only then the
 *     partitions have been chosen for this table
 */
public record TableOptions(
        List<String> features,
        String label,
        String weight,
        String id,
        Placement placement,
        Invalid invalid,
        Scale scale,
        double holdoutFraction,
        long seed,
        int partitions,
        String partitionsKey,
        boolean trainedOn) {
    /** The defaults. They are written only here. */
    public static final TableOptions DEFAULT =
            new TableOptions(
                    List.of(),
                    null,
                    null,
                    null,
                    Placement.HASH,
                    Invalid.ERROR,
                    Scale.NONE,
                    0,
                    1,
                    0,
                    "partitions",
                    true);

    public TableOptions {
        Require.that(
                holdoutFraction >= 0 && holdoutFraction < 1,
                "holdout fraction is %s, expected a number from 0 to below 1",
                holdoutFraction);
        Require.that(
                partitions >= 0,
                "partitions is %d, expected a number not below 0 (0: from the size of the data)",
                partitions);
        features = List.copyOf(features);
    }

    /** Returns a copy with these names or globs of features; empty for every numeric column. */
    public TableOptions withFeatures(List<String> value) {
        return with(draft -> draft.features = value);
    }

    /** Returns a copy with this label column, or null for none. */
    public TableOptions withLabel(String value) {
        return with(draft -> draft.label = value);
    }

    /** Returns a copy with this column of row weights, or null for none. */
    public TableOptions withWeight(String value) {
        return with(draft -> draft.weight = value);
    }

    /** Returns a copy with this key column, or null for none. */
    public TableOptions withId(String value) {
        return with(draft -> draft.id = value);
    }

    /** Returns a copy with this placement of rows. */
    public TableOptions withPlacement(Placement value) {
        return with(draft -> draft.placement = value);
    }

    /** Returns a copy with this handling of rows with unusable numbers. */
    public TableOptions withInvalid(Invalid value) {
        return with(draft -> draft.invalid = value);
    }

    /** Returns a copy with this scaling of features. */
    public TableOptions withScale(Scale value) {
        return with(draft -> draft.scale = value);
    }

    /** Returns a copy with this fraction of held-out rows, in [0, 1). */
    public TableOptions withHoldoutFraction(double value) {
        return with(draft -> draft.holdoutFraction = value);
    }

    /** Returns a copy with this seed of the selection of held-out rows. */
    public TableOptions withSeed(long value) {
        return with(draft -> draft.seed = value);
    }

    /**
     * Returns a copy with this number of partitions; 0 to determine it from the size of the data.
     */
    public TableOptions withPartitions(int value) {
        return with(draft -> draft.partitions = value);
    }

    /** Returns a copy with this name of the setting of the partitions in messages. */
    public TableOptions withPartitionsKey(String value) {
        return with(draft -> draft.partitionsKey = value);
    }

    /** Returns a copy for a table that is evaluated and not trained on. */
    public TableOptions onlyMeasured() {
        return with(draft -> draft.trainedOn = false);
    }

    private TableOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** Returns whether more partitions are set for training than there are training rows. */
    public boolean hasMorePartitionsThan(long trainingRows) {
        return trainedOn && placement == Placement.HASH && partitions > trainingRows;
    }

    /** A mutable copy. */
    private static final class Draft {
        private List<String> features;
        private String label;
        private String weight;
        private String id;
        private Placement placement;
        private Invalid invalid;
        private Scale scale;
        private double holdoutFraction;
        private long seed;
        private int partitions;
        private String partitionsKey;
        private boolean trainedOn;

        Draft(TableOptions options) {
            features = options.features;
            label = options.label;
            weight = options.weight;
            id = options.id;
            placement = options.placement;
            invalid = options.invalid;
            scale = options.scale;
            holdoutFraction = options.holdoutFraction;
            seed = options.seed;
            partitions = options.partitions;
            partitionsKey = options.partitionsKey;
            trainedOn = options.trainedOn;
        }

        TableOptions options() {
            return new TableOptions(
                    features,
                    label,
                    weight,
                    id,
                    placement,
                    invalid,
                    scale,
                    holdoutFraction,
                    seed,
                    partitions,
                    partitionsKey,
                    trainedOn);
        }
    }
}
