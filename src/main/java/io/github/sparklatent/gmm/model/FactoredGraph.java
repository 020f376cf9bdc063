package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.onnx.Elimination;
import io.github.sparklatent.onnx.Functions;
import io.github.sparklatent.onnx.Graph;
import io.github.sparklatent.onnx.Value;
import org.ejml.data.DMatrixRMaj;

/**
 * Components with factored covariances as operators of an ONNX graph, with the formulas of
 * {@link io.github.sparklatent.linear.LinearPosterior}.
 *
 * @param codes E[z|x], k × n × l
 * @param variances variances of z given x, k × l
 * @param reconstructions W E[z|x] + μ, k × n × d
 * @param terms −2 log p(x_o), k × n
 */
public record FactoredGraph(Value codes, Value variances, Value reconstructions, Value terms) {
    /**
     * Adds the components.
     *
     * @param mixture mixture whose covariances are factored
     * @param rows n × d, of any number where a value is missing
     * @param observed d numbers: 1 if the values of a column are observed in these rows, 0 if they are missing
     */
    public static FactoredGraph of(Graph g, MixtureParameters mixture, Value rows, Value observed) {
        int k = mixture.components();
        int d = mixture.dimension();
        int l = mixture.factors();
        double[] white = new double[k * d * l];
        double[] deviations = new double[k * d];
        double[] logNoise = new double[k * d];
        for (int i = 0; i < k; i++) {
            LinearGaussian component = mixture.linear(i);
            DMatrixRMaj loadings = component.loadings();
            for (int j = 0; j < d; j++) {
                deviations[i * d + j] = Math.sqrt(component.noise(j));
                logNoise[i * d + j] = StrictMath.log(component.noise(j));
                for (int m = 0; m < l; m++) {
                    white[(i * d + j) * l + m] = loadings.get(j, m) / deviations[i * d + j];
                }
            }
        }
        Value mean = g.constant(mixture.means().data.clone(), k, 1, d);
        Value scale = g.constant(deviations, k, 1, d);
        Value centred = g.divide(g.subtract(g.unsqueeze(rows, 0), mean), scale);
        Value y = g.multiply(centred, observed);
        Value loadings = g.constant(white, k, d, l);
        Value seen = g.multiply(loadings, g.unsqueeze(observed, 1));
        Value inner = g.add(g.product(g.transpose(seen, 0, 2, 1), seen), Functions.identity(g, l)); // k × l × l
        Elimination eliminated = Elimination.of(g, inner, l);
        Value codes = eliminated.solve(g, g.product(y, seen));
        Value fitted = g.product(codes, g.transpose(loadings, 0, 2, 1));
        Value residuals = g.subtract(y, g.multiply(fitted, observed));
        Value noise = g.sum(g.multiply(g.constant(logNoise, k, d), observed), 1, true); // k × 1
        Value normalizer = g.multiply(g.sum(observed, 0, false), g.scalar(MixtureFactors.LOG_TWO_PI));
        Value constants = g.add(g.add(eliminated.logDeterminant(g), noise), normalizer);
        Value distances = g.add(g.sum(g.square(residuals), 2, false), g.sum(g.square(codes), 2, false));
        return new FactoredGraph(
                codes,
                eliminated.inverseDiagonal(g),
                g.add(g.multiply(fitted, scale), mean),
                g.add(distances, constants));
    }

    /** Returns log π_k + log p(x_o | k), n × k. */
    Value joint(Graph g, double[] logWeights) {
        Value half = g.multiply(g.scalar(-0.5), g.transpose(terms, 1, 0));
        return g.add(half, g.constant(logWeights, 1, logWeights.length));
    }
}
