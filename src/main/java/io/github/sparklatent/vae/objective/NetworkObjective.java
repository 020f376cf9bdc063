package io.github.sparklatent.vae.objective;

import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.vae.latent.Corruption;
import io.github.sparklatent.vae.latent.RowBatch;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * A loss of an encoder and a decoder, or minus a bound of log p(x). A subclass adds the gradient step of its model;
 * reading batches and reporting are the same for all.
 *
 * <p>A mean of the measures is one of {@link WinsorizedSums}, so that a single outlier among the rows neither selects
 * the best round nor looks like a diverged training.
 *
 * <p>Most report the three measures {@link #BOUND}: {@code reconstruction} and {@code kl} are the parts of −ELBO, and
 * {@code loss} is what training lowers: their sum with the weight β of kl, unless the subclass defines other measures.
 * An evaluation uses no corruption and no warm-up. Its draws follow from each row's content, so the same rows get the
 * same noise in every round, order and partition.
 */
public abstract class NetworkObjective implements StochasticObjective {
    static final List<String> BOUND = List.of("loss", "reconstruction", "kl");

    private final Networks networks;
    private final boolean binarize;
    private final Corruption corruption;
    private final List<String> measures;

    NetworkObjective(
            Kind kind, Architecture architecture, boolean binarize, Corruption corruption, List<String> measures) {
        this.networks = architecture.networks(kind);
        this.binarize = binarize;
        this.corruption = corruption;
        this.measures = measures;
    }

    /** Computes one batch with the buffers of one task. Used by one thread. */
    interface Step {
        /**
         * Computes the gradient of a training batch, and the measures on the way.
         *
         * @param gradient derivatives with respect to all parameters, overwritten within the ranges that are updated
         */
        void gradient(RowBatch batch, float[] gradient);

        void evaluate(RowBatch batch);

        /** Writes the measures of a row of the last batch. {@code measures}: one number for each measure on return. */
        void measure(int row, double[] measures);
    }

    abstract Step step(int maxRows);

    /** Returns the networks whose parameters are trained. */
    public final Networks networks() {
        return networks;
    }

    @Override
    public final int parameterCount() {
        return networks.parameterCount();
    }

    @Override
    public final List<Range> decayed() {
        return networks.weights();
    }

    @Override
    public final List<String> measures() {
        return measures;
    }

    @Override
    public final Worker worker(int maxRows) {
        return new StepWorker(
                new RowBatch(maxRows, networks.likelihood(), binarize, corruption),
                step(maxRows),
                new WinsorizedSums(
                        maxRows, networks.inputs(), measures.size(), Math.min(measures.size(), BOUND.size())));
    }

    /**
     * Reads batches for a step.
     *
     * @param batch as it was read last
     * @param step of the objective
     * @param measured measures of the rows of the last batch
     */
    record StepWorker(RowBatch batch, Step step, WinsorizedSums measured) implements StochasticObjective.Worker {
        @Override
        public void stepEarly(EarlySteps steps) {
            batch.stepEarly(steps);
        }

        @Override
        public void gradient(
                float[] parameters,
                FMatrixRMaj rows,
                float[] weights,
                Position position,
                float[] gradient,
                double[] sums) {
            batch.train(parameters, rows, weights, position);
            step.gradient(batch, gradient);
            measured.add(rows.numRows, step, weights, sums);
        }

        @Override
        public void evaluate(float[] parameters, FMatrixRMaj rows, float[] weights, double[] sums) {
            batch.evaluate(parameters, rows, 0);
            step.evaluate(batch);
            measured.add(rows.numRows, step, weights, sums);
        }
    }

    /**
     * Adds the measures of the rows of a batch, with a limit for the loss of a row. Above the limit t, the loss and its
     * parts are multiplied by t / loss, so that the loss counts as t; so does an infinite loss or part.
     *
     * <pre>
     *   t = q₃ + 20 (q₃ − q₁) + 10 d
     * </pre>
     *
     * <p>q₁ and q₃ are the quartiles of the losses of the batch, and d is the number of columns, so that rows are not
     * cut off if most rows of a table are equal. Of fewer than five rows q₃ is the second greatest loss; a row alone
     * has no other limit than its own loss. An outlier can have a loss of thousands or millions of nats, which changes
     * from round to round by more than the losses of all other rows.
     */
    static final class WinsorizedSums {
        private static final double RANGES = 20;
        private static final double NATS = 10;

        private final int width;
        private final int limited;
        private final double[][] measures;
        private final double[] sorted;

        /**
         * Creates the buffers of one task.
         *
         * @param maxRows rows of a batch at most
         * @param width d
         * @param count number of measures; the first one is the loss
         * @param limited number of measures that are the loss and its parts; they come first
         */
        WinsorizedSums(int maxRows, int width, int count, int limited) {
            this.width = width;
            this.limited = limited;
            this.measures = new double[maxRows][count];
            this.sorted = new double[maxRows];
        }

        /**
         * Adds w_i times each measure of the rows of the last batch to the sums.
         *
         * @param rows n
         * @param step that has computed the batch
         */
        void add(int rows, NetworkObjective.Step step, float[] weights, double[] sums) {
            for (int i = 0; i < rows; i++) {
                step.measure(i, measures[i]);
                sorted[i] = measures[i][0];
            }
            double limit = limit(rows);
            for (int i = 0; i < rows; i++) {
                double loss = measures[i][0];
                double factor = loss > limit && loss > 0 ? limit / loss : 1;
                for (int j = 0; j < measures[i].length; j++) {
                    double measure = measures[i][j];
                    double part = measure == Double.POSITIVE_INFINITY ? limit : factor * measure;
                    sums[j] += weights[i] * (j < limited ? part : measure);
                }
            }
        }

        private double limit(int rows) {
            Arrays.sort(sorted, 0, rows);
            double lower = sorted[(rows - 1) / 4];
            double upper = sorted[Math.max(0, rows - 1 - Math.max(1, (rows - 1) / 4))];
            double limit = upper + RANGES * (upper - lower) + NATS * width;
            return Double.isFinite(limit) ? limit : Double.POSITIVE_INFINITY;
        }
    }
}
