package io.github.sparklatent.learn;

/**
 * The exponential moving average of the parameters over rounds.
 *
 * <pre>
 *   a_t = a_{t−1} + c_t (θ_t − a_{t−1}),   c_t = max(1 − exp(−p_t / window), 1 / t)
 * </pre>
 *
 * with p_t the passes that round t took. While t is small it is the plain mean of all rounds, so
 * that the start of the training has no more weight than the rounds after it.
 */
final class MovingAverage {
    private MovingAverage() {}

    /**
     * @param state before the round
     * @param parameters after it. Not modified.
     * @param spent passes that the round took
     * @param window in passes; 0: no average
     */
    static float[] next(AveragingState state, float[] parameters, double spent, double window) {
        if (window == 0) {
            return new float[0];
        }
        if (state.rounds() == 0) {
            return parameters.clone();
        }
        double share = Math.max(1 - StrictMath.exp(-spent / window), 1.0 / (state.rounds() + 1));
        float[] average = new float[parameters.length];
        for (int i = 0; i < average.length; i++) {
            double before = state.average()[i];
            average[i] = (float) (before + share * (parameters[i] - before));
        }
        return average;
    }
}
