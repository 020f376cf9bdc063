package io.github.sparklatent.learn.em;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.TestMatrices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class SmallestRowsTest {
    /** The row's first number over its weight. */
    private static final RowScore FIRST = partition -> (block, scores) -> {
        for (int i = 0; i < block.size(); i++) {
            scores[i] = block.rows().get(i, 0) / block.weight(i);
        }
    };

    @Test
    void theSmallestComeFirst() {
        List<SelectedRow> rows = SmallestRows.of(List.of(block(5, 3, 9), block(1, 7), block(4)), 0, FIRST, 3);
        assertThat(rows).extracting(SelectedRow::score).containsExactly(1.0, 3.0, 4.0);
        assertThat(rows).extracting(row -> row.values()[0]).containsExactly(1.0, 3.0, 4.0);
    }

    @Test
    void fewerThanAskedForWhereThereAreNoMore() {
        assertThat(SmallestRows.of(List.of(block(5, 3)), 0, FIRST, 3)).hasSize(2);
        assertThat(SmallestRows.of(List.of(), 0, FIRST, 3)).isEmpty();
    }

    @Test
    void equalRowsAreKeptOnce() {
        assertThat(SmallestRows.of(List.of(block(2, 2), block(2, 5, 5)), 0, FIRST, 3))
                .extracting(SelectedRow::score)
                .containsExactly(2.0, 5.0);
    }

    /** Blocks end anywhere, so of the same row there may be one of weight 4 and one of weight 1. */
    @Test
    void equalRowsOfDifferentWeightsAreKeptOnceWithTheSmallestScore() {
        Block heavy = new Block(column(8), new double[] {4}, 4);
        Block heaviest = new Block(column(8), new double[] {8}, 8);
        for (List<Block> blocks :
                List.of(List.of(block(8), heavy, heaviest, block(3)), List.of(heaviest, block(3), heavy, block(8)))) {
            assertThat(SmallestRows.of(blocks, 0, FIRST, 3))
                    .extracting(SelectedRow::score)
                    .containsExactly(1.0, 3.0);
        }
    }

    @Test
    void aRowThatWasPushedOutMayComeBackWithASmallerScore() {
        SmallestRows smallest = new SmallestRows(2, true);
        smallest.add(new SelectedRow(5, 1, new double[] {1}));
        smallest.add(new SelectedRow(4, 1, new double[] {2}));
        smallest.add(new SelectedRow(3, 1, new double[] {3}));
        smallest.add(new SelectedRow(1, 1, new double[] {1}));
        assertThat(smallest.rows()).extracting(row -> row.values()[0]).containsExactly(1.0, 3.0);
    }

    @Test
    void zeroHasNoSign() {
        List<SelectedRow> rows = SmallestRows.of(List.of(block(-0.0, 0.0, -0.0)), 0, FIRST, 3);
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).values()).containsExactly(0.0);
    }

    @Test
    void tiesAreBrokenByContent() {
        RowScore same = partition -> (block, scores) -> {
            for (int i = 0; i < block.size(); i++) {
                scores[i] = 1;
            }
        };
        assertThat(SmallestRows.of(List.of(block(5, 3, 9), block(1, 7)), 0, same, 3))
                .extracting(row -> row.values()[0])
                .containsExactly(1.0, 3.0, 5.0);
    }

    @Test
    void rowsWithoutAFiniteScoreAreNeverChosen() {
        Block block = block(Double.POSITIVE_INFINITY, Double.NaN, 3, Double.NEGATIVE_INFINITY);
        assertThat(SmallestRows.of(List.of(block), 0, FIRST, 4))
                .extracting(SelectedRow::score)
                .containsExactly(Double.NEGATIVE_INFINITY, 3.0);
    }

    /** Any cut into parts, any order of rows and parts: the sorted distinct prefix. */
    @Test
    void theOrderOfMergingDoesNotMatter() {
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 200; trial++) {
            List<SelectedRow> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                // Few values and scores, so that rows and ties repeat.
                double value = random.nextInt(12);
                all.add(new SelectedRow(random.nextInt(9), 1, new double[] {value, -value}));
            }
            List<List<Double>> expected = naive(all, 5);
            shuffle(all, random);
            SmallestRows merged = new SmallestRows(5, true);
            for (int from = 0; from < all.size(); ) {
                int to = Math.min(all.size(), from + 1 + random.nextInt(15));
                SmallestRows part = new SmallestRows(5, true);
                all.subList(from, to).forEach(part::add);
                part.rows().forEach(merged::add);
                from = to;
            }
            assertThat(plain(merged.rows())).isEqualTo(expected);
        }
    }

    private static void shuffle(List<SelectedRow> rows, SplittableRandom random) {
        for (int i = rows.size() - 1; i > 0; i--) {
            Collections.swap(rows, i, random.nextInt(i + 1));
        }
    }

    private static List<List<Double>> naive(List<SelectedRow> all, int count) {
        List<List<Double>> chosen = new ArrayList<>();
        for (List<Double> row : plain(all.stream().sorted(SelectedRow.ORDER).toList())) {
            if (chosen.stream().noneMatch(other -> other.get(1).equals(row.get(1)))) {
                chosen.add(row);
            }
        }
        return chosen.subList(0, Math.min(count, chosen.size()));
    }

    private static List<List<Double>> plain(List<SelectedRow> rows) {
        return rows.stream().map(row -> List.of(row.score(), row.values()[0])).toList();
    }

    @Test
    void theRowIsACopy() {
        DMatrixRMaj rows = TestMatrices.uniform(3, 2, 1);
        SelectedRow chosen =
                SmallestRows.of(List.of(Block.of(rows)), 0, FIRST, 1).get(0);
        double before = chosen.values()[1];
        rows.fill(9);
        assertThat(chosen.values()[1]).isEqualTo(before);
    }

    private static Block block(double... values) {
        return Block.of(column(values));
    }

    private static DMatrixRMaj column(double... values) {
        return new DMatrixRMaj(values.length, 1, true, values);
    }
}
