package io.github.sparklatent.mixture;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.LogSumExp;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.ColumnChains.ChainDraw;
import io.github.sparklatent.mixture.gaussian.ConditionalMixture;
import io.github.sparklatent.mixture.gaussian.MixtureFactors;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.gaussian.MixtureRepair;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
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
 * Within a component, only the Gaussian columns and those of chains depend on given ones. Each row is a function of the
 * seed and of its index. Cells are missing at the shares of the component, if any were missing in the rows of the
 * training.
 */
public final class MixedSampler implements Serializable {
    /** Draws of which one is chosen, if cells are given. */
    public static final int DRAWS = 64;

    /** Draws that each chain is weighed by. */
    private static final int TRIALS = 1024;

    private final MixedMixture mixture;
    private final double[] given;
    private final double[] weights;

    /** Draws of the free Gaussian columns; null if there are none. */
    private final GaussianDraws gaussian;

    /** Free Gaussian columns. */
    private final int[] numbers;

    private final long seed;
    private final boolean isComplete;

    /** Whether a row has cells besides Gaussian ones, or may miss some. */
    private final boolean hasOthers;

    private static GaussianDraws draws(MixtureParameters numbers) {
        return numbers == null ? null : new GaussianDraws(numbers);
    }

    /** Creates a sampler of whole rows. */
    public MixedSampler(MixedMixture mixture, long seed) {
        this(mixture, new double[0], shares(mixture), draws(mixture.gaussian()), seed, false);
    }

    /** Returns the weights of the components or, if there is one with chains, those of the chains. */
    private static double[] shares(MixedMixture mixture) {
        return mixture.chains() == null
                ? mixture.weights()
                : mixture.chains().chains().stream()
                        .mapToDouble(chain -> 1.0 / mixture.chains().chains().size())
                        .toArray();
    }

    private MixedSampler(
            MixedMixture mixture,
            double[] given,
            double[] weights,
            GaussianDraws gaussian,
            long seed,
            boolean isComplete) {
        this.isComplete = isComplete;
        this.mixture = mixture;
        this.given = given;
        this.weights = weights;
        this.seed = seed;
        this.gaussian = gaussian;
        this.hasOthers = mixture.columns().gaussian().length < mixture.columns().size()
                || !isComplete && Arrays.stream(mixture.missing().data).anyMatch(share -> share > 0);
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
        if (mixture.chains() != null) {
            return chainGiven(mixture, given, seed);
        }
        DMatrixRMaj responsibilities = new DMatrixRMaj(0, 0);
        requireDensity(assign(new MixedDensity(mixture), given, responsibilities));
        return given(mixture, given, responsibilities.data.clone(), seed);
    }

    private static MixedSampler given(MixedMixture mixture, double[] given, double[] weights, long seed) {
        return new MixedSampler(
                mixture, given.clone(), weights, draws(numbersGiven(mixture, given, weights)), seed, false);
    }

    /** Computes the responsibilities of a row, and returns its log density. */
    private static double assign(MixedDensity density, double[] row, DMatrixRMaj responsibilities) {
        double[] logDensity = new double[1];
        density.assigner().assign(Block.of(DMatrixRMaj.wrap(1, row.length, row.clone())), responsibilities, logDensity);
        return logDensity[0];
    }

    /**
     * Draws the missing cells of a row from their distribution given the others. If these have no density under any
     * component, they are drawn as if none was given.
     *
     * @param density of a mixture without chains
     * @param row d numbers, NaN where a value is missing. Not modified.
     * @param draws number of rows to return
     */
    public static double[][] complete(MixedDensity density, double[] row, int draws, long seed) {
        long missing = Arrays.stream(row).filter(Double::isNaN).count();
        DMatrixRMaj responsibilities = new DMatrixRMaj(0, 0);
        boolean isGiven =
                0 < missing && missing < row.length && Double.isFinite(assign(density, row, responsibilities));
        MixedSampler sampler = isGiven
                ? given(density.mixture(), row, responsibilities.data.clone(), seed)
                        .complete()
                : new MixedSampler(density.mixture(), seed).complete();
        double[][] rows = new double[draws][];
        for (int i = 0; i < draws; i++) {
            rows[i] = row.clone();
            double[] drawn = missing > 0 ? sampler.row(i, sampler.component(i)) : row;
            Arrays.setAll(rows[i], j -> Double.isNaN(row[j]) ? drawn[j] : row[j]);
        }
        return rows;
    }

    private static void requireDensity(double log) {
        if (!Double.isFinite(log)) {
            throw new DataException(
                    "the given values are impossible or too far from every component for their densities to be compared: give values as in the rows of the training");
        }
    }

    /** Weighs the chains by the density of the given cells. */
    private static MixedSampler chainGiven(MixedMixture mixture, double[] given, long seed) {
        double[] logs = IntStream.range(0, mixture.chains().chains().size())
                .mapToDouble(chain -> trial(mixture, given, chain, seed).logDensity())
                .toArray();
        double log = LogSumExp.of(logs);
        requireDensity(log);
        double[] weights =
                DoubleStream.of(logs).map(own -> StrictMath.exp(own - log)).toArray();
        return new MixedSampler(mixture, given.clone(), weights, null, seed, false);
    }

    private static ChainDraw trial(MixedMixture mixture, double[] given, int chain, long seed) {
        return draw(mixture, chain, given, TRIALS, false, RandomStreams.of(seed, Purpose.TREES, chain, 1));
    }

    private static ChainDraw draw(
            MixedMixture mixture, int chain, double[] given, int draws, boolean isComplete, RandomGenerator random) {
        ColumnChains chains = mixture.chains();
        return new ChainDraw(
                mixture.columns(), chains.chains().get(chain), chains.prior(), given, draws, isComplete, random);
    }

