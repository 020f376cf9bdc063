package io.github.sparklatent.ml.columns;

import java.util.List;

/**
 * A scorer or an explainer that reads more columns of the table than the features: the further columns of its model.
 */
public interface TableReading {
    /**
     * Receives the further cells of a row before the batch that contains it is evaluated.
     *
     * @param cells the cells as texts; null where one is missing. Not modified.
     * @param index place of the row in the batch
     */
    void take(List<String> cells, int index);
}
