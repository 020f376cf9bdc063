package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.ml.columns.TableForm;

/**
 * The inputs of an evaluation.
 *
 * @param settings settings of the job: which measures are computed besides the objective
 * @param tables the rows
 * @param form makes the model's features from the table
 * @param path path of the model, for messages
 * @param monitor measures the time
 */
public record EvaluationContext(
        Settings settings, TrainingTables tables, TableForm form, String path, TrainingMonitor monitor) {

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
        BlockTable rows = tables.blocks(form.scaling(), width -> 0);
        try {
            requireWidth(rows.facts().width(), model);
            return rows;
        } catch (RuntimeException e) {
            rows.close();
            throw e;
        }
    }
}
