package io.github.sparklatent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.report.LatentSection.Latents;
import io.github.sparklatent.report.Page.Pictures;
import io.github.sparklatent.report.Page.Table;
import io.github.sparklatent.report.ReconstructionSection.Columns;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class TraversalSectionTest {
    /** Means 1 and 5, standard deviations 1 and 3. */
    private static final Latents LATENTS =
            new Latents("rows", new DMatrixRMaj(4, 2, true, 0, 2, 2, 2, 0, 8, 2, 8), List.of(), new double[0]);

    /** Two columns: the codes, the second of them turned round. */
    private static DMatrixRMaj decoded() {
        DMatrixRMaj decoded = TraversalSection.codes(LATENTS);
        for (int i = 0; i < decoded.numRows; i++) {
            decoded.set(i, 1, -decoded.get(i, 1));
        }
        return decoded;
    }

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

    @Test
    void aTableHasTheEndsOfEachDimension() {
        Columns columns = new Columns(List.of("a", "b"), null);
        Table table = (Table) TraversalSection.of(LATENTS, decoded(), columns, LATENTS.means())
                .blocks()
                .get(0);
        assertThat(table.head()).containsExactly("Column", "Dimension 1", "Dimension 0");
        assertThat(table.rows())
                .extracting(row -> row.stream().map(cell -> cell.text()).toList())
                .containsExactly(List.of("a", "1 → 1", "−1 → 3"), List.of("b", "1 → −11", "−5 → −5"));
    }

    @Test
    void imagesHaveALineForEachDimension() {
        Columns columns = new Columns(List.of("a", "b"), new Image(1, 1, 2));
        Pictures pictures = (Pictures) TraversalSection.of(LATENTS, decoded(), columns, LATENTS.means())
                .blocks()
                .get(0);
        assertThat(pictures.pictures()).hasSize(9);
        assertThat(pictures.pictures().get(0).label()).isEqualTo("−2");
        assertThat(pictures.pictures().get(0).drawings())
                .extracting(drawing -> drawing.description().substring(0, 18))
                .containsExactly("Latent dimension 1", "Latent dimension 0");
    }
}
