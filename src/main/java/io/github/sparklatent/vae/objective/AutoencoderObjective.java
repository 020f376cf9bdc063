package io.github.sparklatent.vae.objective;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.likelihood.Decoder;
import io.github.sparklatent.vae.latent.RowBatch;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * The loss of an autoencoder: −log p(x | g(f(x̃))). x is the clean row; x̃ is the encoder's input, corrupted if the
 * options require it (Vincent et al. 2008). With a fixed-variance Gaussian the loss is the squared error up to scale
 * and offset. The only measure is {@code loss}.
 *
 * <p>Memory of a worker: one batch through encoder and decoder, with its derivatives, and at most two copies of the
 * batch.
 */
public final class AutoencoderObjective extends NetworkObjective {
    public AutoencoderObjective(Architecture architecture, AutoencoderOptions options) {
        super(Kind.AUTOENCODER, architecture, options.binarize(), options.corruption(), List.of("loss"));
    }

    @Override
    Step step(int maxRows) {
        return new AutoencoderStep(networks(), maxRows);
    }

    private static final class AutoencoderStep implements Step {
        private final Layer.Worker encoder;
        private final Decoder.Worker decoder;
        private final float[] scale;
        private final double[] density;
        private int rows;

        AutoencoderStep(Networks networks, int maxRows) {
            FloatProducts products = new FloatProducts();
            this.encoder = networks.encoder().worker(maxRows, 0, products);
            this.decoder = networks.conditional().worker(maxRows, products);
            this.scale = new float[maxRows];
            this.density = new double[maxRows];
        }

        @Override
        public void gradient(RowBatch batch, float[] gradient) {
            evaluate(batch);
            for (int i = 0; i < rows; i++) {
                scale[i] = -batch.shares()[i];
            }
            Gradient to = batch.complete(gradient);
            FMatrixRMaj codes = decoder.backward(batch.parameters(), batch.target(), scale, to, true);
            encoder.backward(batch.parameters(), codes, to, false);
        }

        @Override
        public void evaluate(RowBatch batch) {
            rows = batch.size();
            decoder.decode(batch.parameters(), encoder.forward(batch.parameters(), batch.input()), batch.target());
            decoder.density(batch.parameters(), batch.target(), density);
        }

        @Override
        public void measure(int row, double[] measures) {
            measures[0] = -density[row];
        }
    }
}
