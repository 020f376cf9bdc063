package io.github.sparklatent.gan;

import io.github.sparklatent.gan.AdversarialTerm.DiscriminatorLoss;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.objective.Batch;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.Network;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.nn.likelihood.Decoder;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;

/**
 * The game of a generator and a discriminator (Goodfellow et al. 2014, algorithm 1 with one step of the discriminator
 * for each of the generator). For each batch the discriminator moves first; then the generator descends −log D(G(z))
 * against the updated discriminator.
 *
 * <p>The measures are means over rows: the losses of both networks, and the shares of the real and of the generated
 * rows that the discriminator classifies correctly. In an evaluation, the code of the generated row beside a real row
 * follows from the real row's content. Each player's loss depends on the other player of that round, so no measure says
 * which of two games went better.
 *
 * <p>Memory of a worker: the buffers of generator and discriminator for a batch of n rows, three times the
 * discriminator's parameters, and a batch of n × d (three with a gradient penalty).
 *
 * <p>A subclass has other players, too, or judges other rows.
 */
public class GameObjective implements StochasticObjective {
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

    private final Decoder generator;
    private final Discriminator discriminator;
    private final int offset;
    private final List<ParameterGroup> groups;
    private final int turn;
    private final List<Range> decayed;
    private final List<String> boundMeasures;

    /**
     * Creates the game of two players, of which the discriminator moves first.
     *
     * @param offset index of the discriminator's first parameter; its parameters are the last in the vector
     * @throws IllegalArgumentException if the two networks have rows of different widths
     */
    public GameObjective(Decoder generator, Discriminator discriminator, int offset) {
        this(
                generator,
                discriminator,
                offset,
                List.of(new ParameterGroup(
                        "generator", List.of(new Range(generator.offset(), generator.parameterCount())))),
                0,
                Stream.concat(
                                weights(generator.network(), generator.offset()),
                                weights(discriminator.network(), offset))
                        .toList(),
                List.of());
    }

    /**
     * Creates a game.
     *
     * @param others parameters of the other players, in the order in which they move
     * @param turn number of players that move before the discriminator
     * @param decayed ranges of parameters on which weight decay acts
     * @param boundMeasures names of the measures that precede those of the game
     */
    protected GameObjective(
            Decoder generator,
            Discriminator discriminator,
            int offset,
            List<ParameterGroup> others,
            int turn,
            List<Range> decayed,
            List<String> boundMeasures) {
        Require.that(
                discriminator.network().inputs() == generator.width(),
                "the discriminator reads rows of %d columns, expected %d (as they are generated)",
                discriminator.network().inputs(),
                generator.width());
        this.generator = generator;
        this.discriminator = discriminator;
        this.offset = offset;
        this.turn = turn;
        this.decayed = decayed;
        this.boundMeasures = boundMeasures;
        Range own = new Range(offset, discriminator.parameterCount());
        List<ParameterGroup> all = new ArrayList<>(others);
        all.add(turn, new ParameterGroup("discriminator", List.of(own)));
        this.groups = List.copyOf(all);
    }

    @Override
    public final List<ParameterGroup> parameterGroups() {
        return groups;
    }

    @Override
    public final List<Range> decayed() {
        return decayed;
    }

    private static Stream<Range> weights(Network network, int offset) {
        return network.parameters().stream()
                .filter(Parameter::isWeights)
                .map(parameter -> new Range(offset + parameter.offset(), parameter.length()));
    }

    @Override
    public Worker worker(int maxRows) {
        return new GameWorker(maxRows, new FloatProducts());
    }

