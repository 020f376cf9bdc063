package io.github.sparklatent.mixture.em;

import io.github.sparklatent.learn.em.Coordinates;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.StudentCells;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;

/**
 * Coordinates of mixtures around a reference mixture π⁰, μ⁰, Σ⁰ = L Lᵀ, with U = L⁻ᵀ.
 *
 * <pre>
 *   weights       π_k / √π⁰_k
 *   means         √π⁰_k (μ_k − μ⁰_k) U_k
 *   covariances   √(π⁰_k / 2) U_kᵀ Σ_k U_k       upper triangle, elements above the diagonal times √2
 *   shares        √π⁰_k p_k / √p⁰_k              of categories and bins
 *   locations     √π⁰_k (m_k − m⁰_k) / σ⁰_k      of t distributions
 *   loadings      √π⁰_k w_kji / √ψ⁰_kj           of factored covariances, and means likewise
 *   noise         √(π⁰_k / 2) ψ_kj / ψ⁰_kj       √(π⁰_k d / 2) σ²_k / σ⁰²_k if there is one
 *   others        √π⁰_k log(θ_k / θ⁰_k)          means and sizes of counts, squared scales, degrees of freedom
 * </pre>
 *
 * <p>For a tied covariance, the factor is √½; for diagonal ones, Σ and U are diagonal; a spherical one has the
 * coordinate √(π⁰_k d / 2) σ² / σ⁰². Squared lengths, but for those of others and locations, are those of the
 * information of rows together with their components (McLachlan and Peel 2000, section 2.15). If all rows and mixtures
 * undergo the same affine map, lengths and angles stay the same.
 */
final class MixtureCoordinates implements Coordinates<MixedMixture> {
    /**
     * The least share of the EM update's weight or of its variance in any direction that an extrapolated mixture has.
     * The likelihood far from the data of the last rounds is unknown, and it has no bound as a variance falls.
     */
    private static final double MIN_SHARE = 0.25;

    /** A weight of 0 would have no coordinates. */
    private static final double MIN_WEIGHT = 1e-12;

    private final MixedMixture whole;

    /** The Gaussian columns; null if there are none. */
    private final MixtureParameters reference;

    /** Lower bounds of the noise variances of factored components; null if there are none. */
    private final double[] bounds;

    private final List<DMatrixRMaj> whitenings = new ArrayList<>();
    private final List<DMatrixRMaj> colourings = new ArrayList<>();

    MixtureCoordinates(MixedMixture reference, double[] bounds) {
        this.whole = reference;
        this.reference = reference.gaussian();
        this.bounds = bounds;
        if (isDense()) {
            for (DMatrixRMaj covariance : this.reference.covariances()) {
                Cholesky factor = Cholesky.of(covariance).orElseThrow();
                whitenings.add(factor.whitening());
                colourings.add(CommonOps_DDRM.transpose(factor.lower(), null));
            }
        }
    }

    private boolean isFactored() {
        return reference != null && reference.type().isFactored();
    }

    /** Returns the number of noise variances of a factored component. */
    private int noises() {
        return reference.type() == CovarianceType.PPCA ? 1 : d();
    }

    private double noise(int component, int column) {
        return reference.covariances().get(component).get(column, reference.factors());
    }

    /** Returns the noise variance whose coordinate in a component of weight 1 is 1. */
    private double unit(int component, int column) {
        return Math.sqrt(2.0 * noises() / d()) * noise(component, column);
    }

    private boolean isDense() {
        return reference != null && reference.type().isSquare();
    }

    private int k() {
        return whole.components();
    }

    private int d() {
        return reference == null ? 0 : reference.dimension();
    }

    /** Number of coordinates of one covariance matrix, or of the variances of one component. */
    private int spread() {
        return reference == null ? 0 : Math.toIntExact(reference.type().freeParameters(1, d(), 0));
    }

    private int spreads() {
        return reference != null && reference.type() == CovarianceType.TIED ? 1 : k();
    }

    private double root(int component) {
        return Math.sqrt(Math.max(whole.weight(component), MIN_WEIGHT));
    }

    private double scale(int spread) {
        double root = reference.type() == CovarianceType.TIED ? 1 : root(spread);
        double dimensions = reference.type() == CovarianceType.SPHERICAL ? d() : 1;
        return root * Math.sqrt(dimensions / 2);
    }

