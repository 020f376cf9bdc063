package io.github.sparklatent.gan;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * Keeps a discriminator from rising steeply at the rows of the table (R1; Mescheder et al. 2018,
 * eq. 9), a(z) being the logit, z_i what the first weights read of a row, which has logarithms in
 * the place of counts, and share_i the rows' shares:
 *
 * <pre>
 *   R = γ/2 Σ_i share_i |v_i|²,   v_i = ∂a(z_i)/∂z
 * </pre>
 *
 * <p>Slopes by counts themselves would be held down where counts are small, and nowhere else.
 *
 * <p>The derivative of R by the parameters θ is that of the logits' slope along v_i, which is held
 * fixed. That slope is taken as a central difference, so that no layer needs second derivatives:
 *
 * <pre>
 *   ∂R/∂θ = γ Σ_i share_i (∂a(z_i + h_i v_i)/∂θ − ∂a(z_i − h_i v_i)/∂θ) / 2 h_i
 *   h_i = max(n_i, min(l_i, m_i)),   n_i = ε^⅓ sqrt(d / Σ_j (v_ij / s_j)²)
 *                                                   ε the relative precision of the numbers
 * </pre>
 *
 * <p>s_j is the batch's deviation in column j, so that each row is moved by ε^⅓ deviations in the
 * mean of its columns, whatever their scales: rounding and curvature disturb such a difference
 * alike. Where weights do not know that a column hardly varies, its steps would be too short for
 * the others': where rounding is a larger part of h_i |v_i|², half the logits' difference, than
 * {@value #GREATEST_NOISE}, the step l_i is so long that it is no larger, unless that moves a row
 * further than the widest column's deviation lets it, m_i. A column that a step is too short to
 * move has no part in the difference: what it would have had is counted as noise. Between two kinks
 * of a network of rectifiers such a difference is the derivative itself. Used by one thread; holds
 * two batches of n × d beside the discriminator's buffers, which it uses too.
 */
final class GradientPenalty {
    private static final double EPSILON = Math.ulp(1f);
    private static final double STEP = Math.cbrt(EPSILON);
    private static final double GREATEST_NOISE = 1.0 / 64;

    /** Each is by 128 times the part of |v_i|² that unmoved columns have, where they ask for it. */
    private static final int LENGTHENINGS = 16;

    private final DiscriminatorPass pass;
    private final double weight;
    private final FMatrixRMaj slopes;
    private final FMatrixRMaj moved;
    private final FMatrixRMaj logitGradient;

    /** h_i; 0 where there is no slope. */
    private final double[] steps;

    /** s_j. */
    private final double[] deviations;

    /**
     * @param weight γ, above 0
     * @param maxRows rows of a batch at most
     * @param width d
     * @param pass of the discriminator
     */
    GradientPenalty(double weight, int maxRows, int width, DiscriminatorPass pass) {
        this.weight = weight;
        this.pass = pass;
        this.slopes = new FMatrixRMaj(maxRows, width);
        this.moved = new FMatrixRMaj(maxRows, width);
        this.logitGradient = new FMatrixRMaj(maxRows, 1);
        this.steps = new double[maxRows];
        this.deviations = new double[width];
    }

    /**
     * R, whose v_i {@link #addGradient} goes on from. What the pass kept of a derivative is gone.
     *
     * @param rows n × d. Not modified.
     * @param shares of the rows, the first n count
     */
    double measure(float[] parameters, FMatrixRMaj rows, float[] shares) {
        pass.logits(parameters, rows);
        logitGradient.reshape(rows.numRows, 1);
        Arrays.fill(logitGradient.data, 0, rows.numRows, 1f);
        slopes.setTo(pass.backwardToRead(logitGradient));
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
     * Adds ∂R/∂θ to the derivative that the pass keeps.
     *
     * @param rows that were measured. Not modified.
     * @param shares of them
     */
    void addGradient(float[] parameters, FMatrixRMaj rows, float[] shares) {
        FMatrixRMaj read = pass.read(rows);
        writeDeviations(read);
        writeSteps(read);
        addSide(parameters, read, shares, 1);
        addSide(parameters, read, shares, -1);
    }

    /** One of the two terms: rows moved along their slopes, or against them where sign is −1. */
    private void addSide(float[] parameters, FMatrixRMaj read, float[] shares, int sign) {
        int d = read.numCols;
        moved.reshape(read.numRows, d);
        logitGradient.reshape(read.numRows, 1);
        for (int i = 0; i < read.numRows; i++) {
            double step = sign * steps[i];
            for (int j = i * d; j < (i + 1) * d; j++) {
                moved.data[j] = (float) (read.data[j] + step * slopes.data[j]);
            }
            // A row without a slope has no part in R, nor in its derivative.
            logitGradient.data[i] = step == 0 ? 0 : (float) (weight * shares[i] / (2 * step));
        }
        pass.logitsOfRead(parameters, moved);
        pass.backward(logitGradient, true, false);
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
     * The shortest step in which rounding is no larger a part than it may be, sought from below: a
     * longer one moves more columns, and has their noise too.
     */
    private double lengthened(
            FMatrixRMaj read, int row, double nominal, double most, double squares) {
        double step = nominal;
        for (int i = 0; i < LENGTHENINGS && step < most; i++) {
            double least = noise(read, row, step) / GREATEST_NOISE / squares;
            if (least <= step) {
                break;
            }
            step = Math.min(least, most);
        }
        return step;
    }

    /** What rounding a row, moved by so long a step, and its logit do to the logit. */
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
     * Of each column of this batch. One that is constant has its magnitude in place of a deviation,
     * or the others' median where that is 0 too: a generator may leave it by as much.
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

    /** Of those above 0; 1 where there are none. */
    private static double median(double[] deviations) {
        double[] positive = Arrays.stream(deviations).filter(s -> s > 0).sorted().toArray();
        return positive.length > 0 ? positive[positive.length / 2] : 1;
    }

    private static double deviation(FMatrixRMaj read, int column) {
        // From the first row on: a column of one number has a deviation of 0, not of rounding.
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
