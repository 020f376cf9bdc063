package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.FloatProducts;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** Bounds of log p(x) of a variational network, row by row; the buffers of one task. */
final class BoundScorer {
    /** Codes decoded at once, unless the batch itself has more rows; more are not faster. */
    private static final int ROWS_TOGETHER = 1024;

    private final Networks networks;
    private final float[] parameters;
    private final ScoringOptions options;
    private final int maxRows;
    private final RowStreams streams;
    private final FloatProducts products;
    private final Posterior posterior;
    private final LogMeanExp importance;
    private CodeSamples samples;

    BoundScorer(
            Networks networks,
            float[] parameters,
            ScoringOptions options,
            RowStreams streams,
            int maxRows,
            FloatProducts products) {
        this.networks = networks;
        this.parameters = parameters;
        this.options = options;
        this.maxRows = maxRows;
        this.products = products;
        this.streams = streams;
        this.posterior = new Posterior(networks, maxRows, products);
        this.importance = new LogMeanExp(maxRows);
    }

    /**
     * The two parts of −ELBO of each row.
     *
     * @param rows n × d, what the draws follow from
     * @param target n × d, what is measured
     */
    void measure(
            FMatrixRMaj rows, FMatrixRMaj target, double[] reconstruction, double[] divergence) {
        Arrays.fill(reconstruction, 0, rows.numRows, 0);
        over(options.samples(), rows, target, drawn -> drawn.addDensity(posterior, reconstruction));
        for (int i = 0; i < rows.numRows; i++) {
            reconstruction[i] /= -options.samples();
            divergence[i] = posterior.divergence(i);
        }
    }

    /** log 1/S Σ_s p(x, z_s) / q(z_s | x) of each row; rows and target as above. */
    void logLikelihood(FMatrixRMaj rows, FMatrixRMaj target, int count, double[] logLikelihood) {
        importance.clear();
        over(count, rows, target, drawn -> drawn.addImportance(posterior, importance));
        for (int i = 0; i < rows.numRows; i++) {
            logLikelihood[i] = importance.value(i);
        }
    }

    /** Draws and decodes that many samples of each row, as many at a time as go together. */
    private void over(
            int count, FMatrixRMaj rows, FMatrixRMaj target, Consumer<CodeSamples> action) {
        posterior.encode(parameters, target);
        RandomGenerator[] noise = streams.ofContent(rows, options.seed(), Purpose.LATENT_NOISE);
        CodeSamples drawn = samples(count);
        for (int left = count; left > 0; left -= drawn.samples()) {
            drawn.draw(posterior, noise, Math.min(left, drawn.capacity()));
            drawn.decodeAll(parameters, posterior, target);
            action.accept(drawn);
        }
    }

    private CodeSamples samples(int wanted) {
        int fitting = Math.min(wanted, CodeSamples.fitting(networks, maxRows, ROWS_TOGETHER));
        if (samples == null || samples.capacity() < fitting) {
            samples = new CodeSamples(networks, maxRows, fitting, products);
        }
        return samples;
    }
}
