package io.github.sparklatent.mixture;

import io.github.sparklatent.gmm.initialization.RandomRows;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.SelectedRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * A mixture to start from: each component is placed at a row that was drawn at random. Its numbers
 * have the typical variance of the prior around that row; half of a discrete distribution is the
 * value of the row and half that of the whole table.
 */
final class MixedStart {
    private static final double OWN = 0.5;
    private static final double LOADING = 0.1;

    private final ColumnTotals totals;
    private final MixedPrior prior;
    private final MixedLayout layout;

    MixedStart(ColumnTotals totals, MixedPrior prior, MixedLayout layout) {
        this.totals = totals;
        this.prior = prior;
        this.layout = layout;
    }

    /**
     * Draws the rows and returns the mixture.
     *
     * @throws DataException if there are fewer distinct rows than components
     */
    MixedMixture at(RowBlocks data, long seed, int restart) {
        int components = layout.components();
        long key = RandomStreams.key(seed, Purpose.START_ROWS, components, restart);
        List<SelectedRow> rows =
                data.smallest(
                        "mixture K=%d, rows to start from".formatted(components),
                        new RandomRows(key),
                        components);
        if (rows.size() < components) {
            throw new DataException(
                    "the table has %d distinct rows to train on, but components is %d; expected at least as many rows"
                            .formatted(rows.size(), components));
        }
        double[] weights = new double[components];
        Arrays.fill(weights, 1.0 / components);
        return new MixedMixture(
                layout.columns(),
                weights,
                gaussian(rows, weights, key),
                discrete(rows),
                student(rows));
    }

    private double number(SelectedRow row, int column) {
        double x = row.values()[column];
        return Double.isNaN(x) ? totals.means()[column] : x;
    }

    private Mixture gaussian(List<SelectedRow> rows, double[] weights, long key) {
        int[] columns = layout.columns().gaussian();
        if (columns.length == 0) {
            return null;
        }
        int q = columns.length;
        DMatrixRMaj means = new DMatrixRMaj(rows.size(), q);
        for (int k = 0; k < rows.size(); k++) {
            for (int j = 0; j < q; j++) {
                means.set(k, j, number(rows.get(k), columns[j]));
            }
        }
        CovarianceType type = layout.gaussian().type();
        int factors = layout.gaussian().factors();
        RandomGenerator random = RandomStreams.of(key, Purpose.START_ROWS, 1);
        List<DMatrixRMaj> covariances = new ArrayList<>();
        double mean = Arrays.stream(columns).mapToDouble(prior::typical).average().orElseThrow();
        for (int m = 0; m < type.matrices(rows.size()); m++) {
            DMatrixRMaj matrix =
                    new DMatrixRMaj(type.rows(rows.size(), q), type.columns(q, factors));
            boolean one = type == CovarianceType.SPHERICAL || type == CovarianceType.PPCA;
            for (int i = 0; i < matrix.numRows; i++) {
                for (int j = 0; j < matrix.numCols; j++) {
                    if (type.isFactored()) {
                        double variance = one ? mean : prior.typical(columns[i]);
                        matrix.set(
                                i,
                                j,
                                j == factors
                                        ? variance
                                        : LOADING * Math.sqrt(variance) * random.nextGaussian());
                    } else if (!type.isSquare() || i == j) {
                        matrix.set(i, j, one ? mean : prior.typical(columns[j]));
                    }
                }
            }
            covariances.add(matrix);
        }
        return Mixture.of(type, weights, means, covariances);
    }

    private List<DMatrixRMaj> discrete(List<SelectedRow> rows) {
        int[] columns = layout.columns().discrete();
        List<DMatrixRMaj> all = new ArrayList<>();
        for (int t = 0; t < columns.length; t++) {
            MixedColumns.Column column = layout.columns().get(columns[t]);
            DMatrixRMaj parameters = new DMatrixRMaj(rows.size(), DiscreteCells.parameters(column));
            double[] shares = totals.shares(t);
            for (int k = 0; k < rows.size(); k++) {
                double x = rows.get(k).values()[columns[t]];
                double[] histogram = shares.clone();
                if (!Double.isNaN(x)) {
                    for (int i = 0; i < histogram.length; i++) {
                        histogram[i] *= 1 - OWN;
                    }
                    histogram[(int) x] += OWN;
                }
                MixedMixtureEm.set(parameters, k, DiscreteCells.start(column, histogram));
            }
            all.add(parameters);
        }
        return all;
    }

    private List<DMatrixRMaj> student(List<SelectedRow> rows) {
        int[] columns = layout.columns().student();
        List<DMatrixRMaj> all = new ArrayList<>();
        for (int column : columns) {
            DMatrixRMaj parameters = new DMatrixRMaj(rows.size(), StudentCells.PARAMETERS);
            for (int k = 0; k < rows.size(); k++) {
                double[] start = {
                    number(rows.get(k), column), prior.typical(column), StudentCells.START_DEGREES
                };
                MixedMixtureEm.set(parameters, k, start);
            }
            all.add(parameters);
        }
        return all;
    }
}
