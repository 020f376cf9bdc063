package io.github.sparklatent.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class ShadesTest {

    @Test
    void aDrawingIsInkOnPaper() {
        DMatrixRMaj drawing = new DMatrixRMaj(new double[][] {{0, 0, 16, 4}});
        Shades shades = Shades.of(drawing, new Image(1, 2, 2));
        assertThat(shades).isEqualTo(new Shades(0, 16, true));
        assertThat(new int[] {shades.of(0), shades.of(16), shades.of(4), shades.of(99)})
                .containsExactly(255, 0, 191, 0);
    }

    @Test
    void aPhotographIsLight() {
        DMatrixRMaj photograph = new DMatrixRMaj(new double[][] {{10, 20, 30, 110}});
        Shades shades = Shades.of(photograph, new Image(1, 2, 2));
        assertThat(shades.ink()).as("one pixel of four is darkest").isFalse();
        assertThat(new int[] {shades.of(10), shades.of(110), shades.of(-5), shades.of(60)})
                .containsExactly(0, 255, 0, 128);
    }

    @Test
    void coloursAreLightWhateverTheyAre() {
        DMatrixRMaj colour = new DMatrixRMaj(new double[][] {{0, 0, 1}});
        assertThat(Shades.of(colour, new Image(3, 1, 1)).ink()).isFalse();
    }
}
