package io.github.sparklatent.mixture;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.mixture.MixedOptions.Missingness;
import java.io.Serializable;
import org.ejml.data.DMatrixRMaj;

/**
 * The probabilities that a cell is missing, independent of the other cells within a component. With
 * {@link Missingness#INFORMATIVE},
 *
 * <pre>
 *   p(row | k) = p(x_observed | k) Π_missing j m_kj Π_observed j (1 − m_kj)
 * </pre>
 *
 * and else without the m_kj, which then only say how many cells are missing in rows that are drawn.
 *
 * @param shares m, k × d; 0 in all components for a column that has every cell. Kept, not copied.
 * @param mode whether the shares are part of the likelihood
 */
public record MissingShares(DMatrixRMaj shares, Missingness mode) implements Serializable {
    /** Shares are at least this far from 0 and 1, so that no row is impossible. */
    private static final double LEAST = 1e-9;

    public MissingShares {
        for (double share : shares.data) {
            Require.that(
                    share >= 0 && share < 1, "the share of missing cells of a column is %s, expected 0 to 1", share);
        }
    }

    static MissingShares none(int components, int columns) {
        return new MissingShares(new DMatrixRMaj(components, columns), Missingness.IGNORE);
    }

    /**
     * Returns a share that no row makes impossible.
     *
     * @param table share of the missing cells of the column in the whole table
     */
    static double bounded(double share, double table) {
        return table == 0 ? 0 : Math.max(LEAST, Math.min(1 - LEAST, share));
    }

    /** Returns shares for a table in which other columns have missing cells. */
    MissingShares on(double[] table) {
        DMatrixRMaj other = shares.copy();
        for (int j = 0; j < table.length; j++) {
            boolean isKnown = hasMissing(j);
            for (int k = 0; k < shares.numRows; k++) {
                if (!isKnown || table[j] == 0) {
                    other.set(k, j, bounded(table[j], table[j]));
                }
            }
        }
        return new MissingShares(other, mode);
    }

    /** Returns whether the missing cells of a row count for its density. */
    public boolean isInformative() {
        return mode == Missingness.INFORMATIVE;
    }

    /** Returns whether cells of a column can be missing. */
    boolean hasMissing(int column) {
        for (int k = 0; k < shares.numRows; k++) {
            if (shares.get(k, column) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns the number of columns whose cells can be missing. */
    int columns() {
        int count = 0;
        for (int j = 0; j < shares.numCols; j++) {
            count += hasMissing(j) ? 1 : 0;
        }
        return count;
    }
}
