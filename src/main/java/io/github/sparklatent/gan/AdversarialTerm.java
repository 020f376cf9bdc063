package io.github.sparklatent.gan;

import io.github.sparklatent.linalg.FloatFunctions;
import io.github.sparklatent.linalg.FloatProducts;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * The losses of both players of an adversarial game and their derivatives with respect to rows and discriminator
 * (Goodfellow et al. 2014, eq. 1 and section 3):
 *
 * <pre>
 *   discriminator   −(1 − s) log D(x) − s log(1 − D(x)) − log(1 − D(x̂)),  ∂/∂a = σ(a) − target
 *   generator       −log D(x̂),  ∂/∂a = σ(a) − 1          (the one that does not saturate)
 * </pre>
 *
 * s is the label smoothing, of real rows only. With several batches of generated rows, the last term is the mean over
 * them, so that real and generated rows have equal weight. If real and generated rows cannot be distinguished, the loss
 * is smallest at
 *
 * <pre>
 *   D = (1 − s) p_real / (p_real + p_generated) = (1 − s) / 2          (½ without smoothing)
 * </pre>
 *
 * (Salimans et al. 2016, section 3.4). A row with a larger D counts as classified as real. A {@link GradientPenalty} is
 * added to the derivative of the discriminator's loss, but not to the reported loss, so that this loss measures the
 * game alone. An object is used by one thread. It holds the discriminator's buffers, three numbers for each row and,
 * with a penalty, two batches.
 */
public final class AdversarialTerm {
    private final DiscriminatorWorker discriminator;

    /** The penalty of the discriminator's loss; null if its weight is 0. */
    private final GradientPenalty penalty;

    private final float realTarget;
    private final float undecided;
    private final float[] targets;
    private final float[] probabilities;
    private final float[] terms;
    private final FMatrixRMaj logitGradient;
    private double loss;
    private double positive;

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param offset index of the discriminator's first parameter
     * @param products matrix products, whose buffers the networks of a task share
     */
    public AdversarialTerm(Discriminator network, int maxRows, int offset, FloatProducts products) {
        this.discriminator = network.worker(maxRows, offset, products);
        double weight = network.options().gradientPenalty();
        this.penalty = weight > 0
                ? new GradientPenalty(weight, maxRows, network.network().inputs(), discriminator)
                : null;
        double smoothing = network.options().labelSmoothing();
        this.realTarget = (float) (1 - smoothing);
        this.undecided = (float) StrictMath.log((1 - smoothing) / (1 + smoothing));
        this.targets = new float[maxRows];
        this.probabilities = new float[maxRows];
        this.terms = new float[maxRows];
        this.logitGradient = new FMatrixRMaj(maxRows, 1);
    }

    /** Returns the discriminator's buffers, which hold the batch given last. */
    public DiscriminatorWorker discriminator() {
        return discriminator;
    }

    /**
     * Computes the generator's loss, and adds the derivative of weight Σ_i share_i (−log D(row_i)) by the rows.
     *
     * @param rows n × d, generated. Not modified.
     * @param shares share of each row in the batch; only the first n entries are used
     * @param weight weight of the generator's loss in the sum
     * @param rowGradient n × d. Added to.
     * @return Σ_i share_i (−log D(row_i)), without the weight
     */
    public double generator(
            float[] parameters, FMatrixRMaj rows, float[] shares, double weight, FMatrixRMaj rowGradient) {
        judge(parameters, rows, 1f, shares);
        slope(shares, (float) weight);
        FMatrixRMaj slopes = discriminator.backward(logitGradient, false, true);
        for (int i = 0; i < slopes.getNumElements(); i++) {
            rowGradient.data[i] += slopes.data[i];
        }
        return loss;
    }

    /** Returns Σ_i share_i (−log D(row_i)). */
    public double generatorLoss(float[] parameters, FMatrixRMaj rows, float[] shares) {
        judge(parameters, rows, 1f, shares);
        return loss;
    }

    /**
     * Computes the discriminator's loss, and the derivative of loss and penalty by its parameters.
     *
     * @param real n × d. Not modified.
     * @param shares share of each row in its batch, the same for all batches; only the first n entries are used
     * @param gradient derivatives with respect to all parameters; the discriminator's part is overwritten. Null if no
     *     derivatives are wanted
     * @param generated batches of n × d, at least one. Not modified.
     */
    public DiscriminatorLoss discriminator(
            float[] parameters, FMatrixRMaj real, float[] shares, float[] gradient, FMatrixRMaj... generated) {
        boolean penalized = penalty != null && gradient != null;
        if (penalized) {
            penalty.measure(parameters, real, shares);
        }
        judge(parameters, real, realTarget, shares);
        double sum = loss;
        double realAccuracy = positive;
        if (gradient != null) {
            slope(shares, 1f);
            discriminator.backward(logitGradient, false, false);
            if (penalized) {
                penalty.addGradient(parameters, real, shares);
            }
        }
        double generatedAccuracy = 0;
        for (FMatrixRMaj rows : generated) {
            judge(parameters, rows, 0f, shares);
            sum += loss / generated.length;
            generatedAccuracy += (1 - positive) / generated.length;
            if (gradient != null) {
                slope(shares, 1f / generated.length);
                discriminator.backward(logitGradient, true, false);
            }
        }
        if (gradient != null) {
            discriminator.gradient(gradient);
        }
        return new DiscriminatorLoss(sum, realAccuracy, generatedAccuracy);
    }

    /** Computes the cross-entropy of D and a target, and the share of rows classified as real. */
    private void judge(float[] parameters, FMatrixRMaj rows, float target, float[] shares) {
        FMatrixRMaj logits = discriminator.logits(parameters, rows);
        int n = rows.numRows;
        Arrays.fill(targets, 0, n, target);
        FloatFunctions.bernoulli(targets, logits.data, 0, probabilities, terms, n);
        logitGradient.reshape(n, 1);
        loss = 0;
        positive = 0;
        for (int i = 0; i < n; i++) {
            double share = shares[i];
            loss -= share * terms[i];
            positive += logits.data[i] > undecided ? share : 0;
        }
    }

    /** Writes weight share_i (σ(a_i) − target) for the rows whose logits were computed last. */
    private void slope(float[] shares, float weight) {
        for (int i = 0; i < logitGradient.numRows; i++) {
            logitGradient.data[i] = weight * shares[i] * (probabilities[i] - targets[i]);
        }
    }
}
