package io.github.sparklatent.vae.latent;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.objective.Batch;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.Missing;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Likelihood;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * One batch of rows as an objective reads it: the target that the decoder is measured against, and the input of the
 * encoder. If the options require it, the target is drawn as zeros and ones, and the input is a corrupted copy of the
 * target.
 *
 * <p>Holds at most two copies of a batch, n × d each.
 */
public final class RowBatch extends Batch {
    private final boolean binarize;
    private final Corruption corruption;
    private final int[] corruptible;
    private final FMatrixRMaj drawn = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj corrupted = new FMatrixRMaj(0, 0);
    private FMatrixRMaj target;
    private FMatrixRMaj input;
    private Gradient.Steps steps;

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param likelihood of the rows
     * @param binarize whether each value, in [0, 1], is drawn as 0 or 1
     * @param corruption corruption of the encoder's input in training
     */
    public RowBatch(int maxRows, Likelihood likelihood, boolean binarize, Corruption corruption) {
        super(maxRows, likelihood.width());
        this.binarize = binarize;
        this.corruption = corruption;
        this.corruptible = likelihood instanceof Bernoulli
                ? IntStream.range(0, likelihood.width()).toArray()
                : likelihood.numbers().stream().mapToInt(j -> j).sorted().toArray();
    }

    /** Lets the next batches' derivatives be handed over early. */
    public void stepEarly(StochasticObjective.EarlySteps early) {
        steps = early::take;
    }

    /** Returns a destination of derivatives that are complete as soon as they are written. */
    public Gradient complete(float[] gradient) {
        return new Gradient(gradient, false, steps);
    }

    @Override
    protected void prepare() {
        target = binarize ? binarized(streams(Purpose.BINARIZATION)) : rows();
        input = target;
        if (isTraining() && corruption.type() != Corruption.Type.NONE) {
            corrupted.setTo(target);
            corruption.apply(corrupted, corruptible, RandomStreams.of(position().key(), Purpose.CORRUPTION));
            input = corrupted;
        }
    }

    /** Draws each value p as 1 with probability p, else 0, from the stream of its row. Missing values stay missing. */
    private FMatrixRMaj binarized(RandomGenerator[] random) {
        FMatrixRMaj rows = rows();
        drawn.reshape(rows.numRows, rows.numCols);
        for (int at = 0; at < rows.getNumElements(); at++) {
            float p = rows.data[at];
            boolean one = random[at / rows.numCols].nextDouble() < p;
            drawn.data[at] = Missing.is(p) ? p : one ? 1f : 0f;
        }
        return drawn;
    }

    /** Returns the target of the reconstruction, n × d. Not to be modified. */
    public FMatrixRMaj target() {
        return target;
    }

    /** Returns the input of the encoder, n × d; in an evaluation, it is not corrupted. Not to be modified. */
    public FMatrixRMaj input() {
        return input;
    }
}
