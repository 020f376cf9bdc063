package io.github.sparklatent.learn.optimizer;

/**
 * The exponential moving average of the parameters over rounds.
 *
 * <pre>
 *   a_t = a_{t−1} + c_t (θ_t − a_{t−1}),   c_t = max(1 − exp(−p_t / window), 1 / t)
 * </pre>
 *
 * where p_t is the number of epochs in round t. While t is small, the average is the plain mean of all rounds, so that
 * the first parameters have no more weight than the parameters of later rounds.
 */
public final class MovingAverage {
    private MovingAverage() {}

    /**
     * Returns the average after a round.
     *
     * @param average average before the round; ignored in the first round. Not modified.
     * @param parameters parameters after the round. Not modified. In the first round, the method returns this array
     *     itself.
     * @param rounds number of rounds before this round
     * @param spent number of epochs of this round
     * @param window width of the window in epochs, above 0
     */
    public static float[] next(float[] average, float[] parameters, int rounds, double spent, double window) {
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
