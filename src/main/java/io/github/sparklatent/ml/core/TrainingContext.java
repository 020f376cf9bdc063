package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;

/**
 * The inputs of a training besides its hyperparameters.
 *
 * @param settings everything that determines the result; kept in checkpoints and in the model's origin
 * @param title title of the report
 * @param tables the rows
 * @param versions versions of the tables by the keys that name them; empty if the tables have none
 * @param reported whether a report will be requested
 * @param monitor receives the progress of the rounds
 * @param mostRows number of training rows that a mixture is fitted to; it is fitted to a sample of a larger table
 */
public record TrainingContext(
        Settings settings,
        Optional<String> title,
        TrainingTables tables,
        Map<String, Object> versions,
        boolean reported,
        TrainingMonitor monitor,
        long mostRows) {

    /** Creates the context of a training on all rows of tables without versions. */
    public TrainingContext(
            Settings settings,
            Optional<String> title,
            TrainingTables tables,
            boolean reported,
            TrainingMonitor monitor) {
        this(settings, title, tables, Map.of(), reported, monitor, Long.MAX_VALUE);
    }

    /**
     * Returns a copy for a mixture that is fitted to a sample of a large table.
     *
     * @param kept the rows of the table, which are kept
     */
    public TrainingContext withMostRows(long rows, Supplier<Dataset<RowRecord>> kept) {
        return new TrainingContext(settings, title, tables.withKept(kept), versions, reported, monitor, rows);
    }

    /** Returns the session of the rows. */
    public SparkSession spark() {
        return tables.table().sparkSession();
    }

    /** Returns whether the mixture is only that of small and unknown groups. */
    public boolean isOfOtherGroups() {
        return mostRows < Long.MAX_VALUE;
    }

    /**
     * Returns the context of an Estimator's fit.
     *
     * @param further columns that are read besides features and weight
     */
    public static TrainingContext of(LatentEstimator<?, ?> estimator, Dataset<?> dataset, List<String> further) {
        Settings settings = estimator.settings();
        return new TrainingContext(
                settings,
                Optional.empty(),
                TrainingTables.of(estimator, settings, dataset, further),
                false,
                new TrainingMonitor() {});
    }

    /**
     * Returns the identity of a training on blocks.
     *
     * @param heldOut a separate held-out table, or null
     * @param initial fingerprint of the initial parameters, or empty
     */
    public TrainingIdentity identity(BlockTable rows, BlockTable heldOut, String initial) {
        return TrainingIdentity.of(settings, rows.facts(), heldOut == null ? null : heldOut.facts(), initial);
    }

    /** Returns whether the rows have weights. */
    public boolean isWeighted() {
        return tables.options().weight() != null;
    }

    /** Returns the origin of the training, to be kept with the model. */
    public Origin origin(TableFacts facts) {
        return Origin.of(spark(), settings, facts.fingerprint(), versions);
    }
}
