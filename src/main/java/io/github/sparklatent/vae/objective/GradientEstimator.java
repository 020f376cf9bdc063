package io.github.sparklatent.vae.objective;

import io.github.sparklatent.settings.Names;

/** The estimators of the gradient of an expectation over q(z|x). */
public enum GradientEstimator {
    /** The reparameterised gradient, through z = μ + σ ε. */
    REPARAMETERIZED,
    /** The gradient by the derivative of log q(z|x): the same expectation with a higher variance. */
    SCORE_FUNCTION;

    @Override
    public String toString() {
        return Names.of(this);
    }
}
