package io.github.sparklatent.inference;

/**
 * Mean and standard error of f_s = log p(X, θ_s) − log q(θ_s), whose expectation under q is the ELBO. Draws whose f is
 * NaN are left out.
 */
final class LogJointDensities {
    private final int count;
    private final double mean;
    private final double squares;

    LogJointDensities(double[] densities) {
        int found = 0;
        double sum = 0;
        for (double f : densities) {
            if (!Double.isNaN(f)) {
                found++;
                sum += f;
            }
        }
        this.count = found;
        this.mean = sum / found;
        double deviations = 0;
        for (double f : densities) {
            if (!Double.isNaN(f)) {
                deviations += (f - mean) * (f - mean);
            }
        }
        this.squares = deviations;
    }

    /** Returns the number of draws that were not left out. */
    int count() {
        return count;
    }

    double mean() {
        return mean;
    }

    double error() {
        return Math.sqrt(squares / (count - 1) / count);
    }
}
