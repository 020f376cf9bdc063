package io.github.sparklatent.gan;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * The penalty R1: a penalty on the gradient of a discriminator's logit a at the rows of the table (Mescheder et al.
 * 2018, eq. 9). z_i is row i as the first layer with weights receives it, with logarithms in place of counts; share_i
 * is the weight of the row as a share of the batch's total:
 *
 * <pre>
 *   R = γ/2 Σ_i share_i |v_i|²,   v_i = ∂a(z_i)/∂z
 * </pre>
 *
 * <p>If the gradient were taken with respect to the counts themselves, it would be penalised only where counts are
 * small.
 *
 * <p>The derivative of R with respect to the parameters θ is the derivative of the slope of the logits along v_i, with
 * v_i held fixed. This slope is computed as a central difference with the step h_i, so that no layer needs second
 * derivatives:
 *
 * <pre>
 *   ∂R/∂θ = γ Σ_i share_i (∂a(z_i + h_i v_i)/∂θ − ∂a(z_i − h_i v_i)/∂θ) / 2 h_i
 *   h_i = max(n_i, min(l_i, m_i)),   n_i = ε^⅓ sqrt(d / Σ_j (v_ij / s_j)²)
 *                                                   ε the relative precision of the numbers
 * </pre>
 *
 * <p>s_j is the standard deviation of column j in the batch, and n_i is the normal step. With the normal step, a row
 * moves by ε^⅓ standard deviations (root mean square over its columns), for any scales of the columns. For a step of
 * this length, rounding and curvature cause errors of about the same size.
 *
 * <p>The normal step can be too short. If a column is nearly constant and the weights have not adapted to this, n_i is
 * so short that the other columns hardly move, and rounding errors dominate. The step is then lengthened. l_i is the
 * shortest step whose rounding error is at most {@value #MAX_NOISE} of h_i |v_i|², which is half the difference of the
 * two logits. A column that the step is too short to change adds nothing to the difference; what it should add counts
 * as rounding error. m_i is the upper limit of a lengthened step: it moves the row by ε^⅓ times the largest s_j (root
 * mean square over its columns).
 *
 * <p>Between two kinks of a ReLU network the difference is exact. Used by one thread. Holds two batches of n × d. Also
 * uses the buffers of the discriminator.
 */
final class GradientPenalty {
    private static final double EPSILON = Math.ulp(1f);
    private static final double STEP = Math.cbrt(EPSILON);
    private static final double MAX_NOISE = 1.0 / 64;

    /**
     * Largest number of times that a step is lengthened. Each time, the factor is up to 128 times the share of |v_i|²
     * in the columns that the step is too short to change.
     */
    private static final int LENGTHENINGS = 16;

    private final DiscriminatorWorker discriminator;
    private final double weight;
    private final FMatrixRMaj slopes;
    private final FMatrixRMaj moved;
    private final FMatrixRMaj logitGradient;

    /** h_i of each row of the batch; 0 if v_i is 0. */
    private final double[] steps;

    /** s_j of each column. */
    private final double[] deviations;

    /**
     * Creates the buffers of one task.
     *
     * @param weight γ, above 0
     * @param maxRows largest number of rows of a batch
     * @param width d, the number of columns of a row
     * @param discriminator the discriminator; its buffers are used
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
     * Returns R, and keeps v_i for {@link #addGradient}. The derivatives that the discriminator keeps are overwritten.
     *
     * @param rows n × d. Not modified.
     * @param shares share_i of each row; only the first n numbers are used
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
     * Adds ∂R/∂θ to the derivatives that the discriminator keeps.
     *
     * @param rows the rows of the last call of {@link #measure}, n × d. Not modified.
     * @param shares share_i of each row; only the first n numbers are used
     */
    void addGradient(float[] parameters, FMatrixRMaj rows, float[] shares) {
        FMatrixRMaj read = discriminator.read(rows);
        writeDeviations(read);
        writeSteps(read);
        addSide(parameters, read, shares, 1);
        addSide(parameters, read, shares, -1);
    }

    /**
     * Adds one of the two terms of ∂R/∂θ: the term of z_i + h_i v_i if the sign is 1, or the term of z_i − h_i v_i if
     * the sign is −1.
     *
     * @param read z, n × d. Not modified.
     */
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
     * Returns the shortest step whose rounding error is small enough, but at most {@code most} unless {@code nominal}
     * is longer. The search starts from {@code nominal}, because a longer step changes more columns, which adds their
     * rounding errors.
     *
     * @param nominal n_i
     * @param most m_i
     * @param squares |v_i|²
     */
    private double lengthened(FMatrixRMaj read, int row, double nominal, double most, double squares) {
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

    /** Returns the error of a logit that comes from rounding the moved row and the logit itself. */
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
     * Computes s_j, the standard deviation of each column in the batch. For a constant column, s_j is the absolute
     * value of its numbers, because a generator may produce numbers at that distance from the constant. If this value
     * is 0 too, s_j is the median of the other columns' s.
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

    /** Returns the median of the positive numbers; 1 if there are none. */
    private static double median(double[] deviations) {
        double[] positive =
                Arrays.stream(deviations).filter(s -> s > 0).sorted().toArray();
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
