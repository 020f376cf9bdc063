package io.github.sparklatent.mixture;

import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationContract;
import io.github.sparklatent.linalg.GammaFunctions;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.em.MixtureExpectation;
import io.github.sparklatent.mixture.em.MixtureLayout;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.TypedProblem;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** The sums against loops over rows, components and cells, with missing cells and weights. */
class TypedExpectationTest extends ExpectationContract {
    private static final int ROWS = 37;

    /** Sums of some ten thousand operations on numbers below a thousand. */
    private static final double ROUNDING = 1e-9;

    private final DMatrixRMaj rows = MixedTables.rows(ROWS, 0.2, 4);
    private final double[] weights = new double[ROWS];
    private final MixtureLayout layout =
            new MixtureLayout(MixedTables.COLUMNS, new StatisticsLayout(CovarianceType.DIAGONAL, 2, 2));
    private final MixedMixture mixture;

    TypedExpectationTest() {
        Arrays.setAll(weights, i -> 0.5 + i % 3);
        mixture = TypedProblem.of(MixedTables.COLUMNS, rows, CovarianceType.DIAGONAL, 2, 1)
                .start();
    }

    @Override
    protected Expectation expectation() {
        return MixtureExpectation.under(new MixedDensity(mixture));
    }

    @Override
    protected DMatrixRMaj rows() {
        return rows.copy();
    }

    @Override
    protected double[] weights() {
        return weights;
    }

    /** Returns the log density of a cell under a component; 0 if it is missing. */
    private double cell(int column, int k, double x) {
        return Double.isNaN(x) ? 0 : present(column, k, x);
    }

    private double present(int column, int k, double x) {
        int gaussian = MixedColumns.place(MixedTables.COLUMNS.gaussian(), column);
        if (gaussian >= 0) {
            MixtureParameters numbers = mixture.gaussian();
            double y = x - numbers.means().get(k, gaussian);
            double variance = numbers.variance(k, gaussian);
            return -0.5 * (Math.log(2 * Math.PI * variance) + y * y / variance);
        }
        int student = MixedColumns.place(MixedTables.COLUMNS.student(), column);
        if (student >= 0) {
            return StudentCells.logDensity(TestMatrices.row(mixture.student().get(student), k), x);
        }
        int table = MixedColumns.place(MixedTables.COLUMNS.discrete(), column);
        return DiscreteCells.logDensity(
                MixedTables.COLUMNS.get(column).family(),
                TestMatrices.row(mixture.discrete().get(table), k),
                x);
    }

    @Override
    protected Naive naive() {
        double[] sums = new double[layout.length()];
        for (int i = 0; i < ROWS; i++) {
            double[] joint = new double[2];
            for (int k = 0; k < 2; k++) {
                joint[k] = Math.log(mixture.weight(k));
                for (int j = 0; j < rows.numCols; j++) {
                    joint[k] += cell(j, k, rows.get(i, j));
                }
            }
            double total = Math.log(Math.exp(joint[0]) + Math.exp(joint[1]));
            sums[0] += weights[i] * total;
            sums[1] += weights[i];
            sums[2]++;
            for (int k = 0; k < 2; k++) {
                add(i, k, weights[i] * Math.exp(joint[k] - total), sums);
            }
        }
        double[] bounds = new double[sums.length];
        Arrays.setAll(bounds, i -> ROUNDING * Math.max(1, Math.abs(sums[i])));
        return new Naive(sums, bounds);
    }

    private void add(int row, int k, double share, double[] sums) {
        StatisticsLayout gaussian = layout.gaussian();
        sums[StatisticsLayout.SIZES + k] += share;
        int[] numbers = MixedTables.COLUMNS.gaussian();
        for (int j = 0; j < numbers.length; j++) {
            double y = rows.get(row, numbers[j]) - mixture.gaussian().means().get(k, j);
            boolean isMissing = Double.isNaN(y);
            sums[gaussian.sums() + k * numbers.length + j] += isMissing ? 0 : share * y;
            sums[gaussian.sums() + (2 + k) * numbers.length + j] +=
                    share * (isMissing ? mixture.gaussian().variance(k, j) : y * y);
        }
        int[] discrete = MixedTables.COLUMNS.discrete();
        int from = gaussian.length();
        for (int column : discrete) {
            double x = rows.get(row, column);
            int levels = MixedTables.COLUMNS.get(column).levels();
            if (!Double.isNaN(x)) {
                sums[from + k * levels + (int) x] += share;
            }
            from += 2 * levels;
        }
        double[] t = TestMatrices.row(mixture.student().get(0), k);
        double y = rows.get(row, MixedTables.COLUMNS.student()[0]) - t[0];
        if (!Double.isNaN(y)) {
            double u = (t[2] + 1) / (t[2] + y * y / t[1]);
            int at = from + k * StudentCells.STATISTICS;
            sums[at] += share;
            sums[at + 1] += share * u;
            sums[at + 2] += share * u * y;
            sums[at + 3] += share * u * y * y;
            double half = 0.5 * (t[2] + 1);
            sums[at + 4] += share * (GammaFunctions.digamma(half) - Math.log(half) + Math.log(u) - u);
            sums[at + 5] += share * Math.pow(u, 2);
            sums[at + 6] += share * Math.pow(u, 3);
        }
        for (int j = 0; j < rows.numCols; j++) {
            sums[from + 2 * StudentCells.STATISTICS + k * rows.numCols + j] +=
                    Double.isNaN(rows.get(row, j)) ? share : 0;
        }
    }
}
