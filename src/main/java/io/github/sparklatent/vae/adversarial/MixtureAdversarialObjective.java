package io.github.sparklatent.vae.adversarial;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.gan.Discriminator;
import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.gan.GameStep;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.likelihood.Decoder;
import io.github.sparklatent.vae.latent.MixturePosterior;
import io.github.sparklatent.vae.latent.RowStreams;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.LatentDistribution;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.objective.MixtureStage;
import io.github.sparklatent.vae.objective.MixtureVariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;

/**
 * The decoder's stage of a mixture-of-Gaussians variational autoencoder against a discriminator. For each batch the
 * discriminator learns to separate its rows from generated rows x'; then the decoder follows
 *
 * <pre>
 *   Σ_k α_k E_{q_k}[−log p(x|z)] − weight · log D(x'),   x' = E[x|z']
 * </pre>
 *
 * where z' is a draw of the prior, of q(z|x), or one of each ({@link AdversarialTarget}). Columns that are not real
 * numbers are drawn from p(x|z'). The parameters of encoder and prior do not change. The measures are the measures of
 * {@link MixtureVariationalObjective}, then the measures of the game.
 */
public final class MixtureAdversarialObjective implements GameObjective {
    private static final long serialVersionUID = 1L;
    private static final int DISCRIMINATOR = 0;
    private static final int ANY_COMPONENT = -1;
    private static final double HALF = 0.5;

    private final MixtureVariationalObjective reconstruction;
    private final Networks networks;
    private final double weight;
    private final AdversarialTarget target;
    private final Discriminator discriminator;

    /**
     * Creates the losses of decoder and discriminator.
     *
     * @param weight weight of the adversarial loss, above 0
     * @param target the rows that the discriminator judges
     * @throws IllegalArgumentException if the architecture has no discriminator, or for any reason for which
     *     {@link MixtureVariationalObjective} throws this exception
     */
    public MixtureAdversarialObjective(
            Architecture architecture,
            VariationalOptions options,
            double weight,
            AdversarialTarget target,
            AdversarialOptions adversarial) {
        Require.that(
                weight > 0 && Double.isFinite(weight),
                "adversarialWeight is %s, expected a finite number above 0",
                weight);
        this.reconstruction = new MixtureVariationalObjective(architecture, options, MixtureStage.DECODER);
        this.networks = architecture.networks(Kind.MIXTURE);
        Require.that(
                networks.auxiliary() != null,
                "adversarialWeight is %s, expected 0 of a network without a discriminator: its hidden layers are not given",
                weight);
        this.weight = weight;
        this.target = target;
        this.discriminator = new Discriminator(networks.auxiliary(), adversarial);
    }

    @Override
    public float[] normalized(float[] parameters) {
        return discriminator.normalized(parameters, networks.auxiliaryOffset());
    }

    @Override
    public int parameterCount() {
        return networks.parameterCount();
    }

    @Override
    public List<Range> decayed() {
        return networks.weights();
    }

    @Override
    public List<String> measures() {
        return Stream.concat(reconstruction.measures().stream(), GAME_MEASURES.stream())
                .toList();
    }

    @Override
    public List<ParameterGroup> parameterGroups() {
        Range judge = new Range(networks.auxiliaryOffset(), discriminator.parameterCount());
        return List.of(
                new ParameterGroup("discriminator", List.of(judge)),
                new ParameterGroup(
                        "decoder", reconstruction.parameterGroups().get(0).ranges()));
    }

    @Override
    public Worker worker(int maxRows) {
        return new GameWorker(maxRows);
    }

    private final class GameWorker implements Worker {
        private final Worker bound;
        private final MixturePosterior posterior;
        private final Decoder.Worker decoder;
        private final GameStep game;
        private final RowStreams streams;
        private final FMatrixRMaj codes;
        private final FMatrixRMaj reconstructed = new FMatrixRMaj(0, 0);
        private final FMatrixRMaj rowGradient = new FMatrixRMaj(0, 0);

        GameWorker(int maxRows) {
            FloatProducts products = new FloatProducts();
            int first = reconstruction.measures().size();
            int offset = networks.auxiliaryOffset();
            this.bound = reconstruction.worker(maxRows);
            this.posterior = new MixturePosterior(networks, maxRows, products);
            this.decoder = networks.conditional().worker(maxRows, products);
            this.game = new GameStep(discriminator, offset, maxRows, first, products);
            this.streams = new RowStreams(maxRows, networks.inputs());
            this.codes = new FMatrixRMaj(maxRows, networks.latent());
        }

