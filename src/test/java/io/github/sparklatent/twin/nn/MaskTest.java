package io.github.sparklatent.twin.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.linalg.DoubleProducts;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class MaskTest {
    @Test
    void missingCellsAreZeroAndMarked() {
        double nan = Double.NaN;
        Layer.Worker worker = new Mask(3).worker(2, 0, new DoubleProducts());
        DMatrixRMaj rows = new DMatrixRMaj(2, 3, true, 5, nan, -1, nan, nan, 0);
        assertThat(worker.forward(new double[0], rows).data).containsExactly(5, 0, -1, 0, 1, 0, 0, 0, 0, 1, 1, 0);
        DMatrixRMaj slopes = new DMatrixRMaj(2, 6, true, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3);
        assertThat(worker.backward(null, slopes, null, true).data).containsExactly(1, 0, 3, 0, 0, 9);
    }
}
