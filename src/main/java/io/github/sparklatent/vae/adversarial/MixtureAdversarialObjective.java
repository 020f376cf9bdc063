package io.github.sparklatent.vae.adversarial;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.gan.Discriminator;
import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.likelihood.Conditions;
import io.github.sparklatent.vae.latent.Posterior;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.LatentDistribution;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.objective.VariationalObjective;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * A stage of a mixture-of-Gaussians variational autoencoder against a discriminator. For each batch the discriminator
 * learns to separate its rows from generated rows x'; then the stage's parameters follow its loss, and the decoder
 *
 * <pre>
 *   its loss − weight · log D(x'),   x' = E[x|z']
 * </pre>
 *
 * where z' is a draw of q(z|x) or of the prior ({@link AdversarialTarget}); no gradient goes through it. Columns that
 * are not real numbers are drawn from p(x|z'). The measures are the measures of {@link VariationalObjective}, then the
 * measures of the game.
 */
public final class MixtureAdversarialObjective extends GameObjective {
    private static final int DISCRIMINATOR = 0;
    private static final int ANY_COMPONENT = -1;

    private final VariationalObjective bound;
    private final Networks networks;
    private final double adversarialWeight;
    private final AdversarialTarget target;

    /**
     * Creates the losses of decoder and discriminator, for an architecture that has a discriminator.
     *
     * @param bound loss of the stage, which moves the decoder, of networks with a discriminator
     * @param weight weight of the adversarial loss, above 0
     * @param target the rows that the discriminator judges
     */
    public MixtureAdversarialObjective(
            VariationalObjective bound, double weight, AdversarialTarget target, AdversarialOptions adversarial) {
        super(
                bound.networks().conditional(),
                new Discriminator(bound.networks().auxiliary(), adversarial),
                bound.networks().auxiliaryOffset(),
                bound.parameterGroups(),
                DISCRIMINATOR,
                bound.networks().weights(),
                bound.measures());
        this.bound = bound;
        this.networks = bound.networks();
        this.adversarialWeight = weight;
        this.target = target;
    }

    @Override
    public Worker worker(int maxRows) {
        return new Players(maxRows, new FloatProducts());
    }

    private final class Players extends GameWorker {
        private final Worker stage;
        private final Posterior posterior;

        Players(int maxRows, FloatProducts products) {
            super(maxRows, products);
            this.stage = bound.worker(maxRows);
            this.posterior = Posterior.of(Kind.MIXTURE.posterior(), networks, maxRows, products);
        }

        @Override
        protected double move(float[] gradient) {
            stage.gradient(batch.parameters(), batch.rows(), weights, batch.position(), gradient, sums);
            return deceive(judged()[0], adversarialWeight, Gradient.addedTo(gradient));
        }

        @Override
        protected void measureBound() {
            stage.evaluate(batch.parameters(), batch.rows(), weights, sums);
        }

        /** Generates one row for each row of the batch. */
        @Override
        protected FMatrixRMaj[] judged() {
            boolean ofPosterior = target == AdversarialTarget.RECONSTRUCTIONS;
            Purpose purpose = ofPosterior ? Purpose.LATENT_NOISE : Purpose.DECODED;
            Position at = batch.position();
            long key = at == null ? 0 : RandomStreams.key(at.key(), Purpose.PRIOR, at.group());
            RandomGenerator[] random = batch.streams(key, purpose);
            if (ofPosterior) {
                posterior.encode(batch.parameters(), batch.rows());
                posterior.draw(random, codes);
            } else {
                drawFromPrior(key);
            }
            return new FMatrixRMaj[] {decoder.generate(batch.parameters(), codes, batch.rows(), random)};
        }

        private void drawFromPrior(long key) {
            LatentDistribution prior = networks.distribution(batch.parameters());
            Conditions conditions = networks.likelihood().conditions();
            codes.reshape(batch.rows().numRows, networks.latent());
            for (int i = 0; i < batch.rows().numRows; i++) {
                long index = batch.isTraining() ? i : batch.hash(i);
                networks.given(conditions, prior, batch.parameters(), batch.rows(), i)
                        .draw(key, index, ANY_COMPONENT, codes.data, i * codes.numCols);
            }
        }
    }
}
