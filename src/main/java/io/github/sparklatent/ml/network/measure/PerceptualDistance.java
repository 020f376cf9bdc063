package io.github.sparklatent.ml.network.measure;

import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.metrics.FeatureSpace;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import org.ejml.data.FMatrixRMaj;

/**
 * How far rows x and their reconstructions x̃ lie apart in what a hidden layer f of a trained
 * network sees in them (Larsen et al. 2016, section 2.3; here the network is trained on its own),
 * as a share of how far rows lie from their mean there:
 *
 * <pre>
 *   Σ_i w_i |f(x_i) − f(x̃_i)|² / Σ_i w_i |f(x_i) − f̄|²
 * </pre>
 *
 * <p>0: the layer sees no difference; 1: every row might as well be replaced by what has the mean
 * of the features. So layers of different widths and scales compare, networks still do not.
 *
 * @param network that reconstructs
 * @param options of its scorer
 * @param space f
 */
public record PerceptualDistance(TrainedNetwork network, ScoringOptions options, FeatureSpace space)
        implements PartitionWork {
    private static final int BATCH = 128;
    private static final int WEIGHT = 0;
    private static final int DIFFERENCES = 1;
    private static final int SQUARES = 2;

    /** From here on Σ w f. */
    private static final int MEANS = 3;

    /**
     * A sum of differences below so much of the sum of squares is what rounding has left of none.
     * Deviations would be a millionth of their features, which are floats.
     */
    private static final double NO_SPREAD = 1e-12;

    /** The share; NaN where all rows have the same features. */
    public double of(Shards rows, String description) {
        double[] sums = rows.run(description, this).sums();
        double spread = sums[SQUARES];
        for (int j = MEANS; j < sums.length; j++) {
            spread -= sums[j] * sums[j] / sums[WEIGHT];
        }
        return spread > NO_SPREAD * sums[SQUARES] ? sums[DIFFERENCES] / spread : Double.NaN;
    }

    @Override
    public int length() {
        return 0;
    }

    @Override
    public int sums() {
        return MEANS + space.features();
    }

    @Override
    public PartitionResult run(int partition, PartitionRows rows) {
        NetworkScorer scorer = network.scorer(BATCH, options);
        FeatureSpace.Worker worker = space.worker(BATCH);
        FMatrixRMaj restored = new FMatrixRMaj(0, 0);
        FMatrixRMaj seen = new FMatrixRMaj(0, 0);
        double[] sums = new double[sums()];
        rows.forEachBatch(
                BATCH,
                (batch, weights) -> {
                    scorer.reconstruct(batch, restored);
                    seen.setTo(worker.of(batch));
                    add(seen, worker.of(restored), weights, sums);
                });
        return new PartitionResult(rows.weight(), new float[0], sums);
    }

    private static void add(
            FMatrixRMaj seen, FMatrixRMaj restored, float[] weights, double[] sums) {
        int m = seen.numCols;
        for (int i = 0; i < seen.numRows; i++) {
            double differences = 0;
            double squares = 0;
            for (int j = 0; j < m; j++) {
                double feature = seen.data[i * m + j];
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
