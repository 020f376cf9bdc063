package io.github.sparklatent.inference;

/**
 * The state of {@link VariationalInference} between two rounds.
 *
 * @param posterior current q
 * @param round number of updates made
 * @param progress what is kept beside q; null after the last update
 */
public record VariationalState(GaussianPosterior posterior, int round, Progress progress) {
    /**
     * The state of the optimiser and of the smoothed ELBO.
     *
     * @param stage number of times that the learning rate was lowered
     * @param steps number of steps of Adam in this stage
     * @param moments moments of Adam. Not to be modified.
     * @param before the full window before the current one in this stage; empty if there is none
     * @param current the window that is being filled
     */
    public record Progress(int stage, int steps, float[] moments, Window before, Window current) {
        static Progress start(int stage, int length, int vectors) {
            return new Progress(stage, 0, new float[vectors * length], Window.EMPTY, Window.EMPTY);
        }
    }

    /**
     * Some successive rounds of one stage.
     *
     * @param rounds number of rounds
     * @param mean mean of their ELBO estimates, in nats
     * @param squares sum of the squared differences from the mean
     * @param phi sum of the parameters φ of q over the rounds; empty if there are none. Not to be modified.
     */
    public record Window(int rounds, double mean, double squares, double[] phi) {
        static final Window EMPTY = new Window(0, 0, 0, new double[0]);

        /** Returns the window with one more round; the mean is updated as in Welford 1962. */
        Window with(double elbo, double[] iterate) {
            double[] sum = iterate.clone();
            for (int i = 0; i < phi.length; i++) {
                sum[i] += phi[i];
            }
            double difference = elbo - mean;
            double next = mean + difference / (rounds + 1);
            return new Window(rounds + 1, next, squares + difference * (elbo - next), sum);
        }

        /** Returns the squared standard error of the mean, from the spread of the rounds. */
        double squaredError() {
            return squares / (rounds - 1) / rounds;
        }
    }
}
