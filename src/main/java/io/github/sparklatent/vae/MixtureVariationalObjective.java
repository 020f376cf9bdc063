package io.github.sparklatent.vae;

import io.github.sparklatent.learn.StochasticObjective;
import java.util.ArrayList;
import java.util.List;

/**
 * The loss of a variational autoencoder whose prior and posterior are mixtures: minus the
 * stratified bound (Morningstar et al., Automatic Differentiation Variational Inference with
 * Mixtures, 2021, eq. 9).
 *
 * <pre>
 *   p(z) = Σ_k π_k N(z; m_k, diag s_k²),   q(z|x) = Σ_k α_k(x) N(z; μ_k(x), diag σ²(x))
 *   ELBO = Σ_k α_k E_{z ~ q_k} [ log p(x|z) + β (log p(z) − log q(z|x)) ]
 * </pre>
 *
 * The sum over k is exact, each expectation the mean over L samples z = μ_k + σ ε of its own, so K
 * L codes of a row are decoded. Of the three measures {@code loss} is −ELBO at β = 1 whatever the
 * options, {@code reconstruction} its part −log p(x|z), {@code kl} the rest, which is an estimate
 * too and may be negative. In all stages the loss is the same, so that they share one curve: where
 * only the decoder moves, the loss falls by what the reconstruction does.
 *
 * <p>In an evaluation there is no corruption and no warm-up, and the draws follow from each row's
 * content.
 *
 * <p>Memory of a worker: that of {@link VariationalObjective}'s for batches of K n rows, the
 * encoder still for n, and three times K² L n doubles, of the codes decoded together.
 */
public final class MixtureVariationalObjective implements StochasticObjective {
    private static final long serialVersionUID = 1L;
    private static final List<String> MEASURES = List.of("loss", "reconstruction", "kl");

    private final Networks networks;
    private final VariationalOptions options;
    private final MixtureStage stage;

    /**
     * @param stage what moves
     * @throws IllegalArgumentException for options that a mixture has not: another bound or
     *     gradient, free bits; for rows drawn as 0 or 1 under another likelihood than bernoulli
     */
    public MixtureVariationalObjective(
            Architecture architecture, VariationalOptions options, MixtureStage stage) {
        architecture.requireBernoulliIf(options.binarize());
        options.requirePlain(Kind.MIXTURE);
        this.networks = architecture.networks(Kind.MIXTURE);
        this.options = options;
        this.stage = stage;
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
    public List<Player> players() {
        List<Range> ranges = new ArrayList<>();
        if (stage.movesEncoder()) {
            ranges.add(new Range(0, networks.decoderOffset()));
        }
        if (stage.movesDecoder()) {
            ranges.add(between(networks.decoderOffset(), networks.priorOffset()));
        }
        if (stage.movesEncoder()) {
            ranges.add(between(networks.priorOffset(), networks.auxiliaryOffset()));
        }
        return List.of(new Player("model", ranges));
    }

    private static Range between(int from, int to) {
        return new Range(from, to - from);
    }

    @Override
    public Worker worker(int maxRows) {
        return new MixtureVariationalWorker(networks, options, stage, maxRows);
    }
}
