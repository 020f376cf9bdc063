package io.github.sparklatent.ml.network.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.linalg.FloatBlock;
import io.github.sparklatent.metrics.StructuralSimilarity;
import io.github.sparklatent.ml.columns.TableUnits;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.vae.HiddenLayer;
import io.github.sparklatent.vae.NetworkSampler;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Rows beside reconstructions and drawn rows, against what is known of small networks. */
class RowComparisonTest {
    private static final int WIDTH = 12;
    private static final double VARIANCE = 0.25;
    private static final ImageShape IMAGE = new ImageShape(1, 3, 4);
    private static final TrainedNetwork NETWORK = network(WIDTH, 5);

    /** Sums of doubles of a few hundred terms, in another order. */
    private static final double ORDER = 1e-11;

    private static TrainedNetwork network(int width, long seed) {
        Architecture architecture = new Architecture(
                width,
                null,
                2,
                List.of(new LayerSpec.Width(6)),
                List.of(new LayerSpec.Width(6)),
                Activation.TANH,
                Gaussian.fixed(width, VARIANCE),
                Initialization.HE_UNIFORM);
        return new TrainedNetwork(Kind.VARIATIONAL, architecture, architecture.initialize(Kind.VARIATIONAL, seed));
    }

    /** Draws the same row always, but for the noise. */
    private static TrainedNetwork constant(float... row) {
        TrainedNetwork start = network(row.length, 1);
        float[] parameters = start.parameters();
        for (Parameter p : start.architecture().parameters(Kind.VARIATIONAL)) {
            for (int i = 0; p.name().startsWith("decoder.1.") && i < p.length(); i++) {
                parameters[p.offset() + i] = p.name().endsWith(".weights") ? 0 : row[i];
            }
        }
        return new TrainedNetwork(Kind.VARIATIONAL, start.architecture(), parameters);
    }

    /** The rows themselves: the codes of an encoder that multiplies them by the identity. */
    private static RowComparison.Features same(int width) {
        Architecture architecture = new Architecture(
                width,
                null,
                width,
                List.of(),
                List.of(),
                Activation.TANH,
                Gaussian.fixed(width, 1),
                Initialization.HE_UNIFORM);
        float[] parameters = new float[architecture.parameterCount(Kind.AUTOENCODER)];
        for (int j = 0; j < width; j++) {
            parameters[j * width + j] = 1;
        }
        HiddenLayer codes = HiddenLayer.of(new TrainedNetwork(Kind.AUTOENCODER, architecture, parameters))
                .get(0);
        return new RowComparison.Features(codes, Scaling.none(), Scaling.none());
    }

    private static FMatrixRMaj rows(int count, int width) {
        FMatrixRMaj rows = new FMatrixRMaj(count, width);
        for (int i = 0; i < rows.getNumElements(); i++) {
            rows.data[i] = ((37 * i + 61 * (i / width)) % 64) / 64f;
        }
        return rows;
    }

    private static double distance(TrainedNetwork network, long most, boolean noise, Shards rows) {
        RowComparison.Draws draws = RowComparison.Draws.of(rows.sizes(), most, 7, noise);
        RowComparison.Features same = same(network.architecture().inputs());
        return (double) new RowComparison(network, ScoringOptions.DEFAULT, null, same, draws)
                .of(rows, "drawn")
                .get(RowComparison.FRECHET);
    }

    private static double perceptual(RowComparison.Features space, Shards rows) {
        return (double) new RowComparison(NETWORK, ScoringOptions.DEFAULT, null, space, null)
                .of(rows, "features")
                .get(RowComparison.PERCEPTUAL);
    }

    /** By hand: rows of mean (1, 2) and variances 8/3 and 2/3; of what is drawn there is one. */
    @Test
    void drawnRowsThatAreAllTheSameHaveNoVariance() {
        FMatrixRMaj rows = new FMatrixRMaj(4, 2, true, 3, 3, -1, 1, 1, 2, 1, 2);
        double found = distance(constant(4, -2), 100, false, InMemoryShards.of(rows, 2));
        assertThat(found).isCloseTo(9 + 16 + 8 / 3.0 + 2 / 3.0, within(ORDER));
    }

