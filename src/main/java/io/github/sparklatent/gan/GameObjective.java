package io.github.sparklatent.gan;

import io.github.sparklatent.gan.AdversarialTerm.DiscriminatorLoss;
import io.github.sparklatent.learn.objective.RowStreams;
import io.github.sparklatent.learn.objective.Shares;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.likelihood.Decoder;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;

/**
 * The losses of an adversarial game. Each player's loss depends on the other player of that round, so no measure says
 * which of two games went better.
 */
public abstract class GameObjective implements StochasticObjective {
    /** The generator's loss −log D(G(z)). */
    public static final String GENERATOR_LOSS = "generatorLoss";

    /** The loss of the discriminator, see {@link DiscriminatorLoss#loss}. */
    public static final String DISCRIMINATOR_LOSS = "discriminatorLoss";

    /** The accuracy on real rows, see {@link DiscriminatorLoss#realAccuracy}. */
    public static final String REAL_ACCURACY = "realAccuracy";

    /** The accuracy on generated rows, see {@link DiscriminatorLoss#generatedAccuracy}. */
    public static final String FAKE_ACCURACY = "fakeAccuracy";

    /** The names of a game's own measures, in the order in which {@link GameWorker} adds them. */
    public static final List<String> GAME_MEASURES =
            List.of(GENERATOR_LOSS, DISCRIMINATOR_LOSS, REAL_ACCURACY, FAKE_ACCURACY);

    private final Discriminator discriminator;
    private final int offset;

    /**
     * Creates the game of a discriminator.
     *
     * @param offset index of the discriminator's first parameter; its parameters are the last in the vector
     */
    protected GameObjective(Discriminator discriminator, int offset) {
        this.discriminator = discriminator;
        this.offset = offset;
    }

    public final Discriminator discriminator() {
        return discriminator;
    }

    /** Returns the names of the measures that precede those of the game. */
    protected List<String> boundMeasures() {
        return List.of();
    }

    @Override
    public final List<String> measures() {
        return Stream.concat(boundMeasures().stream(), GAME_MEASURES.stream()).toList();
    }

    @Override
    public final boolean isComparable() {
        return false;
    }

    @Override
    public final float[] normalized(float[] parameters) {
        return discriminator.normalized(parameters, offset);
    }

    @Override
    public final int parameterCount() {
        return offset + discriminator.parameterCount();
    }

    /** Returns the parameters of the discriminator. */
    protected final ParameterGroup discriminatorGroup() {
        return new ParameterGroup("discriminator", List.of(new Range(offset, discriminator.parameterCount())));
    }

    /** The steps of a game, with the buffers of one task. */
    protected abstract class GameWorker implements Worker {
        protected final AdversarialTerm term;
        protected final Decoder.Worker decoder;
        protected final RowStreams streams;
        protected final FMatrixRMaj codes;
        protected final FMatrixRMaj rowGradient = new FMatrixRMaj(0, 0);

        /** The rows' shares of the batch. */
        protected final float[] shares;

        /** Σ w of the batch. */
        protected double weight;

        private final int first = boundMeasures().size();

        /**
         * Creates the buffers of one task.
         *
         * @param generator the decoder that generates rows
         * @param maxRows largest number of rows of a batch
         * @param products matrix products, whose buffers the networks of the task share
         */
        protected GameWorker(Decoder generator, int maxRows, FloatProducts products) {
            this.term = new AdversarialTerm(discriminator, maxRows, offset, products);
            this.decoder = generator.worker(maxRows, products);
            this.streams = new RowStreams(maxRows, generator.width());
            this.codes = new FMatrixRMaj(maxRows, generator.latent());
            this.shares = new float[maxRows];
        }

        /** Starts a batch of n rows. {@code weights}: weight of each row; only the first n entries are used. */
        protected final void begin(float[] weights, int n) {
            weight = Shares.of(weights, n, shares);
        }

        /**
         * Generates a row for each row of the batch, from z ~ N(0, I).
         *
         * @param rows n × d, the conditions of the generated rows. Not modified.
         * @param random a stream for each row
         * @return n × d, a buffer
         */
        protected final FMatrixRMaj generate(float[] parameters, FMatrixRMaj rows, RandomGenerator[] random) {
            codes.reshape(rows.numRows, codes.numCols);
            for (int at = 0; at < codes.getNumElements(); at++) {
                codes.data[at] = (float) random[at / codes.numCols].nextGaussian();
            }
            return decoder.generate(parameters, codes, rows, random);
        }

        /**
         * Computes the discriminator's loss and gradient, and adds its measures.
         *
         * @param rows n × d. Not modified.
         * @param gradient derivatives with respect to all parameters; null if no derivatives are wanted
         * @param sums sums of the objective's measures. Added to.
         * @param generated batches of n × d. Not modified.
         */
        protected final void discriminate(
                float[] parameters, FMatrixRMaj rows, float[] gradient, double[] sums, FMatrixRMaj... generated) {
            DiscriminatorLoss loss = term.discriminator(parameters, rows, shares, gradient, generated);
            sums[first + 1] += weight * loss.loss();
            sums[first + 2] += weight * loss.realAccuracy();
            sums[first + 3] += weight * loss.generatedAccuracy();
        }

        /**
         * Computes the derivative of factor times the generator's loss by the decoder's parameters.
         *
         * @param generated rows that {@link #decoder} generated last, n × d. Not modified.
         * @return the loss without the factor, a mean over the rows
         */
        protected final double deceive(float[] parameters, FMatrixRMaj generated, double factor, Gradient gradient) {
            rowGradient.reshape(generated.numRows, generated.numCols);
            rowGradient.zero();
            double loss = term.generator(parameters, generated, shares, factor, rowGradient);
            decoder.backwardFromRows(parameters, rowGradient, gradient, false);
            return loss;
        }

        /** Adds the generator's measure. {@code loss}: loss of the generator, a mean over the rows. */
        protected final void addGeneratorLoss(double loss, double[] sums) {
            sums[first] += weight * loss;
        }

        /** Adds the measures of both players; the generator's loss is the mean over all generated batches. */
        protected final void measure(float[] parameters, FMatrixRMaj rows, double[] sums, FMatrixRMaj... generated) {
            discriminate(parameters, rows, null, sums, generated);
            double loss = 0;
            for (FMatrixRMaj batch : generated) {
                loss += term.generatorLoss(parameters, batch, shares);
            }
            addGeneratorLoss(loss / generated.length, sums);
        }
    }
}
