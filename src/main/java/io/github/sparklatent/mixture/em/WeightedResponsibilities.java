package io.github.sparklatent.mixture.em;

import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.Expectation.Accumulator;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.Responsibilities;
import org.ejml.data.DMatrixRMaj;

/**
 * Computes the responsibilities of blocks, multiplies them by the row weights, and sums the first three statistics. An
 * object holds buffers and is used by one thread.
 */
public final class WeightedResponsibilities {
    private final Responsibilities.Assigner assigner;
    private final DMatrixRMaj responsibilities = new DMatrixRMaj(0, 0);
    private double[] logLikelihoods = new double[0];
    private double logLikelihood;
    private double weight;
    private double rows;

    /**
     * Returns the expectation of log-likelihood, weight, number of rows and component sizes, without the statistics of
     * an update. The vector is the head of {@link StatisticsLayout}.
     *
     * @param components k
     */
    public static Expectation head(Responsibilities of, int components) {
        return () -> {
            WeightedResponsibilities weighted = new WeightedResponsibilities(of.assigner());
            double[] sizes = new double[components];
            return Accumulator.of(
                    () -> {
                        double[] statistics = new double[StatisticsLayout.SIZES + sizes.length];
                        weighted.write(statistics);
                        System.arraycopy(sizes, 0, statistics, StatisticsLayout.SIZES, sizes.length);
                        return statistics;
                    },
                    block -> Scatter.addSizes(weighted.add(block), sizes, 0));
        };
    }

    /** Creates the buffers beside those of an assigner. */
    public WeightedResponsibilities(Responsibilities.Assigner assigner) {
        this.assigner = assigner;
    }

    /**
     * Computes the weighted responsibilities of a block and adds its log-likelihood, weight and rows.
     *
     * @return responsibilities times row weights, k × n; valid until the next call
     */
    public DMatrixRMaj add(Block block) {
        if (logLikelihoods.length < block.size()) {
            logLikelihoods = new double[block.size()];
        }
        assigner.assign(block, responsibilities, logLikelihoods);
        for (int i = 0; i < block.size(); i++) {
            logLikelihood += block.weight(i) * logLikelihoods[i];
            weight += block.weight(i);
        }
        rows += block.count();
        if (!block.isUnweighted()) {
            weigh(block);
        }
        return responsibilities;
    }

    private void weigh(Block block) {
        int n = block.size();
        for (int k = 0; k < responsibilities.numRows; k++) {
            for (int i = 0; i < n; i++) {
                responsibilities.data[k * n + i] *= block.weight(i);
            }
        }
    }

    /** Writes the sums of log-likelihood, weight and rows. */
    public void write(double[] statistics) {
        statistics[StatisticsLayout.LOG_LIKELIHOOD] = logLikelihood;
        statistics[StatisticsLayout.WEIGHT] = weight;
        statistics[StatisticsLayout.ROWS] = rows;
    }
}
