package io.github.sparklatent.mixture;

import io.github.sparklatent.gmm.em.MixtureRepair;
import io.github.sparklatent.gmm.model.ConditionalMixture;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.model.MixtureSampler;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.Block;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Draws rows of a mixture, or the other cells of rows of which some are given:
 *
 * <pre>
 *   p(x_f | x_g) = Σ_k p(k | x_g) p(x_f | x_g, k)
 * </pre>
 *
 * Within a component, only the Gaussian columns depend on given ones. Each row is a function of the seed and of its
 * index. Cells are missing at the shares of the component, if any were missing in the rows of the training.
 */
public final class MixedSampler implements Serializable {
    /** Draws of which one is chosen, if cells are given. */
    private static final int DRAWS = 64;

    /** Draws that weigh all components. */
    private static final int MAX_DRAWS = 4096;

    private final MixedMixture mixture;
    private final double[] given;
    private final double[] weights;
    private final MixtureSampler gaussian;

    /** Columns that the Gaussian sampler draws. */
    private final int[] numbers;

    private final long seed;
    private final boolean isComplete;

    /** Whether a row has cells besides those of the Gaussian sampler, or may miss some. */
    private final boolean hasOthers;

    /** Creates a sampler of whole rows. */
    public MixedSampler(MixedMixture mixture, long seed) {
        this(mixture, new double[0], mixture.weights(), sampler(mixture.gaussian(), seed), seed, false);
    }

    private MixedSampler(
            MixedMixture mixture,
            double[] given,
            double[] weights,
            MixtureSampler gaussian,
            long seed,
            boolean isComplete) {
        this.isComplete = isComplete;
        this.mixture = mixture;
        this.given = given;
        this.weights = weights;
        this.seed = seed;
        this.gaussian = gaussian;
        this.hasOthers = mixture.columns().gaussian().length < mixture.columns().size()
                || !isComplete && Arrays.stream(mixture.missing().shares().data).anyMatch(share -> share > 0);
        this.numbers =
                Arrays.stream(mixture.columns().gaussian()).filter(this::isFree).toArray();
    }

    /**
     * Creates a sampler of rows with given cells.
     *
     * @param given d numbers, NaN where no value is given. Not modified.
     * @throws IllegalArgumentException if no value or every value is given
     * @throws DataException if the values have no density under any component
     */
    public static MixedSampler given(MixedMixture mixture, double[] given, long seed) {
        Require.size("given values", given.length, mixture.columns().size());
        Require.that(!Arrays.stream(given).allMatch(Double::isNaN), "no value is given");
        Require.that(Arrays.stream(given).anyMatch(Double::isNaN), "every value is given, so none is left to draw");
        if (mixture.chain() != null) {
            return chainGiven(mixture, given, seed);
        }
        DMatrixRMaj responsibilities = new DMatrixRMaj(0, 0);
        double[] logDensity = new double[1];
        // A cell that is not given is not known to be missing.
        new MixedDensity(mixture.with(MissingShares.none(mixture.components(), given.length)))
                .assigner()
                .assign(Block.of(DMatrixRMaj.wrap(1, given.length, given.clone())), responsibilities, logDensity);
        requireDensity(logDensity[0]);
        return new MixedSampler(
                mixture,
                given.clone(),
                mixture.missing().isInformative()
                        ? observed(mixture, responsibilities.data, given)
                        : responsibilities.data.clone(),
                sampler(numbersGiven(mixture, given), seed),
                seed,
                false);
    }

    private static void requireDensity(double log) {
        if (!Double.isFinite(log)) {
            throw new DataException("the given values are impossible or too far from every component for their"
                    + " densities to be compared: give values as in the rows of the"
                    + " training");
        }
    }

    /** Weighs the components by the mean density of the given cells in draws of the others. */
    private static MixedSampler chainGiven(MixedMixture mixture, double[] given, long seed) {
        MixedSampler sampler = new MixedSampler(mixture, given.clone(), mixture.weights(), null, seed, false);
        double[] weights = new double[mixture.components()];
        int draws = Math.max(DRAWS, MAX_DRAWS / weights.length);
        for (int k = 0; k < weights.length; k++) {
            RandomGenerator random = RandomStreams.of(seed, Purpose.COMPONENT_DRAW, k);
            for (int draw = 0; draw < draws; draw++) {
                weights[k] += mixture.weight(k) * sampler.chainedOnce(given.clone(), k, random);
            }
        }
        double total = DoubleStream.of(weights).sum();
        requireDensity(StrictMath.log(total));
        double[] shares = DoubleStream.of(weights).map(weight -> weight / total).toArray();
        return new MixedSampler(mixture, sampler.given, shares, null, seed, false);
    }

