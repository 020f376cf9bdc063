package io.github.sparklatent.ml.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.metrics.synthesis.ComparedRows;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class MembershipAttackTest {
    private static final int[] LEVELS = {0, 0, 0, 0, 0, 3};
    private static final int ROWS = 600;

    /** Rows of five dependent numbers and a category; some cells are missing. */
    private static ComparedRows drawn(long seed, int rows) {
        Random random = new Random(seed);
        DMatrixRMaj cells = new DMatrixRMaj(rows, LEVELS.length);
        for (int i = 0; i < rows; i++) {
            double common = random.nextGaussian();
            for (int j = 0; j < LEVELS.length - 1; j++) {
                double x = 0.6 * common + 0.8 * random.nextGaussian();
                cells.set(i, j, random.nextDouble() < 0.02 ? Double.NaN : Math.exp(x));
            }
            cells.set(i, LEVELS.length - 1, random.nextInt(3));
        }
        return new ComparedRows(LEVELS, cells);
    }

    private static MembershipAttack attack(ComparedRows generated) {
        return MembershipAttack.of(drawn(1, ROWS), drawn(2, 2 * ROWS), generated, 1)
                .orElseThrow();
    }

    @Test
    void aGeneratorOfTheTruthRevealsNothing() {
        MembershipAttack attack = attack(drawn(3, ROWS));

        // of two samples of 600 scores: √((2 · 600 + 1) / (12 · 600²))
        assertThat(attack.standardError()).isCloseTo(0.0167, within(0.0005));
        assertThat(attack.area()).isCloseTo(0.5, within(3 * attack.standardError()));
        assertThat(attack.members()).isEqualTo(attack.others()).isEqualTo(ROWS);
    }

    @Test
    void aGeneratorThatCopiesRevealsItsTrainingRows() {
        MembershipAttack attack = attack(drawn(1, ROWS));

        assertThat(attack.area()).isGreaterThan(0.8);
        assertThat(attack).isEqualTo(attack(drawn(1, ROWS)));
    }

    /** Held-out rows of even numbers are the reference; they have no cell of the column. */
    @Test
    void aColumnWithoutReferenceCellsIsLeftOut() {
        DMatrixRMaj sparse = new DMatrixRMaj(ROWS, LEVELS.length);
        ComparedRows complete = drawn(2, ROWS);
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < LEVELS.length; j++) {
                boolean isMissing = j == 1 && i % 2 == 0;
                sparse.set(i, j, isMissing ? Double.NaN : complete.get(i, j));
            }
        }

        MembershipAttack attack = MembershipAttack.of(
                        drawn(1, ROWS), new ComparedRows(LEVELS, sparse), drawn(3, ROWS), 1)
                .orElseThrow();

        assertThat(attack.area()).isCloseTo(0.5, within(3 * attack.standardError()));
    }

    @Test
    void aGeneratorThatHasCollapsedIsNoObstacle() {
        DMatrixRMaj few = new DMatrixRMaj(ROWS, LEVELS.length);
        for (int i = 0; i < ROWS; i++) {
            few.set(i, 0, Double.NaN);
            few.set(i, 1, 7);
            few.set(i, 2, i % 2);
        }

        MembershipAttack attack = attack(new ComparedRows(LEVELS, few));

        assertThat(attack.area()).isCloseTo(0.5, within(3 * attack.standardError()));
        ComparedRows equal = new ComparedRows(LEVELS, new DMatrixRMaj(ROWS, LEVELS.length));
        assertThat(MembershipAttack.of(drawn(1, ROWS), drawn(2, ROWS), equal, 1))
                .isEmpty();
    }
}
