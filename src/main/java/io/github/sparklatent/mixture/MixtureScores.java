package io.github.sparklatent.mixture;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Rows;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Computes what scoring adds to blocks of rows under one mixture. Holds buffers: one thread only. */
public final class MixtureScores {
    private final MixedMixture mixture;
    private final MixedDensity density;
    private final MixedDensity.EvaluatedRows under;
    private final DMatrixRMaj byComponent = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj responsibilities = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj numbers = new DMatrixRMaj(0, 0);
    private double[] logDensities = new double[0];
    private Block block;

    public MixtureScores(MixedDensity density) {
        this.mixture = density.mixture();
        this.density = density;
        this.under = density.rows();
        if (under.densities() != null) {
            under.densities().keepPeaks();
        }
    }

    public MixedMixture mixture() {
        return mixture;
    }

    /**
     * Computes the densities and responsibilities of some rows.
     *
     * @param rows n × d, NaN where a value is missing. Not modified.
     */
    public void evaluate(DMatrixRMaj rows) {
        block = Block.of(rows);
        if (logDensities.length < rows.numRows) {
            logDensities = new double[rows.numRows];
        }
        under.assign(block, byComponent, logDensities);
        responsibilities.reshape(rows.numRows, byComponent.numRows);
        CommonOps_DDRM.transpose(byComponent, responsibilities);
    }

    /** Returns p(k | x_n) of the last block, n × K; valid until the next call. Not to be modified. */
    public DMatrixRMaj responsibilities() {
        return responsibilities;
    }

    /** Returns log p(x_n) of a row of the last block, in nats. */
    public double logDensity(int row) {
        return logDensities[row];
    }

    /**
     * Returns the first three cumulants that minus the log density has in rows of each component with the same cells as
     * a row of the last block, 3 K numbers.
     *
     * @param row row of the block; a negative number for a complete row
     */
    public double[] cumulants(int row) {
        double[] cells = row < 0 ? null : Rows.row(block.rows(), row);
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

    /**
     * Returns a row in which each missing cell is replaced by what is expected given the others.
     *
     * @param row d numbers, NaN where a value is missing. Not modified.
     * @return the row itself if no value is missing
     */
    public double[] imputed(double[] row) {
        if (Arrays.stream(row).noneMatch(Double::isNaN)) {
            return row;
        }
        DMatrixRMaj imputed = new DMatrixRMaj(0, 0);
        evaluate(DMatrixRMaj.wrap(1, row.length, row));
        impute(imputed);
        return imputed.data;
    }

    /**
     * Copies the rows of the last block, with each missing cell replaced by what is expected given the others: the mean
     * of a number or a count, and the most probable level of a category.
     *
     * @param out n × d. Modified; its shape is set.
     */
    public void impute(DMatrixRMaj out) {
        DMatrixRMaj shares = byComponent;
        out.setTo(block.rows());
        if (block.isComplete()) {
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
                double[] own = Rows.row(parameters, k);
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
