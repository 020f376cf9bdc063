package io.github.sparklatent.report.network;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.report.Components;
import io.github.sparklatent.report.chart.Image;
import io.github.sparklatent.report.network.LatentSection.Latents;
import io.github.sparklatent.report.network.ReconstructionSection.Columns;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class NetworkReportPartsTest {
    @Test
    void partsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> new Columns(List.of("a", "b", "c"), new Image(1, 2, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pixels of columns.image: found 4, expected 3");
        assertThatThrownBy(() -> new Image(2, 3, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("image.channels is 2, expected 1 (grey) or 3 (colour)");
        assertThatThrownBy(() -> new Latents("rows", new DMatrixRMaj(2, 3), List.of("a"), new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("latents.labels: found 1, expected 2");
        Components two = new Components(new double[] {0.5, 0.5}, new double[0]);
        DMatrixRMaj decoded = new DMatrixRMaj(2, 3);
        assertThatThrownBy(() -> new NetworkComponents(two, decoded, List.of(), null, new int[] {2}, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("components.assigned has 2, expected 0 to 1");
        assertThatThrownBy(() -> new NetworkComponents(two, decoded, List.of(decoded), null, new int[0], null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("components.samples: found 1, expected 2");
        assertThatThrownBy(() -> Marginal.ofShares("c", List.of("a", "b"), new double[2], new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shares of marginal.drawn: found 1, expected 2");
    }
}
