package io.github.sparklatent.vae;

/**
 * Σ_k π_k N(z; m_k, diag s_k²) with known parameters.
 *
 * @param weights π, K. Kept, not copied.
 * @param means m, K × l. Kept, not copied.
 * @param deviations s, K × l. Kept, not copied.
 */
record ComponentPrior(double[] weights, double[] means, double[] deviations) implements CodePrior {
    @Override
    public int components() {
        return weights.length;
    }

    @Override
    public int component(double uniform) {
        double sum = 0;
        int last = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += weights[k];
            if (uniform < sum) {
                return k;
            }
            last = weights[k] > 0 ? k : last;
        }
        return last; // the weights add up to 1 but for rounding
    }

    @Override
    public double weight(int component) {
        return weights[component];
    }

    @Override
    public double mean(int component, int dimension) {
        return means[component * means.length / weights.length + dimension];
    }

    @Override
    public double deviation(int component, int dimension) {
        return deviations[component * means.length / weights.length + dimension];
    }
}