    @Override
    public double[] of(MixedMixture mixture) {
        int cells = whole.discrete().stream()
                        .mapToInt(DMatrixRMaj::getNumElements)
                        .sum()
                + whole.student().stream().mapToInt(DMatrixRMaj::getNumElements).sum();
        double[] point = new double[cells() + cells];
        for (int k = 0; k < k(); k++) {
            point[k] = mixture.weight(k) / root(k);
        }
        if (isFactored()) {
            writeLinear(mixture.gaussian(), point);
        } else {
            writeNumbers(mixture.gaussian(), point);
        }
        eachCell((cell, at) -> point[at] = cell.of(mixture));
        return point;
    }

    private void writeLinear(MixtureParameters mixture, double[] point) {
        int l = reference.factors();
        int at = k();
        for (int k = 0; k < k(); k++) {
            DMatrixRMaj packed = mixture.covariances().get(k);
            for (int j = 0; j < d(); j++) {
                double deviation = Math.sqrt(noise(k, j));
                for (int i = 0; i < l; i++) {
                    point[at++] = root(k) * (packed.get(j, i) / deviation);
                }
                double difference =
                        mixture.means().get(k, j) - reference.means().get(k, j);
                point[at++] = root(k) * (difference / deviation);
            }
            for (int j = 0; j < noises(); j++) {
                point[at++] = root(k) * (packed.get(j, l) / unit(k, j));
            }
        }
    }

    private void writeNumbers(MixtureParameters mixture, double[] point) {
        for (int k = 0; k < k(); k++) {
            for (int j = 0; j < d(); j++) {
                point[k() + k * d() + j] =
                        root(k) * (mixture.means().get(k, j) - reference.means().get(k, j));
            }
        }
        transformMeans(point, whitenings, false);
        IntStream spreads = IntStream.range(0, reference == null ? 0 : spreads());
        (isDense() ? spreads.parallel() : spreads).forEach(i -> writeSpread(mixture, i, point));
    }

    /** Returns the index of the first coordinate after those of weights and Gaussian columns. */
    private int cells() {
        if (isFactored()) {
            return k() * (1 + d() * (reference.factors() + 1) + noises());
        }
        return k() * (1 + d()) + spreads() * spread();
    }

    /** Parameter of a column without a joint Gaussian distribution, or of one of its levels. */
    private record Cell(Scale scale, double root, double reference, double unit, boolean isStudent, int table, int at) {
        /** Map of a parameter to its coordinate. */
        enum Scale {
            SHARE,
            LOCATION,
            LOG
        }

        private static List<DMatrixRMaj> matrices(MixedMixture mixture, boolean isStudent) {
            return isStudent ? mixture.student() : mixture.discrete();
        }

        private double parameter(MixedMixture mixture) {
            return matrices(mixture, isStudent).get(table).data[at];
        }

        double of(MixedMixture mixture) {
            double x = parameter(mixture);
            return root
                    * switch (scale) {
                        case SHARE -> x / Math.sqrt(Math.max(reference, MIN_WEIGHT));
                        case LOCATION -> (x - reference) / unit;
                        case LOG -> StrictMath.log(x / reference);
                    };
        }

        /** Returns a parameter; NaN if it is too far from the plain one. */
        double at(double coordinate, MixedMixture plain) {
            double y = coordinate / root;
            double x = switch (scale) {
                case SHARE -> y * Math.sqrt(Math.max(reference, MIN_WEIGHT));
                case LOCATION -> reference + y * unit;
                case LOG -> reference * StrictMath.exp(y);
            };
            double before = parameter(plain);
            boolean isNear = x >= MIN_SHARE * before && (scale == Scale.SHARE || x * MIN_SHARE <= before);
            return isNear || scale == Scale.LOCATION ? x : Double.NaN;
        }
    }

