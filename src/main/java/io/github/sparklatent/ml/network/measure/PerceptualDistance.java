package io.github.sparklatent.ml.network.measure;

import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.metrics.FeatureSpace;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.function.UnaryOperator;
import org.ejml.data.FMatrixRMaj;

/**
 * Measures how far reconstructions x̃ are from their rows x, on a hidden layer f of a trained network (Larsen et al.
 * 2016, section 2.3; here the network f is trained separately). The result is the squared distance between f(x) and
 * f(x̃), as a share of the squared distance between f(x) and its mean f̄ over all rows; w_i is the weight of row i:
 *
 * <pre>
 *   Σ_i w_i |f(x_i) − f(x̃_i)|² / Σ_i w_i |f(x_i) − f̄|²
 * </pre>
 *
 * <p>If the share is 0, the layer has the same features for all rows and their reconstructions. If it is 1, the
 * reconstructions are no better than a row that has the mean features. The share can be compared between layers of
 * different width and scale, but not between networks.
 *
 * @param network the network that reconstructs rows
 * @param options options with which {@code network} reconstructs rows
 * @param space the hidden layer f
 */
public record PerceptualDistance(TrainedNetwork network, ScoringOptions options, FeatureSpace space)
        implements PartitionWork {
    private static final int BATCH = 128;
    private static final int WEIGHT = 0;
    private static final int DIFFERENCES = 1;
    private static final int SQUARES = 2;

    /** Index of the first of the sums Σ_i w_i f(x_i), one for each feature. */
    private static final int MEANS = 3;

    /**
     * If Σ_i w_i |f(x_i) − f̄|² is below this share of Σ_i w_i |f(x_i)|², it is only a rounding error: features are
     * floats, and their deviations from the mean would be a millionth of the features.
     */
    private static final double NO_SPREAD = 1e-12;

    /**
     * Computes the share Σ_i w_i |f(x_i) − f(x̃_i)|² / Σ_i w_i |f(x_i) − f̄|² in one traversal of the rows.
     *
     * @param description description that is shown while the job runs
     * @return the share, without unit; NaN if all rows have the same features
     */
    public double of(Shards rows, String description) {
        double[] sums = rows.run(description, this).sums();
        double spread = sums[SQUARES];
        for (int j = MEANS; j < sums.length; j++) {
            spread -= sums[j] * sums[j] / sums[WEIGHT];
        }
        return spread > NO_SPREAD * sums[SQUARES] ? sums[DIFFERENCES] / spread : Double.NaN;
    }

    @Override
    public int sums() {
        return MEANS + space.features();
    }

    @Override
    public PartitionResult run(int partition, PartitionRows rows) {
        NetworkScorer scorer = network.scorer(BATCH, options);
        UnaryOperator<FMatrixRMaj> worker = space.worker(BATCH);
        FMatrixRMaj restored = new FMatrixRMaj(0, 0);
        FMatrixRMaj original = new FMatrixRMaj(0, 0);
        double[] sums = new double[sums()];
        rows.forEachBatch(BATCH, (batch, weights) -> {
            scorer.reconstruct(batch, restored);
            original.setTo(worker.apply(batch));
            add(original, worker.apply(restored), weights, sums);
        });
        return new PartitionResult(rows.weight(), new float[0], sums);
    }

    private static void add(FMatrixRMaj original, FMatrixRMaj restored, float[] weights, double[] sums) {
        int m = original.numCols;
        for (int i = 0; i < original.numRows; i++) {
            double differences = 0;
            double squares = 0;
            for (int j = 0; j < m; j++) {
                double feature = original.data[i * m + j];
                double difference = feature - restored.data[i * m + j];
                differences += difference * difference;
                squares += feature * feature;
                sums[MEANS + j] += weights[i] * feature;
            }
            sums[WEIGHT] += weights[i];
            sums[DIFFERENCES] += weights[i] * differences;
            sums[SQUARES] += weights[i] * squares;
        }
    }
}
