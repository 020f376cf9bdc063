package io.github.sparklatent.vae.adversarial;

import io.github.sparklatent.gan.Discriminator;
import io.github.sparklatent.gan.DiscriminatorWorker;
import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.gan.GameStep;
import io.github.sparklatent.gan.PriorCodes;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.objective.RowStreams;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.nn.likelihood.Decoder;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.vae.latent.CodeNoise;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;

/**
 * A variational autoencoder whose decoder is the generator of an adversarial game, and whose reconstruction is measured
 * on a hidden layer of the discriminator (VAE-GAN; Larsen et al. 2016, eq. 5 to 8 and algorithm 1). f(x) is the
 * discriminator's last hidden layer (the row itself if it has none), x̃ = G(z) with z ~ q(z|x), x̂ = G(z') with z' ~
 * N(0, I):
 *
 * <pre>
 *   reconstruction = −log N(f(x); f(x̃), I) = ½ |f(x) − f(x̃)|²      without its constant
 *   encoder         KL(q(z|x) || p(z)) + reconstruction
 *   decoder         γ · reconstruction − ½ log D(x̃) − ½ log D(x̂)
 *   discriminator   −log D(x) − ½ log(1 − D(x̃)) − ½ log(1 − D(x̂))
 * </pre>
 *
 * <p>Differences to the paper:
 *
 * <ul>
 *   <li>The paper's decoder ascends −log(1 − D). Here it descends −log D, which does not saturate (Goodfellow et al.
 *       2014, section 3).
 *   <li>The paper has no ½. With two generated rows for each real one, a discriminator that cannot separate them
 *       minimises its loss if it classifies all rows as generated, so its accuracies carry no information. Here both
 *       accuracies are ½ in this case.
 *   <li>The paper takes all three gradients at the same parameters. Here the three players move in turn, in the paper's
 *       order and with the same codes.
 *   <li>The paper leaves open which layer is f.
 * </ul>
 *
 * As in the paper, the reconstruction does not move the discriminator, which could lower it by a constant f, and the
 * game does not move the encoder.
 *
 * <p>Spectral normalisation keeps distances within f below those between rows. Then the divergence mostly outweighs the
 * reconstruction, and the codes carry no information about their rows.
 *
 * <p>The measures: {@code loss} is {@code featureReconstruction} plus {@code kl}; {@code generatorLoss} and
 * {@code fakeAccuracy} are means over x̃ and x̂. In an evaluation codes follow from each row's content.
 *
 * <p>Memory of a worker: the buffers of the three networks for a batch of n rows, three times the discriminator's
 * parameters, two batches of n × d (four with a gradient penalty), and two of the hidden layer.
 */
public final class VariationalAdversarialObjective implements GameObjective {
    /**
     * The name of the reconstruction above. It is not the likelihood's −log p(x|z), which other objectives call
     * {@code reconstruction}. In the literature it is called "feature reconstruction loss" (Johnson et al. 2016, eq.
     * 2).
     */
    public static final String FEATURE_RECONSTRUCTION = "featureReconstruction";

    /** Indices of the three players, each of which has one parameter group. The players are updated in this order. */
    static final int ENCODER = 0;

    static final int DECODER = 1;
    static final int DISCRIMINATOR = 2;
    private static final List<String> BOUND = List.of("loss", FEATURE_RECONSTRUCTION, "kl");

    /** The weight of the reconstructed rows x̃ in the losses; the generated rows x̂ have the same weight. */
    private static final double HALF = 0.5;

    private final Networks networks;
    private final Discriminator discriminator;
    private final double gamma;

    /**
     * Creates the losses of the three players.
     *
     * @throws IllegalArgumentException if the likelihood has a variance to learn, because no player updates it
     */
    public VariationalAdversarialObjective(Architecture architecture, VariationalAdversarialOptions options) {
        Likelihood likelihood = architecture.likelihood();
        Require.that(
                !likelihood.learnsVariance(),
                "the likelihood %s has a variance to be learnt, expected one without: no player moves it",
                likelihood);
        this.networks = architecture.networks(Kind.VARIATIONAL_ADVERSARIAL);
        this.discriminator = new Discriminator(networks.auxiliary(), options.adversarial());
        this.gamma = options.gamma();
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
        return Stream.concat(BOUND.stream(), GAME_MEASURES.stream()).toList();
    }

