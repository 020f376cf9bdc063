package io.github.sparklatent.vae;

/** A way to differentiate a bound. Decodes all samples of a step. Used by one thread. */
public interface Estimator {
    /** Adds the gradient of the loss, minus the bound, to those of the step. */
    void differentiate(BatchStep step);
}
