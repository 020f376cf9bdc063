package io.github.sparklatent.vae;

import io.github.sparklatent.gan.AdversarialMeasures;
import io.github.sparklatent.gan.Discriminator;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.nn.Likelihood;
import io.github.sparklatent.nn.Parameter;
import java.util.List;

/**
 * A variational autoencoder whose decoder is the generator of an adversarial game, and whose
 * reconstruction is measured by what the discriminator sees (VAE-GAN; Larsen et al. 2016, eq. 5 to
 * 8 and algorithm 1). f(x) is the discriminator's last hidden layer (the row itself where it has
 * none), x̃ = G(z) with z ~ q(z|x), x̂ = G(z') with z' ~ N(0, I):
 *
 * <pre>
 *   reconstruction = −log N(f(x); f(x̃), I) = ½ |f(x) − f(x̃)|²      without its constant
 *   encoder         KL(q(z|x) || p(z)) + reconstruction
 *   decoder         γ · reconstruction − ½ log D(x̃) − ½ log D(x̂)
 *   discriminator   −log D(x) − ½ log(1 − D(x̃)) − ½ log(1 − D(x̂))
 * </pre>
 *
 * <p>Where this leaves the paper. Its decoder ascends −log(1 − D) where here it descends −log D,
 * which does not saturate (Goodfellow et al. 2014, section 3). It has no ½: but with two generated
 * rows for each real one a discriminator that cannot tell them apart is right to call all of them
 * generated, and its accuracies say nothing; here they are ½ then. It takes all three gradients at
 * the same parameters; here the three move in turn, in the paper's order and with the same codes,
 * each against the others as they then are. Which layer is f is a choice that it leaves open. As
 * there, the reconstruction does not move the discriminator, which could lower it by seeing
 * nothing, and the game does not move the encoder.
 *
 * <p>Spectral normalisation keeps distances within f below those between rows: then the divergence
 * mostly outweighs the reconstruction, and codes say nothing of their rows.
 *
 * <p>The measures: {@code loss} is {@code featureReconstruction} plus {@code kl}; {@code
 * generatorLoss} and {@code fakeAccuracy} are means over x̃ and x̂; {@code coverage} is of x̂. All
 * of them are measured by the discriminator of the moment, so they choose nothing. In an evaluation
 * codes follow from each row's content.
 *
 * <p>Memory of a worker: the buffers of the three networks for a batch of n rows, three times the
 * discriminator's parameters, four batches of n × d (six with a gradient penalty), two of the
 * hidden layer, and n × n numbers.
 */
public final class VariationalAdversarialObjective implements StochasticObjective {
    private static final long serialVersionUID = 1L;

    /** Places of the players. */
    static final int ENCODER = 0;

    static final int DECODER = 1;
    static final int DISCRIMINATOR = 2;

    /**
     * The reconstruction as training measures it, above; not the likelihood's −log p(x|z), which
     * other objectives call {@code reconstruction}. The field's "feature reconstruction loss"
     * (Johnson et al. 2016, eq. 2).
     */
    public static final String FEATURE_RECONSTRUCTION = "featureReconstruction";

    private static final List<String> MEASURES =
            List.of(
                    "loss",
                    FEATURE_RECONSTRUCTION,
                    "kl",
                    AdversarialMeasures.GENERATOR_LOSS,
                    AdversarialMeasures.DISCRIMINATOR_LOSS,
                    AdversarialMeasures.REAL_ACCURACY,
                    AdversarialMeasures.FAKE_ACCURACY,
                    AdversarialMeasures.COVERAGE);

    private final Networks networks;
    private final Discriminator discriminator;
    private final double gamma;

    public VariationalAdversarialObjective(
            Architecture architecture, VariationalAdversarialOptions options) {
        Likelihood likelihood = architecture.likelihood();
        Require.that(
                !likelihood.learnsVariance(),
                "the likelihood %s has a variance to be learnt, expected one without: no player"
                        + " moves it",
                likelihood);
        this.networks = architecture.networks(Kind.VARIATIONAL_ADVERSARIAL);
        this.discriminator = new Discriminator(networks.auxiliary(), options.adversarial());
        this.gamma = options.gamma();
    }

    Discriminator discriminator() {
        return discriminator;
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
        Range first = new Range(0, Parameter.length(networks.encoder().parameters()));
        Range second = new Range(networks.decoderOffset(), networks.generator().parameterCount());
        Range third = new Range(networks.auxiliaryOffset(), discriminator.parameterCount());
        return List.of(
                new Player("encoder", List.of(first)),
                new Player("decoder", List.of(second)),
                new Player("discriminator", List.of(third)));
    }

    @Override
    public boolean isComparable() {
        return false;
    }

    @Override
    public Worker worker(int maxRows) {
        return new VariationalAdversarialWorker(networks, discriminator, gamma, maxRows);
    }
}
