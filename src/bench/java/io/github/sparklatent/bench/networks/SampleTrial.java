package io.github.sparklatent.bench.networks;

import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.metrics.StructuralSimilarity;
import io.github.sparklatent.vae.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/**
 * What drawn digits are like, beside real ones.
 *
 * @param setting of the networks
 * @param real rows that drawn ones are compared with, n × d
 * @param components space of principal components
 * @param codes space of a trained autoencoder's codes
 */
record SampleTrial(
        SampleSetting setting, FMatrixRMaj real, FeatureSpace components, FeatureSpace codes) {
    /**
     * Trains, draws, reconstructs.
     *
     * @param picture of the first rows drawn; null: none
     */
    SampleRun run(SampleMethod method, Shards train, NetworkOptions limits, long seed, Path picture)
            throws IOException {
        long began = System.nanoTime();
        TrainedNetwork network = method.train(setting, train, limits, seed);
        double seconds = (System.nanoTime() - began) / 1e9;
        FMatrixRMaj drawn = DrawnRows.of(network, setting.drawn(), seed);
        if (picture != null) {
            DrawnRows.picture(drawn, setting.side(), picture);
        }
        Map<String, Double> figures = figures(drawn);
        if (method.kind().hasEncoder()) {
            FMatrixRMaj restored = new RowNetwork(network).reconstruct(real);
            figures.put(
                    SampleRun.ERROR,
                    Math.rint(Matrices.meanSquaredError(real, restored) * 1e6) / 1e6);
            figures.put(SampleRun.SIMILARITY, Training.rounded(similarity(restored)));
        }
        figures.put(SampleRun.SECONDS, Training.rounded(seconds));
        return new SampleRun(setting.run(method, seed), figures);
    }

    /** Of drawn rows. */
    Map<String, Double> figures(FMatrixRMaj drawn) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(SampleRun.COMPONENTS, Training.rounded(components.distance(real, drawn)));
        figures.put(SampleRun.CODES, Training.rounded(codes.distance(real, drawn)));
        return figures;
    }

    private double similarity(FMatrixRMaj restored) {
        StructuralSimilarity similarity =
                new StructuralSimilarity(1, setting.side(), setting.side(), 1);
        double sum = 0;
        for (int i = 0; i < real.numRows; i++) {
            int from = i * real.numCols;
            sum += similarity.of(real.data, from, restored.data, from);
        }
        return sum / real.numRows;
    }
}
