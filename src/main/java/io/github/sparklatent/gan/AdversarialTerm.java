package io.github.sparklatent.gan;

import io.github.sparklatent.linalg.FloatFunctions;
import io.github.sparklatent.linalg.FloatProducts;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * The losses of both sides of an adversarial game and their derivatives, for whatever makes the
 * rows (Goodfellow et al. 2014, eq. 1 and section 3):
 *
 * <pre>
 *   discriminator   −(1 − s) log D(x) − s log(1 − D(x)) − log(1 − D(x̂)),  ∂/∂a = σ(a) − target
 *   generator       −log D(x̂),  ∂/∂a = σ(a) − 1          (the one that does not saturate)
 * </pre>
 *
 * s is the label smoothing, of real rows only. Where several batches of generated rows are given,
 * the last term is the mean over them: real and generated rows count alike. Where they cannot be
 * told apart, the loss is least at
 *
 * <pre>
 *   D = (1 − s) p_real / (p_real + p_generated) = (1 − s) / 2          (½ without smoothing)
 * </pre>
 *
 * (Salimans et al. 2016, section 3.4), which is what a row's D is held against to say for which of
 * the two it is taken. Where a {@link GradientPenalty} is asked for, it is added to the derivative
 * of the discriminator's loss, but not to the loss that is told, which would say less of the game
 * then. Used by one thread; holds the discriminator's buffers, three numbers a row and, with a
 * penalty, two batches.
 */
public final class AdversarialTerm {
    private final DiscriminatorPass pass;

    /** Null: there is none. */
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
     * @param maxRows rows of a batch at most
     * @param offset of the discriminator's parameters
     * @param products that the networks of a task share
     */
    public AdversarialTerm(
            Discriminator discriminator, int maxRows, int offset, FloatProducts products) {
        this.pass = discriminator.pass(maxRows, offset, products);
        double weight = discriminator.options().gradientPenalty();
        this.penalty =
                weight > 0
                        ? new GradientPenalty(
                                weight, maxRows, discriminator.network().inputs(), pass)
                        : null;
        double smoothing = discriminator.options().labelSmoothing();
        this.realTarget = (float) (1 - smoothing);
        this.undecided = (float) StrictMath.log((1 - smoothing) / (1 + smoothing));
        this.targets = new float[maxRows];
        this.probabilities = new float[maxRows];
        this.terms = new float[maxRows];
        this.logitGradient = new FMatrixRMaj(maxRows, 1);
    }

    /** The discriminator's pass, as it stands after the rows last given to it. */
    public DiscriminatorPass pass() {
        return pass;
    }

    /**
     * The generator's side: adds the derivative of weight Σ_i share_i (−log D(row_i)) by the rows.
     *
     * @param rows n × d, generated. Not modified.
     * @param shares of the rows, the first n count
     * @param weight of the term
     * @param rowGradient n × d. Added to.
     * @return Σ_i share_i (−log D(row_i)), without the weight
     */
    public double generator(
            float[] parameters,
            FMatrixRMaj rows,
            float[] shares,
            double weight,
            FMatrixRMaj rowGradient) {
        judge(parameters, rows, 1f, shares);
        slope(shares, (float) weight);
        FMatrixRMaj slopes = pass.backward(logitGradient, false, true);
        for (int i = 0; i < slopes.getNumElements(); i++) {
            rowGradient.data[i] += slopes.data[i];
        }
        return loss;
    }

    /** Σ_i share_i (−log D(row_i)) alone. */
    public double generatorLoss(float[] parameters, FMatrixRMaj rows, float[] shares) {
        judge(parameters, rows, 1f, shares);
        return loss;
    }

    /**
     * The discriminator's side: its loss, and the penalty if there is one, by its parameters.
     *
     * @param real n × d. Not modified.
     * @param shares of the rows of each batch, the first n count
     * @param gradient of all parameters; the discriminator's part is overwritten. Null where none
     *     is asked for
     * @param generated batches of n × d, at least one. Not modified.
     */
    public Verdict discriminator(
            float[] parameters,
            FMatrixRMaj real,
            float[] shares,
            float[] gradient,
            FMatrixRMaj... generated) {
        boolean penalized = penalty != null && gradient != null;
        if (penalized) {
            penalty.measure(parameters, real, shares);
        }
        judge(parameters, real, realTarget, shares);
        double sum = loss;
        double realAccuracy = positive;
        if (gradient != null) {
            slope(shares, 1f);
            pass.backward(logitGradient, false, false);
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
                pass.backward(logitGradient, true, false);
            }
        }
        if (gradient != null) {
            pass.gradient(gradient);
        }
        return new Verdict(sum, realAccuracy, generatedAccuracy);
    }

    /** Cross-entropy of each row's D and a target, by shares; the share of rows taken for real. */
    private void judge(float[] parameters, FMatrixRMaj rows, float target, float[] shares) {
        FMatrixRMaj logits = pass.logits(parameters, rows);
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

    /** weight share_i (σ(a_i) − target) of the rows last judged. */
    private void slope(float[] shares, float weight) {
        for (int i = 0; i < logitGradient.numRows; i++) {
            logitGradient.data[i] = weight * shares[i] * (probabilities[i] - targets[i]);
        }
    }
}
