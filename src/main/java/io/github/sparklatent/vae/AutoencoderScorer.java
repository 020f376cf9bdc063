package io.github.sparklatent.vae;

import io.github.sparklatent.nn.Layer;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/** The codes of an autoencoder and what is left of a row by way of its code. */
final class AutoencoderScorer implements KindScorer {
    private final ScoringTask task;
    private final Layer.Worker encoder;

    AutoencoderScorer(ScoringTask task) {
        this.task = task;
        this.encoder = task.networks().encoder().worker(task.maxRows(), 0, task.products());
    }

    @Override
    public Kind kind() {
        return Kind.AUTOENCODER;
    }

    @Override
    public void encode(FMatrixRMaj rows, FMatrixRMaj mean) {
        mean.setTo(encoder.forward(task.parameters(), rows));
    }

    @Override
    public void reconstruct(FMatrixRMaj rows, FMatrixRMaj mean) {
        task.decode(encoder.forward(task.parameters(), rows), mean);
    }

    /** −log p(x | its code), and 0. */
    @Override
    public void measure(
            FMatrixRMaj rows, FMatrixRMaj target, double[] reconstruction, double[] divergence) {
        task.decoder().decode(task.parameters(), encoder.forward(task.parameters(), target));
        task.decoder().density(task.parameters(), target, reconstruction);
        for (int i = 0; i < rows.numRows; i++) {
            reconstruction[i] = -reconstruction[i];
        }
        Arrays.fill(divergence, 0, rows.numRows, 0);
    }
}
