package io.github.sparklatent.bench.adversarial;

import io.github.sparklatent.bench.adversarial.SampleRun.Figure;
import io.github.sparklatent.bench.clustering.ClusterRun;
import io.github.sparklatent.bench.command.RunOptions;
import io.github.sparklatent.bench.data.Matrices;
import io.github.sparklatent.bench.training.RowNetwork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.metrics.FeatureMoments;
import io.github.sparklatent.metrics.FrechetDistance;
import io.github.sparklatent.metrics.StructuralSimilarity;
import io.github.sparklatent.vae.NetworkSampler;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.BoundStage;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.ejml.data.FMatrixRMaj;

/**
 * Compares drawn digits with real ones.
 *
 * @param real rows that drawn rows are compared with, n × d
 * @param labels of the rows
 * @param components projects rows onto principal components
 * @param codes encodes rows by a trained autoencoder
 */
record SampleTrial(
        SampleSetting setting,
        FMatrixRMaj real,
        int[] labels,
        UnaryOperator<FMatrixRMaj> components,
        UnaryOperator<FMatrixRMaj> codes) {
    private static final int ACROSS = 20;
    private static final int DOWN = 8;
    private static final int WHITE = 255;

    /**
     * Trains, draws and reconstructs.
     *
     * @param picture file for the first rows drawn; null: none
     */
    SampleRun run(SampleMethod method, Shards train, RunOptions limits, long seed, Path picture) throws IOException {
        long began = System.nanoTime();
        TrainedNetwork network = method.train(setting, train, limits, seed);
        double seconds = (System.nanoTime() - began) / 1e9;
        FMatrixRMaj drawn = drawn(network, seed);
        if (picture != null) {
            picture(drawn, setting.side(), picture);
        }
        Map<Figure, Double> figures = figures(drawn);
        if (method.kind.hasEncoder()) {
            FMatrixRMaj restored = new RowNetwork(network).reconstruct(real);
            figures.put(Figure.ERROR, Matrices.meanSquaredError(real, restored));
            figures.put(Figure.SIMILARITY, similarity(restored));
        }
        if (method.kind == Kind.MIXTURE) {
            int[] clusters = new RowNetwork(network).components(real);
            figures.put(
                    Figure.ACCURACY, ClusterRun.contingency(clusters, labels).accuracy());
            figures.put(Figure.BOUND, bound(network));
        }
        figures.put(Figure.SECONDS, seconds);
        return SampleRun.of(setting.run(method, seed), figures);
    }

    private double bound(TrainedNetwork network) {
        Architecture architecture = network.architecture();
        var loss = new VariationalObjective(Kind.MIXTURE, architecture, VariationalOptions.DEFAULT, BoundStage.JOINT);
        double[] sums = new double[loss.measures().size()];
        float[] weights = new float[real.numRows];
        Arrays.fill(weights, 1);
        loss.worker(real.numRows).evaluate(network.parameters(), real, weights, sums);
        return -sums[0] / real.numRows;
    }

    /** Returns E[x | z] for z from the prior, which a discriminator judges; n × d. */
    private static FMatrixRMaj drawn(TrainedNetwork network, long seed) {
        NetworkSampler sampler = network.sampler(seed);
        int width = network.architecture().inputs();
        FMatrixRMaj rows = new FMatrixRMaj(SampleSetting.DRAWN, width);
        double[] row = new double[width];
        for (int i = 0; i < rows.numRows; i++) {
            sampler.mean(i, row);
            for (int j = 0; j < width; j++) {
                rows.data[i * width + j] = (float) row[j];
            }
        }
        return rows;
    }

    /**
     * Writes the first rows as a grid of images.
     *
     * @param rows n × side², values in [0, 1]; 1 is black. Not modified.
     */
    private static void picture(FMatrixRMaj rows, int side, Path file) throws IOException {
        BufferedImage picture = new BufferedImage(ACROSS * side, DOWN * side, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < ACROSS * DOWN; i++) {
            for (int at = 0; at < side * side; at++) {
                int x = i % ACROSS * side + at % side;
                int y = i / ACROSS * side + at / side;
                int grey = WHITE - Math.round(WHITE * rows.data[i * side * side + at]);
                picture.getRaster().setSample(x, y, 0, grey);
            }
        }
        ImageIO.write(picture, "png", file.toFile());
    }

    /** Returns the distances of rows from the real rows. */
    Map<Figure, Double> figures(FMatrixRMaj drawn) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.COMPONENTS, distance(components, drawn));
        figures.put(Figure.CODES, distance(codes, drawn));
        return figures;
    }

    private double distance(UnaryOperator<FMatrixRMaj> space, FMatrixRMaj drawn) {
        return FrechetDistance.between(moments(space.apply(real)), moments(space.apply(drawn)));
    }

    private static FeatureMoments moments(FMatrixRMaj features) {
        double[] means = new double[features.numCols];
        for (int i = 0; i < features.getNumElements(); i++) {
            means[i % means.length] += features.data[i] / (double) features.numRows;
        }
        FeatureMoments moments = new FeatureMoments(means);
        for (int i = 0; i < features.numRows; i++) {
            moments.add(features.data, i * features.numCols, 1);
        }
        return moments;
    }

    private double similarity(FMatrixRMaj restored) {
        StructuralSimilarity similarity = new StructuralSimilarity(1, setting.side(), setting.side(), 1);
        double sum = 0;
        for (int i = 0; i < real.numRows; i++) {
            int from = i * real.numCols;
            sum += similarity.of(real.data, from, restored.data, from);
        }
        return sum / real.numRows;
    }
}