    /**
     * Returns how many of the {@value DRAWS} draws that each row is chosen from count, on average: few do if the given
     * cells are rare. Empty without chains or given cells: then rows are drawn from their exact distribution.
     */
    public OptionalDouble effectiveDraws() {
        return mixture.chains() == null || given.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(IntStream.range(0, weights.length)
                        .mapToDouble(chain -> weights[chain]
                                * trial(mixture, given, chain, seed).effective()
                                * DRAWS
                                / TRIALS)
                        .sum());
    }

    /** Returns a sampler of the same rows without missing cells. */
    public MixedSampler complete() {
        return new MixedSampler(mixture, given, weights, gaussian, seed, true);
    }

    /** Returns the distribution of the free Gaussian columns; null if there are none. */
    private static MixtureParameters numbersGiven(MixedMixture mixture, double[] given, double[] weights) {
        double[] ofNumbers = mixture.columns().gaussian(given);
        long free = Arrays.stream(ofNumbers).filter(Double::isNaN).count();
        if (free == 0 || free == ofNumbers.length) {
            return free == 0 ? null : mixture.gaussian();
        }
        MixtureParameters conditional = ConditionalMixture.of(mixture.gaussian(), ofNumbers, weights);
        // A conditional covariance can lose its last digits where the whole one is just usable.
        return MixtureRepair.of(conditional, new ArrayList<>());
    }

    private boolean isFree(int column) {
        return given.length == 0 || Double.isNaN(given[column]);
    }

    public int component(long index) {
        return mixture.chains() != null ? 0 : drawn(weights, seed, index);
    }

    /** Returns the row with this index from a given component, d numbers. */
    public double[] row(long index, int component) {
        MixedColumns columns = mixture.columns();
        double[] row = given.length == 0 ? new double[columns.size()] : given.clone();
        if (gaussian != null) {
            double[] drawn = gaussian.row(component, RandomStreams.of(seed, Purpose.NOISE, index));
            for (int j = 0; j < drawn.length; j++) {
                row[numbers[j]] = drawn[j];
            }
        }
        if (!hasOthers) {
            return row;
        }
        RandomGenerator random = RandomStreams.of(seed, Purpose.CELLS, index);
        if (mixture.chains() != null) {
            if (given.length == 0) {
                Arrays.fill(row, Double.NaN);
            }
            int chain = drawn(weights, seed, index);
            return draw(mixture, chain, row, given.length == 0 ? 1 : DRAWS, isComplete, random)
                    .row(random);
        }
        int[] discrete = columns.discrete();
        for (int t = 0; t < discrete.length; t++) {
            if (isFree(discrete[t])) {
                double[] own = Rows.row(mixture.discrete().get(t), component);
                row[discrete[t]] = DiscreteCells.draw(columns.get(discrete[t]), own, random);
            }
        }
        int[] student = columns.student();
        for (int t = 0; t < student.length; t++) {
            if (isFree(student[t])) {
                double[] own = Rows.row(mixture.student().get(t), component);
                row[student[t]] = StudentCells.draw(own, random);
            }
        }
        for (int j = 0; j < row.length && !isComplete; j++) {
            double share = mixture.missing().get(component, j);
            if (share > 0 && isFree(j) && random.nextDouble() < share) {
                row[j] = Double.NaN;
            }
        }
        return row;
    }

    /** Returns an index drawn by weight. */
    private static int drawn(double[] weights, long seed, long index) {
        return Rows.drawn(weights, RandomStreams.uniform(RandomStreams.key(seed, Purpose.COMPONENT), index));
    }

    /** Draws numbers x = μ_k + L_k ε, or μ_k + W_k z + Ψ_k^½ ε of factored covariances. */
    private static final class GaussianDraws implements Serializable {
        private final MixtureParameters mixture;

        /** L_k or W_k; none if covariances are diagonal. */
        private final List<DMatrixRMaj> lower;

        private final MixtureParameters noise;

        GaussianDraws(MixtureParameters mixture) {
            this.mixture = mixture;
            this.noise = mixture.noise();
            MixtureFactors.of(mixture); // throws if a covariance is not positive definite
            this.lower = switch (mixture.type()) {
                case FULL, TIED ->
                    mixture.covariances().stream()
                            .map(covariance ->
                                    Cholesky.of(covariance).orElseThrow().lower())
                            .toList();
                case DIAGONAL, SPHERICAL -> List.of();
                case FACTOR, PPCA ->
                    IntStream.range(0, mixture.components())
                            .mapToObj(k -> mixture.linear(k).loadings())
                            .toList();
            };
        }

        double[] row(int component, RandomGenerator random) {
            double[] epsilon = new double[mixture.dimension() + mixture.factors()];
            Arrays.setAll(epsilon, j -> random.nextGaussian());
            double[] row = Rows.row(mixture.means(), component);
            for (int j = 0; j < row.length; j++) {
                row[j] += deviation(component, j, epsilon);
            }
            return row;
        }

        private double deviation(int component, int column, double[] epsilon) {
            boolean square = mixture.type().isSquare();
            double sum = square ? 0 : Math.sqrt(noise.variance(component, column)) * epsilon[column];
            if (lower.isEmpty()) {
                return sum;
            }
            DMatrixRMaj factor = lower.get(lower.size() == 1 ? 0 : component);
            int from = square ? 0 : mixture.dimension();
            for (int i = 0; i < (square ? column + 1 : factor.numCols); i++) {
                sum = Math.fma(factor.data[column * factor.numCols + i], epsilon[from + i], sum);
            }
            return sum;
        }
    }
}
