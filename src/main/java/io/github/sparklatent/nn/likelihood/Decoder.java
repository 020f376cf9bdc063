package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.Network;
import io.github.sparklatent.nn.Parameter;
import java.io.Serializable;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * p(x|z): a network from l columns, and the conditions c of the row, to the outputs that a likelihood is made of. The
 * generator of an adversarial game gives E[x|z] of columns of real numbers and draws of the others; the likelihood's
 * own parameters change neither, so a game leaves them as they are.
 *
 * @param network network from codes to the likelihood's outputs
 * @param offset index of the network's first parameter
 * @param likelihood p(x | outputs)
 * @param likelihoodOffset index of the first of the likelihood's own parameters
 */
public record Decoder(Network network, int offset, Likelihood likelihood, int likelihoodOffset)
        implements Serializable {
    /** Returns the number of the network's parameters, without the likelihood's parameters. */
    public int parameterCount() {
        return Parameter.length(network.parameters());
    }

    /** Returns the number of latent dimensions l. */
    public int latent() {
        return network.inputs() - likelihood.conditions().inputs();
    }

    /** Returns the number of columns d of a row. */
    public int width() {
        return likelihood.width();
    }

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of codes of a batch
     * @param products matrix products, whose buffers the networks of the task share
     */
    public Worker worker(int maxRows, FloatProducts products) {
        return new Worker(this, maxRows, products);
    }

    /** Decodes batches of codes and propagates gradients back. Used by one thread. */
    public static final class Worker {
        private final Layer.Worker network;
        private final Likelihood.Worker likelihood;
        private final Conditions conditions;
        private final int ownFrom;
        private final int ownTo;
        private final FMatrixRMaj outputGradient = new FMatrixRMaj(0, 0);
        private final FMatrixRMaj rows = new FMatrixRMaj(0, 0);
        private final FMatrixRMaj row = new FMatrixRMaj(0, 0);
        private final FMatrixRMaj inputs = new FMatrixRMaj(0, 0);
        private final FMatrixRMaj codeGradient = new FMatrixRMaj(0, 0);
        private FMatrixRMaj given;
        private FMatrixRMaj outputs;

        /** Receives the derivatives of the likelihood's parameters that nobody wants. */
        private float[] discarded = {};

        private Worker(Decoder decoder, int maxRows, FloatProducts products) {
            this.network = decoder.network.worker(maxRows, decoder.offset, products);
            this.likelihood = decoder.likelihood.worker(maxRows, decoder.likelihoodOffset);
            this.conditions = decoder.likelihood.conditions();
            this.ownFrom = decoder.likelihoodOffset;
            this.ownTo = ownFrom + Parameter.length(decoder.likelihood.parameters());
        }

        /**
         * Decodes a batch; the other methods continue from its outputs.
         *
         * @param codes m × l. Kept until the next batch, not modified.
         * @param of n × d, rows with the conditions of the codes; code r is of row r mod n. Kept likewise
         */
        public void decode(float[] parameters, FMatrixRMaj codes, FMatrixRMaj of) {
            given = of;
            outputs = network.forward(parameters, conditions.isEmpty() ? codes : conditions.beside(codes, of, inputs));
        }

        /** Writes log p(x_i | z_i) of rows x, n × d. */
        public void density(float[] parameters, FMatrixRMaj x, double[] density) {
            likelihood.logDensity(parameters, outputs, x, density);
        }

        /** Writes E[x | z] of the batch, n × d. */
        public void mean(float[] parameters, FMatrixRMaj mean) {
            likelihood.mean(parameters, outputs, mean);
            conditions.copy(given, 0, mean);
        }

        /** Writes E[x | z] at one code of the batch, 1 × d. */
        public void mean(float[] parameters, int code, FMatrixRMaj mean) {
            likelihood.mean(parameters, outputsOf(code), mean);
            conditions.copy(given, code, mean);
        }

        /** Writes a draw of p(x | z) at one code of the batch, 1 × d. */
        public void sample(float[] parameters, int code, RandomGenerator random, FMatrixRMaj x) {
            likelihood.sample(parameters, outputsOf(code), random, x);
            conditions.copy(given, code, x);
        }

        private FMatrixRMaj outputsOf(int code) {
            row.reshape(1, outputs.numCols);
            System.arraycopy(outputs.data, code * outputs.numCols, row.data, 0, outputs.numCols);
            return row;
        }

        /**
         * Decodes a batch and returns rows in the form that a discriminator reads, n × d: E[x | z] of columns of real
         * numbers, draws of the others.
         *
         * @param codes n × l. Kept until the next batch, not modified.
         * @param of n × d, rows with the conditions of the codes. Kept likewise
         * @param random a stream for each row
         * @return a buffer
         */
        public FMatrixRMaj generate(float[] parameters, FMatrixRMaj codes, FMatrixRMaj of, RandomGenerator[] random) {
            decode(parameters, codes, of);
            likelihood.generate(parameters, outputs, random, rows);
            conditions.copy(of, 0, rows);
            return rows;
        }

        /** Writes the row of one code of the batch like {@link #generate}, 1 × d. */
        public void generate(float[] parameters, int code, RandomGenerator random, FMatrixRMaj x) {
            likelihood.generate(parameters, outputsOf(code), new RandomGenerator[] {random}, x);
            conditions.copy(given, code, x);
        }

        /**
         * Differentiates Σ_i scale_i log p(x_i | z_i), whose {@link #density} was computed last.
         *
         * @param gradient derivatives with respect to all parameters; the parts of network and likelihood are changed.
         *     {@link Gradient#NONE} if only the codes matter
         * @return the derivative with respect to the codes, n × l, a buffer; null if not wanted
         */
        public FMatrixRMaj backward(
                float[] parameters, FMatrixRMaj x, float[] scale, Gradient gradient, boolean wantsCodes) {
            if (!gradient.adds()) {
                Arrays.fill(gradient.values(), ownFrom, ownTo, 0f);
            }
            float[] own = gradient.isWanted() ? gradient.values() : discarded();
            likelihood.gradient(outputs, x, scale, outputGradient, own);
            return ofCodes(network.backward(parameters, outputGradient, gradient, wantsCodes));
        }

        /** Leaves out the derivatives with respect to conditions. */
        private FMatrixRMaj ofCodes(FMatrixRMaj gradient) {
            if (gradient == null || conditions.isEmpty()) {
                return gradient;
            }
            int latent = gradient.numCols - conditions.inputs();
            codeGradient.reshape(gradient.numRows, latent);
            for (int i = 0; i < gradient.numRows; i++) {
                System.arraycopy(gradient.data, i * gradient.numCols, codeGradient.data, i * latent, latent);
            }
            return codeGradient;
        }

        private float[] discarded() {
            if (ownTo > ownFrom && discarded.length < ownTo) {
                discarded = new float[ownTo];
            }
            return discarded;
        }

        /**
         * Propagates a gradient back from the rows that {@link #generate} returned last.
         *
         * @param rowGradient n × d. Not modified.
         * @param gradient derivatives with respect to all parameters; the network's part is changed
         * @return the derivative with respect to the codes, n × l, a buffer; null if not wanted
         */
        public FMatrixRMaj backwardFromRows(
                float[] parameters, FMatrixRMaj rowGradient, Gradient gradient, boolean wantsCodes) {
            likelihood.generatedGradient(rows, rowGradient, outputGradient);
            return ofCodes(network.backward(parameters, outputGradient, gradient, wantsCodes));
        }
    }
}
