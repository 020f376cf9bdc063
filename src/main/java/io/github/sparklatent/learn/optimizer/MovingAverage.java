package io.github.sparklatent.learn.optimizer;

/**
 * The exponential moving average of the parameters over rounds.
 *
 * <pre>
 *   a_t = a_{t−1} + c_t (θ_t − a_{t−1}),   c_t = max(1 − exp(−p_t / window), 1 / t)
 * </pre>
 *
 * with p_t the epochs that round t took. While t is small it is the plain mean of all rounds, so
 * that the start of the training has no more weight than the rounds after it.
 */
public final class MovingAverage {
    private MovingAverage() {}

    /**
     * The average after a round.
     *
     * @param average after the round before; not looked at after the first. Not modified.
     * @param parameters after the round. Not modified; the result itself after the first.
     * @param rounds made before
     * @param spent epochs that the round took
     * @param window in epochs, above 0
     */
    public static float[] next(
            float[] average, float[] parameters, int rounds, double spent, double window) {
        if (rounds == 0) {
            return parameters;
        }
        double share = Math.max(1 - StrictMath.exp(-spent / window), 1.0 / (rounds + 1));
        float[] next = new float[parameters.length];
        for (int i = 0; i < next.length; i++) {
            double before = average[i];
            next[i] = (float) (before + share * (parameters[i] - before));
        }
        return next;
    }
}
