package io.github.sparklatent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each benchmark has a page with the table that {@code jobs/bench --docs} writes. */
class BenchmarkPagesTest {
    private static final Set<String> WRITTEN_BY_HAND = Set.of("index.md", "correctness.md", "synthesis.md");

    static List<Page> pages() {
        return Page.ofSite().stream()
                .filter(page -> page.path().startsWith(Page.SITE.resolve("benchmarks")))
                .filter(page ->
                        !WRITTEN_BY_HAND.contains(page.path().getFileName().toString()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aTableIsBetweenTheMarkersOfThePage(Page page) {
        String name = page.path().getFileName().toString().replace(".md", "");
        assertThat(page.text())
                .containsOnlyOnce("\n<!-- " + name + ":begin -->\n|")
                .containsOnlyOnce("\n<!-- " + name + ":end -->\n");
        assertThat(page.text().indexOf(":end -->")).isGreaterThan(page.text().indexOf(":begin -->"));
        assertThat(page.tables()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void thePageSaysWhichCommandMeasures(Page page) {
        assertThat(page.lines("")).anyMatch(line -> line.matches("jobs/bench .*--docs"));
    }

    @Test
    void thereAreEleven() {
        assertThat(pages()).hasSize(11);
    }
}
