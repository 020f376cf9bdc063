package io.github.sparklatent.gan;

import io.github.sparklatent.learn.RandomStreams.Purpose;
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
 */
public final class AdversarialObjective extends GameObjective {
    /** Index of each player among the parameter groups. */
    static final int DISCRIMINATOR = 0;

    static final int GENERATOR = 1;

    private final Decoder generator;
    private final int discriminatorOffset;

    /**
     * Creates the losses of the two players.
     *
     * @param discriminatorOffset index of the discriminator's first parameter; its parameters are the last in the
     *     vector
     * @throws IllegalArgumentException if the two networks have rows of different widths
     */
    public AdversarialObjective(Decoder generator, Discriminator discriminator, int discriminatorOffset) {
        super(
                discriminator,
                discriminatorOffset,
                List.of(new ParameterGroup(
                        "generator", List.of(new Range(generator.offset(), generator.parameterCount())))),
                DISCRIMINATOR,
                List.of());
        Require.that(
                discriminator.network().inputs() == generator.width(),
                "the discriminator reads rows of %d columns, expected %d (as they are generated)",
                discriminator.network().inputs(),
                generator.width());
        this.generator = generator;
        this.discriminatorOffset = discriminatorOffset;
    }

    @Override
    public List<Range> decayed() {
        return Stream.concat(
                        weights(generator.network(), generator.offset()),
                        weights(discriminator().network(), discriminatorOffset))
                .toList();
    }

    private static Stream<Range> weights(Network network, int offset) {
        return network.parameters().stream()
                .filter(Parameter::isWeights)
                .map(parameter -> new Range(offset + parameter.offset(), parameter.length()));
    }

    @Override
    public Worker worker(int maxRows) {
        return new GameWorker(generator, maxRows, new FloatProducts()) {
            /** Each player draws its own codes (Goodfellow et al. 2014, algorithm 1). */
            @Override
            protected FMatrixRMaj[] judged() {
                long player = batch.isTraining() ? batch.position().group() : 0;
                return new FMatrixRMaj[] {generate(batch.streams(Purpose.PRIOR, player))};
            }

            @Override
            protected double move(float[] gradient) {
                return deceive(judged()[0], 1, Gradient.writtenTo(gradient));
            }
        };
    }
}
