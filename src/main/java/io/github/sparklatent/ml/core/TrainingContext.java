package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.config.Settings;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;

/**
 * What a training works with beside its hyperparameters.
 *
 * @param families that a model to start from may be of
 * @param spark the session
 * @param settings everything that the result follows from; a checkpoint and the origin of the model
 *     keep them
 * @param title what the report is called
 * @param tables the rows
 * @param reported whether a report will be asked for
 * @param monitor follows the rounds
 */
public record TrainingContext(
        ModelFamilies families,
        SparkSession spark,
        Settings settings,
        Optional<String> title,
        TrainingTables tables,
        boolean reported,
        TrainingMonitor monitor) {

    /** Returns the context of an Estimator's fit. */
    public static TrainingContext of(LatentEstimator<?, ?> estimator, Dataset<?> dataset) {
        Settings settings = estimator.settings();
        return new TrainingContext(
                new ModelFamilies(List.of(estimator.family())),
                dataset.sparkSession(),
                settings,
                Optional.empty(),
                TrainingTables.of(estimator, settings, dataset),
                false,
                new TrainingMonitor() {});
    }

    /** Returns the place where the training comes from, for the model to keep. */
    public Origin origin(TableFacts facts) {
        return Origin.of(spark, settings, facts.fingerprint());
    }
}
