package io.github.sparklatent.vae.adversarial;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.gan.Discriminator;
import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.likelihood.Conditions;
import io.github.sparklatent.vae.latent.MixturePosterior;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.LatentDistribution;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.objective.BoundStage;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.List;
import java.util.function.IntToLongFunction;
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
     * Creates the losses of decoder and discriminator.
     *
     * @param stage stage that moves the decoder
     * @param weight weight of the adversarial loss, above 0
     * @param target the rows that the discriminator judges
     * @throws IllegalArgumentException if the architecture has no discriminator, or for any reason for which
     *     {@link VariationalObjective} throws this exception
     */
    public MixtureAdversarialObjective(
            Architecture architecture,
            VariationalOptions options,
            BoundStage stage,
            double weight,
            AdversarialTarget target,
            AdversarialOptions adversarial) {
        super(
                discriminator(architecture.networks(Kind.MIXTURE), weight, adversarial),
                architecture.networks(Kind.MIXTURE).auxiliaryOffset());
        this.bound = new VariationalObjective(Kind.MIXTURE, architecture, options, stage);
        this.networks = architecture.networks(Kind.MIXTURE);
        this.adversarialWeight = weight;
        this.target = target;
    }

    private static Discriminator discriminator(Networks networks, double weight, AdversarialOptions options) {
        Require.that(
                networks.auxiliary() != null,
                "adversarialWeight is %s, expected 0 of a network without a discriminator: its hidden layers are not given",
                weight);
        return new Discriminator(networks.auxiliary(), options);
    }

    @Override
    public List<Range> decayed() {
        return networks.weights();
    }

    @Override
    protected List<String> boundMeasures() {
        return bound.measures();
    }

    @Override
    public List<ParameterGroup> parameterGroups() {
        return List.of(discriminatorGroup(), bound.parameterGroups().get(0));
    }

    @Override
    public Worker worker(int maxRows) {
        return new Players(maxRows, new FloatProducts());
    }

    private final class Players extends GameWorker {
        private final Worker stage;
        private final MixturePosterior posterior;

        Players(int maxRows, FloatProducts products) {
            super(networks.conditional(), maxRows, products);
            this.stage = bound.worker(maxRows);
            this.posterior = new MixturePosterior(networks, maxRows, products);
        }

        @Override
        public void gradient(
                float[] parameters,
                FMatrixRMaj rows,
                float[] weights,
                Position position,
                float[] gradient,
                double[] sums) {
            begin(weights, rows.numRows);
            long key = RandomStreams.key(position.key(), Purpose.PRIOR, position.group());
            RandomGenerator[] drawn = streams.ofBatch(key, purpose());
            if (position.group() == DISCRIMINATOR) {
                discriminate(parameters, rows, gradient, sums, judged(parameters, rows, key, i -> i, drawn));
                return;
            }
            stage.gradient(parameters, rows, weights, position, gradient, sums);
            FMatrixRMaj generated = judged(parameters, rows, key, i -> i, drawn);
            addGeneratorLoss(deceive(parameters, generated, adversarialWeight, Gradient.addedTo(gradient)), sums);
        }

        private Purpose purpose() {
            return target == AdversarialTarget.SAMPLES ? Purpose.DECODED : Purpose.LATENT_NOISE;
        }

        @Override
        public void evaluate(float[] parameters, FMatrixRMaj rows, float[] weights, double[] sums) {
            stage.evaluate(parameters, rows, weights, sums);
            begin(weights, rows.numRows);
            RandomGenerator[] drawn = streams.ofContent(rows, 0, purpose());
            measure(parameters, rows, sums, judged(parameters, rows, 0, i -> streams.hash(rows, i), drawn));
        }

        /**
         * Returns the rows that the discriminator judges: one for each row of the batch.
         *
         * @param seed of the draws of the prior, each a function of it and its index
         * @param random a stream for each row
         */
        private FMatrixRMaj judged(
                float[] parameters, FMatrixRMaj rows, long seed, IntToLongFunction index, RandomGenerator[] random) {
            if (target == AdversarialTarget.RECONSTRUCTIONS) {
                posterior.encode(parameters, rows);
                posterior.draw(random, codes);
            } else {
                LatentDistribution prior = networks.distribution(parameters);
                int latent = networks.latent();
                Conditions conditions = networks.likelihood().conditions();
                codes.reshape(rows.numRows, latent);
                for (int i = 0; i < rows.numRows; i++) {
                    networks.given(conditions, prior, parameters, rows, i)
                            .draw(seed, index.applyAsLong(i), ANY_COMPONENT, codes.data, i * latent);
                }
            }
            return decoder.generate(parameters, codes, rows, random);
        }
    }
}