        @Override
        public void gradient(
                float[] parameters,
                FMatrixRMaj rows,
                float[] weights,
                Position position,
                float[] gradient,
                double[] sums) {
            float[] shares = game.begin(weights, rows.numRows);
            long key = RandomStreams.key(position.key(), Purpose.PRIOR, position.group());
            if (position.group() == DISCRIMINATOR) {
                if (target.hasReconstructions()) {
                    reconstruct(parameters, rows, streams.ofBatch(key, Purpose.LATENT_NOISE));
                }
                FMatrixRMaj samples = target.hasSamples() ? samples(parameters, rows, key) : null;
                game.discriminator(parameters, rows, gradient, sums, judged(samples));
                return;
            }
            bound.gradient(parameters, rows, weights, position, gradient, sums);
            rowGradient.reshape(rows.numRows, rows.numCols);
            double loss = 0;
            if (target.hasReconstructions()) {
                reconstruct(parameters, rows, streams.ofBatch(key, Purpose.LATENT_NOISE));
                loss += follow(parameters, reconstructed, shares, gradient);
            }
            if (target.hasSamples()) {
                loss += follow(parameters, samples(parameters, rows, key), shares, gradient);
            }
            game.generator(loss, sums);
        }

        private FMatrixRMaj samples(float[] parameters, FMatrixRMaj rows, long key) {
            RandomGenerator[] drawn = streams.ofBatch(key, Purpose.DECODED);
            return generate(parameters, rows.numRows, key, i -> i, drawn);
        }

        /** Returns the batches of generated rows that the discriminator judges. */
        private FMatrixRMaj[] judged(FMatrixRMaj samples) {
            return switch (target) {
                case RECONSTRUCTIONS -> new FMatrixRMaj[] {reconstructed};
                case SAMPLES -> new FMatrixRMaj[] {samples};
                case BOTH -> new FMatrixRMaj[] {reconstructed, samples};
            };
        }

        /** The share of a batch of generated rows in the adversarial loss. */
        private double share() {
            return target == AdversarialTarget.BOTH ? HALF : 1;
        }

        /**
         * Adds the gradient of the adversarial loss of the rows that were decoded last.
         *
         * @return their part of the loss, without the weight
         */
        private double follow(float[] parameters, FMatrixRMaj generated, float[] shares, float[] gradient) {
            rowGradient.zero();
            double loss = game.term().generator(parameters, generated, shares, weight * share(), rowGradient);
            decoder.backwardFromRows(parameters, rowGradient, Gradient.addedTo(gradient), false);
            return share() * loss;
        }

        @Override
        public void evaluate(float[] parameters, FMatrixRMaj rows, float[] weights, double[] sums) {
            bound.evaluate(parameters, rows, weights, sums);
            float[] shares = game.begin(weights, rows.numRows);
            double loss = 0;
            if (target.hasReconstructions()) {
                reconstruct(parameters, rows, streams.ofContent(rows, 0, Purpose.LATENT_NOISE));
                loss += share() * game.term().generatorLoss(parameters, reconstructed, shares);
            }
            FMatrixRMaj samples = generate(
                    parameters,
                    rows.numRows,
                    0,
                    i -> streams.hash(rows, i),
                    streams.ofContent(rows, 0, Purpose.DECODED));
            if (target.hasSamples()) {
                loss += share() * game.term().generatorLoss(parameters, samples, shares);
            }
            game.discriminator(parameters, rows, null, sums, judged(samples));
            game.generator(loss, sums);
        }

        /** Decodes a draw of q(z|x) of each row. */
        private void reconstruct(float[] parameters, FMatrixRMaj rows, RandomGenerator[] random) {
            posterior.encode(parameters, rows);
            posterior.draw(random, codes);
            reconstructed.setTo(decoder.generate(parameters, codes, random));
        }

        /**
         * Generates rows from draws of the prior, each a function of the seed and its index.
         *
         * @param random a stream for each row
         */
        private FMatrixRMaj generate(
                float[] parameters, int count, long seed, IntToLongFunction index, RandomGenerator[] random) {
            LatentDistribution prior = networks.distribution(parameters);
            int latent = networks.latent();
            codes.reshape(count, latent);
            for (int i = 0; i < count; i++) {
                prior.draw(seed, index.applyAsLong(i), ANY_COMPONENT, codes.data, i * latent);
            }
            return decoder.generate(parameters, codes, random);
        }
    }
}
