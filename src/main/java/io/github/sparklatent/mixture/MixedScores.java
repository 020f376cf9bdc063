package io.github.sparklatent.mixture;

import io.github.sparklatent.gmm.model.MixtureScores;
import io.github.sparklatent.linalg.Block;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Computes densities, responsibilities and expected values of blocks of rows. */
public final class MixedScores extends MixtureScores {
    private final MixedMixture mixture;
    private final MixedDensity density;
    private final MixedDensity.Rows under;
    private final DMatrixRMaj numbers = new DMatrixRMaj(0, 0);

    public MixedScores(MixedDensity density) {
        this.mixture = density.mixture();
        this.density = density;
        this.under = density.rows();
        if (under.densities() != null) {
            under.densities().keepPeaks();
        }
    }

    /** Returns the mixture. */
    public MixedMixture mixture() {
        return mixture;
    }

    @Override
    protected void joint(Block rows, DMatrixRMaj out) {
        under.load(rows);
        under.joint(out);
    }

    @Override
    public double[] cumulants(int row) {
        double[] cells = row < 0 ? null : MixedMixture.row(block().rows(), row);
        double[] cumulants = new double[3 * mixture.components()];
        density.cumulants().addTo(cells, cumulants);
        if (under.densities() == null) {
            for (int k = 0; k < mixture.components(); k++) {
                cumulants[3 * k] -= density.logWeight(k);
            }
        } else {
            int observed = (int) Arrays.stream(mixture.columns().gaussian())
                    .filter(j -> cells == null || !Double.isNaN(cells[j]))
                    .count();
            under.densities().addCumulants(row, observed, cumulants);
        }
        return cumulants;
    }

    /** Completes rows by the mean of a number or a count, and the most probable level of a category. */
    @Override
    protected void impute(Block rows, DMatrixRMaj shares, DMatrixRMaj out) {
        out.setTo(rows.rows());
        if (rows.isComplete()) {
            return;
        }
        MixedColumns columns = mixture.columns();
        if (under.numbers() != null && !under.numbers().isComplete()) {
            under.densities().impute(under.numbers(), shares, numbers);
            int[] gaussian = columns.gaussian();
            for (int i = 0; i < out.numRows; i++) {
                for (int j = 0; j < gaussian.length; j++) {
                    out.set(i, gaussian[j], numbers.get(i, j));
                }
            }
        }
        int[] student = columns.student();
        int[] discrete = columns.discrete();
        for (int i = 0; i < out.numRows; i++) {
            for (int t = 0; t < student.length; t++) {
                if (Double.isNaN(out.get(i, student[t]))) {
                    DMatrixRMaj parameters = mixture.student().get(t);
                    double sum = 0;
                    for (int k = 0; k < parameters.numRows; k++) {
                        sum += shares.get(k, i) * parameters.get(k, StudentCells.LOCATION);
                    }
                    out.set(i, student[t], sum);
                }
            }
            for (int t = 0; t < discrete.length; t++) {
                if (Double.isNaN(out.get(i, discrete[t]))) {
                    out.set(i, discrete[t], expected(t, columns.get(discrete[t]), shares, i));
                }
            }
        }
    }

    private double expected(int table, MixedColumns.Column column, DMatrixRMaj shares, int row) {
        DMatrixRMaj parameters = mixture.discrete().get(table);
        boolean isSummed = column.family().hasProbabilities();
        double[] sums = new double[isSummed ? parameters.numCols : 1];
        for (int k = 0; k < parameters.numRows; k++) {
            double share = shares.get(k, row);
            if (isSummed) {
                for (int x = 0; x < sums.length; x++) {
                    sums[x] += share * parameters.get(k, x);
                }
            } else {
                double[] own = MixedMixture.row(parameters, k);
                sums[0] += share * DiscreteCells.expected(column, own);
            }
        }
        return isSummed ? DiscreteCells.expected(column, sums) : sums[0];
    }

    /**
     * Returns a sentence about a cell that has no density under any component; null if each has one.
     *
     * @param names names of the columns
     * @param row d numbers. Not modified.
     */
    public static String flaw(MixedColumns columns, List<String> names, double[] row) {
        for (int j : columns.discrete()) {
            double x = row[j];
            boolean count = columns.get(j).family().isCount();
            if (columns.get(j).code(x) > columns.get(j).levels() || x == Double.POSITIVE_INFINITY) {
                return count
                        ? "%s is %s, expected a whole number from 0 on, or a missing value".formatted(names.get(j), x)
                        : "%s is %s, expected a category from 0 to %d, or a missing value"
                                .formatted(names.get(j), x, columns.get(j).levels() - 1);
            }
        }
        return null;
    }
}
