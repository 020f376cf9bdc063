package io.github.sparklatent.gmm.initialization;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.learn.em.SelectedRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Draws distinct rows without replacement. The chance of a row grows with its weight. The rows with the smallest
 * −log(u) / w are drawn, where u is a function of a key and of the content of the row (Efraimidis and Spirakis 2006).
 *
 * @param key key of the random stream
 */
public record RandomRows(long key) implements RowScore {
    /** Rounding of a weight over the mean weight. */
    private static final double ROUNDING = 1e-9;

    /**
     * Draws rows of which those of great weight come several times: by systematic sampling of the weights, or all
     * distinct rows if they are fewer than asked for. Equal rows that are not one row of their weight, because their
     * keys differ, count once.
     *
     * @param most number of distinct rows at most
     */
    public static List<double[]> withCopies(RowBlocks data, String description, long key, int most) {
        RandomRows draw = new RandomRows(key);
        List<SelectedRow> selected = data.smallest(description, draw, most);
        double last = selected.size() < most
                ? Double.POSITIVE_INFINITY
                : selected.get(most - 1).score();
        // The weight over the probability that a row of this weight is drawn (Cohen and Kaplan 2007)
        double[] weights = selected.stream()
                .mapToDouble(row -> draw.exponential(row.values(), 0, row.values().length) / row.score())
                .map(weight -> weight / -StrictMath.expm1(-weight * last))
                .toArray();
        double one = Arrays.stream(weights).sum() / weights.length;
        List<double[]> drawn = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double before = Math.ceil(sum / one - 0.5);
            sum += weights[i];
            double copies = selected.size() < most
                    ? Math.max(1, Math.floor(weights[i] / one + ROUNDING))
                    : Math.ceil(sum / one - 0.5) - before;
            drawn.addAll(Collections.nCopies((int) copies, selected.get(i).values()));
        }
        return drawn;
    }

    private double exponential(double[] values, int from, int length) {
        return -StrictMath.log(RandomStreams.uniform(key, RandomStreams.hash(values, from, length)));
    }

    @Override
    public Scorer scorer() {
        return (block, scores) -> {
            int d = block.width();
            for (int i = 0; i < block.size(); i++) {
                scores[i] = exponential(block.rows().data, i * d, d) / block.weight(i);
            }
        };
    }
}
