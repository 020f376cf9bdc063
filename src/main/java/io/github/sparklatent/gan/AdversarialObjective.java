package io.github.sparklatent.gan;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.Network;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.nn.likelihood.Decoder;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;

/**
 * The game of a generator and a discriminator (Goodfellow et al. 2014, algorithm 1 with one step of the discriminator
 * for each of the generator). For each batch the discriminator moves first; then the generator descends −log D(G(z))
 * against the updated discriminator.
 *
 * <p>The measures are means over rows: the losses of both networks, and the shares of the real and of the generated
 * rows that the discriminator classifies correctly. In an evaluation, the code of the generated row beside a real row
 * follows from the real row's content.
 *
 * <p>Memory of a worker: the buffers of generator and discriminator for a batch of n rows, three times the
 * discriminator's parameters, and a batch of n × d (three with a gradient penalty).
 *
 * @param discriminatorOffset index of the discriminator's first parameter; its parameters are the last in the vector
 */
public record AdversarialObjective(Decoder generator, Discriminator discriminator, int discriminatorOffset)
        implements GameObjective {
    /** Index of each player among the parameter groups. */
    static final int DISCRIMINATOR = 0;

    static final int GENERATOR = 1;

    /** Throws an IllegalArgumentException if the two networks have rows of different widths. */
    public AdversarialObjective {
        Require.that(
                discriminator.network().inputs() == generator.width(),
                "the discriminator reads rows of %d columns, expected %d (as they are generated)",
                discriminator.network().inputs(),
                generator.width());
    }

    @Override
    public float[] normalized(float[] parameters) {
        return discriminator.normalized(parameters, discriminatorOffset);
    }

    @Override
    public int parameterCount() {
        return discriminatorOffset + discriminator.parameterCount();
    }

    @Override
    public List<String> measures() {
        return GAME_MEASURES;
    }

    @Override
    public List<ParameterGroup> parameterGroups() {
        Range first = new Range(discriminatorOffset, discriminator.parameterCount());
        Range second = new Range(generator.offset(), generator.parameterCount());
        return List.of(
                new ParameterGroup("discriminator", List.of(first)), new ParameterGroup("generator", List.of(second)));
    }

    @Override
    public List<Range> decayed() {
        return Stream.concat(
                        weights(generator.network(), generator.offset()),
                        weights(discriminator.network(), discriminatorOffset))
                .toList();
    }

    private static Stream<Range> weights(Network network, int offset) {
        return network.parameters().stream()
                .filter(Parameter::isWeights)
                .map(parameter -> new Range(offset + parameter.offset(), parameter.length()));
    }

    @Override
    public Worker worker(int maxRows) {
        return new GameWorker(maxRows);
    }

    private final class GameWorker implements Worker {
        private final Decoder.Worker decoder;
        private final GameStep game;
        private final PriorCodes codes;
        private final FMatrixRMaj rowGradient;

        GameWorker(int maxRows) {
            FloatProducts products = new FloatProducts();
            this.decoder = generator.worker(maxRows, products);
            this.game = new GameStep(discriminator, discriminatorOffset, maxRows, 0, products);
            this.codes = new PriorCodes(maxRows, generator.latent(), generator.width());
            this.rowGradient = new FMatrixRMaj(maxRows, generator.width());
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
            FMatrixRMaj drawn = codes.ofBatch(rows.numRows, position.key(), position.group());
            FMatrixRMaj generated = decoder.generate(parameters, drawn, rows, codes.streams());
            if (position.group() == DISCRIMINATOR) {
                game.discriminator(parameters, rows, gradient, sums, generated);
                return;
            }
            rowGradient.reshape(rows.numRows, rows.numCols);
            rowGradient.zero();
            double loss = game.term().generator(parameters, generated, shares, 1, rowGradient);
            game.generator(loss, sums);
            decoder.backwardFromRows(parameters, rowGradient, Gradient.writtenTo(gradient), false);
        }

        @Override
        public void evaluate(float[] parameters, FMatrixRMaj rows, float[] weights, double[] sums) {
            float[] shares = game.begin(weights, rows.numRows);
            FMatrixRMaj generated = decoder.generate(parameters, codes.ofContent(rows), rows, codes.streams());
            game.discriminator(parameters, rows, null, sums, generated);
            double loss = game.term().generatorLoss(parameters, generated, shares);
            game.generator(loss, sums);
        }
    }
}
