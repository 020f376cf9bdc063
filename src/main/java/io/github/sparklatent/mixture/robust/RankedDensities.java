package io.github.sparklatent.mixture.robust;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.MissingCells;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.gaussian.BlockDensities;
import io.github.sparklatent.mixture.gaussian.ConditionalRows;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Log densities that say how odd a row is beside others, under one Gaussian component. That of a row with missing
 * values is that of a complete row which is as far out: densities of other columns, in other units, say nothing about
 * that, and the squared distance D² of fewer values is smaller.
 *
 * <pre>
 *   z = ((D²/p)^⅓ − 1 + 2/(9p)) / √(2/(9p)),   p observed values
 *   D²' = d (1 − 2/(9d) + z √(2/(9d)))³
 * </pre>
 *
 * z is normal for D² ~ χ²(p) but for a small error (Wilson and Hilferty 1931), and D²' has the same z among d values.
 * With p = d nothing changes. D² is the squared distance of the row whose missing values are replaced by their means
 * given the observed ones.
 *
 * <p>The rows of several components, and those with other columns, are compared by the density of their observed
 * values. A row without any value has no rank (NaN).
 *
 * <p>An object holds buffers and is used by one thread.
 */
final class RankedDensities {
    private final MixedDensity density;
    private final MixedDensity.EvaluatedRows rows;
    private final boolean isOneGaussian;
    private final DMatrixRMaj joint = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj completed = new DMatrixRMaj(0, 0);
    private double[] ranks = new double[0];
    private BlockDensities ofCompleted;
    private double peak;

    /** Creates the buffers beside those of the rows under the mixture. */
    RankedDensities(MixedDensity density, MixedDensity.EvaluatedRows rows) {
        this.density = density;
        this.rows = rows;
        MixedColumns columns = density.mixture().columns();
        this.isOneGaussian = density.components() == 1 && columns.gaussian().length == columns.size();
    }

    /** Returns the log density of each row, at least n entries. Valid until the next call. */
    public double[] of(Block block) {
        reserve(block.size());
        rows.assign(block, joint, ranks);
        return rank(block);
    }

    /**
     * Returns the log density of each row of the block that was evaluated last. Valid until the next call.
     *
     * @param logDensities of the observed values of each row, at least n entries. Not modified.
     */
    public double[] of(Block block, double[] logDensities) {
        reserve(block.size());
        System.arraycopy(logDensities, 0, ranks, 0, block.size());
        return rank(block);
    }

    private void reserve(int rows) {
        if (ranks.length < rows) {
            ranks = new double[rows];
        }
    }

    /** Replaces the log densities of incomplete rows. */
    private double[] rank(Block block) {
        if (block.isComplete() || !isOneGaussian) {
            return ranks;
        }
        MissingCells missing = block.missing();
        int[] incomplete = missing.incompleteRows();
        int d = block.width();
        complete(block);
        ofCompleted.apply(Block.of(completed), joint);
        for (int place = 0; place < incomplete.length; place++) {
            double distance = 2 * (peak - joint.data[place]);
            int observed = d - missing.columnsOf(place).length;
            ranks[incomplete[place]] = peak - 0.5 * asFarOut(distance, observed, d);
        }
        return ranks;
    }

    /** Writes the incomplete rows with their missing values replaced. */
    private void complete(Block block) {
        DMatrixRMaj means = density.gaussian().centres().means();
        if (ofCompleted == null) {
            ofCompleted = density.gaussian().densities();
            ofCompleted.apply(Block.of(CommonOps_DDRM.extractRow(means, 0, null)), joint);
            peak = joint.data[0];
        }
        ConditionalRows conditional = rows.densities().conditionalRows();
        conditional.evaluate(block, 0); // densities of factored components do not
        completed.setTo(conditional.centred());
        for (int i = 0; i < completed.numRows; i++) {
            for (int j = 0; j < completed.numCols; j++) {
                completed.add(i, j, means.get(0, j));
            }
        }
    }

    /** Returns the squared distance in d columns that is as far out as another in fewer columns. */
    static double asFarOut(double distance, int columns, int d) {
        double z = Math.cbrt(Math.max(0, distance) / columns) - 1 + 2 / (9.0 * columns);
        double root = 1 - 2 / (9.0 * d) + z * Math.sqrt((double) columns / d);
        return d * Math.pow(Math.max(0, root), 3);
    }
}
