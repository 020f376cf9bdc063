package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.ml.columns.TableForm;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The inputs of an evaluation.
 *
 * @param spark the session
 * @param settings settings of the job: which measures are computed besides the objective
 * @param name name of the table in messages
 * @param table the rows
 * @param columns names of the feature columns
 * @param form makes the model's features from the table
 * @param options options for reading the table
 * @param path path of the model, for messages
 * @param monitor measures the time
 */
public record EvaluationContext(
        SparkSession spark,
        Settings settings,
        String name,
        Dataset<Row> table,
        FeatureColumns columns,
        TableForm form,
        TableOptions options,
        String path,
        TrainingMonitor monitor) {

    /** Returns the scaling of rows before they are given to the model. */
    public Scaling scaling() {
        return form.scaling();
    }

    /** Checks the width of rows. */
    public void requireWidth(int found, LatentModel<?> model) {
        SavedModel.requireWidth(model, path, found);
    }

    /**
     * Reads the table into blocks of doubles.
     *
     * @throws io.github.sparklatent.learn.DataException if its width is not the width of the model
     */
    public BlockTable blocks(LatentModel<?> model) {
        BlockTable rows = BlockTable.of(table, columns, scaling(), options);
        try {
            requireWidth(rows.facts().width(), model);
            return rows;
        } catch (RuntimeException e) {
            rows.close();
            throw e;
        }
    }
}
