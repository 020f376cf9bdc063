package io.github.sparklatent.cluster.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.Mutations;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateBytes;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** A damaged file is refused in a sentence, or it says what it said before. */
class DamagedFilesTest {
    private static final State STATE = new State(
            12,
            new double[] {1, -2.5, 1e-3},
            new float[] {3, 4},
            new DMatrixRMaj(2, 2, true, 1, 2, 3, 4),
            List.of("a", "b"),
            new TreeMap<>(java.util.Map.of("train.seed", "1")));

    /** A state with a component of each kind. */
    record State(
            int rounds,
            double[] values,
            float[] weights,
            DMatrixRMaj matrix,
            List<String> names,
            SortedMap<String, String> identity) {
        State {
            if (rounds < 0) {
                throw new IllegalArgumentException("rounds is negative");
            }
        }
    }

    /** A content with a right checksum can come from anywhere. */
    @Test
    void aDamagedStateIsRefusedOrWhole() {
        byte[] whole = StateBytes.encode(STATE);
        Mutations mutations = new Mutations();
        for (int i = 0; i < Mutations.count(); i++) {
            byte[] damaged = mutations.of(whole);
            try {
                State found = StateBytes.decode(damaged, State.class);
                assertThat(found.rounds()).as("mutation %d", i).isNotNegative();
                assertThat(found.matrix().data)
                        .as("mutation %d", i)
                        .hasSize(found.matrix().numRows * found.matrix().numCols);
            } catch (DataException e) {
                assertThat(e).as("mutation %d", i).hasMessageContaining("saved training state");
            }
        }
    }
}
