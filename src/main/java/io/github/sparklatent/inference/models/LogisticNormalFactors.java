package io.github.sparklatent.inference.models;

import io.github.sparklatent.inference.BayesianModel;
import io.github.sparklatent.inference.ModelSettings;
import io.github.sparklatent.inference.Parameters;
import io.github.sparklatent.inference.RowSampler;
import io.github.sparklatent.inference.Transforms;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.LogSumExp;
import io.github.sparklatent.linalg.Products;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * Binary columns whose logits are linear in one or two standard normal factors: the two-parameter logistic model of
 * item response theory. Quadrature sums the factors out (Bock and Aitkin 1981), with Q nodes z_q of weight ω_q
 * ({@link FactorNodes}).
 *
 * <pre>
 *   b_j ~ N(0, σ_b²),   W_jm ~ N(0, σ_w²),   logit P(x_j = 1 | z) = b_j + Σ_m W_jm z_m
 *   log p(x | θ) = log Σ_q ω_q exp(Σ_j x_j a_jq − log(1 + exp a_jq)),   a_jq = b_j + Σ_m W_jm z_qm
 * </pre>
 *
 * <p>The settings are {@code factors} (1 or 2), {@code interceptDeviation} σ_b and {@code loadingDeviation} σ_w. The
 * rows determine the loadings up to the sign of a factor, and two factors up to a rotation; the posterior is that
 * around one of these solutions.
 *
 * <p>The nodes suit the parameters of each draw, and all rows: two factors need some 600 nodes for 20 columns and 1,500
 * for 50. All rows share them, so that the sums are matrix products. The error of a row is below 1e-3 nats.
 */
public final class LogisticNormalFactors implements BayesianModel, RowSampler {
    private static final long serialVersionUID = 1L;

    private static final double START_LOADING = 0.5;

    private final ArrayList<String> columns;
    private final int factors;
    private final double interceptDeviation;
    private final double loadingDeviation;
    private final Parameters parameters;

    /** Creates the model of some columns. */
    public LogisticNormalFactors(List<String> columns, ModelSettings settings) {
        settings.only("factors", "interceptDeviation", "loadingDeviation");
        this.columns = new ArrayList<>(columns);
        this.factors = settings.integer("factors", 1, 1, 2);
        this.interceptDeviation = settings.positive("interceptDeviation", 3);
        this.loadingDeviation = settings.positive("loadingDeviation", 1);
        int d = columns.size();
        List<String> loadings = new ArrayList<>();
        for (String column : columns) {
            for (int m = 0; m < factors; m++) {
                loadings.add("loading." + column + (factors == 1 ? "" : "[" + m + "]"));
            }
        }
        this.parameters = Parameters.NONE
                .with(columns.stream().map("intercept."::concat).toList(), Transforms.real(d))
                .with(loadings, Transforms.real(d * factors));
    }

