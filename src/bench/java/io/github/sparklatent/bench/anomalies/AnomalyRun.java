package io.github.sparklatent.bench.anomalies;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.sparklatent.bench.report.NamedRun;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The figures of one detector on one table.
 *
 * @param name detector, table and protocol
 * @param area area under the ROC curve
 * @param precision average precision
 * @param seconds of fitting and scoring
 * @param alerts share of the normal scored rows that are reported; null if it is not measured
 */
record AnomalyRun(
        String name,
        double area,
        double precision,
        double seconds,
        @JsonInclude(JsonInclude.Include.NON_NULL) Double alerts)
        implements NamedRun {
    /** Returns the mean of trials, rounded for the file. The first trial has the alerts. */
    static AnomalyRun mean(List<AnomalyRun> trials) {
        AnomalyRun first = trials.get(0);
        return new AnomalyRun(
                first.name,
                NamedRun.rounded(mean(trials, AnomalyRun::area)),
                NamedRun.rounded(mean(trials, AnomalyRun::precision)),
                NamedRun.rounded(mean(trials, AnomalyRun::seconds)),
                first.alerts == null ? null : (Double) NamedRun.rounded(first.alerts));
    }

    static double mean(List<AnomalyRun> runs, ToDoubleFunction<AnomalyRun> figure) {
        return runs.stream().mapToDouble(figure).average().orElseThrow();
    }
}
