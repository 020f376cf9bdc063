package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.linalg.Block;
import java.util.Arrays;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/** A scorer of batches of numbers in double precision, of which some may be missing. */
public abstract class DenseBatchScorer implements BatchScorer {
    private static final int MAX_HEIGHT = 256;

    private final Set<ScoreColumn> columns;
    private final DMatrixRMaj batch;
    private final int height;

    /**
     * Creates the buffer of a batch, which grows with the batches.
     *
     * @param width number of features
     * @param columns columns to compute
     */
    protected DenseBatchScorer(int width, Set<ScoreColumn> columns) {
        this.columns = columns;
        this.height = Math.min(MAX_HEIGHT, Block.height(width));
        this.batch = new DMatrixRMaj(0, width);
    }

    @Override
    public final int width() {
        return batch.numCols;
    }

    @Override
    public final int height() {
        return height;
    }

    @Override
    public final void score(double[] rows, int n) {
        batch.reshape(n, batch.numCols);
        System.arraycopy(rows, 0, batch.data, 0, n * batch.numCols);
        evaluate(batch);
    }

    /** Returns whether a column is computed. */
    protected final boolean has(ScoreColumn column) {
        return columns.contains(column);
    }

    /**
     * Evaluates a batch.
     *
     * @param rows n × d, NaN where a value is missing; the same matrix until the next call. Not modified.
     */
    protected abstract void evaluate(DMatrixRMaj rows);

    /** Returns the number of cells that a row of the last batch has; of a negative row, that of a complete one. */
    protected final int observed(int row) {
        int d = batch.numCols;
        int observed = d;
        for (int j = row * d; row >= 0 && j < (row + 1) * d; j++) {
            observed -= Double.isNaN(batch.data[j]) ? 1 : 0;
        }
        return observed;
    }

    /** Returns a row of a matrix. */
    protected static double[] line(DMatrixRMaj matrix, int row) {
        int width = matrix.numCols;
        return Arrays.copyOfRange(matrix.data, row * width, (row + 1) * width);
    }
}
