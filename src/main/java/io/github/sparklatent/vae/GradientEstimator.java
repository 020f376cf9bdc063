package io.github.sparklatent.vae;

/** How the gradient of an expectation over q(z|x) is estimated. */
public enum GradientEstimator {
    /** Through z = μ + σ ε. */
    REPARAMETERIZED,
    /** By the gradient of log q(z|x): the same expectation with a higher variance. */
    SCORE_FUNCTION
}
