package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.linalg.GammaFunctions;
import io.github.sparklatent.nn.SoftBound;
import io.github.sparklatent.settings.Names;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Families of distributions that {@link IndependentColumns} may have. */
public enum ColumnFamily {
    /** Counts whose variance is above their mean. */
    NEGATIVE_BINOMIAL(Support.COUNTS, NegativeBinomialCell::new),
    /** Numbers with outliers. */
    STUDENT_T(Support.NUMBERS, StudentTCell::new);

    private final Support support;
    private final Supplier<CellDensity> cell;

    ColumnFamily(Support support, Supplier<CellDensity> cell) {
        this.support = support;
        this.cell = cell;
    }

    Support support() {
        return support;
    }

    CellDensity cell() {
        return cell.get();
    }

    @Override
    public String toString() {
        return Names.of(this);
    }

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
     * moves the network little. That by s falls to −r x / (r + μ) and ends at −20, so that one outlier does not move
     * the shape of a column: counts beyond have a probability of about e⁻²⁰. b is the bound of a {@link Poisson} rate,
     * c a bound of ±13. Above e¹³, r has no effect on counts of ordinary size.
     */
    private static final class NegativeBinomialCell implements CellDensity {
        private static final double MIN_SLOPE = -20;

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
            double slope = (GammaFunctions.digamma(x + shape) - digamma - ratio - excess) * shapeSlope;
            slopes[1] = Math.max(MIN_SLOPE, slope);
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

    /**
     * A number with tails that are heavier than those of a Gaussian: Student's t distribution of mean m. Each column
     * learns its scale and its degrees of freedom ν.
     *
     * <pre>
     *   v = 10⁻⁶ + exp b(r),   ν = 1 + exp c(s),   e = (x − m)² / v
     *   log p(x) = log Γ((ν + 1) / 2) − log Γ(ν / 2) − ½ log πνv − ½ (ν + 1) log (1 + e / ν)
     *   ∂/∂m     = (ν + 1) (x − m) / (v (ν + e))
     *   ∂/∂r     = ½ ν (e − 1) / (ν + e) · exp b(r) / v · b′(r)
     *   ∂/∂s     = ½ (ψ((ν + 1) / 2) − ψ(ν / 2) − log (1 + e / ν) + (e − 1) / (ν + e)) (ν − 1) c′(s)
     * </pre>
     *
     * <p>ν is above 1, so the mean exists. b is a bound of ±20; c is one of ±8, where the distribution is Gaussian for
     * all that a table shows. The bound 10⁻⁶ of v is the one of {@link Gaussian}.
     */
    private static final class StudentTCell implements CellDensity {
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

    /** Draws from gamma distributions of scale 1 (Marsaglia and Tsang 2000, p. 369 and 371). */
    private static final class GammaSampler {
        private GammaSampler() {}

        /** Draws a number. {@code shape}: shape of the distribution, above 0. */
        static double draw(double shape, RandomGenerator random) {
            if (shape < 1) { // p. 371: a larger shape, times a power of a uniform number
                double u = 1 - random.nextDouble();
                return draw(shape + 1, random) * StrictMath.exp(StrictMath.log(u) / shape);
            }
            double d = shape - 1.0 / 3;
            double c = 1 / Math.sqrt(9 * d);
            while (true) {
                double x = random.nextGaussian();
                double root = 1 + c * x;
                double v = root * root * root;
                double u = 1 - random.nextDouble();
                if (v > 0 && StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                    return d * v;
                }
            }
        }
    }
}
