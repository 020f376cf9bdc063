package io.github.sparklatent.inference;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The posterior of one quantity of a model in its own units.
 *
 * @param name name of the quantity
 * @param mean posterior mean
 * @param deviation posterior deviation
 * @param lower lower end of the interval that has 95% of the probability, and 2.5% on either side
 * @param upper upper end of that interval
 */
public record ParameterSummary(String name, double mean, double deviation, double lower, double upper)
        implements Serializable {
    /** Number of draws; the error of an end of an interval is then 6% of the deviation. */
    private static final int DRAWS = 2000;

    private static final double TAIL = 0.025;

    /**
     * Summarises the quantities of a model, from {@value #DRAWS} draws of q. A few draws at a time would not do,
     * because an interval needs all values of its quantity.
     */
    public static List<ParameterSummary> of(Parameters parameters, GaussianPosterior q, long seed) {
        int p = q.parameters();
        DMatrixRMaj noise = GaussianPosterior.noise(DRAWS, p, seed, Purpose.POSTERIOR_DRAW, 1);
        DMatrixRMaj draws = q.draws(noise);
        double[][] values = new double[parameters.size()][DRAWS];
        double[] theta = new double[p];
        double[] constrained = new double[parameters.size()];
        for (int s = 0; s < DRAWS; s++) {
            System.arraycopy(draws.data, s * p, theta, 0, p);
            parameters.constrain(theta, constrained);
            for (int i = 0; i < constrained.length; i++) {
                values[i][s] = constrained[i];
            }
        }
        List<ParameterSummary> summaries = new ArrayList<>();
        List<String> names = parameters.names();
        for (int i = 0; i < values.length; i++) {
            summaries.add(of(names.get(i), values[i]));
        }
        return summaries;
    }

    private static ParameterSummary of(String name, double[] values) {
        double mean = Arrays.stream(values).sum() / values.length;
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        Arrays.sort(values);
        return new ParameterSummary(
                name,
                mean,
                Math.sqrt(squares / (values.length - 1)),
                quantile(values, TAIL),
                quantile(values, 1 - TAIL));
    }

    /** Returns a quantile by linear interpolation, as numpy does. */
    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) Math.floor(at);
        double weight = at - below;
        return sorted[below] + weight * (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]);
    }
}