    /** Rows drawn by the same seed lie at no distance from themselves. */
    @Test
    void rowsOfTheSameDrawAreAtNoDistance() {
        int n = 300;
        FMatrixRMaj rows = new FMatrixRMaj(n, WIDTH);
        NetworkSampler sampler = NETWORK.sampler(7);
        double[] row = new double[WIDTH];
        for (int i = 0; i < n; i++) {
            sampler.sample(i, row);
            TableUnits.copy(row, rows.data, i * WIDTH);
        }
        // Traces of 2⁻⁵² their size, and the roots of the rounding of what is 0.
        for (int partitions : new int[] {1, 3, 8}) {
            assertThat(distance(NETWORK, 1000, true, InMemoryShards.of(rows, partitions)))
                    .isLessThan(1e-7);
        }
        assertThat(distance(NETWORK, 1000, false, InMemoryShards.of(rows, 3))).isGreaterThan(WIDTH * VARIANCE / 2);
    }

    /** Which rows are drawn does not depend on how the others lie. */
    @Test
    void partitionsDoNotMatterEmptyOnesNeither() {
        FMatrixRMaj rows = rows(90, WIDTH);
        double whole = distance(NETWORK, 40, true, InMemoryShards.of(rows, 1));
        for (int partitions : new int[] {3, 8, 100}) {
            assertThat(distance(NETWORK, 40, true, InMemoryShards.of(rows, partitions)))
                    .isCloseTo(whole, within(1e-9));
        }
    }

