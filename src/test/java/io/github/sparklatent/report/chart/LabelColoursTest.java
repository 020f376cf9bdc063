package io.github.sparklatent.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelColoursTest {

    @Test
    void numbersAreInTheirOrder() {
        assertThat(new LabelColours(List.of("10", "9", "-1", "9")).named()).containsExactly("-1", "9", "10");
        assertThat(new LabelColours(List.of("10", "9", "b")).named()).containsExactly("10", "9", "b");
    }

    @Test
    void theRarestShareAColour() {
        List<String> labels = new ArrayList<>(List.of("rare"));
        for (int i = 0; i < Palette.size(); i++) {
            labels.add("label " + i);
            labels.add("label " + i);
        }
        LabelColours colours = new LabelColours(labels);
        assertThat(colours.named()).hasSize(Palette.size()).doesNotContain("rare");
        assertThat(colours.others()).isEqualTo(1);
        assertThat(colours.count()).isEqualTo(Palette.size() + 1);
        assertThat(colours.colour(colours.group(0))).isEqualTo(Palette.OTHER);
        assertThat(colours.colour(colours.group(1))).isEqualTo(Palette.series(0));
    }

    @Test
    void withoutLabelsAllAreOne() {
        LabelColours colours = new LabelColours(List.of());
        assertThat(colours.count()).isEqualTo(1);
        assertThat(colours.colour(colours.group(7))).isEqualTo(Palette.series(0));
    }
}
