package io.github.sparklatent.learn.em;

import io.github.sparklatent.linalg.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Selects the rows of smallest score. Merging two selections keeps the same rows in any order. If only distinct rows
 * are selected, the smallest score of equal rows counts.
 */
public final class SmallestRows {
    private final int count;
    private final boolean areDistinct;
    private final TreeSet<SelectedRow> kept = new TreeSet<>(SelectedRow.ORDER);
    private final Map<double[], SelectedRow> byContent = new TreeMap<>(Arrays::compare);

    public SmallestRows(int count, boolean areDistinct) {
        this.count = count;
        this.areDistinct = areDistinct;
    }

    /** Returns the rows of smallest score among the blocks of a partition. */
    public static List<SelectedRow> of(Iterable<Block> blocks, int partition, RowScore score, int count) {
        SmallestRows smallest = new SmallestRows(count, score.isOfDistinctRows());
        RowScore.Scorer scorer = score.scorer(partition);
        double[] scores = new double[0];
        for (Block block : blocks) {
            if (scores.length < block.size()) {
                scores = new double[block.size()];
            }
            scorer.score(block, scores);
            smallest.add(block, scores);
        }
        return smallest.rows();
    }

    /** Returns the selected rows, smallest score first. */
    public List<SelectedRow> rows() {
        return new ArrayList<>(kept);
    }

    /** Adds a row; it is kept if its score is small enough. */
    public void add(SelectedRow row) {
        SelectedRow equal = areDistinct ? byContent.get(row.values()) : null;
        if (equal != null) {
            if (equal.score() <= row.score()) {
                return;
            }
            kept.remove(equal);
        }
        kept.add(row);
        if (areDistinct) {
            byContent.put(row.values(), row);
        }
        if (kept.size() > count) {
            byContent.remove(kept.pollLast().values());
        }
    }

    private void add(Block block, double[] scores) {
        int d = block.width();
        for (int i = 0; i < block.size(); i++) {
            boolean candidate = scores[i] < Double.POSITIVE_INFINITY
                    && (kept.size() < count || scores[i] <= kept.last().score());
            if (candidate) {
                add(new SelectedRow(scores[i], block.weight(i), unsigned(block.rows().data, i * d, d)));
            }
        }
    }

    /** Copies a row; −0.0 becomes 0.0, so that equal rows have equal bits. */
    private static double[] unsigned(double[] values, int from, int length) {
        double[] row = Arrays.copyOfRange(values, from, from + length);
        for (int j = 0; j < length; j++) {
            row[j] += 0.0;
        }
        return row;
    }
}
