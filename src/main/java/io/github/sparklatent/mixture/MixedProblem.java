package io.github.sparklatent.mixture;

import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.stochastic.LocalProblem;
import io.github.sparklatent.learn.em.Expectation;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Stepwise EM of a mixture of columns of several types. The sums of the Gaussian columns are centred at the means, and
 * those of t distributions at the locations. The sums come from several mixtures, so t distributions take steps of EM;
 * the rounds of EM that follow take greater ones.
 *
 * @param em the same problem in EM; its covariances are not factored
 * @param rows number of rows of the table
 */
record MixedProblem(MixedMixtureEm em, double rows) implements LocalProblem<MixedMixture> {
    @Override
    public int components() {
        return em.layout().components();
    }

    @Override
    public int columns() {
        MixedColumns columns = em.layout().columns();
        return columns.size()
                + columns.columns().stream()
                        .mapToInt(MixedColumns.Column::levels)
                        .sum();
    }

    @Override
    public int length() {
        return em.layout().length();
    }

    @Override
    public Expectation expectation(MixedMixture mixture) {
        return new MixedExpectation(MixedDensity.inTask(mixture), em.layout());
    }

    /** Missing numbers are completed in the E-step, so that only other cells leave out their share. */
    @Override
    public double[] expected(MixedMixture mixture, double weight) {
        MixedLayout layout = em.layout();
        double[] statistics = new double[length()];
        if (mixture.gaussian() != null) {
            double[] ofNumbers = layout.gaussian().expected(mixture.gaussian(), weight);
            System.arraycopy(ofNumbers, 0, statistics, 0, ofNumbers.length);
        }
        statistics[StatisticsLayout.WEIGHT] = weight;
        statistics[StatisticsLayout.ROWS] = rows;
        for (int k = 0; k < components(); k++) {
            double size = weight * mixture.weight(k);
            statistics[StatisticsLayout.SIZES + k] = size;
            double[] missing = MixedMixture.row(mixture.missing(), k);
            int[] discrete = layout.columns().discrete();
            for (int t = 0; t < discrete.length; t++) {
                double observed = size * (1 - missing[discrete[t]]);
                double[] levels = probabilities(mixture, t, k);
                write(levels, observed, statistics, layout.discrete(t) + k * levels.length);
            }
            int[] student = layout.columns().student();
            for (int t = 0; t < student.length; t++) {
                double observed = size * (1 - missing[student[t]]);
                double[] sums =
                        StudentCells.expected(MixedMixture.row(mixture.student().get(t), k));
                write(sums, observed, statistics, layout.student(t) + k * sums.length);
            }
            write(missing, size, statistics, layout.missing(k));
        }
        return statistics;
    }

    /** Returns the probabilities of the levels of a discrete column in one component. */
    private static double[] probabilities(MixedMixture mixture, int table, int component) {
        MixedColumns.Column column = mixture.columns().get(mixture.columns().discrete()[table]);
        double[] levels = DiscreteCells.logDensities(
                column.family(), MixedMixture.row(mixture.discrete().get(table), component), column.levels());
        Arrays.setAll(levels, x -> StrictMath.exp(levels[x]));
        return levels;
    }

    private static void write(double[] values, double factor, double[] to, int from) {
        for (int i = 0; i < values.length; i++) {
            to[from + i] = factor * values[i];
        }
    }

    @Override
    public MixedMixture maximize(double[] statistics, MixedMixture mixture, List<String> warnings) {
        return em.maximize(mixture, statistics, false, warnings);
    }

    @Override
    public void moveCentres(double[] statistics, MixedMixture from, MixedMixture to) {
        MixedLayout layout = em.layout();
        if (from.gaussian() != null) {
            DMatrixRMaj deltas = CommonOps_DDRM.subtract(
                    to.gaussian().means(), from.gaussian().means(), null);
            layout.gaussian().moveCentres(statistics, deltas);
        }
        for (int t = 0; t < from.student().size(); t++) {
            for (int k = 0; k < components(); k++) {
                double delta = to.student().get(t).get(k, StudentCells.LOCATION)
                        - from.student().get(t).get(k, StudentCells.LOCATION);
                int at = layout.student(t) + k * StudentCells.STATISTICS;
                StudentCells.moveCentre(statistics, at, delta);
            }
        }
    }
}
