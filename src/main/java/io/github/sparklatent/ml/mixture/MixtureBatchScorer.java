package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.gmm.model.MixtureDensity;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.ml.core.BatchScorer;
import io.github.sparklatent.ml.core.OutputColumns;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vectors;
import org.ejml.data.DMatrixRMaj;

/** Computes the score columns of a mixture for batches of rows. */
final class MixtureBatchScorer implements BatchScorer {
    private static final int GREATEST_HEIGHT = 256;

    private final OutputColumns columns;
    private final MixtureDensity density;
    private final DMatrixRMaj block;
    private final DMatrixRMaj imputed = new DMatrixRMaj(0, 0);
    private final int height;

    /**
     * Creates the buffers.
     *
     * @param factors factors of the mixture
     * @param width d
     * @param columns columns to add
     */
    MixtureBatchScorer(MixtureFactors factors, int width, OutputColumns columns) {
        this.columns = columns;
        this.density = new MixtureDensity(factors);
        this.height = Math.min(GREATEST_HEIGHT, Block.height(width));
        this.block = new DMatrixRMaj(height, width);
    }

    @Override
    public int width() {
        return block.numCols;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public boolean allowsMissing() {
        return true;
    }

    @Override
    public void score(double[] rows, int n) {
        block.reshape(n, block.numCols);
        System.arraycopy(rows, 0, block.data, 0, n * block.numCols);
        density.evaluate(block);
        if (columns.has(ScoreColumn.IMPUTED)) {
            density.impute(imputed);
        }
    }

    @Override
    public void addTo(List<Object> values, int row) {
        for (ScoreColumn column : columns.names().keySet()) {
            values.add(
                    switch (column) {
                        case RESPONSIBILITIES ->
                                Vectors.dense(row(density.responsibilities(), row));
                        case COMPONENT -> Rows.argMax(density.responsibilities(), row);
                        case LOG_DENSITY -> density.logDensity(row);
                        case IMPUTED -> Vectors.dense(row(imputed, row));
                        case ANOMALY -> -density.logDensity(row);
                        default -> throw new IllegalStateException("a mixture has no " + column);
                    });
        }
    }

    private static double[] row(DMatrixRMaj rows, int row) {
        int width = rows.numCols;
        return Arrays.copyOfRange(rows.data, row * width, (row + 1) * width);
    }
}
