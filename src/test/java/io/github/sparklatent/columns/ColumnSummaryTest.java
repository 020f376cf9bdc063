package io.github.sparklatent.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.columns.ColumnSummary.ColumnBudget;
import io.github.sparklatent.columns.ColumnSummary.DistinctSketch;
import io.github.sparklatent.columns.LevelCounts.ValueHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The facts that are kept of each column if there are many. */
class ColumnSummaryTest {
    private static final int COLUMNS = 50_000;
    private static final ColumnBudget WIDE = ColumnBudget.of(COLUMNS, COLUMNS);

    private static ColumnSummary statistics(List<String> texts) {
        ColumnSummary statistics = new ColumnSummary(WIDE, true);
        texts.forEach(text -> statistics.add(text, TextFormat.DEFAULT));
        statistics.compact();
        return statistics;
    }

    private static int bytes(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.size();
    }

    private static List<String> texts(int count, String format) {
        return IntStream.range(0, count).mapToObj(format::formatted).toList();
    }

    @Test
    void aColumnOfManyTakesFewKilobytes() throws IOException {
        int empty = bytes(statistics(List.of()));
        for (List<String> texts : List.of(
                texts(101, "level number %04d"),
                texts(101, "%0200d is a long text"),
                texts(20_000, "%d"),
                texts(20_000, "0.%06d"),
                texts(20_000, "text %d"),
                new Random(1).doubles(20_000).mapToObj(String::valueOf).toList())) {
            assertThat(bytes(statistics(texts)) - empty)
                    .as("bytes of %s ...", texts.get(0))
                    .isLessThan(10_000);
        }
    }

    @Test
    void aCategoryOfManyColumnsKeepsTheLevelsThatAModelMayHave() {
        List<String> texts = texts(ColumnSetting.CATEGORIES, "level %04d");
        assertThat(statistics(texts).categories.names())
                .hasSize(ColumnSetting.CATEGORIES)
                .containsAll(texts);
    }

    @Test
    void theBytesOfLevelsAreLimitedInAnyOrder() {
        List<String> texts = texts(5, "%0190d");
        for (int limit : List.of(5 * 192, 5 * 192 - 1)) {
            for (int first = 0; first < 5; first++) {
                LevelCounts some = new LevelCounts(10, limit);
                LevelCounts others = new LevelCounts(10, limit);
                for (int i = 0; i < 5; i++) {
                    (i <= first ? some : others).add(texts.get((i + first) % 5));
                    others.add(texts.get(i / 2));
                }
                some.merge(others);
                assertThat(some.areMany()).as("limit %d", limit).isEqualTo(limit < 5 * 192);
                assertThat(some.total()).isEqualTo(limit < 5 * 192 ? 0 : 10);
            }
        }
    }

    @Test
    void countsOfLevelsAreSorted() {
        LevelCounts counts = new LevelCounts(10, 1000);
        List.of("b", "é", "a", "é", "", "b", "é").forEach(counts::add);
        assertThat(counts.names()).containsExactly("é", "b", "", "a");
        assertThat(counts.sorted()).extracting(entry -> entry.getValue()).containsExactly(3L, 2L, 1L, 1L);
    }

    /** A sketch of fewer values than hashes is exact; else the standard error is 1 / √k of the number. */
    @ParameterizedTest
    @ValueSource(ints = {128, 1024})
    void hashesShowHowManyValuesThereAre(int hashes) {
        for (int different : List.of(1, 100, 10_000, 100_000)) {
            DistinctSketch sketch = new DistinctSketch(hashes);
            DistinctSketch other = new DistinctSketch(hashes);
            for (int i = 0; i < 2 * different; i++) {
                (i % 3 == 0 ? sketch : other).add(ValueHash.of("value " + i % different));
            }
            sketch.merge(other);
            double error = different < hashes ? 0 : 4 * different / Math.sqrt(hashes - 2);
            assertThat(sketch.estimate()).isCloseTo(different, within(error)); // four standard deviations
        }
    }
}
