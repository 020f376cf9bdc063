package io.github.sparklatent.mixture.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.StateBytes;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.mixture.TestMixtures;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Trainings that go on from their saved states. */
public final class Resumption {
    private Resumption() {}

    /** Continues a training from each of its saved states, and requires the same result; returns it. */
    public static TrainingResult assertExact(Function<SearchListener, MixtureTrainer> trainer) {
        List<byte[]> states = new ArrayList<>();
        TrainingResult whole = trainer.apply(
                        (description, round, maxRounds, state) -> states.add(StateBytes.encode(state)))
                .fit();
        assertThat(states).hasSizeGreaterThan(8);
        for (byte[] state : states) {
            assertSame(
                    trainer.apply(SearchListener.none())
                            .fit(StateCodec.decode(
                                    new ByteArrayInputStream(state), state.length, MixtureTrainer.STATE)),
                    whole);
        }
        return whole;
    }

    /** Requires that two trainings have the same result, to the bit. */
    static void assertSame(TrainingResult found, TrainingResult expected) {
        assertThat(found.candidates()).isEqualTo(expected.candidates());
        TestMixtures.assertSame(found.best().mixture(), expected.best().mixture());
        assertThat(found.best().metrics()).isEqualTo(expected.best().metrics());
        assertThat(found.best().sizes()).isEqualTo(expected.best().sizes());
        assertThat(found.best().warnings()).isEqualTo(expected.best().warnings());
        assertThat(found.best().history())
                .extracting(Round::objective)
                .isEqualTo(
                        expected.best().history().stream().map(Round::objective).toList());
    }
}
