package io.github.sparklatent.mixture;

import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;

/** Rows from which values are removed, for tests. */
public final class MissingValues {
    private MissingValues() {}

    /** Returns a copy in which each number is NaN with the given chance; one number of each row stays. */
    public static DMatrixRMaj in(DMatrixRMaj rows, double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DMatrixRMaj incomplete = rows.copy();
        for (int i = 0; i < rows.numRows; i++) {
            int kept = random.nextInt(rows.numCols);
            for (int j = 0; j < rows.numCols; j++) {
                if (random.nextDouble() < share && j != kept) {
                    incomplete.set(i, j, Double.NaN);
                }
            }
        }
        return incomplete;
    }

    /** Returns the columns of a row that are missing (true) or observed (false), ascending. */
    public static int[] columns(double[] row, boolean missing) {
        return java.util.stream.IntStream.range(0, row.length)
                .filter(j -> Double.isNaN(row[j]) == missing)
                .toArray();
    }
}
