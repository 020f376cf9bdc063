package io.github.sparklatent.bench.networks;

import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/** A trained network asked about all rows of a table in memory, on all cores. */
final class RowNetwork {
    private static final int CHUNK = 1024;

    private final TrainedNetwork network;

    RowNetwork(TrainedNetwork network) {
        this.network = network;
    }

    /** Does something to some of the rows. */
    private interface Work {
        void run(NetworkScorer scorer, FMatrixRMaj chunk, int from);
    }

    /** The codes of rows, n × l. */
    FMatrixRMaj encode(FMatrixRMaj rows) {
        int latent = network.architecture().latent();
        FMatrixRMaj codes = new FMatrixRMaj(rows.numRows, latent);
        run(
                rows,
                (scorer, chunk, from) -> {
                    FMatrixRMaj mean = new FMatrixRMaj(0, 0);
                    scorer.encode(chunk, mean);
                    System.arraycopy(
                            mean.data, 0, codes.data, from * latent, mean.getNumElements());
                });
        return codes;
    }

    /** Rows as the network gives them back, n × d. */
    FMatrixRMaj reconstruct(FMatrixRMaj rows) {
        FMatrixRMaj restored = new FMatrixRMaj(rows.numRows, rows.numCols);
        run(
                rows,
                (scorer, chunk, from) -> {
                    FMatrixRMaj mean = new FMatrixRMaj(0, 0);
                    scorer.reconstruct(chunk, mean);
                    System.arraycopy(
                            mean.data,
                            0,
                            restored.data,
                            from * rows.numCols,
                            mean.getNumElements());
                });
        return restored;
    }

    /** The component of each row. */
    int[] components(FMatrixRMaj rows) {
        int[] components = new int[rows.numRows];
        run(
                rows,
                (scorer, chunk, from) -> {
                    int[] some = new int[chunk.numRows];
                    scorer.component(chunk, some);
                    System.arraycopy(some, 0, components, from, some.length);
                });
        return components;
    }

    private void run(FMatrixRMaj rows, Work work) {
        IntStream.range(0, (rows.numRows + CHUNK - 1) / CHUNK)
                .parallel()
                .forEach(
                        number -> {
                            int from = number * CHUNK;
                            FMatrixRMaj chunk =
                                    Matrices.part(rows, from, Math.min(rows.numRows, from + CHUNK));
                            work.run(
                                    network.scorer(chunk.numRows, ScoringOptions.DEFAULT),
                                    chunk,
                                    from);
                        });
    }
}
