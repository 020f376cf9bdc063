package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.nn.RowSums;
import io.github.sparklatent.nn.SoftBound;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A positive number whose logarithm is Gaussian, with the mean of that logarithm m = c(a). Each column learns the
 * variance v of the logarithm.
 *
 * <pre>
 *   v = 10⁻⁶ + exp b(r),   e = (log x − m)² / v
 *   log p(x) = −log x − ½ (t(e) + log 2πv)
 *   ∂/∂a     = t′(e) (log x − m) / v · c′(a)
 *   ∂/∂r     = ½ (t′(e) e − 1) exp b(r) / v · b′(r)
 *   E[x]     = exp c(m + v / 2)
 * </pre>
 *
 * <p>t is the identity up to 10 standard deviations and a logarithm beyond, as in {@link Gaussian}. b is a bound of
 * ±20. c is one of ±80, so that amounts are floats.
 */
final class LogNormalCell implements CellDensity {
    /** The amount from which a column of smaller amounts starts. */
    private static final double LEAST_START = 1e-6;

    private double variance;
    private double logVariance;
    private double varianceSlope;

    @Override
    public List<Learnt> learnt() {
        return List.of(new Learnt("logVariances", 0));
    }

    @Override
    public void column(double[] learnt) {
        double bounded = SoftBound.LOG_VARIANCE.bounded(learnt[0]);
        double beyond = StrictMath.exp(bounded);
        variance = Gaussian.LEAST_VARIANCE + beyond;
        logVariance = StrictMath.log(variance);
        varianceSlope = beyond / variance * SoftBound.LOG_VARIANCE.derivative(bounded);
    }

    /**
     * Starts with the centre as the median. For amounts well above 1, the centre is near the geometric mean, which is
     * the median of a log-normal distribution.
     */
    @Override
    public double start(double centre) {
        return StrictMath.log(Math.max(LEAST_START, centre));
    }

    @Override
    public double logDensity(double x, double[] outputs, double[] slopes) {
        double bounded = SoftBound.LOG_AMOUNT.bounded(outputs[0]);
        double logarithm = StrictMath.log(x);
        double distance = logarithm - bounded;
        double error = distance * distance / variance;
        double within = error > Gaussian.TAIL ? Gaussian.TAIL / error : 1; // t′(e)
        slopes[0] = within * distance / variance * SoftBound.LOG_AMOUNT.derivative(bounded);
        slopes[1] = 0.5 * (within * error - 1) * varianceSlope;
        return -logarithm - 0.5 * (RowSums.tailed(error, Gaussian.TAIL) + Gaussian.LOG_TWO_PI + logVariance);
    }

    @Override
    public double mean(double[] outputs, double[] slopes) {
        double bounded = SoftBound.LOG_AMOUNT.bounded(outputs[0]);
        double logMean = SoftBound.LOG_AMOUNT.bounded(bounded + 0.5 * variance);
        double mean = StrictMath.exp(logMean);
        slopes[0] = mean * SoftBound.LOG_AMOUNT.derivative(logMean) * SoftBound.LOG_AMOUNT.derivative(bounded);
        return mean;
    }

    @Override
    public double draw(double[] outputs, RandomGenerator random) {
        double deviation = Math.sqrt(variance) * random.nextGaussian();
        double bounded = SoftBound.LOG_AMOUNT.bounded(outputs[0]);
        return StrictMath.exp(SoftBound.LOG_AMOUNT.bounded(bounded + deviation));
    }
}
