package io.github.sparklatent.gan;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.StochasticObjective;
import java.util.List;

/**
 * The game of a generator and a discriminator (Goodfellow et al. 2014, algorithm 1 with one step of
 * the discriminator for each of the generator): for each batch the discriminator moves first, then
 * the generator follows −log D(G(z)), against the discriminator as it then is.
 *
 * <p>The measures are means over rows: the losses of both, the share of the real and of the
 * generated rows that the discriminator judges rightly, and the {@link Coverage} of the real rows
 * by the generated ones. No one of them tells which of two games went better, since each loss is
 * measured by the opponent of the moment. In an evaluation each row is met by a generated one whose
 * code follows from the row's content.
 *
 * <p>Memory of a worker: the buffers of generator and discriminator for a batch of n rows, three
 * times the discriminator's parameters, three batches of n × d (five with a gradient penalty) and n
 * × n numbers.
 */
public final class AdversarialObjective implements StochasticObjective {
    private static final long serialVersionUID = 1L;

    /** Places of the players. */
    static final int DISCRIMINATOR = 0;

    static final int GENERATOR = 1;

    private static final List<String> MEASURES =
            List.of(
                    AdversarialMeasures.GENERATOR_LOSS,
                    AdversarialMeasures.DISCRIMINATOR_LOSS,
                    AdversarialMeasures.REAL_ACCURACY,
                    AdversarialMeasures.FAKE_ACCURACY,
                    AdversarialMeasures.COVERAGE);

    private final Generator generator;
    private final Discriminator discriminator;
    private final int discriminatorOffset;

    /**
     * @param discriminatorOffset of its parameters, which are the last ones
     * @throws IllegalArgumentException where the two are of rows of another width
     */
    public AdversarialObjective(
            Generator generator, Discriminator discriminator, int discriminatorOffset) {
        Require.that(
                discriminator.network().inputs() == generator.width(),
                "the discriminator reads rows of %d columns, expected %d (as they are generated)",
                discriminator.network().inputs(),
                generator.width());
        this.generator = generator;
        this.discriminator = discriminator;
        this.discriminatorOffset = discriminatorOffset;
    }

    /** The second network. */
    public Discriminator discriminator() {
        return discriminator;
    }

    @Override
    public int parameterCount() {
        return discriminatorOffset + discriminator.parameterCount();
    }

    @Override
    public List<String> measures() {
        return MEASURES;
    }

    @Override
    public List<Player> players() {
        Range first = new Range(discriminatorOffset, discriminator.parameterCount());
        Range second = new Range(generator.offset(), generator.parameterCount());
        return List.of(
                new Player("discriminator", List.of(first)),
                new Player("generator", List.of(second)));
    }

    @Override
    public boolean isComparable() {
        return false;
    }

    @Override
    public Worker worker(int maxRows) {
        return new AdversarialWorker(generator, discriminator, discriminatorOffset, maxRows);
    }
}