    /** Returns the responsibilities after it is known that the given cells are not missing. */
    private static double[] observed(MixedMixture mixture, double[] responsibilities, double[] given) {
        double[] weights = responsibilities.clone();
        for (int k = 0; k < weights.length; k++) {
            for (int j = 0; j < given.length; j++) {
                weights[k] *= Double.isNaN(given[j])
                        ? 1
                        : 1 - mixture.missing().shares().get(k, j);
            }
        }
        double total = DoubleStream.of(weights).sum();
        return DoubleStream.of(weights).map(weight -> weight / total).toArray();
    }

    /** Returns a sampler of the same rows without missing cells. */
    public MixedSampler complete() {
        return new MixedSampler(mixture, given, weights, gaussian, seed, true);
    }

    /** Returns the sampler of the free Gaussian columns; null if there are none. */
    private static MixtureSampler sampler(MixtureParameters numbers, long seed) {
        return numbers == null ? null : new MixtureSampler(numbers, seed);
    }

    /** Returns the distribution of the free Gaussian columns; null if there are none. */
    private static MixtureParameters numbersGiven(MixedMixture mixture, double[] given) {
        double[] ofNumbers = IntStream.of(mixture.columns().gaussian())
                .mapToDouble(j -> given[j])
                .toArray();
        long free = Arrays.stream(ofNumbers).filter(Double::isNaN).count();
        if (free == 0 || free == ofNumbers.length) {
            return free == 0 ? null : mixture.gaussian();
        }
        MixtureParameters conditional =
                ConditionalMixture.of(mixture.gaussian(), ofNumbers).mixture();
        // A conditional covariance can lose its last digits where the whole one is just usable.
        return MixtureRepair.of(conditional, new ArrayList<>());
    }

    private boolean isFree(int column) {
        return given.length == 0 || Double.isNaN(given[column]);
    }

    public int component(long index) {
        return MixtureSampler.component(weights, seed, index);
    }

    /**
     * Draws the columns of a chain. With given cells, draws are weighted by the density of these, and one of them is
     * chosen by its weight (Rubin 1988).
     */
    private void chained(double[] row, int component, RandomGenerator random) {
        double sum = 0;
        for (int draw = 0; draw < (given.length == 0 ? 1 : DRAWS); draw++) {
            double[] drawn = given.length == 0 ? row : given.clone();
            double weight = chainedOnce(drawn, component, random);
            sum += weight;
            if (draw == 0 || random.nextDouble() * sum < weight) {
                System.arraycopy(drawn, 0, row, 0, row.length);
            }
        }
    }

    /** Draws the columns that are not given, and returns the density of the others. */
    private double chainedOnce(double[] row, int component, RandomGenerator random) {
        int[] codes = new int[row.length + 1];
        codes[0] = component;
        double log = 0;
        for (int j : mixture.chain().order()) {
            MixedColumns.Column column = mixture.columns().get(j);
            if (!isFree(j)) {
                codes[j + 1] = column.code(row[j]);
                log += mixture.chain().logDensity(j, codes);
                continue;
            }
            int code = mixture.chain().draw(j, codes, isComplete, random);
            codes[j + 1] = code;
            row[j] = code == column.levels()
                    ? Double.NaN
                    : column.bins() == null ? code : column.bins().draw(code, random);
        }
        return StrictMath.exp(log);
    }

    /** Returns the row with this index from a given component, d numbers. */
    public double[] row(long index, int component) {
        MixedColumns columns = mixture.columns();
        double[] row = given.length == 0 ? new double[columns.size()] : given.clone();
        if (gaussian != null) {
            double[] drawn = gaussian.row(index, component);
            for (int j = 0; j < drawn.length; j++) {
                row[numbers[j]] = drawn[j];
            }
        }
        if (!hasOthers) {
            return row;
        }
        RandomGenerator random = RandomStreams.of(seed, Purpose.CELLS, index);
        if (mixture.chain() != null) {
            chained(row, component, random);
            return row;
        }
        int[] discrete = columns.discrete();
        for (int t = 0; t < discrete.length; t++) {
            if (isFree(discrete[t])) {
                double[] own = MixedMixture.row(mixture.discrete().get(t), component);
                row[discrete[t]] = DiscreteCells.draw(columns.get(discrete[t]), own, random);
            }
        }
        int[] student = columns.student();
        for (int t = 0; t < student.length; t++) {
            if (isFree(student[t])) {
                double[] own = MixedMixture.row(mixture.student().get(t), component);
                row[student[t]] = StudentCells.draw(own, random);
            }
        }
        for (int j = 0; j < row.length && !isComplete; j++) {
            double share = mixture.missing().shares().get(component, j);
            if (share > 0 && isFree(j) && random.nextDouble() < share) {
                row[j] = Double.NaN;
            }
        }
        return row;
    }
}
