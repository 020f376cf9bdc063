package io.github.sparklatent.ml.evaluation;

import io.github.sparklatent.cluster.table.Scale;
import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.ml.io.Json;
import java.util.Map;

/**
 * The change of log densities by scaling. With y_j = (x_j − shift_j) · factor_j,
 *
 * <pre>
 *   log p(x) = log p(y) + Σ_j log |factor_j|.
 * </pre>
 */
public final class LogJacobian {
    private LogJacobian() {}

    /**
     * Returns Σ_j log |factor_j|; 0 without scaling. The result is NaN if rows are scaled to length
     * one, because such rows have no density over the columns.
     */
    public static double of(Scaling scaling) {
        if (scaling.kind() == Scale.UNIT) {
            return Double.NaN;
        }
        double sum = 0;
        for (double factor : scaling.factor()) {
            sum += Math.log(Math.abs(factor));
        }
        return sum;
    }

    /** Returns the scaling as an object of {@code metrics.json}. */
    public static Map<String, Object> json(Scaling scaling) {
        return Json.object("kind", scaling.kind().toString(), "logJacobian", of(scaling));
    }
}
