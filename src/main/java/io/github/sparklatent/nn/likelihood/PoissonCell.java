package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.nn.SoftBound;
import java.util.random.RandomGenerator;

/** A Poisson count with the logarithm of its rate, as in {@link Poisson}. */
final class PoissonCell implements CellDensity {
    /** Returns the rate exp b(a), and writes its derivative with respect to a. */
    static double rate(double[] outputs, double[] slopes) {
        double bounded = SoftBound.LOG_RATE.bounded(outputs[0]);
        double rate = StrictMath.exp(bounded);
        slopes[0] = rate * SoftBound.LOG_RATE.derivative(bounded);
        return rate;
    }

    @Override
    public double start(double centre) {
        return Poisson.logRate(centre);
    }

    @Override
    public double logDensity(double x, double[] outputs, double[] slopes) {
        double bounded = SoftBound.LOG_RATE.bounded(outputs[0]);
        double rate = StrictMath.exp(bounded);
        slopes[0] = (x - rate) * SoftBound.LOG_RATE.derivative(bounded);
        return x * bounded - rate - GammaFunctions.logFactorial(x);
    }

    @Override
    public double mean(double[] outputs, double[] slopes) {
        return rate(outputs, slopes);
    }

    @Override
    public double draw(double[] outputs, RandomGenerator random) {
        double rate = StrictMath.exp(SoftBound.LOG_RATE.bounded(outputs[0]));
        return PoissonSampler.draw(rate, random);
    }
}
