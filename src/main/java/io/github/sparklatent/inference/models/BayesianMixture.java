package io.github.sparklatent.inference.models;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.training.MixtureOptions;
import io.github.sparklatent.gmm.training.MixtureTrainer;
import io.github.sparklatent.gmm.training.TrainerListener;
import io.github.sparklatent.inference.BayesianModel;
import io.github.sparklatent.inference.ModelSettings;
import io.github.sparklatent.inference.Parameters;
import io.github.sparklatent.inference.RowSampler;
import io.github.sparklatent.inference.Transforms;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowWeights;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.LogSumExp;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.special.Gamma;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A Gaussian mixture with the conjugate prior of Bishop 2006 (eq. 10.39 and 10.40), for scaled columns. The components
 * of the rows are summed out.
 *
 * <pre>
 *   π ~ Dirichlet(α, ..., α),   Λ_k ~ Wishart((c I)⁻¹, ν),   μ_k ~ N(0, (β Λ_k)⁻¹)
 *   log p(x | θ) = log Σ_k π_k N(x; μ_k, Λ_k⁻¹)
 * </pre>
 *
 * <p>The settings are {@code components} K, {@code concentration} α, {@code meanPrecision} β, {@code degreesOfFreedom}
 * ν and {@code scatter} c. θ holds K − 1 logits of π, the means, and the triangles of the Cholesky factors Λ_k = L_k
 * L_kᵀ. The fit starts from a mixture fitted by EM.
 */
public final class BayesianMixture implements BayesianModel, RowSampler {
    private static final long serialVersionUID = 1L;
    private static final int MOST_COMPONENTS = 1000;
    private static final int START_ROUNDS = 50;

    private final int components;
    private final int width;
    private final double concentration;
    private final double meanPrecision;
    private final double degrees;
    private final double scatter;
    private final Parameters parameters;

