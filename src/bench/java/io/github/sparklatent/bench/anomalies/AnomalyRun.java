package io.github.sparklatent.bench.anomalies;

import io.github.sparklatent.bench.report.NamedRun;

/**
 * The figures of one detector on one table.
 *
 * @param name detector and table
 * @param area area under the ROC curve
 * @param precision average precision
 * @param seconds of fitting and scoring
 */
record AnomalyRun(String name, double area, double precision, double seconds) implements NamedRun {
    /** Rounds the figures for the file. */
    static AnomalyRun of(String name, double area, double precision, double seconds) {
        return new AnomalyRun(name, NamedRun.rounded(area), NamedRun.rounded(precision), NamedRun.rounded(seconds));
    }
}