    @Override
    public List<ParameterGroup> parameterGroups() {
        int decoder = networks.conditional().parameterCount();
        Range first = new Range(0, Parameter.length(networks.encoder().parameters()));
        Range second = new Range(networks.decoderOffset(), decoder);
        Range third = new Range(networks.auxiliaryOffset(), discriminator.parameterCount());
        return List.of(
                new ParameterGroup("encoder", List.of(first)),
                new ParameterGroup("decoder", List.of(second)),
                new ParameterGroup("discriminator", List.of(third)));
    }

    @Override
    public Worker worker(int maxRows) {
        return new GameWorker(maxRows);
    }

    private final class GameWorker implements Worker {
        private final RowStreams streams;
        private final GaussianPosterior posterior;
        private final CodeNoise noise;
        private final FMatrixRMaj codes;
        private final PriorCodes prior;
        private final Decoder.Worker generator;
        private final GameStep game;
        private final FeatureError error;
        private final FMatrixRMaj reconstructed = new FMatrixRMaj(0, 0);
        private final FMatrixRMaj rowGradient = new FMatrixRMaj(0, 0);

        GameWorker(int maxRows) {
            FloatProducts products = new FloatProducts();
            int latent = networks.latent();
            int offset = networks.auxiliaryOffset();
            this.streams = new RowStreams(maxRows, networks.inputs());
            this.posterior = new GaussianPosterior(networks, maxRows, products);
            this.noise = new CodeNoise(maxRows * latent);
            this.codes = new FMatrixRMaj(maxRows, latent);
            this.prior = new PriorCodes(maxRows, latent, networks.inputs());
            this.generator = networks.conditional().worker(maxRows, products);
            this.game = new GameStep(discriminator, offset, maxRows, BOUND.size(), products);
            this.error = new FeatureError(game.term().discriminator());
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
            reconstruct(parameters, rows, streams.ofBatch(position.key(), Purpose.LATENT_NOISE));
            if (position.group() == ENCODER) {
                measureBound(parameters, rows, shares, sums);
                moveEncoder(parameters, shares, gradient);
                return;
            }
            FMatrixRMaj drawn = prior.ofBatch(rows.numRows, position.key(), 0);
            if (position.group() == DECODER) {
                moveDecoder(parameters, rows, shares, drawn, gradient, sums);
                return;
            }
            FMatrixRMaj generated = generator.generate(parameters, drawn, rows, prior.streams());
            game.discriminator(parameters, rows, gradient, sums, reconstructed, generated);
        }

        @Override
        public void evaluate(float[] parameters, FMatrixRMaj rows, float[] weights, double[] sums) {
            float[] shares = game.begin(weights, rows.numRows);
            reconstruct(parameters, rows, streams.ofContent(rows, 0, Purpose.LATENT_NOISE));
            measureBound(parameters, rows, shares, sums);
            FMatrixRMaj generated = generator.generate(parameters, prior.ofContent(rows), rows, prior.streams());
            game.discriminator(parameters, rows, null, sums, reconstructed, generated);
            double loss = game.term().generatorLoss(parameters, reconstructed, shares)
                    + game.term().generatorLoss(parameters, generated, shares);
            game.generator(HALF * loss, sums);
        }

        /** Encodes rows and computes x̃. */
        private void reconstruct(float[] parameters, FMatrixRMaj rows, RandomGenerator[] random) {
            posterior.encode(parameters, rows);
            noise.draw(posterior, random, 1);
            codes.reshape(rows.numRows, posterior.latent());
            noise.copyCodes(0, codes, 0);
            reconstructed.setTo(generator.generate(parameters, codes, rows, random));
        }

