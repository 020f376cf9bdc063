package io.github.sparklatent.vae.objective;

import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;

/**
 * The loss of a variational autoencoder: minus a lower bound of log p(x). Kingma and Welling 2014; Rezende, Mohamed and
 * Wierstra 2014.
 *
 * <pre>
 *   −ELBO = E_q[−log p(x|z)] + β KL,   KL = ½ Σ_j (μ_j² + σ_j² − log σ_j² − 1) ≥ 0
 * </pre>
 *
 * The expectation is the mean over L samples of z. The measures are this loss and the two parts of −ELBO,
 * {@code reconstruction} and {@code kl}, without warm-up. So the round with the smallest held-out loss is the best for
 * the β that is trained. If training raises the importance-weighted bound, {@code loss} is minus that bound of L
 * samples. In training they are of the input that the gradient saw.
 *
 * <p>Memory of a worker, in floats of 4 bytes: the widths of the decoder's layers, of its outputs and of a row, two to
 * three times, for the codes that are decoded together (L n of a batch of n rows, but, unless n itself is larger, at
 * most 4096 codes and 32 MiB of the widest layer); the same of n rows for the encoder; and at most two copies of the
 * batch.
 */
public final class VariationalObjective extends NetworkObjective {
    private static final long serialVersionUID = 1L;

    private final VariationalOptions options;

    /**
     * Creates the loss.
     *
     * @throws IllegalArgumentException if rows are binarized under another likelihood than bernoulli
     */
    public VariationalObjective(Architecture architecture, VariationalOptions options) {
        super(Kind.VARIATIONAL, architecture, options.binarize(), options.corruption(), BOUND);
        this.options = options;
    }

    @Override
    Step step(int maxRows) {
        int count = options.samples();
        GaussianStep.Codes codes = GaussianStep.Codes.of(networks(), maxRows, count);
        StandardNormalTerm term = new StandardNormalTerm(options);
        return new GaussianStep(codes.posterior(), codes.samples(), count, term, estimator(term, maxRows));
    }

    private Estimator estimator(StandardNormalTerm term, int maxRows) {
        if (options.bound() == Bound.IWAE) {
            return new ImportanceWeighted(term, maxRows, options.samples());
        }
        return switch (options.gradient()) {
            case REPARAMETERIZED -> new Estimator.Reparameterized(term, maxRows, options.samples());
            case SCORE_FUNCTION -> new ScoreFunction(term, networks().latent(), maxRows, options.samples());
        };
    }
}
