package io.github.sparklatent.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparklatent.report.Chart.Axis;
import io.github.sparklatent.report.Chart.Kind;
import io.github.sparklatent.report.Chart.Scale;
import io.github.sparklatent.report.Chart.Series;
import java.awt.Color;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChartOptionsTest {
    private static JsonNode options(Chart chart) throws Exception {
        return new ObjectMapper().readTree(chart.options());
    }

    private static Chart chart(Axis x) {
        return Chart.of("a", "Caption.", "Words.", x, Axis.of("y"));
    }

    @Test
    void pointsThatAreNotFiniteAreLeftOut() throws Exception {
        double[] x = {1, 2, 3, 4};
        double[] y = {5, Double.NaN, Double.POSITIVE_INFINITY, 1.0 / 3};
        for (Series series : List.of(Series.line("", Color.RED, 1, x, y), Series.dots("", Color.RED, 5, x, y))) {
            JsonNode data = options(chart(Axis.of("x")).with(series)).at("/series/0/data");
            assertThat(data.toString()).isEqualTo("[[1,5],[4,0.333333]]");
        }
    }

    @Test
    void aLineIsInterruptedWithoutItsPosition() throws Exception {
        Series line = Series.line("", Color.RED, 1, new double[] {1, Double.NaN, 2}, new double[] {5, Double.NaN, 6});
        assertThat(options(chart(Axis.of("x")).with(line)).at("/series/0/data").toString())
                .isEqualTo("[[1,5],[null,null],[2,6]]");
    }

    @Test
    void aLongLineIsThinned() throws Exception {
        double[] many = IntStream.range(0, 5000).asDoubleStream().toArray();
        JsonNode data = options(chart(Axis.of("x")).with(Series.line("", Color.RED, 1, many, many)))
                .at("/series/0/data");
        assertThat(data).hasSize(500);
        assertThat(data.get(499).toString()).isEqualTo("[4999,4999]");
    }

    @Test
    void seriesOfOneNameShareAnEntryOfTheLegend() throws Exception {
        double[] one = {1};
        JsonNode options = options(chart(Axis.of("x"))
                .with(Series.dots("rows", Color.RED, 5, one, one))
                .with(Series.badge("rows", Color.RED, "7", 1, 1))
                .with(Series.line("", Color.RED, 1, one, one)));
        assertThat(options.at("/legend/data").toString()).isEqualTo("[\"rows\"]");
        assertThat(options.at("/legend/show").booleanValue()).isFalse();
        assertThat(options.at("/series")).hasSize(3);
        assertThat(options.at("/series/1/data/0/name").textValue()).isEqualTo("7");
    }

    @Test
    void axesAreNamedLogarithmicOrWithinARange() throws Exception {
        JsonNode names = options(chart(Axis.ofNames("x", List.of("p", "q")))
                .with(Series.over(Kind.BARS, "", Color.RED, new double[] {Double.NaN, 2})));
        assertThat(names.at("/xAxis/type").textValue()).isEqualTo("category");
        assertThat(names.at("/series/0/data").toString()).isEqualTo("[null,2]");
        JsonNode numbers = options(chart(Axis.of("x").scaled(Scale.LOGARITHMIC).range(1, 100)));
        assertThat(numbers.at("/xAxis/type").textValue()).isEqualTo("log");
        assertThat(numbers.at("/xAxis/min").intValue()).isEqualTo(1);
        assertThat(numbers.at("/xAxis/max").intValue()).isEqualTo(100);
    }

    @Test
    void theTextCanStandInAPage() throws Exception {
        Chart chart = chart(Axis.of("</script> & <b>"));
        assertThat(chart.options()).doesNotContain("<", ">", "&");
        assertThat(options(chart).at("/xAxis/name").textValue()).isEqualTo("</script> & <b>");
    }
}
