package io.github.sparklatent.gmm.stochastic;

import java.util.ArrayList;
import java.util.List;

/**
 * Stepwise EM (Cappé and Moulines 2009; Liang and Klein 2009): s ← (1 − ρ) s + ρ s_batch, then an M-step. The vector is
 * s, the sufficient statistics of all rows, centred at the mixture of the start of the traversal. So statistics are
 * averaged, not parameters.
 *
 * @param problem E-step and M-step
 * @param weight total weight of all rows
 * @param <M> the mixture
 */
record StepwiseRule<M>(LocalProblem<M> problem, double weight) implements LocalRule<M> {
    @Override
    public int length() {
        return problem.length();
    }

    @Override
    public Improvement<M> begin(M start, double[] memory) {
        return new Statistics(start, memory);
    }

    @Override
    public Finished<M> finished(M start, double[] average) {
        double[] statistics = average.clone();
        List<String> events = new ArrayList<>();
        M mixture = maximized(statistics, start, events);
        return new Finished<>(mixture, statistics, events);
    }

    /**
     * Returns the M-step.
     *
     * @param statistics centred at a mixture; then at the returned one. Modified.
     * @param events receives a sentence for each repair. Modified.
     */
    private M maximized(double[] statistics, M centred, List<String> events) {
        M mixture = problem.maximize(statistics, centred, events);
        problem.moveCentres(statistics, centred, mixture);
        return mixture;
    }

    private final class Statistics implements Improvement<M> {
        private final M start;
        private final double[] statistics;
        private M mixture;

        Statistics(M start, double[] memory) {
            this.start = start;
            this.mixture = start;
            // Empty, or from a version with other statistics: the mixture stands for them.
            this.statistics = memory.length == problem.length() ? memory.clone() : problem.expected(start, weight);
        }

        @Override
        public M mixture() {
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
            problem.moveCentres(moved, mixture, start);
            for (int i = 0; i < moved.length; i++) {
                sums[from + i] += ofTask * moved[i];
            }
        }
    }
}
