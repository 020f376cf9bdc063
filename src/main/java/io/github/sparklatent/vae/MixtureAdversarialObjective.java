package io.github.sparklatent.vae;

import io.github.sparklatent.gan.AdversarialMeasures;
import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.gan.Discriminator;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.StochasticObjective;
import java.util.ArrayList;
import java.util.List;

/**
 * The decoder's stage of a variational autoencoder with mixtures against a discriminator: for each
 * batch the discriminator learns to tell its rows from decoded draws of the prior, then the decoder
 * follows
 *
 * <pre>
 *   Σ_k α_k E_{q_k}[−log p(x|z)] − weight · log D(E[x|z']),   z' ~ p(z)
 * </pre>
 *
 * with encoder and prior as they are. The measures are those of {@link MixtureVariationalObjective}
 * and those of the game; as each side is measured by the other of that moment, they choose nothing.
 */
public final class MixtureAdversarialObjective implements StochasticObjective {
    private static final long serialVersionUID = 1L;

    /** Places of the players. */
    static final int DISCRIMINATOR = 0;

    private final MixtureVariationalObjective reconstruction;
    private final Networks networks;
    private final double weight;
    private final Discriminator discriminator;

    /**
     * @param weight of the adversarial loss, above 0
     * @throws IllegalArgumentException without a discriminator, and as {@link
     *     MixtureVariationalObjective} has it
     */
    public MixtureAdversarialObjective(
            Architecture architecture,
            VariationalOptions options,
            double weight,
            AdversarialOptions adversarial) {
        Require.that(
                weight > 0 && Double.isFinite(weight),
                "adversarialWeight is %s, expected a finite number above 0",
                weight);
        this.reconstruction =
                new MixtureVariationalObjective(architecture, options, MixtureStage.DECODER);
        this.networks = architecture.networks(Kind.MIXTURE);
        Require.that(
                networks.auxiliary() != null,
                "adversarialWeight is %s, expected 0 of a network without a discriminator: its"
                        + " hidden layers are not given",
                weight);
        this.weight = weight;
        this.discriminator = new Discriminator(networks.auxiliary(), adversarial);
    }

    /**
     * Parameters with the spectral normalisation of the discriminator, if there is one, in its
     * weights themselves.
     *
     * @param parameters Not modified.
     */
    float[] normalized(float[] parameters) {
        return discriminator.normalized(parameters, networks.auxiliaryOffset());
    }

    @Override
    public int parameterCount() {
        return networks.parameterCount();
    }

    @Override
    public List<String> measures() {
        List<String> measures = new ArrayList<>(reconstruction.measures());
        measures.addAll(
                List.of(
                        AdversarialMeasures.GENERATOR_LOSS,
                        AdversarialMeasures.DISCRIMINATOR_LOSS,
                        AdversarialMeasures.REAL_ACCURACY,
                        AdversarialMeasures.FAKE_ACCURACY,
                        AdversarialMeasures.COVERAGE));
        return List.copyOf(measures);
    }

    @Override
    public List<Player> players() {
        Range judge = new Range(networks.auxiliaryOffset(), discriminator.parameterCount());
        return List.of(
                new Player("discriminator", List.of(judge)),
                new Player("decoder", reconstruction.players().get(0).ranges()));
    }

    @Override
    public boolean isComparable() {
        return false;
    }

    @Override
    public Worker worker(int maxRows) {
        return new MixtureAdversarialWorker(
                networks, discriminator, weight, reconstruction.worker(maxRows), maxRows);
    }
}