    @Override
    public final List<String> measures() {
        return Stream.concat(boundMeasures.stream(), GAME_MEASURES.stream()).toList();
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

    /** The steps of a game, with the buffers of one task, and the batch that is computed. */
    protected class GameWorker implements Worker {
        protected final AdversarialTerm term;
        protected final Decoder.Worker decoder;
        protected final Batch batch;
        protected final FMatrixRMaj codes;
        protected final FMatrixRMaj rowGradient = new FMatrixRMaj(0, 0);

        protected float[] weights;
        protected double[] sums;

        private final int first = boundMeasures.size();

        /**
         * Creates the buffers of one task.
         *
         * @param maxRows largest number of rows of a batch
         * @param products matrix products, whose buffers the networks of the task share
         */
        protected GameWorker(int maxRows, FloatProducts products) {
            this.term = new AdversarialTerm(discriminator, maxRows, offset, products);
            this.decoder = generator.worker(maxRows, products);
            this.batch = new Batch(maxRows, generator.width());
            this.codes = new FMatrixRMaj(maxRows, generator.latent());
        }

        @Override
        public final void gradient(
                float[] values, FMatrixRMaj data, float[] ofRows, Position at, float[] gradient, double[] measures) {
            batch.train(values, data, ofRows, at);
            weights = ofRows;
            sums = measures;
            if (at.group() == turn) {
                discriminate(gradient, judged());
            } else {
                sums[first] += batch.weight() * move(gradient);
            }
        }

        @Override
        public final void evaluate(float[] values, FMatrixRMaj data, float[] ofRows, double[] measures) {
            batch.evaluate(values, data, 0);
            batch.share(ofRows);
            weights = ofRows;
            sums = measures;
            measureBound();
            FMatrixRMaj[] generated = judged();
            discriminate(null, generated);
            double loss = 0;
            for (FMatrixRMaj each : generated) {
                loss += term.generator(batch.parameters(), each, batch.shares(), 1, null);
            }
            sums[first] += batch.weight() * (loss / generated.length);
        }

        /**
         * Returns batches of generated rows, n × d each, that the discriminator judges in the current turn. Each player
         * draws its own codes (Goodfellow et al. 2014, algorithm 1).
         */
        protected FMatrixRMaj[] judged() {
            long player = batch.isTraining() ? batch.position().group() : 0;
            return new FMatrixRMaj[] {generate(batch.streams(Purpose.PRIOR, player))};
        }

        /**
         * Computes the gradient of the player whose turn it is, and adds the measures that precede those of the game.
         *
         * @return the generator's loss, a mean over the rows; 0 if the player is not the generator
         */
        protected double move(float[] gradient) {
            return deceive(judged()[0], 1, Gradient.writtenTo(gradient));
        }

        /** Adds the measures that precede those of the game, in an evaluation. */
        protected void measureBound() {}

        /**
         * Generates a row for each row of the batch, from z ~ N(0, I) and the row's conditions.
         *
         * @param random a stream for each row
         * @return n × d, a buffer
         */
        protected final FMatrixRMaj generate(RandomGenerator[] random) {
            codes.reshape(batch.rows().numRows, codes.numCols);
            for (int at = 0; at < codes.getNumElements(); at++) {
                codes.data[at] = (float) random[at / codes.numCols].nextGaussian();
            }
            return decoder.generate(batch.parameters(), codes, batch.rows(), random);
        }

        /**
         * Computes the discriminator's loss and gradient, and adds its measures.
         *
         * @param gradient derivatives with respect to all parameters; null if no derivatives are wanted
         */
        private void discriminate(float[] gradient, FMatrixRMaj... generated) {
            DiscriminatorLoss loss =
                    term.discriminator(batch.parameters(), batch.rows(), batch.shares(), gradient, generated);
            sums[first + 1] += batch.weight() * loss.loss();
            sums[first + 2] += batch.weight() * loss.realAccuracy();
            sums[first + 3] += batch.weight() * loss.generatedAccuracy();
        }

        /**
         * Computes the derivative of factor times the generator's loss by the decoder's parameters.
         *
         * @param generated rows that {@link #decoder} generated last, n × d. Not modified.
         * @return the loss without the factor, a mean over the rows
         */
        protected final double deceive(FMatrixRMaj generated, double factor, Gradient gradient) {
            rowGradient.reshape(generated.numRows, generated.numCols);
            rowGradient.zero();
            double loss = term.generator(batch.parameters(), generated, batch.shares(), factor, rowGradient);
            decoder.backwardFromRows(batch.parameters(), rowGradient, gradient, false);
            return loss;
        }
    }
}
