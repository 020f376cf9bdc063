package io.github.sparklatent.gan;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.Likelihood;
import org.ejml.data.FMatrixRMaj;

/** From codes to generated rows, and back; the buffers of one task. Used by one thread. */
public final class GeneratorPass {
    private final Layer.Worker network;
    private final Likelihood.Worker likelihood;
    private final FMatrixRMaj rows;
    private final FMatrixRMaj outputGradient = new FMatrixRMaj(0, 0);

    GeneratorPass(Generator generator, int maxRows, FloatProducts products) {
        this.network = generator.network().worker(maxRows, generator.offset(), products);
        this.likelihood = generator.likelihood().worker(maxRows, generator.likelihoodOffset());
        this.rows = new FMatrixRMaj(maxRows, generator.width());
    }

    /**
     * G(z) of each code, n × d, a buffer.
     *
     * @param codes n × l. Kept until the next batch, not modified.
     */
    public FMatrixRMaj generate(float[] parameters, FMatrixRMaj codes) {
        likelihood.mean(parameters, network.forward(parameters, codes), rows);
        return rows;
    }

    /**
     * Goes back from the derivative at the rows last generated.
     *
     * @param rowGradient n × d. Not modified.
     * @param gradient of all parameters; the network's part is touched
     * @return with respect to the codes, n × l, a buffer; null where not wanted
     */
    public FMatrixRMaj backward(
            float[] parameters, FMatrixRMaj rowGradient, Gradient gradient, boolean wantsCodes) {
        likelihood.meanGradient(rows, rowGradient, outputGradient);
        return network.backward(parameters, outputGradient, gradient, wantsCodes);
    }
}
