package io.github.sparklatent.vae;

import org.ejml.data.FMatrixRMaj;

/**
 * The gradient of −ELBO through z = μ + σ ε (Kingma and Welling 2014, eq. 7), the divergence in
 * closed form:
 *
 * <pre>
 *   loss_i = −1/L Σ_s log p(x_i | z_is) + Σ_j β_j KL_ij
 *   ∂KL/∂μ = μ,   ∂KL/∂log σ² = ½ (σ² − 1)
 * </pre>
 */
final class Reparameterized implements Estimator {
    private final float[] scale;

    Reparameterized(int maxRows, int samples) {
        this.scale = new float[maxRows * samples];
    }

    @Override
    public void differentiate(BatchStep step) {
        CodeSamples samples = step.samples();
        for (int s = 0; s < samples.samples(); s++) {
            for (int i = 0; i < step.rows(); i++) {
                scale[s * step.rows() + i] = -step.shares()[i] / samples.samples();
            }
        }
        int next = 0;
        while (next < samples.samples()) {
            next = samples.decode(step.parameters(), step.posterior(), step.target(), next);
            FMatrixRMaj codes =
                    samples.backward(
                            step.parameters(), step.target(), scale, step.gradient(), true);
            samples.toHeads(codes, step.posterior(), step.headGradient());
        }
        step.posterior().addDivergence(step.shares(), step.pressure());
    }
}