        private void measureBound(float[] parameters, FMatrixRMaj rows, float[] shares, double[] sums) {
            double reconstruction = error.of(parameters, rows, reconstructed, shares);
            double divergence = 0;
            for (int i = 0; i < rows.numRows; i++) {
                divergence += shares[i] * posterior.divergence(i);
            }
            sums[0] += game.weight() * (reconstruction + divergence);
            sums[1] += game.weight() * reconstruction;
            sums[2] += game.weight() * divergence;
        }

        /**
         * Computes the derivatives of eq. 5 and 7 with respect to the encoder's parameters, after the error has been
         * measured.
         */
        private void moveEncoder(float[] parameters, float[] shares, float[] gradient) {
            FMatrixRMaj codeGradient =
                    generator.backwardFromRows(parameters, error.backward(shares, 1), Gradient.NONE, true);
            noise.toHeads(codeGradient, 0, 1, posterior.headGradient());
            posterior.addDivergence(shares, 1);
            posterior.backward(parameters, gradient);
        }

        /** Computes the derivative of eq. 8 with respect to the decoder's parameters. */
        private void moveDecoder(
                float[] parameters,
                FMatrixRMaj rows,
                float[] shares,
                FMatrixRMaj drawn,
                float[] gradient,
                double[] sums) {
            error.of(parameters, rows, reconstructed, shares);
            rowGradient.setTo(error.backward(shares, gamma));
            double loss = game.term().generator(parameters, reconstructed, shares, HALF, rowGradient);
            generator.backwardFromRows(parameters, rowGradient, Gradient.writtenTo(gradient), false);
            FMatrixRMaj generated = generator.generate(parameters, drawn, rows, prior.streams());
            rowGradient.zero();
            loss += game.term().generator(parameters, generated, shares, HALF, rowGradient);
            generator.backwardFromRows(parameters, rowGradient, Gradient.addedTo(gradient), false);
            game.generator(HALF * loss, sums);
        }
    }

    /**
     * The reconstruction error ½ |f(x) − f(x̃)|² on a discriminator's last hidden layer f (Larsen et al. 2016, eq. 7).
     * Holds two batches of that layer.
     */
    static final class FeatureError {
        private final DiscriminatorWorker discriminator;
        private final FMatrixRMaj target = new FMatrixRMaj(0, 0);
        private final FMatrixRMaj difference = new FMatrixRMaj(0, 0);

        FeatureError(DiscriminatorWorker discriminator) {
            this.discriminator = discriminator;
        }

        /**
         * Returns Σ_i share_i ½ |f(x_i) − f(x̃_i)|².
         *
         * @param rows n × d. Not modified.
         * @param reconstructed n × d. Not modified.
         */
        double of(float[] parameters, FMatrixRMaj rows, FMatrixRMaj reconstructed, float[] shares) {
            discriminator.logits(parameters, rows);
            target.setTo(discriminator.features());
            discriminator.logits(parameters, reconstructed);
            FMatrixRMaj features = discriminator.features();
            difference.reshape(features.numRows, features.numCols);
            double sum = 0;
            for (int i = 0; i < features.numRows; i++) {
                double squares = 0;
                for (int j = i * features.numCols; j < (i + 1) * features.numCols; j++) {
                    difference.data[j] = features.data[j] - target.data[j];
                    double distance = difference.data[j];
                    squares += distance * distance;
                }
                sum += 0.5 * shares[i] * squares;
            }
            return sum;
        }

        /**
         * Returns the derivative of weight times the error measured last, with respect to the reconstructions. The
         * method may be called once for each measurement.
         *
         * @return n × d, a buffer
         */
        FMatrixRMaj backward(float[] shares, double weight) {
            for (int i = 0; i < difference.numRows; i++) {
                float factor = (float) (weight * shares[i]);
                for (int j = i * difference.numCols; j < (i + 1) * difference.numCols; j++) {
                    difference.data[j] *= factor;
                }
            }
            return discriminator.backwardFromFeatures(difference);
        }
    }
}
