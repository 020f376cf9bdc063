package io.github.sparklatent.gmm.bayes;

/**
 * The state of {@link VariationalInference} between two rounds.
 *
 * @param posterior current q
 * @param round number of updates made
 * @param stage number of times that the learning rate was lowered
 * @param steps number of steps of Adam in this stage
 * @param moments moments of Adam; null after the last update. Not to be modified.
 * @param bounds estimates of the bound in the rounds of this stage, in nats. Not to be modified.
 */
public record InferenceState(
        ParameterPosterior posterior, int round, int stage, int steps, float[] moments, double[] bounds) {}
