package io.github.sparklatent.linalg.kernels;

/** The steps of Adam over a range of parameters. All implementations give the same bits. */
public interface AdamKernel {
    /**
     * The numbers of a step.
     *
     * @param keep1 β₁
     * @param take1 1 − β₁
     * @param keep2 β₂
     * @param take2 1 − β₂
     * @param epsilon ε
     * @param rate learning rate by the correction of the first moment
     * @param root by which the root of the second moment is multiplied
     */
    record Step(float keep1, float take1, float keep2, float take2, float epsilon, float rate, float root) {}

    /**
     * Updates the moments and the parameters from .. to − 1: m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², θ ← θ −
     * rate m / (root √v + ε).
     *
     * @param gradient derivatives. Not modified.
     * @param at index of the first parameter's derivative
     */
    void take(
            Step step, float[] parameters, float[] means, float[] squares, int from, int to, float[] gradient, int at);
}
