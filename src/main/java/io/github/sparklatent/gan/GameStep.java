package io.github.sparklatent.gan;

import io.github.sparklatent.gan.AdversarialTerm.DiscriminatorLoss;
import io.github.sparklatent.learn.objective.Shares;
import io.github.sparklatent.linalg.FloatProducts;
import org.ejml.data.FMatrixRMaj;

/**
 * The losses of both players and the four measures of a game, which the steps of all adversarial games share. An object
 * holds the buffers of one task.
 */
public final class GameStep {
    private final AdversarialTerm term;
    private final int first;
    private final float[] shares;
    private double weight;

    /**
     * Creates the buffers of one task.
     *
     * @param offset index of the discriminator's first parameter
     * @param maxRows largest number of rows of a batch
     * @param first index of the game's first measure among the measures of the objective
     * @param products matrix products, whose buffers the networks of the task share
     */
    public GameStep(Discriminator discriminator, int offset, int maxRows, int first, FloatProducts products) {
        this.term = new AdversarialTerm(discriminator, maxRows, offset, products);
        this.first = first;
        this.shares = new float[maxRows];
    }

    /** Returns the losses of both players. */
    public AdversarialTerm term() {
        return term;
    }

    /**
     * Starts a batch.
     *
     * @param weights weight of each row; only the first n entries are used
     * @return the rows' shares of the batch; a buffer
     */
    public float[] begin(float[] weights, int n) {
        weight = Shares.of(weights, n, shares);
        return shares;
    }

    /** Returns Σ w of the batch. */
    public double weight() {
        return weight;
    }

    /**
     * Computes the discriminator's loss and gradient, and adds its measures.
     *
     * @param rows n × d. Not modified.
     * @param gradient derivatives with respect to all parameters; null if no derivatives are wanted
     * @param sums sums of the objective's measures. Added to.
     * @param generated batches of n × d. Not modified.
     */
    public void discriminator(
            float[] parameters, FMatrixRMaj rows, float[] gradient, double[] sums, FMatrixRMaj... generated) {
        DiscriminatorLoss loss = term.discriminator(parameters, rows, shares, gradient, generated);
        sums[first + 1] += weight * loss.loss();
        sums[first + 2] += weight * loss.realAccuracy();
        sums[first + 3] += weight * loss.generatedAccuracy();
    }

    /**
     * Adds the generator's measure.
     *
     * @param loss loss of the generator, a mean over the rows
     * @param sums sums of the objective's measures. Added to.
     */
    public void generator(double loss, double[] sums) {
        sums[first] += weight * loss;
    }
}