    @Test
    void rowsThatAreTooFewAreRefused() {
        Shards few = InMemoryShards.of(rows(12, WIDTH), 2);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> RowComparison.requireRows(few, 12, "rows"))
                .withMessage("12 rows of weight 12.0 are too few for a covariance of 12 features,"
                        + " expected more rows than features and a weight above 1");
        Shards light = weighted(rows(20, WIDTH), 0.03125f);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> RowComparison.requireRows(light, 2, "held-out rows"))
                .withMessageStartingWith("20 held-out rows of weight 0.625 are too few");
    }

    private static Shards weighted(FMatrixRMaj rows, float... weights) {
        float[] all = new float[rows.numRows];
        for (int i = 0; i < all.length; i++) {
            all[i] = weights[i % weights.length];
        }
        return new InMemoryShards(List.of(new PartitionRows(List.of(new FloatBlock(rows, all)))));
    }

    private static FMatrixRMaj restored(FMatrixRMaj rows) {
        FMatrixRMaj restored = new FMatrixRMaj(0, 0);
        NETWORK.scorer(rows.numRows, ScoringOptions.DEFAULT).reconstruct(rows, restored);
        return restored;
    }

    /** Σ w |x − x̃|² / Σ w |x − x̄|², row by row. */
    @Test
    void inTheRowsOwnSpaceTheDistanceIsTheErrorOverTheVariance() {
        FMatrixRMaj rows = rows(150, WIDTH);
        FMatrixRMaj restored = restored(rows);
        double[] mean = new double[WIDTH];
        double weight = 0;
        for (int i = 0; i < rows.numRows; i++) {
            weight += 1 + i % 2;
            for (int j = 0; j < WIDTH; j++) {
                mean[j] += (1 + i % 2) * rows.get(i, j);
            }
        }
        double error = 0;
        double variance = 0;
        for (int i = 0; i < rows.numRows; i++) {
            for (int j = 0; j < WIDTH; j++) {
                error += (1 + i % 2) * Math.pow((double) rows.get(i, j) - restored.get(i, j), 2);
                variance += (1 + i % 2) * Math.pow(rows.get(i, j) - mean[j] / weight, 2);
            }
        }
        assertThat(perceptual(same(WIDTH), weighted(rows, 1, 2))).isCloseTo(error / variance, within(ORDER));
        FMatrixRMaj alike = new FMatrixRMaj(3, WIDTH);
        assertThat(perceptual(same(WIDTH), InMemoryShards.of(alike, 1))).isNaN();
    }

    /** Whatever rounding makes of the spread of a layer's outputs, of which there is one row. */
    @Test
    void rowsOfTheSameFeaturesHaveNoDistance() {
        HiddenLayer layer = HiddenLayer.of(NETWORK).get(0);
        RowComparison.Features space = new RowComparison.Features(layer, Scaling.none(), Scaling.none());
        for (float value = 0.1f; value < 1; value += 0.1f) {
            FMatrixRMaj alike = new FMatrixRMaj(1000, WIDTH);
            Arrays.fill(alike.data, value);
            assertThat(perceptual(space, weighted(alike, 0.3f, 1.7f))).isNaN();
            alike.data[0] += 0.1f;
            assertThat(perceptual(space, weighted(alike, 0.3f, 1.7f))).isPositive();
        }
    }

    @Test
    void similarityIsTheMeanOverRowsInTheUnitsOfTheTable() {
        FMatrixRMaj rows = rows(150, WIDTH);
        for (int at = 0; at < rows.getNumElements(); at++) {
            rows.data[at] = 3 * rows.data[at] - 1; // held-out rows lie beyond the range of the training rows
        }
        FMatrixRMaj restored = restored(rows);
        double[] shift = new double[WIDTH];
        double[] factor = new double[WIDTH];
        for (int j = 0; j < WIDTH; j++) {
            shift[j] = 3;
            factor[j] = 0.0625;
        }
        Scaling scaling = Scaling.of(Scale.MINMAX, shift, factor);
        StructuralSimilarity naive = new StructuralSimilarity(1, 3, 4, 16);
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < rows.numRows; i++) {
            float[] first = new float[WIDTH];
            float[] second = new float[WIDTH];
            for (int j = 0; j < WIDTH; j++) {
                first[j] = (float) (rows.get(i, j) / factor[j] + 3);
                second[j] = (float) (restored.get(i, j) / factor[j] + 3);
            }
            sum += (1 + i % 2) * naive.of(first, 0, second, 0);
            weight += 1 + i % 2;
        }
        RowComparison.Images images = new RowComparison.Images(IMAGE, 16, scaling);
        assertThat(images.window()).isEqualTo(3);
        RowComparison comparison = new RowComparison(NETWORK, ScoringOptions.DEFAULT, images, null, null);
        Map<String, Object> metrics = comparison.of(weighted(rows, 1, 2), "images");
        assertThat(metrics).containsOnlyKeys(RowComparison.SIMILARITY);
        assertThat((double) metrics.get(RowComparison.SIMILARITY)).isCloseTo(sum / weight, within(ORDER));
    }

    @Test
    void aNetworkSeesRowsAsItWasTrainedOnThem() {
        HiddenLayer layer = HiddenLayer.of(NETWORK).get(0);
        FMatrixRMaj rows = rows(20, WIDTH);
        FMatrixRMaj doubled = rows.copy();
        double[] factor = new double[WIDTH];
        for (int j = 0; j < WIDTH; j++) {
            factor[j] = 2;
        }
        for (int i = 0; i < doubled.getNumElements(); i++) {
            doubled.data[i] *= 2;
        }
        Scaling twice = Scaling.of(Scale.STANDARD, new double[WIDTH], factor);
        List<FMatrixRMaj> found = new ArrayList<>();
        found.add(layer.worker(20).apply(rows).copy());
        found.add(new RowComparison.Features(layer, Scaling.none(), Scaling.none())
                .worker(20)
                .apply(rows)
                .copy());
        found.add(new RowComparison.Features(layer, twice, Scaling.none())
                .worker(20)
                .apply(doubled)
                .copy());
        found.add(new RowComparison.Features(layer, twice, twice)
                .worker(20)
                .apply(rows)
                .copy());
        Scaling unit = Scaling.of(Scale.UNIT, new double[0], new double[0]);
        found.add(new RowComparison.Features(layer, unit, unit)
                .worker(20)
                .apply(rows)
                .copy());
        assertThat(found).allSatisfy(f -> assertThat(f.data).containsExactly(found.get(0).data));
        FMatrixRMaj normalized = rows.copy();
        double[] row = new double[WIDTH];
        for (int i = 0; i < rows.numRows; i++) {
            TableUnits.of(Scaling.none(), rows, i, row);
            unit.apply(row, 0, WIDTH);
            TableUnits.copy(row, normalized.data, i * WIDTH);
        }
        assertThat(new RowComparison.Features(layer, Scaling.none(), unit)
                        .worker(20)
                        .apply(rows)
                        .data)
                .containsExactly(layer.worker(20).apply(normalized).data)
                .isNotEqualTo(found.get(0).data);
    }
}
