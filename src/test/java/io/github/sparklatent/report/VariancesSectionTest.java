package io.github.sparklatent.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VariancesSectionTest {
    @Test
    void variancesAreChartedAndListedWithTheirShares() {
        Section section = VariancesSection.of(new double[] {6, 3, 1}, 2, 1);
        assertThat(section.text()).endsWith("the mean of the others is its noise variance.");
        assertThat(VariancesSection.of(new double[] {6, 3, 1}, 2, 4).text())
                .endsWith("its noise variance is 4.000, which is above the mean 1.000" + " of the others.");
        Chart chart = (Chart) section.blocks().get(0);
        Table table = (Table) section.blocks().get(1);
        assertThat(chart.caption()).isEqualTo("Variance along each axis.");
        assertThat(chart.description()).contains("3 axes").contains("from 6").contains("to 1");
        assertThat(table.rows()).hasSize(3);
        assertThat(table.rows().get(1)).extracting(Page.Cell::text).containsExactly("2", "3.000", "30.0%", "90.0%");
        assertThat(table.rows().get(2)).extracting(Page.Cell::text).contains("3 (noise)", "100.0%");
    }

    @Test
    void ofManyAxesTheFirstAreShown() {
        double[] variances =
                IntStream.range(0, 200).mapToDouble(j -> 1.0 / (j + 1)).toArray();
        Section section = VariancesSection.of(variances, 120, 0.0062);
        assertThat(((Chart) section.blocks().get(0)).caption()).contains("the first 50 of 200");
        assertThat(((Table) section.blocks().get(1)).rows()).hasSize(12);
    }
}
