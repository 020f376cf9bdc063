package io.github.sparklatent.vae;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.Likelihood;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** From codes to densities of rows, and back; the buffers of one task. */
final class DecoderPass {
    private final Layer.Worker decoder;
    private final Likelihood.Worker likelihood;
    private final FMatrixRMaj outputGradient;

    /** Where the likelihood's own parameters begin, and where they end. */
    private final int own;

    private final int end;

    private FMatrixRMaj outputs;

    /** One row of the outputs. */
    private final FMatrixRMaj row = new FMatrixRMaj(0, 0);

    /**
     * @param maxRows codes decoded together at most
     * @param products that the networks of a task share
     */
    DecoderPass(Networks networks, int maxRows, FloatProducts products) {
        this.decoder = networks.decoder().worker(maxRows, networks.decoderOffset(), products);
        this.likelihood = networks.likelihood().worker(maxRows, networks.likelihoodOffset());
        this.own = networks.likelihoodOffset();
        this.end = networks.priorOffset();
        this.outputGradient = new FMatrixRMaj(0, 0);
    }

    /** Computes what the likelihood is made of; the rest of the methods go on from here. */
    void decode(float[] parameters, FMatrixRMaj codes) {
        outputs = decoder.forward(parameters, codes);
    }

    /**
     * x ← a draw of p(x | z) at one of the codes, 1 × d.
     *
     * @param place of the code among those decoded
     */
    void sample(float[] parameters, int place, RandomGenerator random, FMatrixRMaj x) {
        likelihood.sample(parameters, row(place), random, x);
    }

    /** mean ← E[x | z] at one of the codes, 1 × d. */
    void mean(float[] parameters, int place, FMatrixRMaj mean) {
        likelihood.mean(parameters, row(place), mean);
    }

    private FMatrixRMaj row(int place) {
        row.reshape(1, outputs.numCols);
        System.arraycopy(outputs.data, place * outputs.numCols, row.data, 0, outputs.numCols);
        return row;
    }

    /** density[i] ← log p(x_i | z_i), x n × d. */
    void density(float[] parameters, FMatrixRMaj x, double[] density) {
        likelihood.logDensity(parameters, outputs, x, density);
    }

    /**
     * Derivatives of Σ_i scale_i log p(x_i | z_i).
     *
     * @param gradient of all parameters; decoder's and likelihood's parts are touched
     * @return with respect to the codes, n × l, a buffer; null where not wanted
     */
    FMatrixRMaj backward(
            float[] parameters,
            FMatrixRMaj x,
            float[] scale,
            Gradient gradient,
            boolean wantsCodes) {
        if (!gradient.adds()) {
            Arrays.fill(gradient.values(), own, end, 0f);
        }
        likelihood.gradient(parameters, outputs, x, scale, outputGradient, gradient.values());
        return decoder.backward(parameters, outputGradient, gradient, wantsCodes);
    }

    /** mean ← E[x | z], n × d. */
    void mean(float[] parameters, FMatrixRMaj mean) {
        likelihood.mean(parameters, outputs, mean);
    }
}
