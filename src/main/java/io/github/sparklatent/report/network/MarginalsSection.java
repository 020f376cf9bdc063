package io.github.sparklatent.report.network;

import io.github.sparklatent.report.Chart;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Charts;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.format.Order;
import java.util.List;
import java.util.stream.IntStream;

/** The section that compares columns of the table with columns drawn from the model. */
public final class MarginalsSection {

    private MarginalsSection() {}

    /** Returns the section; without columns, it has no blocks. */
    public static Section of(List<Marginal> all) {
        int shown = Math.min(Order.FEATURES, all.size());
        List<Chart> charts = IntStream.range(0, shown)
                .mapToObj(i -> MarginalChart.of(all.get(i), "marginal-" + i, "in the table", "drawn from the model"))
                .toList();
        List<Block> blocks = charts.isEmpty()
                ? List.of()
                : List.of(new Charts(
                        "marginal-charts",
                        "Share of the rows by value: blue in the table, orange in rows drawn from the model. Values beyond an axis are counted at its end.",
                        charts));
        return new Section(
                "marginals",
                "Columns in the table and in drawn rows",
                "The distribution of each column's values in the table and in rows drawn from the model."
                        + Order.remark(shown, all.size(), "first columns"),
                blocks);
    }
}
