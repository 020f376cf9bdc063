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
    private final Discriminator.Worker discriminator;

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
    public Discriminator.Worker discriminator() {
        return discriminator;
    }

    /**
     * Computes the generator's loss, and adds the derivative of weight Σ_i share_i (−log D(row_i)) by the rows.
     *
     * @param rows n × d, generated. Not modified.
     * @param shares share of each row in the batch; only the first n entries are used
     * @param weight weight of the generator's loss in the sum
     * @param rowGradient n × d. Added to. Null if no derivatives are wanted
     * @return Σ_i share_i (−log D(row_i)), without the weight
     */
    public double generator(
            float[] parameters, FMatrixRMaj rows, float[] shares, double weight, FMatrixRMaj rowGradient) {
        judge(parameters, rows, 1f, shares);
        if (rowGradient == null) {
            return loss;
        }
        slope(shares, (float) weight);
        FMatrixRMaj slopes = discriminator.backwardToRows(logitGradient);
        for (int i = 0; i < slopes.getNumElements(); i++) {
            rowGradient.data[i] += slopes.data[i];
        }
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
            discriminator.backward(logitGradient, false);
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
                discriminator.backward(logitGradient, true);
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

    /**
     * The penalty R1 on the gradient of a discriminator's logit a at the rows of the table (Mescheder et al. 2018, eq.
     * 9). z_i is row i as the first layer with weights receives it, with logarithms in place of counts; share_i is the
     * weight of the row as a share of the batch's total:
     *
     * <pre>
     *   R     = γ/2 Σ_i share_i |v_i|²,   v_i = ∂a(z_i)/∂z
     *   ∂R/∂θ = γ Σ_i share_i (∂a(z_i + h_i v_i)/∂θ − ∂a(z_i − h_i v_i)/∂θ) / 2 h_i
     *   h_i   = ε^⅓ sqrt(d / Σ_j (v_ij / s_j)²)       ε the relative precision of the numbers
     * </pre>
     *
     * <p>∂R/∂θ is the derivative of the slope of the logits along v_i, with v_i held fixed. The central difference
     * needs no second derivatives, and is exact between two kinks of a ReLU network. s_j is the standard deviation of
     * column j in the batch. A step moves a row by ε^⅓ deviations (root mean square over its columns), where rounding
     * and curvature cause errors of about the same size. The s_j are at least a hundredth of the largest one: a nearly
     * constant column would otherwise shorten the steps until rounding errors dominate.
     *
     * <p>Used by one thread. Holds two batches of n × d. Also uses the buffers of the discriminator.
     */
    static final class GradientPenalty {
        private static final double STEP = Math.cbrt(Math.ulp(1f));
        private static final double MIN_DEVIATION = 0.01;

        private final Discriminator.Worker discriminator;
        private final double weight;
        private final FMatrixRMaj slopes;
        private final FMatrixRMaj moved;
        private final FMatrixRMaj logitGradient;
        private final double[] steps; // h_i, 0 if v_i is 0
        private final double[] deviations;

        GradientPenalty(double weight, int maxRows, int width, Discriminator.Worker discriminator) {
            this.weight = weight;
            this.discriminator = discriminator;
            this.slopes = new FMatrixRMaj(maxRows, width);
            this.moved = new FMatrixRMaj(maxRows, width);
            this.logitGradient = new FMatrixRMaj(maxRows, 1);
            this.steps = new double[maxRows];
            this.deviations = new double[width];
        }

        /** Returns R, and keeps v_i for {@link #addGradient}. */
        double measure(float[] parameters, FMatrixRMaj rows, float[] shares) {
            discriminator.logits(parameters, rows);
            logitGradient.reshape(rows.numRows, 1);
            Arrays.fill(logitGradient.data, 0, rows.numRows, 1f);
            slopes.setTo(discriminator.backwardToRead(logitGradient));
            double sum = 0;
            for (int i = 0; i < rows.numRows; i++) {
                double squares = 0;
                for (int j = i * rows.numCols; j < (i + 1) * rows.numCols; j++) {
                    double slope = slopes.data[j];
                    squares += slope * slope;
                }
                sum += shares[i] * squares;
            }
            return weight / 2 * sum;
        }

        /** Adds ∂R/∂θ of the rows of the last {@link #measure} to the derivatives that the discriminator keeps. */
        void addGradient(float[] parameters, FMatrixRMaj rows, float[] shares) {
            FMatrixRMaj read = discriminator.read(rows);
            writeSteps(read);
            addSide(parameters, read, shares, 1);
            addSide(parameters, read, shares, -1);
        }

        /** Adds the term of z_i + h_i v_i, if the sign is 1, or of z_i − h_i v_i, if it is −1. */
        private void addSide(float[] parameters, FMatrixRMaj read, float[] shares, int sign) {
            int d = read.numCols;
            moved.reshape(read.numRows, d);
            logitGradient.reshape(read.numRows, 1);
            for (int i = 0; i < read.numRows; i++) {
                double step = sign * steps[i];
                for (int j = i * d; j < (i + 1) * d; j++) {
                    moved.data[j] = (float) (read.data[j] + step * slopes.data[j]);
                }
                // A row whose slope is 0 does not contribute to R.
                logitGradient.data[i] = step == 0 ? 0 : (float) (weight * shares[i] / (2 * step));
            }
            discriminator.logitsOfRead(parameters, moved);
            discriminator.backward(logitGradient, true);
        }

        private void writeSteps(FMatrixRMaj read) {
            int d = read.numCols;
            double widest = 0;
            for (int j = 0; j < d; j++) {
                deviations[j] = deviation(read, j);
                widest = Math.max(widest, deviations[j]);
            }
            double least = widest > 0 ? MIN_DEVIATION * widest : 1;
            for (int i = 0; i < read.numRows; i++) {
                double squares = 0;
                for (int j = 0; j < d; j++) {
                    double slope = slopes.data[i * d + j] / Math.max(least, deviations[j]);
                    squares += slope * slope;
                }
                steps[i] = squares > 0 ? STEP * Math.sqrt(d / squares) : 0;
            }
        }

        private static double deviation(FMatrixRMaj read, int column) {
            double first = read.data[column]; // relative to it, a constant column has a deviation of exactly 0
            double sum = 0;
            double squares = 0;
            for (int i = column; i < read.getNumElements(); i += read.numCols) {
                double distance = read.data[i] - first;
                sum += distance;
                squares += distance * distance;
            }
            double mean = sum / read.numRows;
            return Math.sqrt(Math.max(0, squares / read.numRows - mean * mean));
        }
    }

    /**
     * The discriminator's loss of a batch, and its accuracies; means by the rows' shares.
     *
     * @param loss loss of the discriminator; 2 log 2 = 1.386 if the discriminator cannot distinguish real from
     *     generated rows, and less with smoothed labels
     * @param realAccuracy share of the real rows that the discriminator classifies as real: D(x) is above its value for
     *     rows that cannot be distinguished ({@link AdversarialTerm})
     * @param generatedAccuracy share of the generated rows that the discriminator classifies as generated
     */
    record DiscriminatorLoss(double loss, double realAccuracy, double generatedAccuracy) {}
}
