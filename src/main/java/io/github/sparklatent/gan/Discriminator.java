package io.github.sparklatent.gan;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.FloatView;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.Network;
import io.github.sparklatent.nn.Parameter;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * D(x) = σ(a(x)), the probability that a row is real; a is a network from d columns to one logit.
 *
 * @param network network from d columns to the logit
 * @param options options of the discriminator's training; spectral normalisation changes the function that the network
 *     computes
 */
public record Discriminator(Network network, AdversarialOptions options) implements Serializable {
    public Discriminator {
        Require.that(
                network.outputs() == 1,
                "the discriminator has %d outputs, expected 1: the logit of a row being real",
                network.outputs());
    }

    public int parameterCount() {
        return Parameter.length(network.parameters());
    }

    /**
     * Returns all parameters, changed so that the network computes the same logits without spectral normalisation.
     *
     * @param parameters parameters of all networks. Not modified.
     * @param offset index of this network's first parameter
     */
    public float[] normalized(float[] parameters, int offset) {
        float[] plain = parameters.clone();
        worker(1, offset, new FloatProducts()).copyUsed(parameters, plain);
        return plain;
    }

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param offset index of the discriminator's first parameter
     */
    public Worker worker(int maxRows, int offset, FloatProducts products) {
        return new Worker(this, maxRows, offset, products);
    }

    /**
     * Forward and backward computation of a discriminator. Used by one thread.
     *
     * <p>Holds the network's buffers for one batch, and three vectors as long as its parameters: the parameters of the
     * last call, the parameters in use (spectrally normalised if the options require it), and the derivatives. The
     * logit of a row x is a(x); n is the number of rows of a batch.
     */
    public static final class Worker {
        private final int offset;
        private final Network.Worker layers;
        private final int count;

        /** The number of layers before the first layer with weights: 0 or 1. */
        private final int reading;

        private final List<SpectralNorm> norms = new ArrayList<>();
        private final float[] given;
        private final float[] used;
        private final float[] slopes;

        Worker(Discriminator discriminator, int maxRows, int offset, FloatProducts products) {
            this.offset = offset;
            this.given = new float[discriminator.parameterCount()];
            this.used = new float[given.length];
            this.slopes = new float[given.length];
            this.layers = discriminator.network().worker(maxRows, 0, products);
            this.count = discriminator.network().layers().size();
            this.reading = discriminator.network().layers().get(0).parameters().isEmpty() ? 1 : 0;
            if (discriminator.options().spectralNormalization()) {
                addNorms(discriminator, products);
            }
        }

        /**
         * Creates the spectral normalisation of each weight matrix of the network. The kernels of a convolution count
         * as one matrix, (output channels) × (input channels · kernel height · kernel width), as in Miyato et al. 2018.
         */
        private void addNorms(Discriminator discriminator, FloatProducts products) {
            for (Parameter p : discriminator.network().parameters()) {
                if (p.name().endsWith(".weights")) {
                    int iterations = discriminator.options().powerIterations();
                    norms.add(new SpectralNorm(p, iterations, norms.size(), products));
                }
            }
        }

        /**
         * Returns the logit a(x) of each row, n × 1, in a buffer. The methods that propagate derivatives use the values
         * computed here.
         *
         * @param rows n × d. Kept until the next batch, not modified.
         */
        public FMatrixRMaj logits(float[] parameters, FMatrixRMaj rows) {
            return logitsOfRead(parameters, read(rows));
        }

        /**
         * Returns the input of the first layer with weights, n × d. Columns of counts are replaced by logarithms; all
         * other values are unchanged.
         *
         * @param rows n × d. Kept until the next batch, not modified.
         * @return a buffer, or the rows themselves
         */
        FMatrixRMaj read(FMatrixRMaj rows) {
            return layers.forward(used, rows, 0, reading);
        }

        /**
         * Returns the logit of each row, n × 1, in a buffer, given the input of the first layer with weights.
         *
         * @param read result of {@link #read}, n × d. Kept until the next batch, not modified.
         */
        FMatrixRMaj logitsOfRead(float[] parameters, FMatrixRMaj read) {
            use(parameters);
            return layers.forward(used, read, reading, count);
        }

        /** Returns the outputs of the last hidden layer, n rows, in a buffer. */
        public FMatrixRMaj features() {
            return layers.features();
        }

