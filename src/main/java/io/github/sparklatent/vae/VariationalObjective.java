package io.github.sparklatent.vae;

import io.github.sparklatent.learn.StochasticObjective;
import java.util.List;

/**
 * The loss of a variational autoencoder: minus a lower bound of log p(x). Kingma and Welling 2014;
 * Rezende, Mohamed and Wierstra 2014.
 *
 * <pre>
 *   −ELBO = E_q[−log p(x|z)] + β KL,   KL = ½ Σ_j (μ_j² + σ_j² − log σ_j² − 1) ≥ 0
 * </pre>
 *
 * The expectation is the mean over L samples of z. Of the three measures {@code reconstruction} and
 * {@code kl} are the two parts of −ELBO, and {@code loss} is their sum, at β = 1 whatever the
 * options; where training raises the importance-weighted bound, {@code loss} is minus that bound of
 * L samples. While training they are of the input that the gradient saw, corrupted where that is
 * asked for. In an evaluation there is no corruption, no warm-up and no free bits, and the draws
 * follow from each row's content: the same rows see the same noise in every round, order and
 * partition.
 *
 * <p>Memory of a worker: for the codes that go through the decoder together (L n of a batch of n
 * rows, but, unless n itself is more, at most 4096 and 32 MiB of the widest layer) the widths of
 * the decoder's layers, of its outputs and of a row, two to three times, in floats of 4 bytes; the
 * same of n rows for the encoder; and at most two copies of the batch.
 */
public final class VariationalObjective implements StochasticObjective {
    private static final long serialVersionUID = 1L;
    private static final List<String> MEASURES = List.of("loss", "reconstruction", "kl");

    private final Networks networks;
    private final VariationalOptions options;

    /**
     * @throws IllegalArgumentException for rows drawn as 0 or 1 under another likelihood than
     *     bernoulli
     */
    public VariationalObjective(Architecture architecture, VariationalOptions options) {
        architecture.requireBernoulliIf(options.binarize());
        this.networks = architecture.networks(Kind.VARIATIONAL);
        this.options = options;
    }

    @Override
    public int parameterCount() {
        return networks.parameterCount();
    }

    @Override
    public List<String> measures() {
        return MEASURES;
    }

    @Override
    public Worker worker(int maxRows) {
        return new VariationalWorker(networks, options, maxRows);
    }
}
