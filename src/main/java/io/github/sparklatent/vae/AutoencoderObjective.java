package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Shares;
import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.Layer;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * The loss of an autoencoder: −log p(x | g(f(x̃))), x̃ the row as the encoder gets it, damaged
 * where a corruption is asked for (Vincent et al. 2008), x the clean row. With the fixed-variance
 * Gaussian it is the squared error, scaled and shifted. An evaluation damages nothing.
 *
 * <p>Memory of a worker: one batch through encoder and decoder, with its derivatives, and at most
 * two copies of the batch.
 */
public final class AutoencoderObjective implements StochasticObjective {
    private static final long serialVersionUID = 1L;
    private static final List<String> MEASURES = List.of("loss");

    private final Networks networks;
    private final AutoencoderOptions options;

    /**
     * @throws IllegalArgumentException for rows drawn as 0 or 1 under another likelihood than
     *     bernoulli
     */
    public AutoencoderObjective(Architecture architecture, AutoencoderOptions options) {
        architecture.requireBernoulliIf(options.binarize());
        this.networks = architecture.networks(Kind.AUTOENCODER);
        this.options = options;
    }

    @Override
    public int parameterCount() {
        return networks.parameterCount();
    }

    @Override
    public List<String> measures() {
        return MEASURES;
    }

    @Override
    public StochasticObjective.Worker worker(int maxRows) {
        return new Worker(networks, options, maxRows);
    }

    private static final class Worker implements StochasticObjective.Worker {
        private final AutoencoderOptions options;
        private final RowStreams streams;
        private final Seen seen = new Seen();
        private final Layer.Worker encoder;
        private final DecoderPass decoder;
        private final float[] scale;
        private final double[] density;

        Worker(Networks networks, AutoencoderOptions options, int maxRows) {
            this.options = options;
            this.streams = new RowStreams(maxRows, networks.inputs());
            FloatProducts products = new FloatProducts();
            this.encoder = networks.encoder().worker(maxRows, 0, products);
            this.decoder = new DecoderPass(networks, maxRows, products);
            this.scale = new float[maxRows];
            this.density = new double[maxRows];
        }

        @Override
        public void gradient(
                float[] parameters,
                FMatrixRMaj rows,
                float[] weights,
                Position position,
                float[] gradient,
                double[] sums) {
            seen.trained(rows, options.binarize(), options.corruption(), streams, position.key());
            measure(parameters, weights, sums);
            Shares.of(weights, rows.numRows, scale);
            for (int i = 0; i < rows.numRows; i++) {
                scale[i] = -scale[i];
            }
            Gradient to = Gradient.writtenTo(gradient);
            FMatrixRMaj codes = decoder.backward(parameters, seen.target(), scale, to, true);
            encoder.backward(parameters, codes, to, false);
        }

        @Override
        public void evaluate(float[] parameters, FMatrixRMaj rows, float[] weights, double[] sums) {
            seen.judged(rows, options.binarize(), streams, 0);
            measure(parameters, weights, sums);
        }

        private void measure(float[] parameters, float[] weights, double[] sums) {
            decoder.decode(parameters, encoder.forward(parameters, seen.input()));
            decoder.density(parameters, seen.target(), density);
            for (int i = 0; i < seen.target().numRows; i++) {
                sums[0] -= weights[i] * density[i];
            }
        }
    }
}
