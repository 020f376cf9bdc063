package io.github.sparklatent.vae;

import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.Likelihood;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** From codes to densities of rows, and back; the buffers of one task. */
final class DecoderPass {
    private final Layer.Worker decoder;
    private final Likelihood.Worker likelihood;
    private final FMatrixRMaj outputGradient;
    private FMatrixRMaj outputs;

    /**
     * @param maxRows codes decoded together at most
     */
    DecoderPass(Networks networks, int maxRows) {
        this.decoder = networks.decoder().worker(maxRows, networks.decoderOffset());
        this.likelihood = networks.likelihood().worker(maxRows, networks.likelihoodOffset());
        this.outputGradient = new FMatrixRMaj(0, 0);
    }

    /** Computes what the likelihood is made of; the rest of the methods go on from here. */
    void decode(float[] parameters, FMatrixRMaj codes) {
        outputs = decoder.forward(parameters, codes);
    }

    /** density[i] ← log p(x_i | z_i), x n × d. */
    void density(float[] parameters, FMatrixRMaj x, double[] density) {
        likelihood.logDensity(parameters, outputs, x, density);
    }

    /**
     * Derivatives of Σ_i scale_i log p(x_i | z_i).
     *
     * @param gradient of all parameters; decoder's and likelihood's parts are added to
     * @return with respect to the codes, n × l, a buffer; null where not wanted
     */
    FMatrixRMaj backward(
            float[] parameters,
            FMatrixRMaj x,
            float[] scale,
            float[] gradient,
            boolean wantsCodes) {
        likelihood.gradient(parameters, outputs, x, scale, outputGradient, gradient);
        return decoder.backward(parameters, outputGradient, gradient, wantsCodes);
    }

    /** mean ← E[x | z], n × d. */
    void mean(float[] parameters, FMatrixRMaj mean) {
        likelihood.mean(parameters, outputs, mean);
    }

    /** x ← a draw of p(x | z), n × d. */
    void sample(float[] parameters, RandomGenerator random, FMatrixRMaj x) {
        likelihood.sample(parameters, outputs, random, x);
    }
}
