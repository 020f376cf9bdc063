package io.github.sparklatent.gmm.stochastic;

import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.linalg.Block;

/**
 * A traversal in which each task improves its copy of the mixture after each batch of its rows. The vector of sums
 * begins with the three entries of {@link StatisticsLayout}, where the log-likelihood of a batch is that under the
 * mixture before the batch. Then follow the number of steps and the vector of the rule, both multiplied by the weight
 * of the task's rows.
 *
 * @param problem E-step of a batch
 * @param rule how a batch improves the mixture
 * @param options size of the steps
 * @param weight total weight of the rows of all tasks
 * @param model mixture and progress before the traversal
 * @param <M> the mixture
 */
record LocalTraversal<M>(
        LocalProblem<M> problem,
        LocalRule<M> rule,
        StochasticOptions options,
        double weight,
        LocalProblem.LocalModel<M> model)
        implements Expectation {
    /** Index of the number of steps. */
    static final int STEPS = StatisticsLayout.ROWS + 1;

    /** Index of the first entry of the rule's vector. */
    static final int VECTOR = STEPS + 1;

    /** Rows of a batch for each component, so that a step does not follow the noise of a few. */
    private static final int ROWS_PER_COMPONENT = 20;

    /** Rows of a batch for each column and level, so that its statistics take longer than its update. */
    private static final int ROWS_PER_COLUMN = 4;

    @Override
    public int length() {
        return VECTOR + rule.length();
    }

    /** Returns the number of rows after which a batch ends. It ends with a whole block. */
    private int batch() {
        return Math.max(ROWS_PER_COMPONENT * problem.components(), ROWS_PER_COLUMN * problem.columns());
    }

    @Override
    public Accumulator accumulator() {
        return new Steps();
    }

    private final class Steps implements Accumulator {
        private final LocalRule.Improvement<M> improvement =
                rule.begin(model.mixture(), model.progress().memory());
        private final double[] head = new double[VECTOR];
        private final int batch = batch();
        private Accumulator current = batchUnder(improvement.mixture());
        private int rows;
        private double steps;

        private Accumulator batchUnder(M mixture) {
            return problem.expectation(mixture).accumulator();
        }

        @Override
        public void add(Block block) {
            current.add(block);
            rows += block.size();
            if (rows >= batch) {
                step(1);
                current = batchUnder(improvement.mixture());
                rows = 0;
            }
        }

        /**
         * Takes a step with the rows since the last one.
         *
         * @param share of a whole step: a smaller batch has more noise
         */
        private void step(double share) {
            double[] statistics = current.statistics();
            for (int i = 0; i < StatisticsLayout.SIZES; i++) {
                head[i] += statistics[i];
            }
            double factor = weight / statistics[StatisticsLayout.WEIGHT];
            for (int i = 0; i < statistics.length; i++) {
                statistics[i] *= factor;
            }
            improvement.add(statistics, share * options.step(model.progress().steps() + steps));
            steps += share;
        }

        @Override
        public double[] statistics() {
            if (rows > 0) {
                step(Math.min(1, (double) rows / batch));
                rows = 0;
            }
            double[] sums = new double[length()];
            System.arraycopy(head, 0, sums, 0, head.length);
            double ofTask = head[StatisticsLayout.WEIGHT];
            sums[STEPS] = ofTask * steps;
            improvement.write(ofTask, sums, VECTOR);
            return sums;
        }
    }
}
