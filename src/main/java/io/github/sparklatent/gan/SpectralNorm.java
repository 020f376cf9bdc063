package io.github.sparklatent.gan;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.FloatView;
import io.github.sparklatent.nn.Parameter;
import java.util.random.RandomGenerator;

/**
 * Divides one matrix of a flat vector by its largest singular value (Miyato et al. 2018, eq. 8 and algorithm 1), and
 * propagates derivatives through the division.
 *
 * <pre>
 *   u ← W v / |W v|,  v ← Wᵀ u / |Wᵀ u|        in each power iteration
 *   σ    = uᵀ W v = |Wᵀ u|,  W̄ = W / σ
 *   ∂L/∂W = (∂L/∂W̄ − ⟨∂L/∂W̄, W̄⟩ u vᵀ) / σ      with u and v held fixed (eq. 9 to 12)
 * </pre>
 *
 * <p>The paper continues from the v of the step before and takes one iteration. Here v starts from the same draw each
 * time. So σ is a function of the matrix alone, and a retried task, a resumed training and any other partition compute
 * the same bits. The price is more iterations. σ is approached from below, so W̄ is a little too large. With k
 * iterations the mean relative error of σ² is at most 0.871 ln(columns) / (k − 1) for any matrix (Kuczyński and
 * Woźniakowski 1992, theorem 3.1). It falls like (σ₂ / σ₁)^2k if the largest singular value is well separated, as in
 * trained networks.
 *
 * <p>A matrix of zeros stays zero. Holds one row and two columns of the matrix's shape.
 */
final class SpectralNorm {
    private final Parameter matrix;
    private final int iterations;
    private final FloatProducts products;
    private final float[] start;
    private final float[] left;
    private final float[] right;
    private double sigma = 1;

    /**
     * Creates the buffers of one matrix.
     *
     * @param matrix the matrix and its place in the vectors
     * @param index index of the matrix within the network; the power iteration of each matrix starts from its own draw
     */
    SpectralNorm(Parameter matrix, int iterations, int index, FloatProducts products) {
        this.matrix = matrix;
        this.iterations = iterations;
        this.products = products;
        this.start = new float[matrix.columns()];
        this.left = new float[matrix.rows()];
        this.right = new float[matrix.columns()];
        RandomGenerator random = RandomStreams.of(0, Purpose.SPECTRAL_START, index);
        for (int j = 0; j < start.length; j++) {
            start[j] = (float) random.nextGaussian();
        }
    }

    /** Returns σ of the matrix normalised last; 1 for a matrix of zeros. */
    double sigma() {
        return sigma;
    }

    /** Replaces W by W / σ(W). */
    void normalize(float[] values) {
        FloatView w = view(values);
        FloatView u = FloatView.of(left, 0, left.length, 1);
        FloatView v = FloatView.of(right, 0, right.length, 1);
        System.arraycopy(start, 0, right, 0, start.length);
        for (int i = 0; i < iterations; i++) {
            products.multiply(w, v, u);
            unit(left);
            products.multiply(w.transpose(), u, v);
            sigma = unit(right);
        }
        scale(values, (float) (1 / sigma));
    }

    /**
     * Converts the derivative with respect to W̄ to the derivative with respect to W, for the matrix that was
     * normalised last.
     *
     * @param normalized vector that holds W̄. Not modified.
     * @param slopes vector that holds the derivative. Modified.
     */
    void backward(float[] normalized, float[] slopes) {
        double along = 0;
        for (int i = matrix.offset(); i < matrix.offset() + matrix.length(); i++) {
            double slope = slopes[i];
            along += slope * normalized[i];
        }
        int at = matrix.offset();
        for (int i = 0; i < left.length; i++, at += right.length) {
            float factor = (float) (along * left[i]);
            for (int j = 0; j < right.length; j++) {
                slopes[at + j] -= factor * right[j];
            }
        }
        scale(slopes, (float) (1 / sigma));
    }

    private FloatView view(float[] values) {
        return FloatView.of(values, matrix.offset(), matrix.rows(), matrix.columns());
    }

    private void scale(float[] values, float factor) {
        for (int i = matrix.offset(); i < matrix.offset() + matrix.length(); i++) {
            values[i] *= factor;
        }
    }

    /** Scales a vector to length 1; zeros stay. Returns its former length, 1 for zeros. */
    private static double unit(float[] vector) {
        double squares = 0;
        for (double value : vector) {
            squares += value * value;
        }
        if (squares == 0) {
            return 1;
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return length;
    }
}
