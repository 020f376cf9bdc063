package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.nn.Check;
import io.github.sparklatent.nn.Missing;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.nn.RowSums;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Gaussian columns with means m and one variance v for all of them, fixed or learnt. With a fixed variance this is the
 * squared error up to scale and offset, except for outliers.
 *
 * <pre>
 *   log p(x | m) = −½ Σ_j (t(e_j) + log 2πv),   e_j = (x_j − m_j)² / v
 *   ∂/∂m_j       = t′(e_j) (x_j − m_j) / v
 *   learnt: v    = 10⁻⁶ + exp r
 *   ∂/∂r         = ½ Σ_j (t′(e_j) e_j − 1) exp r / v
 *
 *   t(e) = e                      e ≤ 100
 *   t(e) = 100 (1 + log(e/100))   e > 100
 * </pre>
 *
 * <p>Beyond 10 standard deviations, the density falls as a power of the distance. So an outlier has a small slope: a
 * cell of 10¹⁸ among ordinary ones moves no parameter, and its density hardly depends on the parameters. With the tails
 * of a Gaussian, one such cell would be all of the loss. The tails have a mass of 10⁻²³, so the density needs no other
 * normalisation.
 *
 * <p>A learnt variance is always above its bound of 10⁻⁶. Without a bound, columns that the means reproduce exactly
 * would have an infinite density.
 *
 * @param width number of columns
 * @param variance v where it is fixed; what a learnt one starts at, beyond its bound
 * @param learnt whether r is a parameter, {@code logVariance}
 */
public record Gaussian(int width, double variance, boolean learnt) implements EqualColumns {
    /** The bound of a learnt variance, in squared units of the network's input. */
    public static final double MIN_VARIANCE = 1e-6;

    /** The square of the number of standard deviations where the tails begin. */
    public static final float TAIL = 100;

    static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

    public Gaussian {
        Check.that(
                variance > 0 && variance < Double.POSITIVE_INFINITY,
                "variance of gaussian is %s, expected a positive number",
                variance);
    }

    /** Returns a likelihood with a fixed variance. */
    public static Gaussian fixed(int width, double variance) {
        return new Gaussian(width, variance, false);
    }

    /** Returns a likelihood with one learnt variance, which is 1 initially. */
    public static Gaussian learnt(int width) {
        return new Gaussian(width, 1, true);
    }

    @Override
    public List<Parameter> parameters() {
        return learnt ? List.of(new Parameter("logVariance", 0, 1, 1)) : List.of();
    }

    @Override
    public void initialize(float[] parameters, int offset) {
        if (learnt) {
            parameters[offset] = (float) StrictMath.log(variance);
        }
    }

    @Override
    public Support support() {
        return Support.NUMBERS;
    }

    @Override
    public String name() {
        return "gaussian";
    }

    @Override
    public String toString() {
        return learnt ? "gaussian (one learnt variance)" : "gaussian (variance %s)".formatted(variance);
    }

    @Override
    public Likelihood.Worker worker(int maxRows, int offset) {
        return new Worker(this, offset, new double[1]);
    }

    /** The buffers of one task: {@code last} is the variance of the last log densities. */
    private record Worker(Gaussian spec, int offset, double[] last) implements Likelihood.Worker {
        private double variance(float[] parameters) {
            return spec.learnt ? MIN_VARIANCE + StrictMath.exp(parameters[offset]) : spec.variance;
        }

        @Override
        public void logDensity(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj x, double[] density) {
            int width = x.numCols;
            double variance = variance(parameters);
            last[0] = variance;
            double logVariance = StrictMath.log(variance);
            for (int i = 0; i < x.numRows; i++) {
                double error = RowSums.tailedDistance(x.data, outputs.data, i * width, width, TAIL * variance);
                int observed = Missing.observed(x.data, i * width, width);
                density[i] = -0.5 * (error / variance + observed * (LOG_TWO_PI + logVariance));
            }
        }

        @Override
        public void gradient(
                FMatrixRMaj outputs, FMatrixRMaj x, float[] scale, FMatrixRMaj outputGradient, float[] gradient) {
            int width = x.numCols;
            double variance = last[0];
            outputGradient.reshape(x.numRows, width);
            double knee = Math.sqrt(TAIL * variance);
            double slope = 0;
            for (int i = 0; i < x.numRows; i++) {
                int from = i * width;
                float factor = (float) (scale[i] / variance);
                for (int j = from; j < from + width; j++) {
                    float distance = RowSums.difference(x.data[j], outputs.data[j]);
                    outputGradient.data[j] = Math.abs(distance) > knee ? scale[i] * TAIL / distance : factor * distance;
                }
                if (spec.learnt) {
                    double error = RowSums.tailSlopes(x.data, outputs.data, from, width, TAIL * variance);
                    slope += 0.5 * scale[i] * (error / variance - Missing.observed(x.data, from, width));
                }
            }
            if (spec.learnt) {
                double share = 1 - MIN_VARIANCE / variance;
                gradient[offset] += (float) (slope * share);
            }
        }

        @Override
        public void mean(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj mean) {
            mean.reshape(outputs.numRows, outputs.numCols);
            System.arraycopy(outputs.data, 0, mean.data, 0, outputs.getNumElements());
        }

        @Override
        public void generatedGradient(FMatrixRMaj rows, FMatrixRMaj slope, FMatrixRMaj outputGradient) {
            outputGradient.setTo(slope);
        }

        @Override
        public void sample(float[] parameters, FMatrixRMaj outputs, RandomGenerator random, FMatrixRMaj x) {
            double deviation = Math.sqrt(variance(parameters));
            x.reshape(outputs.numRows, outputs.numCols);
            for (int i = 0; i < x.getNumElements(); i++) {
                x.data[i] = (float) (outputs.data[i] + deviation * random.nextGaussian());
            }
        }
    }
}
