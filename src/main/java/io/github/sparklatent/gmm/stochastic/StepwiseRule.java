package io.github.sparklatent.gmm.stochastic;

import io.github.sparklatent.gmm.em.MaximizationStep;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.model.Mixture;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Stepwise EM (Cappé and Moulines 2009; Liang and Klein 2009): s ← (1 − ρ) s + ρ s_batch, then an
 * M-step. The vector is s, the sufficient statistics of all rows, centred at the means of the start
 * of the traversal. So statistics are averaged, not parameters.
 *
 * @param layout layout of the statistics
 * @param step M-step
 * @param weight total weight of all rows
 */
record StepwiseRule(StatisticsLayout layout, MaximizationStep step, double weight)
        implements LocalRule {
    @Override
    public int length() {
        return layout.length();
    }

    @Override
    public Improvement begin(Mixture start, double[] memory) {
        return new Statistics(start, memory);
    }

    @Override
    public Finished finished(Mixture start, double[] average) {
        double[] statistics = average.clone();
        List<String> events = new ArrayList<>();
        Mixture mixture = maximized(statistics, start, events);
        return new Finished(mixture, statistics, events);
    }

    /**
     * Returns the M-step.
     *
     * @param statistics centred at the means of a mixture; then at those of the returned one.
     *     Modified.
     * @param events receives a sentence for each repair. Modified.
     */
    private Mixture maximized(double[] statistics, Mixture centred, List<String> events) {
        for (int k = 0; k < layout.components(); k++) {
            // A component without rows keeps its statistics until they underflow.
            int at = StatisticsLayout.SIZES + k;
            statistics[at] = Math.max(statistics[at], Double.MIN_NORMAL);
        }
        Mixture mixture = step.maximize(statistics, centred.means(), events);
        layout.moveCentres(statistics, difference(mixture.means(), centred.means()));
        return mixture;
    }

    private static DMatrixRMaj difference(DMatrixRMaj a, DMatrixRMaj b) {
        return CommonOps_DDRM.subtract(a, b, null);
    }

    private final class Statistics implements Improvement {
        private final Mixture start;
        private final double[] statistics;
        private Mixture mixture;

        Statistics(Mixture start, double[] memory) {
            this.start = start;
            this.mixture = start;
            this.statistics = memory.length == 0 ? layout.expected(start, weight) : memory.clone();
        }

        @Override
        public Mixture mixture() {
            return mixture;
        }

        @Override
        public void add(double[] batch, double size) {
            for (int i = 0; i < statistics.length; i++) {
                statistics[i] += size * (batch[i] - statistics[i]);
            }
            mixture = maximized(statistics, mixture, new ArrayList<>());
        }

        @Override
        public void write(double ofTask, double[] sums, int from) {
            double[] moved = statistics.clone();
            layout.moveCentres(moved, difference(start.means(), mixture.means()));
            for (int i = 0; i < moved.length; i++) {
                sums[from + i] += ofTask * moved[i];
            }
        }
    }
}
