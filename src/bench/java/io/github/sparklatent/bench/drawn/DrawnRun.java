package io.github.sparklatent.bench.drawn;

import io.github.sparklatent.bench.report.NamedRun;

/**
 * The figures of one classifier.
 *
 * @param accuracy on real rows that were not trained on
 * @param area under the ROC curve on these rows; null for more than two classes
 * @param recognised share of the drawn rows that the classifier of real rows gives the class they were drawn with; null
 *     for real rows
 */
record DrawnRun(String name, double accuracy, Double area, Double recognised) implements NamedRun {}
