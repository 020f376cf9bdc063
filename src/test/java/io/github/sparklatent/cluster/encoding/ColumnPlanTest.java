package io.github.sparklatent.cluster.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the decisions about columns are printed. */
class ColumnPlanTest {
    private static ColumnDecision column(String name, String reason) {
        return ColumnDecision.leftOut(name, "number", 0.25, reason);
    }

    private static List<String> lines(List<ColumnDecision> decisions) {
        return new ColumnPlan(decisions, List.of()).text().lines().toList();
    }

    @Test
    void neighboursThatDifferInNumbersShareALine() {
        List<ColumnDecision> pixels = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            pixels.add(column("p" + i, "whole numbers from 0 to " + i % 17));
        }
        pixels.add(column("digit", "whole numbers from 0 to 9"));
        assertThat(lines(pixels))
                .containsExactly(
                        "column          type    used  missing  reason",
                        "p0 to p63 (64)  number  no      25.0%  whole numbers from 0 to 0..16",
                        "digit           number  no      25.0%  whole numbers from 0 to 9");
    }

    @Test
    void columnsThatDifferInMoreThanNumbersHaveTheirOwnLines() {
        assertThat(lines(List.of(
                        column("a1", "2 categories, \"x1\" 1,000 times"),
                        column("a2", "2 categories, \"x2\" 1,000 times"),
                        column("a3", "3 categories, \"x2\" 900 times"),
                        column("a4", "4 categories, \"x2\" 80 times"),
                        column("b", "1 level"),
                        column("c", "1 level"),
                        column("d", "1 level"))))
                .containsExactly(
                        "column        type    used  missing  reason",
                        "a1            number  no      25.0%  2 categories, \"x1\" 1,000 times",
                        "a2 to a4 (3)  number  no      25.0%  2..4 categories, \"x2\" 80..1,000 times",
                        "b             number  no      25.0%  1 level",
                        "c             number  no      25.0%  1 level",
                        "d             number  no      25.0%  1 level");
    }
}
