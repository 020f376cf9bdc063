package io.github.sparklatent.bench.training;

import io.github.sparklatent.bench.data.Matrices;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/** A trained network applied to all rows of a table in memory, on all cores. */
public final class RowNetwork {
    private static final int CHUNK = 1024;

    private final TrainedNetwork network;

    public RowNetwork(TrainedNetwork network) {
        this.network = network;
    }

    /** A function of the rows of a chunk. */
    private interface Work {
        void run(NetworkScorer scorer, FMatrixRMaj chunk, FMatrixRMaj result);
    }

    /** Returns the codes of rows, n × l. */
    public FMatrixRMaj encode(FMatrixRMaj rows) {
        return run(rows, network.architecture().latent(), NetworkScorer::encode);
    }

    /** Returns the reconstructions of rows, n × d. */
    public FMatrixRMaj reconstruct(FMatrixRMaj rows) {
        return run(rows, rows.numCols, NetworkScorer::reconstruct);
    }

    /** Returns the component of each row. */
    public int[] components(FMatrixRMaj rows) {
        int[] components = new int[rows.numRows];
        chunks(rows, (scorer, chunk, from) -> {
            int[] some = new int[chunk.numRows];
            scorer.component(chunk, some);
            System.arraycopy(some, 0, components, from, some.length);
        });
        return components;
    }

    /** Returns the mean of the evidence lower bound of the rows, in nats. */
    public double bound(FMatrixRMaj rows) {
        double[] bounds = new double[rows.numRows];
        chunks(rows, (scorer, chunk, from) -> {
            double[] reconstruction = new double[chunk.numRows];
            double[] divergence = new double[chunk.numRows];
            scorer.measure(chunk, reconstruction, divergence);
            Arrays.setAll(reconstruction, i -> -reconstruction[i] - divergence[i]);
            System.arraycopy(reconstruction, 0, bounds, from, chunk.numRows);
        });
        return Arrays.stream(bounds).average().orElseThrow();
    }

    private FMatrixRMaj run(FMatrixRMaj rows, int width, Work work) {
        FMatrixRMaj results = new FMatrixRMaj(rows.numRows, width);
        chunks(rows, (scorer, chunk, from) -> {
            FMatrixRMaj some = new FMatrixRMaj(0, 0);
            work.run(scorer, chunk, some);
            System.arraycopy(some.data, 0, results.data, from * width, some.getNumElements());
        });
        return results;
    }

    /** What is done with a chunk that starts at a row. */
    private interface Chunk {
        void run(NetworkScorer scorer, FMatrixRMaj chunk, int from);
    }

    private void chunks(FMatrixRMaj rows, Chunk work) {
        IntStream.iterate(0, from -> from < rows.numRows, from -> from + CHUNK)
                .parallel()
                .forEach(from -> {
                    int to = Math.min(rows.numRows, from + CHUNK);
                    FMatrixRMaj chunk = Matrices.part(rows, from, to);
                    work.run(network.scorer(chunk.numRows, ScoringOptions.DEFAULT), chunk, from);
                });
    }
}
