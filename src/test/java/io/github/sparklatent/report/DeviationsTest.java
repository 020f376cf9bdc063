package io.github.sparklatent.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class DeviationsTest {

    private static final DMatrixRMaj ROWS = new DMatrixRMaj(new double[][] {{1e6 - 1, 3}, {1e6, 3}, {1e6 + 1, 3}});

    @Test
    void ofEachColumn() {
        assertThat(Deviations.of(ROWS))
                .as("√(2/3); the mean of 10⁶ carries an error of some 10⁶ ε")
                .containsExactly(new double[] {Math.sqrt(2.0 / 3), 0}, Offset.offset(1e-9));
    }

    @Test
    void theShareThatIsKept() {
        DMatrixRMaj made = new DMatrixRMaj(new double[][] {{1e6, 1}, {1e6, 2}, {1e6 + 1, 3}});
        double[] explained = Deviations.explained(ROWS, made);
        assertThat(explained[0]).as("1 − 1/2").isEqualTo(0.5, Offset.offset(1e-9));
        assertThat(explained[1]).as("a constant has no variance to keep").isNaN();
        assertThat(Deviations.explained(ROWS, ROWS)[0]).isEqualTo(1);
    }
}
