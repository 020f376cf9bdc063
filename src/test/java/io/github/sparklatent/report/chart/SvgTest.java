package io.github.sparklatent.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;

class SvgTest {

    @Test
    void aLineIsOnePolylineAndNumbersAreShort() {
        String svg = Svg.of(chart(), "curve");
        assertThat(svg)
                .contains("viewBox=\"0 0 500 300\"")
                .doesNotContain("<?xml", "<!DOCTYPE", "<title");
        assertThat(svg.split("<polyline ", -1)).hasSize(2);
        assertThat(svg).doesNotContainPattern("\\d\\.\\d{3,}");
    }

    @Test
    void neutralColoursFollowThePage() {
        assertThat(Svg.of(chart(), "curve"))
                .contains("var(--muted)", "var(--grid)")
                .doesNotContain("rgb(1,2,");
    }

    @Test
    void idsBeginWithTheCharts() {
        assertThat(Svg.of(chart(), "one")).contains("id=\"one-clipPath1\"", "url(#one-clipPath1)");
        assertThat(Svg.of(chart(), "one").replace("one-", "two-"))
                .isEqualTo(Svg.of(chart(), "two"));
    }

    private static XYChart chart() {
        XYChart chart = ChartStyle.plot(ChartStyle.HALF, 300, "round", "value");
        double[] x = IntStream.range(0, 100).asDoubleStream().toArray();
        double[] y = IntStream.range(0, 100).mapToDouble(i -> Math.sin(i / 7.0)).toArray();
        ChartStyle.line(chart, "line", x, y, Palette.series(0), 2);
        return chart;
    }
}
