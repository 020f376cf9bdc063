package io.github.sparklatent.vae.adversarial;

import io.github.sparklatent.gan.Discriminator;
import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.vae.latent.GaussianPosterior;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import java.util.List;
import java.util.random.RandomGenerator;
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
public final class VariationalAdversarialObjective extends GameObjective {
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
    private final double gamma;

    /**
     * Creates the losses of the three players.
     *
     * @throws IllegalArgumentException if the likelihood has a variance to learn, because no player updates it
     */
    public VariationalAdversarialObjective(Architecture architecture, VariationalAdversarialOptions options) {
        this(architecture.networks(Kind.VARIATIONAL_ADVERSARIAL), options);
    }

    private VariationalAdversarialObjective(Networks networks, VariationalAdversarialOptions options) {
        super(
                networks.conditional(),
                new Discriminator(networks.auxiliary(), options.adversarial()),
                networks.auxiliaryOffset(),
                List.of(
                        new ParameterGroup("encoder", List.of(new Range(0, networks.decoderOffset()))),
                        new ParameterGroup(
                                "decoder",
                                List.of(new Range(
                                        networks.decoderOffset(),
                                        networks.conditional().parameterCount())))),
                DISCRIMINATOR,
                networks.weights(),
                BOUND);
        this.networks = networks;
        this.gamma = options.gamma();
    }

    @Override
    public Worker worker(int maxRows) {
        return new Players(maxRows, new FloatProducts());
    }

    private final class Players extends GameWorker {
        private final GaussianPosterior posterior;
        private final FeatureError error;
        private final FMatrixRMaj reconstructed = new FMatrixRMaj(0, 0);

        Players(int maxRows, FloatProducts products) {
            super(maxRows, products);
            this.posterior = new GaussianPosterior(networks, maxRows, products);
            this.error = new FeatureError(term.discriminator());
        }

        @Override
        protected FMatrixRMaj[] judged() {
            if (batch.isTraining()) { // an evaluation has measured the reconstructions before
                reconstruct();
            }
            return new FMatrixRMaj[] {reconstructed, generate()};
        }

        /** Computes x̂, from the same codes in the turns of all players. */
        private FMatrixRMaj generate() {
            return generate(batch.streams(Purpose.PRIOR, 0));
        }

        /** Encodes rows and computes x̃. */
        private void reconstruct() {
            RandomGenerator[] random = batch.streams(Purpose.LATENT_NOISE);
            posterior.encode(batch.parameters(), batch.rows());
            posterior.draw(random, codes);
            reconstructed.setTo(decoder.generate(batch.parameters(), codes, batch.rows(), random));
        }

        @Override
        protected void measureBound() {
            reconstruct();
            double reconstruction = error.of(batch.parameters(), batch.rows(), reconstructed, batch.shares());
            double divergence = 0;
            for (int i = 0; i < batch.rows().numRows; i++) {
                divergence += batch.shares()[i] * posterior.divergence(i);
            }
            sums[0] += batch.weight() * (reconstruction + divergence);
            sums[1] += batch.weight() * reconstruction;
            sums[2] += batch.weight() * divergence;
        }

        @Override
        protected double move(float[] gradient) {
            if (batch.position().group() == ENCODER) {
                measureBound();
                moveEncoder(gradient);
                return 0;
            }
            reconstruct();
            return moveDecoder(gradient);
        }

        /**
         * Computes the derivatives of eq. 5 and 7 with respect to the encoder's parameters, after the error has been
         * measured.
         */
        private void moveEncoder(float[] gradient) {
            FMatrixRMaj codeGradient = decoder.backwardFromRows(
                    batch.parameters(), error.backward(batch.shares(), 1), Gradient.NONE, true);
            posterior.clear();
            posterior.toHeads(codeGradient, 0, 1, posterior.headGradient());
            posterior.addDivergence(batch.shares(), 1);
            posterior.backward(batch.parameters(), Gradient.writtenTo(gradient));
        }

        /** Computes the derivative of eq. 8 with respect to the decoder's parameters. Returns the generator's loss. */
        private double moveDecoder(float[] gradient) {
            error.of(batch.parameters(), batch.rows(), reconstructed, batch.shares());
            rowGradient.setTo(error.backward(batch.shares(), gamma));
            double loss = term.generator(batch.parameters(), reconstructed, batch.shares(), HALF, rowGradient);
            decoder.backwardFromRows(batch.parameters(), rowGradient, Gradient.writtenTo(gradient), false);
            return HALF * (loss + deceive(generate(), HALF, Gradient.addedTo(gradient)));
        }
    }

    /**
     * The reconstruction error ½ |f(x) − f(x̃)|² on a discriminator's last hidden layer f (Larsen et al. 2016, eq. 7).
     * Holds two batches of that layer.
     */
    static final class FeatureError {
        private final Discriminator.Worker discriminator;
        private final FMatrixRMaj target = new FMatrixRMaj(0, 0);
        private final FMatrixRMaj difference = new FMatrixRMaj(0, 0);

        FeatureError(Discriminator.Worker discriminator) {
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
