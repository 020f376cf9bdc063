package io.github.sparklatent.vae;

import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.vae.model.Networks;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * Scores rows of a model without an encoder by its trained discriminator: −log D(x) takes the place of −ELBO, with D(x)
 * = σ(a) the probability that a row is real.
 */
final class DiscriminatorScorer extends ModelScorer {
    private final Layer.Worker discriminator;

    DiscriminatorScorer(ScoringTask task) {
        super(task);
        Networks networks = task.networks();
        this.discriminator = networks.auxiliary().worker(task.maxRows(), networks.auxiliaryOffset(), task.products());
    }

    /** Computes −log D(x) = log(1 + e^−a), and 0. */
    @Override
    void measure(FMatrixRMaj rows, FMatrixRMaj target, double[] reconstruction, double[] divergence) {
        FMatrixRMaj logits = discriminator.forward(task.parameters(), target);
        for (int i = 0; i < rows.numRows; i++) {
            double a = logits.data[i];
            reconstruction[i] = Math.max(-a, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(a)));
        }
        Arrays.fill(divergence, 0, rows.numRows, 0);
    }
}
