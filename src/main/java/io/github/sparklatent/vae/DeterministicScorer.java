package io.github.sparklatent.vae;

import io.github.sparklatent.nn.Layer;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/** Scores rows by an encoder whose output is the code. */
final class DeterministicScorer extends ModelScorer {
    private final Layer.Worker encoder;

    DeterministicScorer(ScoringTask task) {
        super(task);
        this.encoder = task.networks().encoder().worker(task.maxRows(), 0, task.products());
    }

    @Override
    void encode(FMatrixRMaj rows, FMatrixRMaj mean) {
        mean.setTo(encoder.forward(task.parameters(), rows));
    }

    @Override
    void reconstruct(FMatrixRMaj rows, FMatrixRMaj mean) {
        task.decode(encoder.forward(task.parameters(), rows), mean);
    }

    @Override
    void decode(FMatrixRMaj rows, DecodedRows action) {
        task.decoder().decode(task.parameters(), encoder.forward(task.parameters(), rows));
        double[] whole = new double[rows.numRows];
        Arrays.fill(whole, 1);
        action.accept(0, rows.numRows, whole);
    }

    /** Computes −log p(x | code), and 0. */
    @Override
    void measure(FMatrixRMaj rows, FMatrixRMaj target, double[] reconstruction, double[] divergence) {
        task.decoder().decode(task.parameters(), encoder.forward(task.parameters(), target));
        task.decoder().density(task.parameters(), target, reconstruction);
        for (int i = 0; i < rows.numRows; i++) {
            reconstruction[i] = -reconstruction[i];
        }
        Arrays.fill(divergence, 0, rows.numRows, 0);
    }
}
