package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.Require;
import java.util.List;

/**
 * Knowledge of a saved model about the table that it was trained on.
 *
 * @param inputCols columns that it reads, in order; null if it reads features
 * @param encoders how each column becomes numbers, as JSON; null if it reads features
 * @param width number of numbers of a row
 * @param scaling scaling of the numbers; null if it reads features
 * @param known anomaly scores of the training rows; null if they were not asked for
 */
public record SavedColumns(
        List<String> inputCols, List<String> encoders, int width, Scaling scaling, ReferenceRows reference) {
    /** Name of the file in a saved model. */
    public static final String FILE = "columns.cbor";

    public SavedColumns {
        Require.that(
                inputCols == null || encoders.isEmpty() || encoders.size() == inputCols.size(),
                "it does not have an encoder for each of its columns");
    }
}
