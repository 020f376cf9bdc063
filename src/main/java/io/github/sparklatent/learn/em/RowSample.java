package io.github.sparklatent.learn.em;

import io.github.sparklatent.learn.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A sample of the rows of a table in one traversal, without replacement: equal rows are drawn one by one, and the
 * chance of a row grows with its weight, by priority sampling (Duffield, Lund and Thorup 2007).
 *
 * <pre>
 *   q_i = u_i / w_i             the n rows of the smallest q are drawn, τ is the next one
 *   max(w_i, 1 / τ)             weight of a drawn row, an unbiased estimate
 * </pre>
 *
 * @param drawn the drawn rows in random order, but those of great weight first
 * @param next τ; ∞ if they are all rows
 */
public record RowSample(List<SelectedRow> drawn, double next) {
    /** Draws rows, or takes all if they are not more than {@code most}. */
    public static RowSample of(RowBlocks data, String description, long key, int most) {
        List<SelectedRow> selected = data.smallest(description, new Draw(key), most + 1);
        return new RowSample(selected, Double.POSITIVE_INFINITY).first(most);
    }

    /** Returns the sample of fewer rows that is part of this one. */
    public RowSample first(int most) {
        return drawn.size() <= most
                ? this
                : new RowSample(drawn.subList(0, most), drawn.get(most).score());
    }

    /** Returns the rows, d numbers each. Not to be modified. */
    public List<double[]> rows() {
        return drawn.stream().map(SelectedRow::values).toList();
    }

    /** Returns the weight that each row stands for. */
    public double[] weights() {
        return drawn.stream()
                .mapToDouble(row -> Math.max(1 / next, row.weight()))
                .toArray();
    }

    /** Returns the fraction of the table that was drawn, as the mean chance of the drawn rows. */
    public double fraction() {
        return drawn.stream()
                .mapToDouble(row -> Math.min(1, next * row.weight()))
                .average()
                .orElse(1);
    }

    /** Returns the rows with copies by systematic sampling of the weights; each at least once if they are all rows. */
    public List<double[]> withCopies() {
        double[] weights = weights();
        double one = Arrays.stream(weights).sum() / weights.length;
        List<double[]> copies = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double before = Math.ceil(sum / one - 0.5);
            sum += weights[i];
            int own = (int) Math.max(next == Double.POSITIVE_INFINITY ? 1 : 0, Math.ceil(sum / one - 0.5) - before);
            copies.addAll(Collections.nCopies(own, drawn.get(i).values()));
        }
        return copies;
    }

    /** Orders rows by q. Equal rows differ by their places, which do not change: placement follows from the table. */
    private record Draw(long key) implements RowScore {
        @Override
        public Scorer scorer(int partition) {
            long own = RandomStreams.mix(key + RandomStreams.mix(partition));
            long[] place = {0};
            return (block, scores) -> {
                for (int i = 0; i < block.size(); i++) {
                    scores[i] = RandomStreams.uniform(own, place[0]++) / block.weight(i);
                }
            };
        }

        @Override
        public boolean isOfDistinctRows() {
            return false;
        }
    }
}
