package io.github.sparklatent.vae;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Any number of samples of each row's code, as many at a time as go together: what estimates of
 * bounds add up over.
 */
final class DrawnCodes {
    /** Codes decoded at once, unless the batch itself has more rows; more are not faster. */
    static final int ROWS_TOGETHER = 1024;

    private final ScoringTask task;
    private final int maxRows;
    private CodeSamples samples;

    /**
     * @param maxRows distributions of a proposal at most
     */
    DrawnCodes(ScoringTask task, int maxRows) {
        this.task = task;
        this.maxRows = maxRows;
    }

    /**
     * Draws and decodes that many samples of each distribution.
     *
     * @param streams of the distributions
     * @param target n × d, what is measured
     * @param action on those that went together
     */
    void each(
            int count,
            Proposal proposal,
            RandomGenerator[] streams,
            FMatrixRMaj target,
            Consumer<CodeSamples> action) {
        CodeSamples drawn = samples(count);
        for (int left = count; left > 0; left -= drawn.samples()) {
            drawn.draw(proposal, streams, Math.min(left, drawn.capacity()));
            drawn.decodeAll(task.parameters(), proposal, target);
            action.accept(drawn);
        }
    }

    private CodeSamples samples(int wanted) {
        Networks networks = task.networks();
        int fitting = Math.min(wanted, CodeSamples.fitting(networks, maxRows, ROWS_TOGETHER));
        if (samples == null || samples.capacity() < fitting) {
            samples = new CodeSamples(networks, maxRows, fitting, task.products());
        }
        return samples;
    }
}
