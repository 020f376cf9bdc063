package io.github.sparklatent.report;

import io.github.sparklatent.learn.Require;
import java.util.List;

/**
 * How K components agree with the labels of the rows.
 *
 * @param rows which rows were counted, such as "held-out rows"
 * @param labels the values of the label
 * @param counts labels x K. Rows of each label in each component. Not modified.
 * @param accuracy share of rows whose component is matched to their label, under the best matching
 * @param nmi normalised mutual information
 * @param ari adjusted Rand index
 */
public record Confusion(
        String rows,
        List<String> labels,
        double[][] counts,
        double accuracy,
        double nmi,
        double ari) {
    public Confusion {
        labels = List.copyOf(labels);
        Require.size("rows of confusion.counts", counts.length, labels.size());
    }
}
