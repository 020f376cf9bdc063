package io.github.sparklatent.gan;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * The penalty R1 on the gradient of a discriminator's logit a at the rows of the table (Mescheder et al. 2018, eq. 9).
 * z_i is row i as the first layer with weights receives it, with logarithms in place of counts; share_i is the weight
 * of the row as a share of the batch's total:
 *
 * <pre>
 *   R     = γ/2 Σ_i share_i |v_i|²,   v_i = ∂a(z_i)/∂z
 *   ∂R/∂θ = γ Σ_i share_i (∂a(z_i + h_i v_i)/∂θ − ∂a(z_i − h_i v_i)/∂θ) / 2 h_i
 *   h_i   = ε^⅓ sqrt(d / Σ_j (v_ij / s_j)²)       ε the relative precision of the numbers
 * </pre>
 *
 * <p>∂R/∂θ is the derivative of the slope of the logits along v_i, with v_i held fixed. The central difference needs no
 * second derivatives, and is exact between two kinks of a ReLU network. s_j is the standard deviation of column j in
 * the batch. A step moves a row by ε^⅓ deviations (root mean square over its columns), where rounding and curvature
 * cause errors of about the same size. The s_j are at least a hundredth of the largest one: a nearly constant column
 * would otherwise shorten the steps until rounding errors dominate.
 *
 * <p>Used by one thread. Holds two batches of n × d. Also uses the buffers of the discriminator.
 */
final class GradientPenalty {
    private static final double STEP = Math.cbrt(Math.ulp(1f));
    private static final double MIN_DEVIATION = 0.01;

    private final DiscriminatorWorker discriminator;
    private final double weight;
    private final FMatrixRMaj slopes;
    private final FMatrixRMaj moved;
    private final FMatrixRMaj logitGradient;
    private final double[] steps; // h_i, 0 if v_i is 0
    private final double[] deviations;

    GradientPenalty(double weight, int maxRows, int width, DiscriminatorWorker discriminator) {
        this.weight = weight;
        this.discriminator = discriminator;
        this.slopes = new FMatrixRMaj(maxRows, width);
        this.moved = new FMatrixRMaj(maxRows, width);
        this.logitGradient = new FMatrixRMaj(maxRows, 1);
        this.steps = new double[maxRows];
        this.deviations = new double[width];
    }

    /** Returns R, and keeps v_i for {@link #addGradient}. Overwrites the derivatives that the discriminator keeps. */
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
        discriminator.backward(logitGradient, true, false);
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
