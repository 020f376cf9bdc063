package io.github.sparklatent.cluster.table;

import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.TextFormat;
import io.github.sparklatent.learn.Require;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;

/**
 * Options for reading a table into blocks.
 *
 * @param features names or globs; empty: every numeric column except those named here
 * @param label name of a column that is never a feature, or null
 * @param weight name of the column of row weights, or null
 * @param id name of the column that is a row's key, or null
 * @param isPlaced whether rows are placed by a hash of their key, or of their content if there is no key, which needs
 *     one shuffle; else they stay in the partitions of the table, for tests and benchmarks that choose these
 * @param invalid handling of rows with unusable numbers
 * @param scale scaling of the features
 * @param holdoutFraction fraction of rows held out of training, in [0, 1)
 * @param seed seed of the selection of held-out rows
 * @param sampleRows most rows that are trained on, as an expectation; 0: all. Of the held-out rows the same share is
 *     used, so they stay their fraction
 * @param partitions number of partitions for placed rows; 0: determined from the size of the data, not from the number
 *     of cores. Not used if rows stay where they are
 * @param partitionsKey name of the setting of the partitions in messages
 * @param trainedOn whether the table is used for training, not only for evaluation. Only then the partitions have been
 *     chosen for this table
 * @param driverBytes largest number of bytes of a table, and of its features, that is brought to the driver, where
 *     traversals need no Spark jobs; 0: no table
 * @param text format of numbers in texts, if the source has no types; null: texts are no numbers
 * @param gate rows that are never trained on, or null
 * @param kept rows of the table that the caller has read and keeps, or null
 * @param unread number of rows that the reader of the table has left out before; they count as skipped
 */
@RecordBuilder
public record TableOptions(
        List<String> features,
        String label,
        String weight,
        String id,
        boolean isPlaced,
        Invalid invalid,
        Scale scale,
        double holdoutFraction,
        long seed,
        long sampleRows,
        int partitions,
        String partitionsKey,
        boolean trainedOn,
        long driverBytes,
        TextFormat text,
        Gate gate,
        Supplier<Dataset<RowRecord>> kept,
        long unread)
        implements TableOptionsBuilder.With {
    /** The default options. Defaults are defined here only. */
    public static final TableOptions DEFAULT = new TableOptions(
            List.of(),
            null,
            null,
            null,
            true,
            Invalid.ERROR,
            Scale.NONE,
            0,
            1,
            0,
            0,
            "partitions",
            true,
            4 << 20,
            null,
            null,
            null,
            0);

    public TableOptions {
        Require.that(
                holdoutFraction >= 0 && holdoutFraction < 1,
                "holdout fraction is %s, expected a number from 0 to below 1",
                holdoutFraction);
        Require.that(
                partitions >= 0,
                "partitions is %d, expected a number not below 0 (0: from the size of the data)",
                partitions);
        Require.that(driverBytes >= 0, "driverBytes is %d, expected a number not below 0", driverBytes);
        features = List.copyOf(features);
    }

    /** Returns the options for a table whose rows are all evaluated and not trained on. */
    public TableOptions whole() {
        return withHoldoutFraction(0)
                .withSampleRows(0)
                .withGate(null)
                .withKept(null)
                .withTrainedOn(false);
    }

    /** Returns the columns that are never chosen as features: label, weight and key. */
    public Set<String> excluded() {
        return Stream.of(label, weight, id).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    /** Returns whether more partitions are set for training than there are training rows. */
    public boolean hasMorePartitionsThan(long trainingRows) {
        return trainedOn && isPlaced && partitions > trainingRows;
    }
}
