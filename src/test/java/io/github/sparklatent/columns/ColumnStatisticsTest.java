package io.github.sparklatent.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.columns.ColumnStatistics.ColumnBudget;
import io.github.sparklatent.columns.ColumnStatistics.DistinctSketch;
import io.github.sparklatent.columns.LevelCounts.ValueHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The facts that are kept of each column if there are many. */
class ColumnStatisticsTest {
    private static final int COLUMNS = 50_000;
    private static final ColumnBudget WIDE = ColumnBudget.of(COLUMNS, COLUMNS);

    private static ColumnStatistics statistics(List<String> texts) {
        ColumnStatistics statistics = new ColumnStatistics(WIDE, true);
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

    @Test
    void fewHashesShowHowManyValuesThereAre() {
        for (int different : List.of(1, 100, 10_000, 100_000)) {
            DistinctSketch sketch = new DistinctSketch(WIDE.hashes());
            DistinctSketch other = new DistinctSketch(WIDE.hashes());
            for (int i = 0; i < 2 * different; i++) {
                (i % 3 == 0 ? sketch : other).add(ValueHash.of("value " + i % different));
            }
            sketch.merge(other);
            double error = different < WIDE.hashes() ? 0 : 4 * different / Math.sqrt(WIDE.hashes() - 2);
            assertThat(sketch.estimate()).isCloseTo(different, within(error)); // four standard deviations
        }
    }

    @Test
    void distinctValuesAreEstimated() {
        DistinctSketch sketch = new DistinctSketch(1024);
        DistinctSketch other = new DistinctSketch(1024);
        for (int i = 0; i < 100_000; i++) {
            (i % 2 == 0 ? sketch : other).add(ValueHash.of("value " + i % 50_000));
        }
        sketch.merge(other);
        // The standard error is 1 / sqrt(1024), about 3%.
        assertThat(sketch.estimate()).isBetween(50_000 * 0.87, 50_000 * 1.13);
    }
}
