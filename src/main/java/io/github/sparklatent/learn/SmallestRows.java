package io.github.sparklatent.learn;

import io.github.sparklatent.linalg.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Keeps the distinct rows of smallest score out of many; merging two keeps the same rows in
 * whatever order it is done.
 */
public final class SmallestRows {
    private final int count;
    private final TreeSet<SelectedRow> kept = new TreeSet<>(SelectedRow.ORDER);

    /**
     * @param count how many rows are kept at most
     */
    public SmallestRows(int count) {
        this.count = count;
    }

    /** The rows of smallest score of some blocks. */
    public static List<SelectedRow> of(Iterable<Block> blocks, RowScore score, int count) {
        SmallestRows smallest = new SmallestRows(count);
        RowScore.Scorer scorer = score.scorer();
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

    /** The kept rows, smallest score first. */
    public List<SelectedRow> rows() {
        return new ArrayList<>(kept);
    }

    /** Offers a row; equal rows of equal score are kept once. */
    public void add(SelectedRow row) {
        kept.add(row);
        if (kept.size() > count) {
            kept.pollLast();
        }
    }

    private void add(Block block, double[] scores) {
        int d = block.width();
        for (int i = 0; i < block.size(); i++) {
            boolean candidate =
                    scores[i] < Double.POSITIVE_INFINITY
                            && (kept.size() < count || scores[i] <= kept.last().score());
            if (candidate) {
                add(
                        new SelectedRow(
                                scores[i],
                                Arrays.copyOfRange(block.rows().data, i * d, (i + 1) * d)));
            }
        }
    }
}
