package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.onnx.Elimination;
import io.github.sparklatent.onnx.Functions;
import io.github.sparklatent.onnx.Graph;
import io.github.sparklatent.onnx.Value;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The densities of a Gaussian mixture as operators of an ONNX graph, with the formulas of {@link MixtureFactors}. Rows
 * of one call miss the same values, so a covariance is factorised once for all of them.
 */
public final class GaussianGraph {
    private final MixtureParameters mixture;
    private final int k;
    private final int d;
    private final double[] logWeights;

    public GaussianGraph(MixtureParameters mixture) {
        this.mixture = mixture;
        this.k = mixture.components();
        this.d = mixture.dimension();
        this.logWeights = Arrays.stream(mixture.weights()).map(StrictMath::log).toArray();
    }

    /**
     * Adds log π_k + log N(x_o; μ_k, Σ_k), n × k, in nats.
     *
     * @param rows n × d, of any number where a value is missing
     * @param observed d numbers: 1 if the values of a column are observed in these rows, 0 if they are missing; null if
     *     no value is missing
     */
    public Value joint(Graph g, Value rows, Value observed) {
        Value seen = observed == null ? g.constant(ones(d), d) : observed;
        return switch (mixture.type()) {
            case FULL, TIED -> observed == null ? complete(g, rows) : dense(g, rows, seen);
            case DIAGONAL, SPHERICAL -> diagonal(g, rows, seen);
            case FACTOR, PPCA -> FactoredGraph.of(g, mixture, rows, seen).joint(g, logWeights);
        };
    }

    private static double[] ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Returns x − μ_k, k × n × d. */
    private Value centred(Graph g, Value rows) {
        return g.subtract(g.unsqueeze(rows, 0), g.constant(mixture.means().data.clone(), k, 1, d));
    }

    private Value complete(Graph g, Value rows) {
        List<DMatrixRMaj> covariances = mixture.covariances();
        double[] whitenings = new double[covariances.size() * d * d];
        double[] constants = new double[k];
        for (int i = 0; i < covariances.size(); i++) {
            int component = i;
            Cholesky factor = Cholesky.of(covariances.get(i))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "the covariance of component " + component + " is not positive definite"));
            System.arraycopy(factor.whitening().data, 0, whitenings, i * d * d, d * d);
            int to = mixture.type() == CovarianceType.TIED ? k : i + 1;
            Arrays.fill(constants, i, to, -0.5 * (d * MixtureFactors.LOG_TWO_PI + factor.logDeterminant()));
        }
        for (int i = 0; i < k; i++) {
            constants[i] += logWeights[i];
        }
        Value whitened = g.product(centred(g, rows), g.constant(whitenings, covariances.size(), d, d));
        Value distances = g.sum(g.square(whitened), 2, false); // k × n
        return g.subtract(g.constant(constants, 1, k), g.multiply(g.scalar(0.5), g.transpose(distances, 1, 0)));
    }

    private Value dense(Graph g, Value rows, Value observed) {
        List<DMatrixRMaj> matrices = mixture.covariances();
        double[] all = new double[matrices.size() * d * d];
        for (int i = 0; i < matrices.size(); i++) {
            System.arraycopy(matrices.get(i).data, 0, all, i * d * d, d * d);
        }
        Value both = g.multiply(g.unsqueeze(observed, 0), g.unsqueeze(observed, 1)); // d × d
        Value missing = g.subtract(g.scalar(1.0), observed);
        Value unit = g.multiply(Functions.identity(g, d), g.unsqueeze(missing, 0));
        Value covariances = g.add(g.multiply(g.constant(all, matrices.size(), d, d), both), unit);
        Elimination eliminated = Elimination.of(g, covariances, d);
        Value whitened = eliminated.forward(g, g.multiply(centred(g, rows), observed));
        Value distances = g.sum(g.divide(g.square(whitened), g.unsqueeze(eliminated.pivots(), 1)), 2, false);
        return total(g, g.add(distances, eliminated.logDeterminant(g)), observed);
    }

    /** Returns log π_k − ½ (p log 2π + terms), n × k of k × n. */
    private Value total(Graph g, Value terms, Value observed) {
        Value normalizer = g.multiply(g.sum(observed, 0, false), g.scalar(MixtureFactors.LOG_TWO_PI));
        Value half = g.multiply(g.scalar(0.5), g.add(terms, normalizer));
        return g.subtract(g.constant(logWeights, 1, k), g.transpose(half, 1, 0));
    }

    private Value diagonal(Graph g, Value rows, Value observed) {
        double[] precisions = new double[k * d];
        double[] logVariances = new double[k * d];
        for (int i = 0; i < k * d; i++) {
            double variance = mixture.variance(i / d, i % d);
            precisions[i] = 1 / variance;
            logVariances[i] = StrictMath.log(variance);
        }
        Value squares = g.multiply(g.square(centred(g, rows)), g.constant(precisions, k, 1, d));
        Value cells = g.multiply(g.add(squares, g.constant(logVariances, k, 1, d)), observed);
        return total(g, g.sum(cells, 2, false), observed);
    }
}