    private void eachCell(ObjIntConsumer<Cell> visitor) {
        int at = cells();
        for (boolean isStudent : new boolean[] {false, true}) {
            List<DMatrixRMaj> matrices = Cell.matrices(whole, isStudent);
            for (int t = 0; t < matrices.size(); t++) {
                DMatrixRMaj matrix = matrices.get(t);
                boolean areShares = !isStudent
                        && whole.columns()
                                .get(whole.columns().discrete()[t])
                                .family()
                                .hasProbabilities();
                for (int i = 0; i < matrix.getNumElements(); i++) {
                    boolean isLocation = isStudent && i % matrix.numCols == StudentCells.LOCATION;
                    visitor.accept(
                            new Cell(
                                    areShares ? Cell.Scale.SHARE : isLocation ? Cell.Scale.LOCATION : Cell.Scale.LOG,
                                    root(i / matrix.numCols),
                                    matrix.data[i],
                                    isLocation ? Math.sqrt(matrix.data[i + StudentCells.SCALE]) : 1,
                                    isStudent,
                                    t,
                                    i),
                            at++);
                }
            }
        }
    }

    private void writeSpread(MixtureParameters mixture, int index, double[] point) {
        double scale = scale(index);
        int at = k() * (1 + d()) + index * spread();
        if (!isDense()) {
            for (int j = 0; j < spread(); j++) {
                point[at + j] = scale * mixture.variance(index, j) / reference.variance(index, j);
            }
            return;
        }
        DMatrixRMaj white = new Products().congruent(mixture.covariances().get(index), whitenings.get(index));
        for (int i = 0; i < d(); i++) {
            for (int j = i; j < d(); j++) {
                point[at++] = scale * (i == j ? 1 : Math.sqrt(2)) * white.unsafe_get(i, j);
            }
        }
    }

    /** Multiplies the means, as rows, by upper triangles or by deviations, in place. */
    private void transformMeans(double[] point, List<DMatrixRMaj> upper, boolean colour) {
        double[] row = new double[d()];
        for (int k = 0; k < k(); k++) {
            int at = k() + k * d();
            System.arraycopy(point, at, row, 0, d());
            for (int j = 0; j < d(); j++) {
                if (isDense()) {
                    DMatrixRMaj u = upper.get(Math.min(k, upper.size() - 1));
                    double sum = 0;
                    for (int i = 0; i <= j; i++) {
                        sum += row[i] * u.unsafe_get(i, j);
                    }
                    point[at + j] = sum;
                } else {
                    double deviation = Math.sqrt(reference.variance(k, j));
                    point[at + j] = colour ? row[j] * deviation : row[j] / deviation;
                }
            }
        }
    }

    @Override
    public Optional<MixedMixture> at(double[] point, MixedMixture plain) {
        double[] weights = new double[k()];
        double total = 0;
        for (int k = 0; k < k(); k++) {
            weights[k] = point[k] * root(k);
            total += weights[k];
            if (!(weights[k] >= MIN_SHARE * plain.weight(k))) {
                return Optional.empty();
            }
        }
        for (int k = 0; k < k(); k++) {
            weights[k] /= total;
        }
        List<DMatrixRMaj> discrete =
                plain.discrete().stream().map(DMatrixRMaj::copy).toList();
        List<DMatrixRMaj> student =
                plain.student().stream().map(DMatrixRMaj::copy).toList();
        eachCell((cell, at) ->
                (cell.isStudent() ? student : discrete).get(cell.table()).data[cell.at()] = cell.at(point[at], plain));
        if (Stream.concat(discrete.stream(), student.stream()).anyMatch(MatrixFeatures_DDRM::hasNaN)) {
            return Optional.empty();
        }
        for (int t = 0; t < discrete.size(); t++) {
            MixedColumns columns = whole.columns();
            if (columns.get(columns.discrete()[t]).family().hasProbabilities()) {
                normalize(discrete.get(t));
            }
        }
        Optional<MixtureParameters> numbers = reference == null
                ? Optional.empty()
                : isFactored()
                        ? linearAt(point, weights, plain.gaussian())
                        : numbersAt(point, weights, plain.gaussian());
        return reference != null && numbers.isEmpty()
                ? Optional.empty()
                : Optional.of(new MixedMixture(
                        whole.columns(), weights, numbers.orElse(null), discrete, student, plain.missing(), null));
    }

