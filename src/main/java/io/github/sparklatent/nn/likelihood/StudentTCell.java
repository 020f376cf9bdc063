package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.nn.SoftBound;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A number with tails that are heavier than those of a Gaussian: Student's t distribution of mean m. Each column learns
 * its scale and its degrees of freedom ν.
 *
 * <pre>
 *   v = 10⁻⁶ + exp b(r),   ν = 1 + exp c(s),   e = (x − m)² / v
 *   log p(x) = log Γ((ν + 1) / 2) − log Γ(ν / 2) − ½ log πνv − ½ (ν + 1) log (1 + e / ν)
 *   ∂/∂m     = (ν + 1) (x − m) / (v (ν + e))
 *   ∂/∂r     = ½ ν (e − 1) / (ν + e) · exp b(r) / v · b′(r)
 *   ∂/∂s     = ½ (ψ((ν + 1) / 2) − ψ(ν / 2) − log (1 + e / ν) + (e − 1) / (ν + e)) (ν − 1) c′(s)
 * </pre>
 *
 * <p>ν is above 1, so the mean exists. b is a bound of ±20; c is one of ±8, where the distribution is Gaussian for all
 * that a table shows. The bound 10⁻⁶ of v is the one of {@link Gaussian}.
 */
final class StudentTCell implements CellDensity {
    /** ν = 5. */
    private static final double START = StrictMath.log(4);

    private double variance;
    private double varianceSlope;
    private double degrees;
    private double degreesSlope;
    private double logScale;
    private double digammas;

    @Override
    public List<Learnt> learnt() {
        return List.of(new Learnt("logVariances", 0), new Learnt("logDegrees", START));
    }

    @Override
    public void column(double[] learnt) {
        double logVariance = SoftBound.LOG_VARIANCE.bounded(learnt[0]);
        double beyond = StrictMath.exp(logVariance);
        variance = Gaussian.MIN_VARIANCE + beyond;
        varianceSlope = beyond / variance * SoftBound.LOG_VARIANCE.derivative(logVariance);
        double logDegrees = SoftBound.LOG_DEGREES.bounded(learnt[1]);
        degrees = 1 + StrictMath.exp(logDegrees);
        degreesSlope = (degrees - 1) * SoftBound.LOG_DEGREES.derivative(logDegrees);
        double half = 0.5 * degrees;
        logScale = GammaFunctions.logGammaRatio(half, 0.5) - 0.5 * StrictMath.log(Math.PI * degrees * variance);
        digammas = GammaFunctions.digamma(half + 0.5) - GammaFunctions.digamma(half);
    }

    @Override
    public double logDensity(double x, double output, double[] slopes) {
        double distance = x - output;
        double error = distance * distance / variance;
        double tail = StrictMath.log1p(error / degrees);
        double excess = (error - 1) / (degrees + error);
        slopes[0] = (degrees + 1) * distance / (variance * (degrees + error));
        slopes[1] = 0.5 * degrees * excess * varianceSlope;
        slopes[2] = 0.5 * (digammas - tail + excess) * degreesSlope;
        return logScale - 0.5 * (degrees + 1) * tail;
    }

    @Override
    public double mean(double output, double[] slopes) {
        slopes[0] = 1;
        return output;
    }

    @Override
    public double draw(double output, RandomGenerator random) {
        double normal = random.nextGaussian() * Math.sqrt(variance);
        double half = 0.5 * degrees;
        return output + normal * Math.sqrt(half / GammaSampler.draw(half, random));
    }
}
