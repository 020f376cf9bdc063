package io.github.sparklatent.gan;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * Keeps a discriminator from rising steeply at the rows of the table (R1; Mescheder et al. 2018,
 * eq. 9), a(x) being the logit and share_i the rows' shares:
 *
 * <pre>
 *   R = γ/2 Σ_i share_i |v_i|²,   v_i = ∂a(x_i)/∂x
 * </pre>
 *
 * <p>Its derivative by the parameters θ is that of the logits' slope along v_i, which is held
 * fixed. That slope is taken as a central difference, so that no layer needs second derivatives,
 * with the step at which rounding and curvature disturb it alike:
 *
 * <pre>
 *   ∂R/∂θ = γ Σ_i share_i (∂a(x_i + h_i v_i)/∂θ − ∂a(x_i − h_i v_i)/∂θ) / 2 h_i
 *   h_i |v_i| = ε^⅓ sqrt(Σ_i |x_i|² / n)                 ε the relative precision of the numbers
 * </pre>
 *
 * <p>Between two kinks of a network of rectifiers that is the derivative itself. Used by one
 * thread; holds two batches of n × d beside the discriminator's buffers, which it uses too.
 */
final class GradientPenalty {
    private static final double STEP = Math.cbrt(Math.ulp(1f));

    private final DiscriminatorPass pass;
    private final double weight;
    private final FMatrixRMaj slopes;
    private final FMatrixRMaj moved;
    private final FMatrixRMaj logitGradient;

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
        slopes.setTo(pass.backward(logitGradient, false, true));
        double sum = 0;
        for (int i = 0; i < rows.numRows; i++) {
            sum += shares[i] * squaredNorm(slopes, i);
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
        double length = STEP * typicalNorm(rows);
        addSide(parameters, rows, shares, length);
        addSide(parameters, rows, shares, -length);
    }

    /** One of the two terms: rows moved by so much along their slopes, against them if below 0. */
    private void addSide(float[] parameters, FMatrixRMaj rows, float[] shares, double length) {
        int d = rows.numCols;
        moved.reshape(rows.numRows, d);
        for (int i = 0; i < rows.numRows; i++) {
            double norm = Math.sqrt(squaredNorm(slopes, i));
            // A row without a slope stays where it is, and the two terms cancel.
            double step = norm > 0 ? length / norm : 0;
            for (int j = i * d; j < (i + 1) * d; j++) {
                moved.data[j] = (float) (rows.data[j] + step * slopes.data[j]);
            }
        }
        pass.logits(parameters, moved);
        logitGradient.reshape(rows.numRows, 1);
        for (int i = 0; i < rows.numRows; i++) {
            double norm = Math.sqrt(squaredNorm(slopes, i));
            logitGradient.data[i] = (float) (weight * shares[i] * norm / (2 * length));
        }
        pass.backward(logitGradient, true, false);
    }

    /** Of a row of this batch, as a mean of squares; 1 where all numbers are 0. */
    private static double typicalNorm(FMatrixRMaj rows) {
        double sum = 0;
        for (int i = 0; i < rows.numRows; i++) {
            sum += squaredNorm(rows, i);
        }
        return sum > 0 ? Math.sqrt(sum / rows.numRows) : 1;
    }

    private static double squaredNorm(FMatrixRMaj rows, int row) {
        double sum = 0;
        for (int j = row * rows.numCols; j < (row + 1) * rows.numCols; j++) {
            double value = rows.data[j];
            sum += value * value;
        }
        return sum;
    }
}