    private Optional<MixtureParameters> linearAt(double[] point, double[] weights, MixtureParameters plain) {
        int l = reference.factors();
        int at = k();
        List<LinearGaussian> models = new ArrayList<>();
        for (int k = 0; k < k(); k++) {
            double[] mean = new double[d()];
            DMatrixRMaj loadings = new DMatrixRMaj(d(), l);
            for (int j = 0; j < d(); j++) {
                double deviation = Math.sqrt(noise(k, j));
                for (int i = 0; i < l; i++) {
                    loadings.data[j * l + i] = point[at++] / root(k) * deviation;
                }
                mean[j] = reference.means().get(k, j) + point[at++] / root(k) * deviation;
            }
            double[] noise = new double[noises()];
            for (int j = 0; j < noise.length; j++) {
                double variance = point[at++] / root(k) * unit(k, j);
                noise[j] = bounds == null ? variance : Math.max(bounds[j], variance);
                if (!(noise[j] >= MIN_SHARE * plain.covariances().get(k).get(j, l))) {
                    return Optional.empty();
                }
            }
            try {
                models.add(new LinearGaussian(mean, loadings, noise));
            } catch (IllegalArgumentException e) {
                return Optional.empty(); // the extrapolation is not in the range of numbers
            }
        }
        return Optional.of(MixtureParameters.of(reference.type(), weights, models));
    }

    private Optional<MixtureParameters> numbersAt(double[] point, double[] weights, MixtureParameters plain) {
        double[] moved = point.clone();
        transformMeans(moved, colourings, true);
        DMatrixRMaj means = new DMatrixRMaj(k(), d());
        for (int i = 0; i < means.getNumElements(); i++) {
            means.data[i] = reference.means().data[i] + moved[k() + i] / root(i / d());
        }
        return covariances(point, plain).map(all -> MixtureParameters.of(reference.type(), weights, means, all));
    }

    private static void normalize(DMatrixRMaj shares) {
        for (int k = 0; k < shares.numRows; k++) {
            double sum = Arrays.stream(Rows.row(shares, k)).sum();
            for (int x = 0; x < shares.numCols; x++) {
                shares.set(k, x, shares.get(k, x) / sum);
            }
        }
    }

    private Optional<List<DMatrixRMaj>> covariances(double[] point, MixtureParameters plain) {
        if (isDense()) {
            List<Optional<DMatrixRMaj>> found = IntStream.range(0, spreads())
                    .parallel()
                    .mapToObj(i -> dense(point, i, plain.covariances().get(i)))
                    .toList();
            return found.stream().allMatch(Optional::isPresent)
                    ? Optional.of(found.stream().map(Optional::orElseThrow).toList())
                    : Optional.empty();
        }
        DMatrixRMaj variances = new DMatrixRMaj(k(), spread());
        for (int k = 0; k < k(); k++) {
            for (int j = 0; j < spread(); j++) {
                double variance = point[k() * (1 + d()) + k * spread() + j] * reference.variance(k, j) / scale(k);
                if (!(variance >= MIN_SHARE * plain.variance(k, j))) {
                    return Optional.empty();
                }
                variances.set(k, j, variance);
            }
        }
        return Optional.of(List.of(variances));
    }

    /** Returns a covariance, if it minus a share of the plain one is positive definite. */
    private Optional<DMatrixRMaj> dense(double[] point, int index, DMatrixRMaj plain) {
        int at = k() * (1 + d()) + index * spread();
        DMatrixRMaj white = new DMatrixRMaj(d(), d());
        for (int i = 0; i < d(); i++) {
            for (int j = i; j < d(); j++) {
                double element = point[at++] / scale(index) / (i == j ? 1 : Math.sqrt(2));
                white.unsafe_set(i, j, element);
                white.unsafe_set(j, i, element);
            }
        }
        DMatrixRMaj covariance = new Products().congruent(white, colourings.get(index));
        DMatrixRMaj rest = new DMatrixRMaj(d(), d());
        for (int i = 0; i < d(); i++) {
            for (int j = i; j < d(); j++) {
                double element = covariance.unsafe_get(i, j);
                covariance.unsafe_set(j, i, element);
                rest.unsafe_set(i, j, element - MIN_SHARE * plain.unsafe_get(i, j));
                rest.unsafe_set(j, i, rest.unsafe_get(i, j));
            }
        }
        return Cholesky.of(rest).isPresent() ? Optional.of(covariance) : Optional.empty();
    }
}
