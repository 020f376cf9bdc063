package io.github.sparklatent.mixture.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.initialization.RandomRows;
import java.util.List;
import java.util.stream.LongStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** The row scores of a start. */
class RowDrawsTest {
    private static final int DRAWS = 4000;

    /** Rows 0, 1 and 3 with weights 1, 1 and 2. */
    private static final InMemoryRowBlocks DATA = new InMemoryRowBlocks(List.of(List.of(new Block(
            new DMatrixRMaj(new double[][] {{0}, {1}, {3}}), new double[] {1, 1, 2}, 4))));

    @Test
    void randomRowsComeByTheirWeight() {
        // Chances 1/4, 1/4, 1/2.
        assertThat(share(RandomRows::new, 0)).isCloseTo(0.25, within(bound(0.25)));
        assertThat(share(RandomRows::new, 3)).isCloseTo(0.5, within(bound(0.5)));
    }

    /** From a centre at 0: chances 0, 1 · 1² and 2 · 3² of 19. */
    @Test
    void distantRowsComeByWeightTimesSquaredDistance() {
        DMatrixRMaj centre = new DMatrixRMaj(1, 1);
        assertThat(share(key -> new RandomRows(key, centre), 0)).isZero();
        assertThat(share(key -> new RandomRows(key, centre), 3)).isCloseTo(18.0 / 19, within(bound(18.0 / 19)));
    }

    @Test
    void aRowThatIsACentreIsNeverDistant() {
        DMatrixRMaj centres = new DMatrixRMaj(new double[][] {{0}, {3}});
        List<SelectedRow> rows = DATA.smallest("", new RandomRows(1, centres), 3);
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).values()).containsExactly(1);
    }

    /** How often a value is the first drawn. */
    private static double share(java.util.function.LongFunction<RowScore> score, double value) {
        long count = LongStream.range(0, DRAWS)
                .filter(key -> DATA.smallest("", score.apply(key), 1).get(0).values()[0] == value)
                .count();
        return (double) count / DRAWS;
    }

    /** Six standard errors of a share. */
    private static double bound(double chance) {
        return 6 * Math.sqrt(chance * (1 - chance) / DRAWS);
    }
}
