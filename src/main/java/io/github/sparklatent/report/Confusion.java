package io.github.sparklatent.report;

import io.github.sparklatent.learn.Require;
import java.util.List;

/**
 * The agreement of K components with the labels of the rows.
 *
 * @param rows the rows that were counted, such as "held-out rows"
 * @param labels the distinct labels
 * @param counts labels x K. Number of rows of each label in each component. Not modified.
 * @param accuracy share of the rows whose component is matched to their label, under the best matching
 * @param nmi normalised mutual information
 * @param ari adjusted Rand index
 */
public record Confusion(String rows, List<String> labels, double[][] counts, double accuracy, double nmi, double ari) {
    public Confusion {
        labels = List.copyOf(labels);
        Require.size("rows of confusion.counts", counts.length, labels.size());
    }
}