        /**
         * Writes the discriminator's parameters in use (spectrally normalised if the options require it) into a vector
         * of the parameters of all networks.
         */
        void copyUsed(float[] parameters, float[] to) {
            use(parameters);
            System.arraycopy(used, 0, to, offset, used.length);
        }

        /**
         * Computes the parameters in use. Does nothing if the given parameters equal the parameters of the last call.
         */
        private void use(float[] parameters) {
            int end = offset + given.length;
            if (!Arrays.equals(parameters, offset, end, given, 0, given.length)) {
                System.arraycopy(parameters, offset, given, 0, given.length);
                System.arraycopy(parameters, offset, used, 0, given.length);
                norms.forEach(norm -> norm.normalize(used));
            }
        }

        /**
         * Propagates the derivatives with respect to the logits back. This object keeps the derivatives with respect to
         * the parameters until {@link #gradient} writes them.
         *
         * @param logitGradient n × 1. Overwritten.
         * @param adds true: the derivatives with respect to the parameters are added to the kept ones; false: they
         *     replace them
         */
        void backward(FMatrixRMaj logitGradient, boolean adds) {
            layers.backward(used, logitGradient, new Gradient(slopes, adds, null), false, reading, count);
        }

        /**
         * Returns the derivatives with respect to the rows, n × d, in a buffer.
         *
         * @param logitGradient n × 1. Overwritten.
         */
        FMatrixRMaj backwardToRows(FMatrixRMaj logitGradient) {
            return layers.backward(used, logitGradient, Gradient.NONE, true);
        }

        /**
         * Returns the derivatives with respect to the result of {@link #read}, n × d, in a buffer.
         *
         * @param logitGradient n × 1. Overwritten.
         */
        FMatrixRMaj backwardToRead(FMatrixRMaj logitGradient) {
            return layers.backward(used, logitGradient, Gradient.NONE, true, reading, count);
        }

        /**
         * Propagates derivatives with respect to the outputs of the last hidden layer back to the rows.
         *
         * @param featureGradient n rows, as {@link #features}. Overwritten.
         * @return derivatives with respect to the rows, n × d, in a buffer
         */
        public FMatrixRMaj backwardFromFeatures(FMatrixRMaj featureGradient) {
            return layers.backward(used, featureGradient, Gradient.NONE, true, 0, count - 1);
        }

        /**
         * Writes the kept derivatives with respect to the parameters. Call this once, when the derivatives are
         * complete, because it changes the kept derivatives.
         *
         * @param gradient derivatives with respect to the parameters of all networks; the discriminator's part is
         *     overwritten
         */
        public void gradient(float[] gradient) {
            norms.forEach(norm -> norm.backward(used, slopes));
            System.arraycopy(slopes, 0, gradient, offset, slopes.length);
        }
    }

    /**
     * Divides one matrix of a flat vector by its largest singular value (Miyato et al. 2018, eq. 8 and algorithm 1),
     * and propagates derivatives through the division.
     *
     * <pre>
     *   u ← W v / |W v|,  v ← Wᵀ u / |Wᵀ u|        in each power iteration
     *   σ    = uᵀ W v = |Wᵀ u|,  W̄ = W / σ
     *   ∂L/∂W = (∂L/∂W̄ − ⟨∂L/∂W̄, W̄⟩ u vᵀ) / σ      with u and v held fixed (eq. 9 to 12)
     * </pre>
     *
     * <p>The paper continues from the v of the step before and takes one iteration. Here v starts from the same draw
     * each time. So σ is a function of the matrix alone, and a retried task, a resumed training and any other partition
     * compute the same bits. The price is more iterations. σ is approached from below, so W̄ is a little too large.
     * With k iterations the mean relative error of σ² is at most 0.871 ln(columns) / (k − 1) for any matrix (Kuczyński
     * and Woźniakowski 1992, theorem 3.1). It falls like (σ₂ / σ₁)^2k if the largest singular value is well separated,
     * as in trained networks.
     *
     * <p>A matrix of zeros stays zero. Holds one row and two columns of the matrix's shape.
     */
    static final class SpectralNorm {
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
         * @param index index of the matrix within the network; the power iteration of each matrix starts from its own
         *     draw
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
            FloatView w = FloatView.of(values, matrix.offset(), matrix.rows(), matrix.columns());
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
}
