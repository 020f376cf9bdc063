package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.nn.SoftBound;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A count whose variance is above its mean, with the logarithm a of its mean. It is Poisson with a rate that has a
 * gamma distribution of mean μ and shape r; its variance is μ + μ² / r. Each column learns its shape.
 *
 * <pre>
 *   μ = exp b(a),   r = exp c(s)
 *   log p(x) = log Γ(x + r) − log Γ(r) − log x! − r log (1 + μ / r) + x log (μ / (r + μ))
 *   ∂/∂a     = r (x − μ) / (r + μ) b′(a)
 *   ∂/∂s     = r (ψ(x + r) − ψ(r) − log (1 + μ / r) + (μ − x) / (r + μ)) c′(s)
 * </pre>
 *
 * <p>The derivative of a large count is near r, where that of {@link Poisson} is near the count itself: one outlier
 * moves the network little. b is the bound of a {@link Poisson} rate, c a bound of ±13. Above e¹³, r has no effect on
 * counts of ordinary size.
 */
final class NegativeBinomialCell implements CellDensity {
    private double shape;
    private double shapeSlope;
    private double digamma;

    @Override
    public List<Learnt> learnt() {
        return List.of(new Learnt("logShapes", 0));
    }

    @Override
    public void column(double[] learnt) {
        double bounded = SoftBound.LOG_SHAPE.bounded(learnt[0]);
        shape = StrictMath.exp(bounded);
        shapeSlope = shape * SoftBound.LOG_SHAPE.derivative(bounded);
        digamma = GammaFunctions.digamma(shape);
    }

    @Override
    public double logDensity(double x, double output, double[] slopes) {
        double bounded = SoftBound.LOG_RATE.bounded(output);
        double mean = StrictMath.exp(bounded);
        double excess = (x - mean) / (shape + mean);
        double ratio = StrictMath.log1p(mean / shape);
        slopes[0] = shape * excess * SoftBound.LOG_RATE.derivative(bounded);
        slopes[1] = (GammaFunctions.digamma(x + shape) - digamma - ratio - excess) * shapeSlope;
        return GammaFunctions.logGammaRatio(shape, x)
                - GammaFunctions.logFactorial(x)
                - shape * ratio
                + x * (bounded - StrictMath.log(shape + mean));
    }

    @Override
    public double mean(double output, double[] slopes) {
        double bounded = SoftBound.LOG_RATE.bounded(output);
        double mean = StrictMath.exp(bounded);
        slopes[0] = mean * SoftBound.LOG_RATE.derivative(bounded);
        return mean;
    }

    @Override
    public double draw(double output, RandomGenerator random) {
        double mean = StrictMath.exp(SoftBound.LOG_RATE.bounded(output));
        return PoissonSampler.draw(mean / shape * GammaSampler.draw(shape, random), random);
    }

    /** Returns a Poisson count: the shape is not trained, and the codes spread the means. */
    @Override
    public double generate(double output, RandomGenerator random) {
        double mean = StrictMath.exp(SoftBound.LOG_RATE.bounded(output));
        return PoissonSampler.draw(mean, random);
    }
}
