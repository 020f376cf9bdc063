package io.github.sparklatent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.report.LatentSection.Latents;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class TraversalSectionTest {
    /** Means 1 and 5, standard deviations 1 and 3. */
    private static final Latents LATENTS =
            new Latents("rows", new DMatrixRMaj(4, 2, true, 0, 2, 2, 2, 0, 8, 2, 8), List.of(), new double[0]);

    @Test
    void oneCodeMovesWhileTheOthersStayAtTheirMeans() {
        DMatrixRMaj codes = TraversalSection.codes(LATENTS);
        assertThat(codes.numRows).isEqualTo(2 * 9);
        for (int s = 0; s < 9; s++) {
            double step = -2 + 0.5 * s;
            assertThat(codes.get(s, 0)).isEqualTo(1);
            assertThat(codes.get(s, 1)).isCloseTo(5 + 3 * step, within(1e-12));
            assertThat(codes.get(9 + s, 0)).isCloseTo(1 + step, within(1e-12));
            assertThat(codes.get(9 + s, 1)).isEqualTo(5);
        }
    }
}
