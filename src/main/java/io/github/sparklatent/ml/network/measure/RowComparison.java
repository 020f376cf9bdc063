package io.github.sparklatent.ml.network.measure;

import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionSizes;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.metrics.FeatureMoments;
import io.github.sparklatent.metrics.FrechetDistance;
import io.github.sparklatent.metrics.StructuralSimilarity;
import io.github.sparklatent.ml.columns.TableUnits;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.vae.HiddenLayer;
import io.github.sparklatent.vae.NetworkSampler;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Compares rows x with their reconstructions x̃ and with rows that a trained network draws, in one traversal of the
 * rows. f is a feature space, w_i the weight of row i.
 *
 * <ul>
 *   <li>{@link #SIMILARITY}: the mean {@link StructuralSimilarity} of images and their reconstructions, in the units of
 *       the table.
 *   <li>{@link #FRECHET}: the squared {@link FrechetDistance} between f of the rows and f of as many drawn rows; NaN if
 *       drawn rows are not finite. The drawn rows are the first rows of a seed, for any number of partitions. Each
 *       partition draws a number proportional to its rows. Features are floats, so sums of squares in double precision
 *       lose little compared with the rounding to floats, and no origin near the rows is needed. A task and the driver
 *       each hold m² numbers, where m is the number of features.
 *   <li>{@link #PERCEPTUAL}: how far reconstructions are from their rows (Larsen et al. 2016, section 2.3; here the
 *       network f is trained separately), as a share of the squared distance between f(x) and its mean f̄ over all
 *       rows; NaN if all rows have the same features:
 *       <pre>
 *         Σ_i w_i |f(x_i) − f(x̃_i)|² / Σ_i w_i |f(x_i) − f̄|²
 *       </pre>
 *       If the share is 0, the layer has the same features for all rows and their reconstructions. If it is 1, the
 *       reconstructions are no better than a row that has the mean features. The share can be compared between layers
 *       of different width and scale, but not between networks.
 * </ul>
 *
 * @param network the network that reconstructs and draws rows
 * @param options options with which it reconstructs rows
 * @param images the images in the rows; null: no similarity
 * @param space f; null: no distances
 * @param draws how rows are drawn; null: no Fréchet distance
 */
public record RowComparison(TrainedNetwork network, ScoringOptions options, Images images, Features space, Draws draws)
        implements PartitionWork {
    /** Names of the measures. */
    public static final String SIMILARITY = "ssim";

    public static final String FRECHET = "frechetDistance";
    public static final String PERCEPTUAL = "perceptualDistance";

    private static final int BATCH = 128;
    private static final int WEIGHT = 0;
    private static final int SIMILARITIES = 1;
    private static final int DIFFERENCES = 2;
    private static final int SQUARES = 3;

    /**
     * Index of the first of the sums Σ_i w_i f(x_i), one for each feature. The moments of the rows and of the drawn
     * rows follow.
     */
    private static final int MEANS = 4;

    /**
     * If Σ_i w_i |f(x_i) − f̄|² is below this share of Σ_i w_i |f(x_i)|², it is only a rounding error: features are
     * floats, and their deviations from the mean would be a millionth of the features.
     */
    private static final double NO_SPREAD = 1e-12;

    /**
     * The feature space of a hidden layer of a trained network, for the rows of another model. The scaling of that
     * model is undone and the scaling of the network is applied.
     *
     * @param from scaling of the rows; unit scaling only for a network of such rows, because it cannot be undone
     * @param to scaling of the network's own rows
     */
    public record Features(HiddenLayer layer, Scaling from, Scaling to) implements Serializable {
        /** Returns m, the number of features. */
        public int features() {
            return layer.outputs();
        }

        /** Returns a function as {@link HiddenLayer#worker} does. */
        public UnaryOperator<FMatrixRMaj> worker(int maxRows) {
            UnaryOperator<FMatrixRMaj> worker = layer.worker(maxRows);
            if (from.kind() == to.kind()
                    && Arrays.equals(from.shift(), to.shift())
                    && Arrays.equals(from.factor(), to.factor())) {
                return worker;
            }
            FMatrixRMaj rescaled = new FMatrixRMaj(maxRows, layer.inputs());
            double[] row = new double[layer.inputs()];
            return rows -> {
                rescaled.reshape(rows.numRows, rows.numCols);
                for (int i = 0; i < rows.numRows; i++) {
                    TableUnits.of(from, rows, i, row);
                    to.apply(row, 0, row.length);
                    TableUnits.copy(row, rescaled.data, i * row.length);
                }
                return worker.apply(rescaled);
            };
        }
    }

    /**
     * The images in rows.
     *
     * @param range range of the images' values
     * @param scaling scaling of the rows, which is undone; unit scaling is not allowed because it cannot be undone
     */
    public record Images(ImageShape shape, double range, Scaling scaling) implements Serializable {
        /** Returns the side of the window in pixels. */
        public int window() {
            return similarity().windowSize();
        }

        private StructuralSimilarity similarity() {
            return new StructuralSimilarity(shape.channels(), shape.height(), shape.width(), range);
        }
    }

    /**
     * The rows that are drawn.
     *
     * @param starts index of the first row that each partition draws, then the total number
     * @param noise whether rows are drawn from the likelihood; else they are its mean
     */
    public record Draws(long[] starts, long seed, boolean noise) implements Serializable {
        /** Returns as many rows as the partitions have, but {@code most} at most, which is at least 2. */
        public static Draws of(PartitionSizes sizes, long most, long seed, boolean noise) {
            long[] starts = LongStream.of(sizes.starts())
                    .map(before -> sizes.rows() <= most ? before : (long) ((double) before / sizes.rows() * most))
                    .toArray();
            return new Draws(starts, seed, noise);
        }

        /** Returns the number of all rows that are drawn. */
        public long count() {
            return starts[starts.length - 1];
        }
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
     * Returns the metrics by name, in the order above.
     *
     * @param rows {@link #requireRows enough} if rows are drawn, in the partitions of {@code draws}
     */
    public Map<String, Object> of(Shards rows, String description) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        if (images == null && space == null) {
            return metrics;
        }
        double[] sums = rows.run(description, this).sums();
        if (images != null) {
            metrics.put(SIMILARITY, sums[SIMILARITIES] / sums[WEIGHT]);
        }
        if (draws != null) {
            metrics.put(FRECHET, distance(sums));
        }
        if (space != null && network.kind().hasEncoder()) {
            double spread = sums[SQUARES];
            for (int j = MEANS; j < MEANS + space.features(); j++) {
                spread -= sums[j] * sums[j] / sums[WEIGHT];
            }
            double share = spread > NO_SPREAD * sums[SQUARES] ? sums[DIFFERENCES] / spread : Double.NaN;
            metrics.put(PERCEPTUAL, share);
        }
        return metrics;
    }

    private double distance(double[] sums) {
        double[] origin = new double[space.features()];
        int drawn = sums.length - FeatureMoments.length(origin.length);
        int real = MEANS + origin.length;
        if (!DoubleStream.of(sums).skip(real).allMatch(Double::isFinite)) {
            return Double.NaN;
        }
        return FrechetDistance.between(
                FeatureMoments.of(origin, Arrays.copyOfRange(sums, real, drawn)),
                FeatureMoments.of(origin, Arrays.copyOfRange(sums, drawn, sums.length)));
    }

    @Override
    public int sums() {
        int features = space == null ? 0 : space.features();
        return MEANS + features + (draws == null ? 0 : 2 * FeatureMoments.length(features));
    }

    @Override
    public PartitionResult run(int partition, PartitionRows rows) {
        NetworkScorer scorer = network.kind().hasEncoder() ? network.scorer(BATCH, options) : null;
        UnaryOperator<FMatrixRMaj> features = space == null ? null : space.worker(BATCH);
        StructuralSimilarity similarity = images == null ? null : images.similarity();
        FeatureMoments real = draws == null ? null : new FeatureMoments(new double[space.features()]);
        FMatrixRMaj restored = new FMatrixRMaj(0, 0);
        FMatrixRMaj original = new FMatrixRMaj(0, 0);
        double[] sums = new double[sums()];
        rows.forEachBatch(BATCH, (batch, weights) -> {
            for (int i = 0; i < batch.numRows; i++) {
                sums[WEIGHT] += weights[i];
            }
            if (scorer != null) {
                scorer.reconstruct(batch, restored);
            }
            if (similarity != null) {
                addSimilarities(similarity, batch, restored, weights, sums);
            }
            if (features != null) {
                original.setTo(features.apply(batch));
            }
            if (real != null) {
                add(original, weights, real);
            }
            if (features != null && scorer != null) {
                addDifferences(original, features.apply(restored), weights, sums);
            }
        });
        if (real != null) {
            FeatureMoments drawn = new FeatureMoments(new double[space.features()]);
            draw(draws.starts[partition], draws.starts[partition + 1], features, drawn);
            int length = real.sums().length;
            System.arraycopy(real.sums(), 0, sums, sums.length - 2 * length, length);
            System.arraycopy(drawn.sums(), 0, sums, sums.length - length, length);
        }
        return new PartitionResult(rows.weight(), new float[0], sums);
    }

    private void addSimilarities(
            StructuralSimilarity similarity, FMatrixRMaj batch, FMatrixRMaj restored, float[] weights, double[] sums) {
        float[] first = new float[batch.numCols];
        float[] second = new float[batch.numCols];
        double[] row = new double[batch.numCols];
        for (int i = 0; i < batch.numRows; i++) {
            TableUnits.of(images.scaling, batch, i, row);
            TableUnits.copy(row, first, 0);
            TableUnits.of(images.scaling, restored, i, row);
            TableUnits.copy(row, second, 0);
            sums[SIMILARITIES] += weights[i] * similarity.of(first, 0, second, 0);
        }
    }

    private static void addDifferences(FMatrixRMaj original, FMatrixRMaj restored, float[] weights, double[] sums) {
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
            sums[DIFFERENCES] += weights[i] * differences;
            sums[SQUARES] += weights[i] * squares;
        }
    }

    private static void add(FMatrixRMaj features, float[] weights, FeatureMoments moments) {
        for (int i = 0; i < features.numRows; i++) {
            moments.add(features.data, i * features.numCols, weights[i]);
        }
    }

    private void draw(long from, long to, UnaryOperator<FMatrixRMaj> features, FeatureMoments moments) {
        NetworkSampler sampler = network.sampler(draws.seed);
        int width = network.architecture().inputs();
        float[] weights = new float[BATCH];
        Arrays.fill(weights, 1);
        double[] row = new double[width];
        FMatrixRMaj batch = new FMatrixRMaj(BATCH, width);
        for (long first = from; first < to; first += BATCH) {
            batch.reshape((int) Math.min(BATCH, to - first), width);
            for (int i = 0; i < batch.numRows; i++) {
                if (draws.noise) {
                    sampler.sample(first + i, row);
                } else {
                    sampler.mean(first + i, row);
                }
                TableUnits.copy(row, batch.data, i * width);
            }
            add(features.apply(batch), weights, moments);
        }
    }
}