    /**
     * Checks before a training that typical parameters need few enough nodes. A trained model may have others, so it
     * can be created without this check.
     *
     * @throws IllegalArgumentException if there would be too many nodes
     */
    public void requireTrainable() {
        int d = columns.size();
        double nodes = FactorNodes.typicalCount(d, factors, loadingDeviation);
        Require.that(
                nodes <= FactorNodes.MAX_NODES,
                "factors is %d with %d columns and loadingDeviation %s, which needs about %d nodes"
                        + " to sum the factors out, at most %d are possible: use factors = 1, fewer"
                        + " columns or a smaller loadingDeviation",
                factors,
                d,
                loadingDeviation,
                Math.round(nodes),
                FactorNodes.MAX_NODES);
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public double logPrior(double[] theta, double[] gradient) {
        double sum = 0;
        for (int i = 0; i < theta.length; i++) {
            double deviation = i < columns.size() ? interceptDeviation : loadingDeviation;
            double scaled = theta[i] / deviation;
            sum -= 0.5 * scaled * scaled + StrictMath.log(deviation * Math.sqrt(2 * Math.PI));
            if (gradient != null) {
                gradient[i] -= scaled / deviation;
            }
        }
        return sum;
    }

    @Override
    public Likelihood likelihood(DMatrixRMaj draws) {
        return new Marginal(draws);
    }

    /** Marginal densities by matrix products, with the buffers of a task. */
    private final class Marginal implements Likelihood {
        private final int d = columns.size();
        private final int p;
        private final List<FactorNodes> nodes = new ArrayList<>();
        private final List<DMatrixRMaj> logits = new ArrayList<>();
        private final List<double[]> constants = new ArrayList<>();
        private final Products products = new Products();
        private final DMatrixRMaj joint = new DMatrixRMaj(0, 0);
        private final DMatrixRMaj slopes = new DMatrixRMaj(0, 0);
        private double[] sums = new double[0];

        Marginal(DMatrixRMaj draws) {
            this.p = draws.numCols;
            for (int s = 0; s < draws.numRows; s++) {
                double[] theta = Arrays.copyOfRange(draws.data, s * p, (s + 1) * p);
                DMatrixRMaj loadings = new DMatrixRMaj(d, factors, true, Arrays.copyOfRange(theta, d, p));
                add(FactorNodes.of(loadings, Arrays.copyOf(theta, d)), loadings, theta);
            }
        }

        private void add(FactorNodes of, DMatrixRMaj loadings, double[] theta) {
            int q = of.points().numRows;
            DMatrixRMaj a = new DMatrixRMaj(q, d);
            double[] constant = of.logWeights().clone();
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < d; j++) {
                    double logit = theta[j];
                    for (int m = 0; m < factors; m++) {
                        logit += loadings.unsafe_get(j, m) * of.points().unsafe_get(i, m);
                    }
                    a.data[i * d + j] = logit;
                    constant[i] -= Math.max(logit, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(logit)));
                }
            }
            nodes.add(of);
            logits.add(a);
            constants.add(constant);
        }

        @Override
        public void evaluate(Block block, DMatrixRMaj logDensities, DMatrixRMaj gradients) {
            int n = block.size();
            sums = sums.length < n ? new double[n] : sums;
            for (int s = 0; s < logits.size(); s++) {
                double[] constant = constants.get(s);
                joint.reshape(constant.length, n);
                for (int i = 0; i < constant.length; i++) {
                    Arrays.fill(joint.data, i * n, (i + 1) * n, constant[i]);
                }
                products.addOuter(logits.get(s), block.rows(), joint);
                LogSumExp.normalizeColumns(joint, sums);
                System.arraycopy(sums, 0, logDensities.data, s * n, n);
                if (gradients != null) {
                    addGradient(block, s, gradients.data);
                }
            }
        }

        /** Adds Σ_n w_n r_nq (x_nj − σ(a_jq)), summed over the nodes for b and for W. */
        private void addGradient(Block block, int draw, double[] gradient) {
            DMatrixRMaj a = logits.get(draw);
            DMatrixRMaj points = nodes.get(draw).points();
            int from = draw * p;
            int n = block.size();
            int q = a.numRows;
            double[] counts = new double[q];
            for (int i = 0; i < q; i++) {
                for (int row = 0; row < n; row++) {
                    joint.data[i * n + row] *= block.weight(row);
                    counts[i] += joint.data[i * n + row];
                }
            }
            slopes.reshape(q, d);
            slopes.zero();
            products.addProduct(joint, block.rows(), slopes);
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < d; j++) {
                    double slope = slopes.data[i * d + j] - counts[i] / (1 + StrictMath.exp(-a.data[i * d + j]));
                    gradient[from + j] += slope;
                    for (int m = 0; m < factors; m++) {
                        gradient[from + d + j * factors + m] += slope * points.unsafe_get(i, m);
                    }
                }
            }
        }
    }

    /** Counts the values of each column that are neither 0 nor 1. */
    private record OtherValues(int width) implements Expectation {
        @Override
        public int length() {
            return width;
        }

        @Override
        public Accumulator accumulator() {
            double[] counts = new double[width];
            return Accumulator.of(counts, block -> {
                double[] x = block.rows().data;
                for (int i = 0; i < block.size() * width; i++) {
                    counts[i % width] += x[i] == 0 || x[i] == 1 ? 0 : 1;
                }
            });
        }
    }

    @Override
    public double[] start(RowBlocks data, long seed) {
        int d = columns.size();
        double[] others = data.sums("values of the columns", new OtherValues(d)).sums();
        for (int j = 0; j < d; j++) {
            if (others[j] > 0) {
                throw new DataException(
                        "the column %s has values other than 0 and 1, but logistic-normal-factors needs binary columns: choose others by data.features, and set data.scale = none"
                                .formatted(columns.get(j)));
            }
        }
        double[] sums = data.sums("shares of the columns", new ColumnMoments(new double[d]))
                .sums();
        RandomGenerator random = RandomStreams.of(seed, Purpose.PARAMETER_START);
        double[] theta = new double[parameters.free()];
        for (int i = 0; i < theta.length; i++) {
            // Half a row of each value is added, so that a constant column has a finite logit.
            theta[i] = i < d
                    ? StrictMath.log((sums[d + i] + 0.5) / (sums[i] - sums[d + i] + 0.5))
                    : START_LOADING * random.nextGaussian();
        }
        return theta;
    }

    @Override
    public void sample(double[] theta, RandomGenerator random, double[] row) {
        double[] z = new double[factors];
        for (int m = 0; m < factors; m++) {
            z[m] = random.nextGaussian();
        }
        for (int j = 0; j < row.length; j++) {
            double logit = theta[j];
            for (int m = 0; m < factors; m++) {
                logit += theta[row.length + j * factors + m] * z[m];
            }
            row[j] = random.nextDouble() < 1 / (1 + StrictMath.exp(-logit)) ? 1 : 0;
        }
    }
}
