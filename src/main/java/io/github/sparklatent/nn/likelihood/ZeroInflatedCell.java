package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.nn.SoftBound;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A count that is 0 with probability π and else has another distribution p₀, after Lambert 1992. The outputs are the
 * output a of p₀ and the logit g of π.
 *
 * <pre>
 *   π = σ(b(g))
 *   log p(0)  = log (π + (1 − π) p₀(0))
 *   log p(x)  = log (1 − π) + log p₀(x)                          x > 0
 *   w         = (1 − π) p₀(x) / p(x), which is 1 if x > 0
 *   ∂/∂a      = w ∂ log p₀(x) / ∂a     (the same for the parameters of p₀)
 *   ∂/∂g      = (1 − w − π) b′(g)
 *   E[x]      = (1 − π) E₀[x]
 * </pre>
 *
 * <p>b is a {@link SoftBound} of ±20.
 */
final class ZeroInflatedCell implements CellDensity {
    private final CellDensity counts;
    private final double[] ofCounts;

    /**
     * Creates the distribution.
     *
     * @param counts p₀, with one output
     */
    ZeroInflatedCell(CellDensity counts) {
        this.counts = counts;
        this.ofCounts = new double[1 + counts.learnt().size()];
    }

    @Override
    public int outputs() {
        return 2;
    }

    @Override
    public List<Learnt> learnt() {
        return counts.learnt();
    }

    @Override
    public void column(double[] learnt) {
        counts.column(learnt);
    }

    /** Starts with π = ½, so the mean of p₀ is twice the centre. */
    @Override
    public double start(double centre) {
        return counts.start(2 * centre);
    }

    @Override
    public double logDensity(double x, double[] outputs, double[] slopes) {
        double logit = SoftBound.LOGIT.bounded(outputs[1]);
        double logRest = -logOnePlusExp(logit); // log (1 − π)
        double logCount = logRest + counts.logDensity(x, outputs, ofCounts);
        double weight = 1;
        double density = logCount;
        if (x == 0) {
            double logZero = logit + logRest; // log π
            density = logZero + logOnePlusExp(logCount - logZero);
            weight = StrictMath.exp(logCount - density);
        }
        slopes[0] = weight * ofCounts[0];
        slopes[1] = (1 - weight - StrictMath.exp(logit + logRest)) * SoftBound.LOGIT.derivative(logit);
        for (int k = 1; k < ofCounts.length; k++) {
            slopes[k + 1] = weight * ofCounts[k];
        }
        return density;
    }

    private static double logOnePlusExp(double a) {
        return Math.max(a, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(a)));
    }

    private static double sigmoid(double a) {
        return 1 / (1 + StrictMath.exp(-a));
    }

    @Override
    public double mean(double[] outputs, double[] slopes) {
        double logit = SoftBound.LOGIT.bounded(outputs[1]);
        double rest = sigmoid(-logit);
        double mean = rest * counts.mean(outputs, slopes);
        slopes[0] *= rest;
        slopes[1] = -mean * sigmoid(logit) * SoftBound.LOGIT.derivative(logit);
        return mean;
    }

    @Override
    public double draw(double[] outputs, RandomGenerator random) {
        return isZero(outputs, random) ? 0 : counts.draw(outputs, random);
    }

    @Override
    public double generate(double[] outputs, RandomGenerator random) {
        return isZero(outputs, random) ? 0 : counts.generate(outputs, random);
    }

    private static boolean isZero(double[] outputs, RandomGenerator random) {
        return random.nextDouble() < sigmoid(SoftBound.LOGIT.bounded(outputs[1]));
    }
}
