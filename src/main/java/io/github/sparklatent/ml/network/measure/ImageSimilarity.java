package io.github.sparklatent.ml.network.measure;

import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.metrics.StructuralSimilarity;
import io.github.sparklatent.ml.columns.TableUnits;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import org.ejml.data.FMatrixRMaj;

/**
 * The mean structural similarity of images and their reconstructions, in the units of the table; see
 * {@link StructuralSimilarity}.
 *
 * @param network the network that reconstructs
 * @param options options of its scorer
 * @param range range of the images' values
 * @param scaling scaling of the rows, which is undone; unit scaling is not allowed because it cannot be undone
 */
public record ImageSimilarity(
        TrainedNetwork network, ScoringOptions options, ImageShape image, double range, Scaling scaling)
        implements PartitionWork {
    private static final int BATCH = 128;

    /** Returns the weighted mean over the rows. */
    public double of(Shards rows, String description) {
        double[] sums = rows.run(description, this).sums();
        return sums[0] / sums[1];
    }

    /** Returns the side of the window in pixels. */
    public int window() {
        return similarity().windowSize();
    }

    private StructuralSimilarity similarity() {
        return new StructuralSimilarity(image.channels(), image.height(), image.width(), range);
    }

    @Override
    public int sums() {
        return 2;
    }

    @Override
    public PartitionResult run(int partition, PartitionRows rows) {
        NetworkScorer scorer = network.scorer(BATCH, options);
        StructuralSimilarity similarity = similarity();
        FMatrixRMaj restored = new FMatrixRMaj(0, 0);
        int d = image.size();
        float[] first = new float[d];
        float[] second = new float[d];
        double[] row = new double[d];
        double[] sums = new double[sums()];
        rows.forEachBatch(BATCH, (batch, weights) -> {
            scorer.reconstruct(batch, restored);
            for (int i = 0; i < batch.numRows; i++) {
                TableUnits.of(scaling, batch, i, row);
                TableUnits.copy(row, first, 0);
                TableUnits.of(scaling, restored, i, row);
                TableUnits.copy(row, second, 0);
                sums[0] += weights[i] * similarity.of(first, 0, second, 0);
                sums[1] += weights[i];
            }
        });
        return new PartitionResult(rows.weight(), new float[0], sums);
    }
}
