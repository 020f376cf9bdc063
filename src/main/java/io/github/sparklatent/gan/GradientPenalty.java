package io.github.sparklatent.gan;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * The penalty R1 of the gradient of a discriminator's logit a at the rows of the table (Mescheder
 * et al. 2018, eq. 9). z_i is what the first weights read of a row, with logarithms in place of
 * counts:
 *
 * <pre>
 *   R = γ/2 Σ_i share_i |v_i|²,   v_i = ∂a(z_i)/∂z
 * </pre>
 *
 * <p>Gradients by the counts themselves would only be penalised where counts are small.
 *
 * <p>The derivative of R by the parameters θ is that of the logits' slope along v_i at fixed v_i.
 * That slope is a central difference, so that no layer needs second derivatives:
 *
 * <pre>
 *   ∂R/∂θ = γ Σ_i share_i (∂a(z_i + h_i v_i)/∂θ − ∂a(z_i − h_i v_i)/∂θ) / 2 h_i
 *   h_i = max(n_i, min(l_i, m_i)),   n_i = ε^⅓ sqrt(d / Σ_j (v_ij / s_j)²)
 *                                                   ε the relative precision of the numbers
 * </pre>
 *
 * <p>s_j is the standard deviation of column j in the batch. So each row moves by ε^⅓ deviations in
 * the mean of its columns, at any scales: there, rounding and curvature disturb the difference
 * equally. If the weights have not adapted to a nearly constant column, its short steps are too
 * short for the other columns. If rounding is a larger part of h_i |v_i|², half the logits'
 * difference, than {@value #MAX_NOISE}, the step l_i is so long that it is not, unless that moves a
 * row further than the widest column's deviation allows, m_i. A column that a step is too short to
 * change does not contribute to the difference; its contribution counts as noise. Between two kinks
 * of a ReLU network the difference is the derivative itself. Used by one thread; holds two batches
 * of n × d beside the discriminator's buffers, which it uses too.
 */
final class GradientPenalty {
    private static final double EPSILON = Math.ulp(1f);
    private static final double STEP = Math.cbrt(EPSILON);
    private static final double MAX_NOISE = 1.0 / 64;

    /** Each lengthens a step by up to 128 times the part of |v_i|² in unmoved columns. */
    private static final int LENGTHENINGS = 16;

    private final DiscriminatorWorker discriminator;
    private final double weight;
    private final FMatrixRMaj slopes;
    private final FMatrixRMaj moved;
    private final FMatrixRMaj logitGradient;

    /** h_i; 0 if the slope is 0. */
    private final double[] steps;

    /** s_j. */
    private final double[] deviations;

    /**
     * Creates the buffers of one task.
     *
     * @param weight γ, above 0
     * @param maxRows rows of a batch at most
     * @param width d
     * @param discriminator whose buffers are used
     */
    GradientPenalty(double weight, int maxRows, int width, DiscriminatorWorker discriminator) {
        this.weight = weight;
        this.discriminator = discriminator;
        this.slopes = new FMatrixRMaj(maxRows, width);
        this.moved = new FMatrixRMaj(maxRows, width);
        this.logitGradient = new FMatrixRMaj(maxRows, 1);
        this.steps = new double[maxRows];
        this.deviations = new double[width];
    }

    /**
     * Returns R; {@link #addGradient} continues from its v_i. The derivative that the discriminator
     * keeps is overwritten.
     *
     * @param rows n × d. Not modified.
     * @param shares of the rows, the first n count
     */
    double measure(float[] parameters, FMatrixRMaj rows, float[] shares) {
        discriminator.logits(parameters, rows);
        logitGradient.reshape(rows.numRows, 1);
        Arrays.fill(logitGradient.data, 0, rows.numRows, 1f);
        slopes.setTo(discriminator.backwardToRead(logitGradient));
        int d = rows.numCols;
        double sum = 0;
        for (int i = 0; i < rows.numRows; i++) {
            double squares = 0;
            for (int j = i * d; j < (i + 1) * d; j++) {
                double slope = slopes.data[j];
                squares += slope * slope;
            }
            sum += shares[i] * squares;
        }
        return weight / 2 * sum;
    }

    /**
     * Adds ∂R/∂θ to the derivative that the discriminator keeps.
     *
     * @param rows that were measured. Not modified.
     * @param shares of them
     */
    void addGradient(float[] parameters, FMatrixRMaj rows, float[] shares) {
        FMatrixRMaj read = discriminator.read(rows);
        writeDeviations(read);
        writeSteps(read);
        addSide(parameters, read, shares, 1);
        addSide(parameters, read, shares, -1);
    }

    /** Adds one of the two terms: rows moved along their slopes, or against them if sign is −1. */
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
        double widest = Arrays.stream(deviations).max().orElse(0);
        for (int i = 0; i < read.numRows; i++) {
            double squares = 0;
            double scaled = 0;
            for (int j = 0; j < d; j++) {
                double slope = slopes.data[i * d + j];
                double step = slope / deviations[j];
                squares += slope * slope;
                scaled += step * step;
            }
            if (squares > 0 && scaled > 0) {
                double nominal = STEP * Math.sqrt(d / scaled);
                double most = STEP * Math.sqrt(d / squares) * widest;
                steps[i] = lengthened(read, i, nominal, most, squares);
            } else {
                steps[i] = 0;
            }
        }
    }

    /**
     * Returns the shortest step whose rounding is within bounds, searched from below: a longer one
     * moves more columns and has their noise too.
     */
    private double lengthened(
            FMatrixRMaj read, int row, double nominal, double most, double squares) {
        double step = nominal;
        for (int i = 0; i < LENGTHENINGS && step < most; i++) {
            double least = noise(read, row, step) / MAX_NOISE / squares;
            if (least <= step) {
                break;
            }
            step = Math.min(least, most);
        }
        return step;
    }

    /** Returns the error of the logit by rounding the moved row and the logit itself. */
    private double noise(FMatrixRMaj read, int row, double step) {
        double squares = EPSILON * EPSILON; // that of a logit of 1
        for (int i = row * read.numCols; i < (row + 1) * read.numCols; i++) {
            double slope = Math.abs(slopes.data[i]);
            double lost = slope * Math.min(Math.ulp(read.data[i]), 2 * step * slope);
            squares += lost * lost;
        }
        return Math.sqrt(squares);
    }

    /**
     * Computes each column's deviation in the batch. A constant column has its magnitude in place
     * of a deviation, or the others' median if that is 0 too: a generator may deviate by as much.
     */
    private void writeDeviations(FMatrixRMaj read) {
        for (int j = 0; j < read.numCols; j++) {
            deviations[j] = deviation(read, j);
            for (int i = 0; i < read.numRows && deviations[j] == 0; i++) {
                deviations[j] = Math.abs(read.data[i * read.numCols + j]);
            }
        }
        double typical = median(deviations);
        for (int j = 0; j < read.numCols; j++) {
            deviations[j] = deviations[j] == 0 ? typical : deviations[j];
        }
    }

    /** Returns the median of the positive ones; 1 if there are none. */
    private static double median(double[] deviations) {
        double[] positive = Arrays.stream(deviations).filter(s -> s > 0).sorted().toArray();
        return positive.length > 0 ? positive[positive.length / 2] : 1;
    }

    private static double deviation(FMatrixRMaj read, int column) {
        // Relative to the first row: a constant column has a deviation of exactly 0.
        double first = read.data[column];
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
