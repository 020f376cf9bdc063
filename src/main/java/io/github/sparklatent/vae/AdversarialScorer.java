package io.github.sparklatent.vae;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.gan.Discriminator;
import io.github.sparklatent.gan.DiscriminatorPass;
import org.ejml.data.FMatrixRMaj;

/**
 * What a discriminator makes of rows: the only thing that a generative adversarial network says of
 * one that it is shown.
 */
final class AdversarialScorer implements KindScorer {
    private final ScoringTask task;
    private final DiscriminatorPass discriminator;

    AdversarialScorer(ScoringTask task) {
        this.task = task;
        AdversarialOptions options =
                AdversarialOptions.DEFAULT.withSpectralNormalization(
                        task.options().spectralNormalization());
        this.discriminator =
                new Discriminator(task.networks().auxiliary(), options)
                        .pass(
                                task.maxRows(),
                                task.networks().auxiliaryOffset(),
                                task.products());
    }

    @Override
    public Kind kind() {
        return Kind.ADVERSARIAL;
    }

    /** −log D(x) = log(1 + exp(−a(x))), without overflow. */
    @Override
    public void anomaly(
            FMatrixRMaj rows, FMatrixRMaj target, double[] score, double[] divergence) {
        FMatrixRMaj logits = discriminator.logits(task.parameters(), target);
        for (int i = 0; i < rows.numRows; i++) {
            double logit = logits.data[i];
            score[i] =
                    Math.max(0, -logit)
                            + StrictMath.log1p(StrictMath.exp(-StrictMath.abs(logit)));
        }
    }
}
