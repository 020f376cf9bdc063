package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.linalg.Block;
import org.ejml.data.DMatrixRMaj;

/**
 * Shares out blocks, weighs the responsibilities and adds up the head of the statistics. Holds
 * buffers: for one thread.
 */
public final class Shares {
    private final Responsibilities.Assigner assigner;
    private final DMatrixRMaj responsibilities = new DMatrixRMaj(0, 0);
    private double[] logLikelihoods = new double[0];
    private double logLikelihood;
    private double weight;
    private double rows;

    public Shares(Responsibilities responsibilities) {
        this.assigner = responsibilities.assigner();
    }

    /**
     * Adds a block's head.
     *
     * @return responsibilities times the rows' weights, k × n; valid until the next call
     */
    DMatrixRMaj add(Block block) {
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

    void write(double[] statistics) {
        statistics[StatisticsLayout.LOG_LIKELIHOOD] = logLikelihood;
        statistics[StatisticsLayout.WEIGHT] = weight;
        statistics[StatisticsLayout.ROWS] = rows;
    }
}
