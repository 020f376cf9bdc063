package io.github.sparklatent.vae;

import io.github.sparklatent.nn.Missing;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * Computes the parts of the reconstruction error that single columns have. A missing cell adds 0 to the density of a
 * row, so the density of a group of columns is that of a row without the others.
 */
final class ColumnErrors {
    private final ScoringTask task;
    private final ModelScorer scorer;
    private final FMatrixRMaj alone = new FMatrixRMaj(0, 0);
    private final double[] density;

    ColumnErrors(ScoringTask task, ModelScorer scorer) {
        this.task = task;
        this.scorer = scorer;
        this.density = new double[task.maxRows];
    }

    /** Computes what {@link NetworkScorer#columnErrors} says. */
    void of(FMatrixRMaj rows, FMatrixRMaj likely, int[][] groups, double[] errors) {
        Arrays.fill(errors, 0, rows.numRows * groups.length, 0);
        scorer.decode(rows, (from, count, weights) -> {
            alone.reshape(count, rows.numCols);
            Arrays.fill(alone.data, 0, alone.getNumElements(), Float.NaN);
            for (int c = 0; c < groups.length; c++) {
                if (likely != null) {
                    add(rows, likely, groups[c], from, weights, 1, errors, c, groups.length);
                }
                add(rows, rows, groups[c], from, weights, -1, errors, c, groups.length);
            }
        });
    }

    /** Adds the log density of a group, cells of which are missing where those of the rows are. */
    private void add(
            FMatrixRMaj rows,
            FMatrixRMaj values,
            int[] group,
            int from,
            double[] weights,
            int sign,
            double[] errors,
            int at,
            int step) {
        for (int i = 0; i < alone.numRows; i++) {
            for (int column : group) {
                boolean missing = Missing.is(rows.get(from + i, column));
                alone.set(i, column, missing ? Float.NaN : values.get(from + i, column));
            }
        }
        task.decoder.density(task.parameters, alone, density);
        for (int i = 0; i < alone.numRows; i++) {
            errors[(from + i) * step + at] += sign * weights[i] * density[i];
            for (int column : group) {
                alone.set(i, column, Float.NaN);
            }
        }
    }
}
