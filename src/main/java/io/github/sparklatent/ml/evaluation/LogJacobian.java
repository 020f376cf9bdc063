package io.github.sparklatent.ml.evaluation;

import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.ml.io.Json;
import java.util.Map;

/**
 * The change of log densities by scaling. With y_j = (x_j − shift_j) · factor_j,
 *
 * <pre>
 *   log p(x) = log p(y) + Σ_j log |factor_j|.
 * </pre>
 *
 * <p>If values are missing, the sum of a row is over its observed columns.
 */
public final class LogJacobian {
    private LogJacobian() {}

    /**
     * Returns Σ_j log |factor_j|; 0 without scaling. The result is NaN if rows are scaled to length one or numbers to
     * ranks, because such rows have no density over the columns.
     */
    public static double of(Scaling scaling) {
        double sum = start(scaling);
        for (double factor : scaling.factor()) {
            sum += Math.log(Math.abs(factor));
        }
        return sum;
    }

    /**
     * Returns the mean of the sum over the rows of a table.
     *
     * @param weighted whether the rows have weights. Missing values are counted without weights, so the result is then
     *     NaN if there are any
     */
    public static double of(Scaling scaling, TableFacts facts, boolean weighted) {
        if (facts.missing().isEmpty()) {
            return of(scaling);
        }
        double sum = weighted ? Double.NaN : start(scaling);
        double[] factor = scaling.factor();
        for (int j = 0; j < factor.length; j++) {
            sum += (1 - facts.missing().get(j)) * Math.log(Math.abs(factor[j]));
        }
        return sum;
    }

    private static double start(Scaling scaling) {
        return scaling.kind().keepsDensities() ? 0 : Double.NaN;
    }

    /** Returns the scaling as an object of {@code metrics.json}; parameters as above. */
    public static Map<String, Object> json(Scaling scaling, TableFacts facts, boolean weighted) {
        return Json.object("kind", scaling.kind().toString(), "logJacobian", of(scaling, facts, weighted));
    }
}
