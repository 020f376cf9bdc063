package io.github.sparklatent.vae;

import io.github.sparklatent.learn.StochasticObjective;
import java.util.List;

/**
 * The loss of a variational autoencoder whose latent variables are a code z and a class y: minus a
 * lower bound of log p(x) where y is uniform over K classes, z|y ~ N(m_y, I) and x|z is the
 * decoder's, with q(z|x) = N(μ, diag σ²) and a small network, the classifier, that gives q(y|z):
 *
 * <pre>
 *   −ELBO = E_q[−log p(x|z) + Σ_y q(y|z) (log q(z|x) − log p(z|y)) + KL(q(y|z) || uniform)]
 * </pre>
 *
 * The expectation is the mean over L samples of z, but for log q(z|x), whose expectation is minus
 * the entropy of q. Of the three measures {@code reconstruction} is the first part of −ELBO, {@code
 * kl} the rest, {@code loss} their sum. Evaluations draw by each row's content.
 *
 * <p>Memory of a worker: that of {@link VariationalObjective}, for the codes that are decoded
 * together the widths of the classifier's layers, two to three times, and 2 K numbers of 8 bytes.
 */
public final class ClassifyingObjective implements StochasticObjective {
    private static final long serialVersionUID = 1L;
    private static final List<String> MEASURES = List.of("loss", "reconstruction", "kl");

    private final Networks networks;
    private final ClassifyingOptions options;

    /**
     * @throws IllegalArgumentException for fewer than two components, and for rows drawn as 0 or 1
     *     under another likelihood than bernoulli
     */
    public ClassifyingObjective(Architecture architecture, ClassifyingOptions options) {
        architecture.requireComponents(Kind.CLASSIFYING);
        architecture.requireBernoulliIf(options.binarize());
        this.networks = architecture.networks(Kind.CLASSIFYING);
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
        return new ClassifyingWorker(networks, options, maxRows);
    }
}
