package io.github.sparklatent.mixture.gaussian;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.linear.LinearGaussian;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;

/**
 * A mixture with factorised covariances, ready to compute densities. In training, the driver factorises once per round
 * and sends the factors to the workers.
 *
 * <pre>
 *   log π_k N(x; μ_k, Σ_k) = c_k − ½ |(x − μ_k) U_k|²,   Σ_k = L_k L_kᵀ,   U_k = L_k⁻ᵀ
 *   c_k = log π_k − ½ (d log 2π + log det Σ_k)
 * </pre>
 *
 * Factored covariances are kept as they are.
 *
 * <p>Source: Bishop 2006, eq. 2.43 and 9.23.
 *
 * @param centres the origin and the means around which densities and statistics are computed
 * @param constants c_k
 * @param factors U_k, or the precisions of diagonal covariances
 * @param wellConditioned whether inverses of parts of a component's covariance keep their digits
 */
public record MixtureFactors(
        CovarianceType type, Centres centres, double[] constants, List<DMatrixRMaj> factors, boolean[] wellConditioned)
        implements Serializable {
    static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

    /** Factorises the covariances. Throws an IllegalArgumentException if a covariance is not positive definite. */
    public static MixtureFactors of(MixtureParameters mixture) {
        return of(mixture, mixture.covariances().stream());
    }

    /** Factorises the covariances on all cores. For the driver, while all workers wait for it. */
    public static MixtureFactors inParallel(MixtureParameters mixture) {
        return of(mixture, mixture.covariances().parallelStream());
    }

    /**
     * Factorises the covariances on all cores, with other weights than those of the mixture.
     *
     * @param logWeights replace log π_k, k numbers in nats. Their exponentials need not sum to 1: expected logarithms
     *     of weights, for example. Not modified.
     */
    public static MixtureFactors inParallel(MixtureParameters mixture, double[] logWeights) {
        return of(mixture, mixture.covariances().parallelStream(), logWeights);
    }

    private static MixtureFactors of(MixtureParameters mixture, Stream<DMatrixRMaj> covariances) {
        return of(
                mixture,
                covariances,
                Arrays.stream(mixture.weights()).map(StrictMath::log).toArray());
    }

    private static MixtureFactors of(MixtureParameters mixture, Stream<DMatrixRMaj> covariances, double[] logWeights) {
        double[] logDeterminants = new double[mixture.components()];
        List<DMatrixRMaj> factors = new ArrayList<>();
        switch (mixture.type()) {
            case FULL, TIED -> {
                List<Optional<Factor>> found = covariances.map(Factor::of).toList();
                for (int i = 0; i < found.size(); i++) {
                    String name = MixtureRepair.name(mixture.type(), null, i);
                    Factor factor = found.get(i)
                            .orElseThrow(() -> new IllegalArgumentException(name + " is not positive definite"));
                    factors.add(factor.whitening());
                    int to = mixture.type() == CovarianceType.TIED ? logDeterminants.length : i + 1;
                    Arrays.fill(logDeterminants, i, to, factor.logDeterminant());
                }
            }
            case DIAGONAL, SPHERICAL -> factors.add(precisions(mixture, logDeterminants));
            case FACTOR, PPCA -> {
                factors.addAll(mixture.covariances());
                Arrays.parallelSetAll(logDeterminants, k -> mixture.linear(k).logDeterminant());
            }
        }
        double[] constants = new double[mixture.components()];
        Arrays.setAll(constants, k -> logWeights[k] - 0.5 * (mixture.dimension() * LOG_TWO_PI + logDeterminants[k]));
        return new MixtureFactors(
                mixture.type(),
                Centres.of(mixture, factors),
                constants,
                factors,
                Centres.wellConditioned(mixture, factors));
    }

    /** The parts of a factorisation that are kept. */
    private record Factor(DMatrixRMaj whitening, double logDeterminant) {
        static Optional<Factor> of(DMatrixRMaj covariance) {
            return Cholesky.of(covariance).map(lower -> new Factor(lower.whitening(), lower.logDeterminant()));
        }
    }

    private static DMatrixRMaj precisions(MixtureParameters mixture, double[] logDeterminants) {
        DMatrixRMaj precisions = new DMatrixRMaj(mixture.components(), mixture.dimension());
        for (int k = 0; k < mixture.components(); k++) {
            for (int j = 0; j < mixture.dimension(); j++) {
                double variance = mixture.variance(k, j);
                if (!(variance > 0)) {
                    throw new IllegalArgumentException(
                            "component %d has a variance of %s in column %d, expected a positive number"
                                    .formatted(k, variance, j));
                }
                precisions.unsafe_set(k, j, 1 / variance);
                logDeterminants[k] += StrictMath.log(variance);
            }
        }
        return precisions;
    }

    public int components() {
        return constants.length;
    }

    /** Returns the log joint density of a component at its mean, in nats. */
    double peak(int component) {
        return constants[component];
    }

    /**
     * Returns (x − μ_k)ᵀ Σ_k⁻¹ (x − μ_k) for each component, k numbers.
     *
     * @param row x, 1 × d. Not modified.
     */
    public double[] squaredDistances(DMatrixRMaj row) {
        DMatrixRMaj joint = new DMatrixRMaj(components(), 1);
        densities().apply(Block.of(row), joint);
        return IntStream.range(0, components())
                .mapToDouble(k -> 2 * (constants[k] - joint.data[k]))
                .toArray();
    }

    /** Returns the densities of the E-step with their own buffers; for one thread. */
    public BlockDensities densities() {
        return new BlockDensities(this);
    }

    /** Returns the incomplete rows of the E-step with their own buffers; for one thread. */
    public ConditionalRows conditionalRows() {
        return switch (type) {
            case FULL -> new FullConditionalRows(centres.means(), factors, constants, wellConditioned, null);
            case TIED ->
                new FullConditionalRows(
                        centres.means(),
                        Collections.nCopies(components(), factors.get(0)),
                        constants,
                        wellConditioned,
                        centres);
            case DIAGONAL, SPHERICAL -> new ConditionalRows.DiagonalConditionalRows(centres, factors.get(0), constants);
            case FACTOR, PPCA -> factoredRows();
        };
    }

    public double variance(int component, int column) {
        return 1 / factors.get(0).get(component, column);
    }

    /** Returns the densities of complete rows with their own buffers. */
    LogDensities completeDensities() {
        int[] near = centres.components(true);
        int[] far = centres.components(false);
        DMatrixRMaj means = centres.means();
        return switch (type) {
            case FULL ->
                both(
                        near.length == 0
                                ? null
                                : LogDensities.MonomialLogDensities.full(centres, factors, constants, near),
                        far.length == 0 ? null : new LogDensities.FullLogDensities(means, factors, constants, far));
            case TIED -> far.length == 0 ? tied() : tiedFarApart();
            case DIAGONAL, SPHERICAL ->
                both(
                        near.length == 0
                                ? null
                                : LogDensities.MonomialLogDensities.diagonal(centres, factors.get(0), constants, near),
                        far.length == 0
                                ? null
                                : new LogDensities.DiagonalLogDensities(means, factors.get(0), constants, far));
            case FACTOR, PPCA -> factoredRows();
        };
    }

    private ConditionalRows.FactoredRows factoredRows() {
        return new ConditionalRows.FactoredRows(type, centres.means(), factors, constants);
    }

    /** Returns a component with a factored covariance. */
    public LinearGaussian linear(int component) {
        return MixtureParameters.linear(type, centres.means(), component, factors.get(component));
    }

    private static LogDensities both(LogDensities near, LogDensities far) {
        if (near == null || far == null) {
            return near == null ? far : near;
        }
        return (x, out) -> {
            near.apply(x, out);
            far.apply(x, out);
        };
    }

    /**
     * Returns densities that whiten the rows once. After whitening by U, all components have unit variances around the
     * whitened means.
     */
    private LogDensities tied() {
        DMatrixRMaj whitenedMeans = new DMatrixRMaj(0, 0);
        DMatrixRMaj shifted = new DMatrixRMaj(0, 0);
        Rows.subtract(centres.means(), centres.origin(), 0, shifted);
        new Products().multiplyUpper(shifted, factors.get(0), whitenedMeans);
        return new TiedLogDensities(centres.origin(), factors.get(0), whitenedMeans, constants);
    }

    /**
     * Returns densities that centre the rows at each mean before whitening. Whitening first would round the distance
     * between the components instead of the distance of a row to its mean.
     */
    private LogDensities tiedFarApart() {
        return new LogDensities.FullLogDensities(
                centres.means(), Collections.nCopies(components(), factors.get(0)), constants, centres.components());
    }

    /**
     * Log densities of components with a tied covariance. The rows are whitened once for all components. With z = (x −
     * origin) U and m_k = (μ_k − origin) U:
     *
     * <pre>
     *   c_k − ½ |z − m_k|²  =  (c_k − ½ |m_k|²) + z m_kᵀ − ½ |z|²
     * </pre>
     */
    private static final class TiedLogDensities implements LogDensities {
        private final DMatrixRMaj origin;
        private final DMatrixRMaj whitening;
        private final DMatrixRMaj whitenedMeans;
        private final double[] shiftedConstants;
        private final Products products = new Products();
        private final DMatrixRMaj centred = new DMatrixRMaj(0, 0);
        private final DMatrixRMaj whitened = new DMatrixRMaj(0, 0);

        /**
         * Creates the densities of all components.
         *
         * @param whitenedMeans m, k × d. Not modified.
         * @param constants c. Not modified.
         */
        TiedLogDensities(DMatrixRMaj origin, DMatrixRMaj whitening, DMatrixRMaj whitenedMeans, double[] constants) {
            this.origin = origin;
            this.whitening = whitening;
            this.whitenedMeans = whitenedMeans;
            this.shiftedConstants = constants.clone();
            for (int k = 0; k < constants.length; k++) {
                shiftedConstants[k] -= 0.5 * Rows.squaredNorm(whitenedMeans, k);
            }
        }

        @Override
        public void apply(DMatrixRMaj x, DMatrixRMaj out) {
            int n = x.numRows;
            Rows.subtract(x, origin, 0, centred);
            products.multiplyUpper(centred, whitening, whitened);
            out.reshape(shiftedConstants.length, n);
            for (int i = 0; i < n; i++) {
                out.data[i] = 0.5 * Rows.squaredNorm(whitened, i);
            }
            for (int k = shiftedConstants.length - 1; k >= 0; k--) {
                for (int i = 0; i < n; i++) {
                    out.data[k * n + i] = shiftedConstants[k] - out.data[i];
                }
            }
            products.addOuter(whitenedMeans, whitened, out);
        }
    }

    /**
     * Incomplete rows under components with full or tied covariances: of well-conditioned components in batches, which
     * is faster, and of the others by projection, which keeps more digits.
     */
    private static final class FullConditionalRows implements ConditionalRows {
        private final ConditionalRows batched;
        private final ProjectedConditionalRows projected;
        private final Centres tied;
        private final boolean[] wellConditioned;

        /** The rows that were evaluated last. */
        private ConditionalRows last;

        /**
         * Creates the buffers.
         *
         * @param whitenings U of each component, d × d; one and the same matrix if they are tied. Not modified.
         * @param constants log density of each component at its mean, with the logarithm of its weight
         * @param wellConditioned whether the covariance of a component is well conditioned, see {@link Centres}. Not
         *     modified.
         * @param tied the centres if the components have the same covariance; null if they do not
         */
        FullConditionalRows(
                DMatrixRMaj means,
                List<DMatrixRMaj> whitenings,
                double[] constants,
                boolean[] wellConditioned,
                Centres tied) {
            this.batched = new BatchedConditionalRows(means, whitenings, constants, tied != null);
            this.tied = tied;
            this.projected = new ProjectedConditionalRows(means, whitenings, constants);
            this.wellConditioned = wellConditioned;
        }

        @Override
        public void evaluate(Block block, int component, DMatrixRMaj weights, DMatrixRMaj sum) {
            last = wellConditioned[component] ? batched : projected;
            last.evaluate(block, component, weights, sum);
        }

        @Override
        public boolean densities(Block block, DMatrixRMaj out, DMatrixRMaj peaks) {
            boolean canShare = tied != null && out.numRows > 1 && tied.components(false).length == 0;
            if (canShare) {
                projected.densities(block, tied.origin(), out, peaks);
            }
            return canShare;
        }

        @Override
        public double logDensity(int place) {
            return last.logDensity(place);
        }

        @Override
        public double peak(int place) {
            return last.peak(place);
        }

        @Override
        public DMatrixRMaj centred() {
            return last.centred();
        }
    }
}