    /** Creates the model of some columns. */
    public BayesianMixture(List<String> columns, ModelSettings settings) {
        settings.only("components", "concentration", "meanPrecision", "degreesOfFreedom", "scatter");
        this.width = columns.size();
        this.components = settings.integer("components", 2, 1, MOST_COMPONENTS);
        this.concentration = settings.positive("concentration", 1);
        this.meanPrecision = settings.positive("meanPrecision", 1);
        this.degrees = settings.positive("degreesOfFreedom", width);
        this.scatter = settings.positive("scatter", 1);
        if (degrees <= width - 1) {
            throw new IllegalArgumentException(
                    "the setting degreesOfFreedom is %s, expected a number above %d, the number of columns minus 1"
                            .formatted(degrees, width - 1));
        }
        Parameters all = Parameters.NONE.with("weight", Transforms.simplex(components));
        for (int k = 0; k < components; k++) {
            String name = "mean[" + k + "].";
            all = all.with(columns.stream().map(name::concat).toList(), Transforms.real(width));
        }
        for (int k = 0; k < components; k++) {
            all = all.with("precision[" + k + "]", Transforms.covariance(width));
        }
        this.parameters = all;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    private int triangle() {
        return width * (width + 1) / 2;
    }

    /** Returns the index of a mean in θ; in the constrained values, it is one greater. */
    private int mean(int component) {
        return components - 1 + component * width;
    }

    /** Returns the index of a Cholesky factor in θ; in the constrained values, it is one greater. */
    private int factor(int component) {
        return components - 1 + components * width + component * triangle();
    }

    /** The mixture that θ stands for. */
    private final class Point {
        private final double[] weights = new double[components];

        /** log π, finite even if a weight is rounded to 0. */
        private final double[] logWeights = new double[components];

        private final DMatrixRMaj means = new DMatrixRMaj(components, width);
        private final List<DMatrixRMaj> factors = new ArrayList<>();
        private final double[] logDeterminants = new double[components];
        private final double logJacobian;

        Point(double[] theta) {
            double[] values = new double[parameters.size()];
            logJacobian = parameters.constrain(theta, values);
            System.arraycopy(values, 0, weights, 0, components);
            System.arraycopy(theta, 0, logWeights, 0, components - 1);
            double greatest = Arrays.stream(logWeights).max().orElseThrow();
            double sum = 0;
            for (double logit : logWeights) {
                sum += StrictMath.exp(logit - greatest);
            }
            for (int k = 0; k < components; k++) {
                logWeights[k] -= greatest + StrictMath.log(sum);
            }
            System.arraycopy(values, components, means.data, 0, components * width);
            for (int k = 0; k < components; k++) {
                DMatrixRMaj lower = new DMatrixRMaj(width, width);
                for (int i = 0, at = factor(k); i < width; i++) {
                    for (int j = 0; j <= i; j++, at++) {
                        lower.unsafe_set(i, j, values[1 + at]);
                    }
                    logDeterminants[k] += theta[at - 1];
                }
                factors.add(lower);
            }
        }

        /** Returns log π_k + log det L_k − (d / 2) log 2π. */
        double constant(int k) {
            return logWeights[k] + logDeterminants[k] - 0.5 * width * StrictMath.log(2 * Math.PI);
        }

        /**
         * Adds the derivatives of Σ_k c_k log π_k with respect to the logits.
         *
         * @param counts c. Not modified.
         * @param gradient derivatives with respect to θ from index {@code from} on. Modified.
         */
        void addWeights(double[] counts, double[] gradient, int from) {
            double sum = Arrays.stream(counts).sum();
            for (int k = 0; k < components - 1; k++) {
                gradient[from + k] += counts[k] - weights[k] * sum;
            }
        }

        /**
         * Adds the derivatives of N log det L_k − ½ tr(S L_k L_kᵀ) with respect to the triangle.
         *
         * @param s S, d × d, symmetric. Not modified.
         */
        void addFactor(int k, double n, DMatrixRMaj s, double[] gradient, int from) {
            DMatrixRMaj lower = factors.get(k);
            DMatrixRMaj product = new DMatrixRMaj(width, width);
            CommonOps_DDRM.mult(s, lower, product);
            for (int i = 0, at = from + factor(k); i < width; i++) {
                for (int j = 0; j < i; j++, at++) {
                    gradient[at] -= product.unsafe_get(i, j);
                }
                gradient[at++] += n - product.unsafe_get(i, i) * lower.unsafe_get(i, i);
            }
        }

        /**
         * Adds L_k L_kᵀ s, the derivatives with respect to a mean.
         *
         * @param s d numbers. Not modified.
         */
        void addMean(int k, double[] s, double[] gradient, int from) {
            DMatrixRMaj lower = factors.get(k);
            double[] half = new double[width];
            CommonOps_DDRM.multTransA(lower, DMatrixRMaj.wrap(width, 1, s), DMatrixRMaj.wrap(width, 1, half));
            for (int i = 0; i < width; i++) {
                for (int j = 0; j <= i; j++) {
                    gradient[from + mean(k) + i] += lower.unsafe_get(i, j) * half[j];
                }
            }
        }
    }

    @Override
    public double logPrior(double[] theta, double[] gradient) {
        Point point = new Point(theta);
        double sum = point.logJacobian
                + Gamma.logGamma(components * concentration)
                - components * Gamma.logGamma(concentration);
        double perComponent = logNormalizer();
        for (int k = 0; k < components; k++) {
            double[] mean = Arrays.copyOfRange(theta, mean(k), mean(k) + width);
            DMatrixRMaj outer = CommonOps_DDRM.diag(scatters());
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < width; j++) {
                    outer.data[i * width + j] += meanPrecision * mean[i] * mean[j];
                }
            }
            DMatrixRMaj product = new DMatrixRMaj(width, width);
            CommonOps_DDRM.mult(outer, point.factors.get(k), product);
            double trace = 0;
            for (int i = 0; i < width * width; i++) {
                trace += product.data[i] * point.factors.get(k).data[i];
            }
            double determinants = degrees - width; // ν − d − 1 of Wishart, and 1 of the mean
            sum += perComponent
                    + (concentration - 1) * point.logWeights[k]
                    + determinants * point.logDeterminants[k]
                    - 0.5 * trace;
            if (gradient != null) {
                point.addFactor(k, determinants, outer, gradient, 0);
                for (int i = 0; i < width; i++) {
                    mean[i] *= -meanPrecision;
                }
                point.addMean(k, mean, gradient, 0);
            }
        }
        if (gradient != null) {
            double[] counts = new double[components];
            Arrays.fill(counts, concentration - 1);
            point.addWeights(counts, gradient, 0);
            parameters.addJacobianGradient(theta, gradient);
        }
        return sum;
    }

    private double[] scatters() {
        double[] diagonal = new double[width];
        Arrays.fill(diagonal, scatter);
        return diagonal;
    }

    /** Returns the log normalisers of a Wishart and of a Gaussian density (Bishop 2006, B.79). */
    private double logNormalizer() {
        double sum = 0.5 * width * (degrees * StrictMath.log(scatter / 2))
                - 0.25 * width * (width - 1) * StrictMath.log(Math.PI)
                + 0.5 * width * StrictMath.log(meanPrecision / (2 * Math.PI));
        for (int i = 0; i < width; i++) {
            sum -= Gamma.logGamma((degrees - i) / 2);
        }
        return sum;
    }

    @Override
    public Likelihood likelihood(DMatrixRMaj draws) {
        List<Point> points = new ArrayList<>();
        int p = draws.numCols;
        for (int s = 0; s < draws.numRows; s++) {
            points.add(new Point(Arrays.copyOfRange(draws.data, s * p, (s + 1) * p)));
        }
        return new Rowwise(points, p);
    }

    /** Densities by matrix products, with the buffers of a task. */
    private final class Rowwise implements Likelihood {
        private final List<Point> points;
        private final int stride;
        private final Products products = new Products();
        private final DMatrixRMaj centred = new DMatrixRMaj(0, 0);
        private final DMatrixRMaj white = new DMatrixRMaj(0, 0);
        private final DMatrixRMaj joint = new DMatrixRMaj(0, 0);
        private final DMatrixRMaj moments = new DMatrixRMaj(width, width);
        private double[] sums = new double[0];

        Rowwise(List<Point> points, int stride) {
            this.points = points;
            this.stride = stride;
        }

        @Override
        public void evaluate(Block block, DMatrixRMaj logDensities, DMatrixRMaj gradients) {
            int n = block.size();
            sums = sums.length < n ? new double[n] : sums;
            joint.reshape(components, n);
            white.reshape(n, width);
            for (int s = 0; s < points.size(); s++) {
                Point point = points.get(s);
                for (int k = 0; k < components; k++) {
                    Rows.subtract(block.rows(), point.means, k, centred);
                    white.zero();
                    products.addProduct(centred, point.factors.get(k), white);
                    double constant = point.constant(k);
                    for (int i = 0; i < n; i++) {
                        joint.data[k * n + i] = constant - 0.5 * Rows.squaredNorm(white, i);
                    }
                }
                LogSumExp.normalizeColumns(joint, sums);
                System.arraycopy(sums, 0, logDensities.data, s * n, n);
                if (gradients != null) {
                    addGradient(block, point, gradients.data, s * stride);
                }
            }
        }

        private void addGradient(Block block, Point point, double[] gradient, int from) {
            int n = block.size();
            double[] counts = new double[components];
            for (int k = 0; k < components; k++) {
                for (int i = 0; i < n; i++) {
                    joint.data[k * n + i] *= block.weight(i);
                    counts[k] += joint.data[k * n + i];
                }
                Rows.subtract(block.rows(), point.means, k, centred);
                Rows.scale(centred, joint, k, white);
                double[] sum = new double[width];
                for (int i = 0, at = 0; i < n; i++) {
                    for (int j = 0; j < width; j++, at++) {
                        sum[j] += white.data[at];
                    }
                }
                moments.zero();
                products.addTransposed(white, centred, moments);
                point.addMean(k, sum, gradient, from);
                point.addFactor(k, counts[k], moments, gradient, from);
            }
            point.addWeights(counts, gradient, from);
        }
    }

    @Override
    public double[] start(RowBlocks data, long seed) {
        MixtureOptions options = MixtureOptions.DEFAULT
                .withComponents(List.of(components))
                .withCovariance(CovarianceType.FULL)
                .withStopping(new StoppingRule(START_ROUNDS, 1e-4))
                .withSeed(seed);
        MixtureParameters mixture = new MixtureTrainer(data, null, options, null, TrainerListener.NONE)
                .fit()
                .best()
                .mixture();
        double rows = RowWeights.of(data).number();
        double[] theta = new double[parameters.free()];
        double last = StrictMath.log(mixture.weight(components - 1));
        for (int k = 0; k < components; k++) {
            if (k < components - 1) {
                theta[k] = StrictMath.log(mixture.weight(k)) - last;
            }
            System.arraycopy(mixture.means().data, k * width, theta, mean(k), width);
            // The mode given the rows of the component; maximum likelihood may be singular.
            double size = rows * mixture.weight(k);
            DMatrixRMaj covariance = mixture.covariance(k);
            CommonOps_DDRM.scale(size, covariance);
            for (int j = 0; j < width; j++) {
                covariance.add(j, j, scatter);
            }
            CommonOps_DDRM.divide(covariance, size + degrees - width + 1);
            DMatrixRMaj precision = new DMatrixRMaj(width, width);
            DMatrixRMaj whitening = factorOf(covariance).whitening();
            CommonOps_DDRM.multTransB(whitening, whitening, precision);
            DMatrixRMaj lower = factorOf(precision).lower();
            for (int i = 0, at = factor(k); i < width; i++) {
                for (int j = 0; j <= i; j++, at++) {
                    double element = lower.unsafe_get(i, j);
                    theta[at] = i == j ? StrictMath.log(element) : element;
                }
            }
        }
        return theta;
    }

    private static Cholesky factorOf(DMatrixRMaj matrix) {
        return Cholesky.of(matrix)
                .orElseThrow(() -> new DataException("a component of the mixture to start from has a covariance"
                        + " that is not positive definite: use fewer components"
                        + " or fewer columns"));
    }

    @Override
    public void sample(double[] theta, RandomGenerator random, double[] row) {
        Point point = new Point(theta);
        double left = random.nextDouble();
        int k = 0;
        while (k < components - 1 && (left -= point.weights[k]) >= 0) {
            k++;
        }
        DMatrixRMaj lower = point.factors.get(k);
        for (int i = width - 1; i >= 0; i--) { // solves Lᵀ (x − μ) = ε from the last column on
            double rest = random.nextGaussian();
            for (int j = i + 1; j < width; j++) {
                rest -= lower.unsafe_get(j, i) * (row[j] - point.means.unsafe_get(k, j));
            }
            row[i] = point.means.unsafe_get(k, i) + rest / lower.unsafe_get(i, i);
        }
    }
}
