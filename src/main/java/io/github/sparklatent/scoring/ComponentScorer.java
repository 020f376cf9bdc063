package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.linalg.Rows;
import java.util.BitSet;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/** Computes the score columns of a mixture for batches of rows. */
abstract class ComponentScorer extends DenseBatchScorer {
    private static final long CACHE_BYTES = 1 << 22;

    private final double[] weights;
    private final DMatrixRMaj imputed = new DMatrixRMaj(0, 0);

    /** Standardise the scores of rows, by the columns that they miss. */
    private final SizedCache<BitSet, StandardScore> standards = new SizedCache<>(CACHE_BYTES, StandardScore::bytes);

    /**
     * Creates the buffers.
     *
     * @param weights π of the anomaly score, K numbers. Kept, not copied.
     */
    ComponentScorer(int width, double[] weights, Set<ScoreColumn> columns) {
        super(width, columns);
        this.weights = weights;
    }

    @Override
    protected final void evaluate(DMatrixRMaj rows) {
        densities(rows);
        if (has(ScoreColumn.IMPUTED)) {
            impute(imputed);
        }
    }

    @Override
    public final Object value(ScoreColumn column, int row) {
        return switch (column) {
            case RESPONSIBILITIES -> line(responsibilities(), row);
            case COMPONENT -> Rows.argMax(responsibilities(), row);
            case LOG_DENSITY -> logDensity(row);
            case IMPUTED -> line(imputed, row);
            case ANOMALY -> anomaly(row);
            case STANDARDIZED -> standard(row).of(anomaly(row));
            default -> throw new IllegalStateException("a mixture has no " + column);
        };
    }

    private StandardScore standard(int row) {
        return standards.get(missing(row), missing -> {
            boolean[] observed = new boolean[width()];
            for (int j = 0; j < observed.length; j++) {
                observed[j] = !missing.get(j);
            }
            double[] cumulants = new double[3 * weights.length];
            DMatrixRMaj overlaps = new DMatrixRMaj(weights.length, weights.length);
            describe(observed, cumulants, overlaps);
            return new StandardScore(weights, cumulants, overlaps);
        });
    }

    /** Evaluates a batch, to which the other methods refer. */
    abstract void densities(DMatrixRMaj rows);

    /** Writes the completed rows. */
    abstract void impute(DMatrixRMaj rows);

    /** Returns the responsibilities, n × K. */
    abstract DMatrixRMaj responsibilities();

    abstract double logDensity(int row);

    double anomaly(int row) {
        return -logDensity(row);
    }

    /** Adds cumulants and overlaps of the components in rows with some cells; see {@link StandardScore}. */
    abstract void describe(boolean[] observed, double[] cumulants, DMatrixRMaj overlaps);
}
