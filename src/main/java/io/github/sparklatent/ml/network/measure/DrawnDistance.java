package io.github.sparklatent.ml.network.measure;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionSizes;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.metrics.FeatureMoments;
import io.github.sparklatent.metrics.FeatureSpace;
import io.github.sparklatent.metrics.FrechetDistance;
import io.github.sparklatent.ml.columns.TableUnits;
import io.github.sparklatent.vae.NetworkSampler;
import io.github.sparklatent.vae.TrainedNetwork;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.ejml.data.FMatrixRMaj;

/**
 * The Fréchet distance between rows and as many rows drawn from a trained network, in a feature space; see
 * {@link FrechetDistance}. The drawn rows are the first rows of a seed, for any number of partitions. Each partition
 * draws a number proportional to its rows.
 *
 * <p>Features are floats, so sums of squares in double precision lose little compared with the rounding to floats, and
 * no origin near the rows is needed. A task and the driver each hold m² numbers, where m is the number of features.
 *
 * @param network a network with a prior
 * @param most the most rows that are drawn, at least 2
 * @param seed seed of the draw
 * @param noise whether rows are drawn from the likelihood; else they are its mean
 */
public record DrawnDistance(TrainedNetwork network, FeatureSpace space, long most, long seed, boolean noise)
        implements Serializable {
    private static final int BATCH = 128;

    /** Returns how many rows are drawn to compare with this number of rows. */
    public long drawn(long rows) {
        return Math.min(rows, most);
    }

    /**
     * Checks that there are enough rows to estimate the covariance of their features.
     *
     * @param features m
     * @param name name of the rows
     * @throws DataException if there are not more rows than features, or their weight is not above 1
     */
    public static void requireRows(Shards rows, int features, String name) {
        PartitionSizes sizes = rows.sizes();
        if (sizes.rows() <= features || !(sizes.weight() > 1)) {
            throw new DataException(
                    "%d %s of weight %s are too few for a covariance of %d features, expected more rows than features and a weight above 1"
                            .formatted(sizes.rows(), name, sizes.weight(), features));
        }
    }

    /**
     * Returns the squared distance; NaN if drawn rows are not finite.
     *
     * @throws DataException as {@link #requireRows}
     */
    public double of(Shards rows, String description) {
        requireRows(rows, space.features(), "rows");
        PartitionSizes sizes = rows.sizes();
        long[] starts = LongStream.of(sizes.starts())
                .map(before -> sizes.rows() <= most ? before : (long) ((double) before / sizes.rows() * most))
                .toArray();
        double[] sums = rows.run(description, new Sums(this, starts)).sums();
        if (!DoubleStream.of(sums).allMatch(Double::isFinite)) {
            return Double.NaN;
        }
        double[] origin = new double[space.features()];
        int half = sums.length / 2;
        return FrechetDistance.between(
                FeatureMoments.of(origin, Arrays.copyOf(sums, half)),
                FeatureMoments.of(origin, Arrays.copyOfRange(sums, half, sums.length)));
    }

    /**
     * Computes the sums of the features of rows, followed by the same sums of drawn rows.
     *
     * @param starts index of the first row that each partition draws, then the total number
     */
    private record Sums(DrawnDistance distance, long[] starts) implements PartitionWork {
        @Override
        public int sums() {
            return 2 * FeatureMoments.length(distance.space.features());
        }

        @Override
        public PartitionResult run(int partition, PartitionRows rows) {
            UnaryOperator<FMatrixRMaj> space = distance.space.worker(BATCH);
            double[] origin = new double[distance.space.features()];
            FeatureMoments real = new FeatureMoments(origin);
            rows.forEachBatch(BATCH, (batch, weights) -> add(space.apply(batch), weights, real));
            FeatureMoments drawn = new FeatureMoments(origin);
            draw(starts[partition], starts[partition + 1], space, drawn);
            double[] sums = Arrays.copyOf(real.sums(), sums());
            System.arraycopy(drawn.sums(), 0, sums, sums.length / 2, sums.length / 2);
            return new PartitionResult(rows.weight(), new float[0], sums);
        }

        private static void add(FMatrixRMaj features, float[] weights, FeatureMoments moments) {
            for (int i = 0; i < features.numRows; i++) {
                moments.add(features.data, i * features.numCols, weights[i]);
            }
        }

        private void draw(long from, long to, UnaryOperator<FMatrixRMaj> space, FeatureMoments moments) {
            NetworkSampler sampler = distance.network.sampler(distance.seed);
            int width = distance.network.architecture().inputs();
            float[] weights = new float[BATCH];
            Arrays.fill(weights, 1);
            double[] row = new double[width];
            FMatrixRMaj batch = new FMatrixRMaj(BATCH, width);
            for (long first = from; first < to; first += BATCH) {
                batch.reshape((int) Math.min(BATCH, to - first), width);
                for (int i = 0; i < batch.numRows; i++) {
                    if (distance.noise) {
                        sampler.sample(first + i, row);
                    } else {
                        sampler.mean(first + i, row);
                    }
                    TableUnits.copy(row, batch.data, i * width);
                }
                add(space.apply(batch), weights, moments);
            }
        }
    }
}
