package io.github.sparklatent.cluster.table;

import io.github.sparklatent.learn.Require;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a table is read into blocks.
 *
 * @param features names or globs; empty: every numeric column but the named ones
 * @param label name of a column that is never trained on, or null
 * @param weight name of the column of row weights, or null
 * @param id name of the column that is a row's key, or null
 * @param placement where rows go
 * @param invalid what happens to rows that cannot be computed with
 * @param scale how features are scaled
 * @param holdoutFraction share of rows held out of training, in [0, 1)
 * @param seed of the choice of held-out rows
 * @param partitions that rows are placed in; 0: from the data's size, never from the number of
 *     cores. Rows that stay as they are keep the table's own
 * @param partitionsKey what a person sets the partitions by, for sentences
 * @param trainedOn whether rows are trained on, and not only measured: only then somebody has
 *     chosen the partitions for this table
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
    /** The only place where defaults are written. */
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
                "partitions is %d, expected 0 (from the data's size) or more",
                partitions);
        features = List.copyOf(features);
    }

    public TableOptions withFeatures(List<String> value) {
        return with(draft -> draft.features = value);
    }

    public TableOptions withLabel(String value) {
        return with(draft -> draft.label = value);
    }

    public TableOptions withWeight(String value) {
        return with(draft -> draft.weight = value);
    }

    public TableOptions withId(String value) {
        return with(draft -> draft.id = value);
    }

    public TableOptions withPlacement(Placement value) {
        return with(draft -> draft.placement = value);
    }

    public TableOptions withInvalid(Invalid value) {
        return with(draft -> draft.invalid = value);
    }

    public TableOptions withScale(Scale value) {
        return with(draft -> draft.scale = value);
    }

    public TableOptions withHoldoutFraction(double value) {
        return with(draft -> draft.holdoutFraction = value);
    }

    public TableOptions withSeed(long value) {
        return with(draft -> draft.seed = value);
    }

    public TableOptions withPartitions(int value) {
        return with(draft -> draft.partitions = value);
    }

    public TableOptions withPartitionsKey(String value) {
        return with(draft -> draft.partitionsKey = value);
    }

    /** Of a table of which no row is trained on. */
    public TableOptions onlyMeasured() {
        return with(draft -> draft.trainedOn = false);
    }

    private TableOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** Whether a person has asked for more partitions to train in than there are training rows. */
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
