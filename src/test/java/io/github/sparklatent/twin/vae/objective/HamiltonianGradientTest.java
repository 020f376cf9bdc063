package io.github.sparklatent.twin.vae.objective;

import io.github.sparklatent.linalg.DoubleProducts;
import io.github.sparklatent.twin.GradientCheck;
import io.github.sparklatent.twin.learn.objective.StochasticObjective;
import io.github.sparklatent.twin.nn.likelihood.Decoder;
import io.github.sparklatent.twin.nn.likelihood.Gaussian;
import io.github.sparklatent.twin.vae.model.Architecture;
import io.github.sparklatent.twin.vae.model.Kind;
import io.github.sparklatent.twin.vae.model.Networks;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/**
 * The gradient of the decoder and of its learnt variance against central differences of the mean of −log p(x|z) at the
 * ends z of the chains.
 */
class HamiltonianGradientTest {
    private final Architecture architecture = Small.architecture(Gaussian.learnt(Small.WIDTH));
    private final DMatrixRMaj rows = Small.rows();

    @Test
    void decoderAtTheEndsOfTheChains() {
        Networks networks = architecture.networks(Kind.DEEP_LATENT_GAUSSIAN);
        double[] parameters = Small.parameters(architecture, Kind.DEEP_LATENT_GAUSSIAN);
        parameters[parameters.length - 1] = 0; // the step size of the options
        double[] gradient = new double[parameters.length];
        var worker = new HamiltonianObjective(architecture, HamiltonianOptions.DEFAULT).worker(rows.numRows);
        worker.gradient(
                parameters, rows, Small.WEIGHTS, new StochasticObjective.Position(77, 0, 0), gradient, new double[7]);
        var step = (HamiltonianObjective.ChainStep) ((NetworkObjective.StepWorker) worker).step();
        DMatrixRMaj codes = step.chains().codes().copy();
        Decoder.Worker decoder = networks.conditional().worker(rows.numRows, new DoubleProducts());
        double[] density = new double[rows.numRows];
        int from = networks.decoderOffset();
        GradientCheck.check(
                "the decoder", parameters, from, Arrays.copyOfRange(gradient, from, networks.stepSizeOffset()), () -> {
                    decoder.decode(parameters, codes, rows);
                    decoder.density(parameters, rows, density);
                    double sum = 0;
                    for (int i = 0; i < rows.numRows; i++) {
                        sum -= Small.WEIGHTS[i] * density[i];
                    }
                    return sum / Arrays.stream(Small.WEIGHTS).sum();
                });
    }
}
