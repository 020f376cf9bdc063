package io.github.sparklatent.bench.useful;

import io.github.sparklatent.bench.training.InMemory;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Categorical;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.Poisson;
import io.github.sparklatent.vae.NetworkSampler;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * A table of customers of a shop: age, logarithm of the money spent, number of visits, and one of four ways to pay. All
 * columns depend on a type of customer that is not in the table.
 */
final class MixedTable {
    static final int ROWS = 4000;

    private static final int WIDTH = 7;
    private static final int NUMBERS = 2;
    private static final int COUNT = 2;
    private static final int CATEGORIES = 3;
    private static final double EPOCHS = 150;

    /** Mean age and its deviation, mean spent and its deviation, and visits of each type. */
    private static final double[][] TYPES = {{-1, 0.4, -0.6, 0.5, 1.5}, {0, 0.5, 0.9, 0.4, 4}, {1.3, 0.5, 0.1, 0.8, 9}};

    private static final double[][] PAYS = {{0.1, 0.2, 0.65, 0.05}, {0.15, 0.7, 0.1, 0.05}, {0.7, 0.2, 0.02, 0.08}};

    private MixedTable() {}

    /** Draws customers. */
    static FMatrixRMaj draw(long seed) {
        FMatrixRMaj rows = new FMatrixRMaj(ROWS, WIDTH);
        for (int i = 0; i < ROWS; i++) {
            RandomGenerator random = RandomStreams.of(seed, Purpose.NOISE, i);
            int type = random.nextInt(TYPES.length);
            double[] of = TYPES[type];
            rows.set(i, 0, (float) (of[0] + of[1] * random.nextGaussian()));
            rows.set(i, 1, (float) (of[2] + of[3] * random.nextGaussian()));
            rows.set(i, COUNT, poisson(of[4], random));
            rows.set(i, CATEGORIES + chosen(PAYS[type], random), 1);
        }
        return rows;
    }

    /** Draws by the product of uniform numbers (Knuth 1997, section 3.4.1). */
    private static int poisson(double mean, RandomGenerator random) {
        int count = 0;
        double product = random.nextDouble();
        while (product > Math.exp(-mean)) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    private static int chosen(double[] shares, RandomGenerator random) {
        double left = random.nextDouble();
        int chosen = 0;
        while (chosen < shares.length - 1 && left >= shares[chosen]) {
            left -= shares[chosen++];
        }
        return chosen;
    }

    /** Trains a network on rows and draws as many rows from it. */
    static FMatrixRMaj generated(FMatrixRMaj rows, long seed) {
        List<LayerSpec> layers = List.of(new LayerSpec.Width(64), new LayerSpec.Width(64));
        Architecture architecture = new Architecture(
                WIDTH,
                null,
                4,
                layers,
                layers,
                Activation.RELU,
                new Composite(List.of(
                        Composite.Group.from(0, Gaussian.perOutput(NUMBERS, 1e-3)),
                        Composite.Group.from(COUNT, new Poisson(1)),
                        Composite.Group.from(CATEGORIES, new Categorical(4)))),
                Initialization.HE_UNIFORM);
        TrainedNetwork network = InMemory.train(
                Kind.VARIATIONAL,
                architecture,
                new VariationalObjective(architecture, VariationalOptions.DEFAULT),
                rows,
                EPOCHS,
                64,
                seed);
        NetworkSampler sampler = network.sampler(seed);
        FMatrixRMaj drawn = new FMatrixRMaj(ROWS, WIDTH);
        double[] values = new double[WIDTH];
        for (int i = 0; i < ROWS; i++) {
            sampler.sample(i, values);
            for (int j = 0; j < WIDTH; j++) {
                drawn.set(i, j, (float) values[j]);
            }
        }
        return drawn;
    }

    /** Distances of the columns of two tables with the same number of rows. */
    static Map<String, Double> distances(FMatrixRMaj a, FMatrixRMaj b) {
        Map<String, Double> distances = new TreeMap<>();
        distances.put("age (number)", kolmogorovSmirnov(column(a, 0), column(b, 0)));
        distances.put("spent (number)", kolmogorovSmirnov(column(a, 1), column(b, 1)));
        distances.put("visits (count)", variation(column(a, COUNT), column(b, COUNT)));
        distances.put("payment (category)", variation(category(a), category(b)));
        return distances;
    }

    private static double[] column(FMatrixRMaj rows, int column) {
        double[] values = new double[rows.numRows];
        Arrays.setAll(values, i -> rows.get(i, column));
        return values;
    }

    private static double[] category(FMatrixRMaj rows) {
        double[] values = new double[rows.numRows];
        for (int i = 0; i < values.length; i++) {
            for (int k = 0; k < WIDTH - CATEGORIES; k++) {
                values[i] += k * rows.get(i, CATEGORIES + k);
            }
        }
        return values;
    }

    /** Greatest difference of the two distribution functions. */
    private static double kolmogorovSmirnov(double[] a, double[] b) {
        Arrays.sort(a);
        Arrays.sort(b);
        double greatest = 0;
        int j = 0;
        for (int i = 0; i < a.length; i++) {
            while (j < b.length && b[j] <= a[i]) {
                j++;
            }
            double behind = Math.abs((double) i / a.length - (double) j / b.length);
            double at = Math.abs((i + 1.0) / a.length - (double) j / b.length);
            greatest = Math.max(greatest, Math.max(behind, at));
        }
        return greatest;
    }

    /** Total variation: half the sum of the differences of the shares of each value. */
    private static double variation(double[] a, double[] b) {
        Map<Double, Double> difference = new TreeMap<>();
        for (double value : a) {
            difference.merge(value, 1.0 / a.length, Double::sum);
        }
        for (double value : b) {
            difference.merge(value, -1.0 / b.length, Double::sum);
        }
        return difference.values().stream().mapToDouble(Math::abs).sum() / 2;
    }
}
