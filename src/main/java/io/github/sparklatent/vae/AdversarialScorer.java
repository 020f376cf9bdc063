package io.github.sparklatent.vae;

import io.github.sparklatent.nn.Layer;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * How sure a trained discriminator is of rows: −log D(x), D(x) = σ(a) the probability that a row is
 * real, in the place of minus a bound.
 */
final class AdversarialScorer implements KindScorer {
    private final ScoringTask task;
    private final Layer.Worker discriminator;

    AdversarialScorer(ScoringTask task) {
        this.task = task;
        this.discriminator =
                task.networks()
                        .auxiliary()
                        .worker(task.maxRows(), task.networks().auxiliaryOffset(), task.products());
    }

    @Override
    public Kind kind() {
        return Kind.ADVERSARIAL;
    }

    /** −log D(x) = log(1 + e^−a), and 0. */
    @Override
    public void measure(
            FMatrixRMaj rows, FMatrixRMaj target, double[] reconstruction, double[] divergence) {
        FMatrixRMaj logits = discriminator.forward(task.parameters(), target);
        for (int i = 0; i < rows.numRows; i++) {
            double a = logits.data[i];
            reconstruction[i] = Math.max(-a, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(a)));
        }
        Arrays.fill(divergence, 0, rows.numRows, 0);
    }
}
