package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.model.MixtureParameters;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Warns if a fit has too few rows for its covariances. n rows span n − 1 directions around their mean. If there are
 * more columns, the variance of all other directions is set by the regularisation alone. Then the density grows as the
 * regularisation falls, for any data.
 */
public final class CovarianceSupport {
    private static final String ADVICE =
            "; the likelihood means little: use diagonal covariances, fewer components or a greater regularization";

    private CovarianceSupport() {}

    /** Returns warnings about the metrics of a fit, as sentences; usually none. */
    public static List<String> warnings(MixtureFit<MixtureParameters> fit) {
        int columns = fit.mixture().dimension();
        return switch (fit.mixture().type()) {
            case FULL -> ofEach(fit, columns, "columns", "a full covariance");
            case FACTOR, PPCA -> ofEach(fit, fit.mixture().factors(), "factors", "the loadings");
            case TIED -> ofAll(fit);
            case DIAGONAL, SPHERICAL -> List.of();
        };
    }

    private static List<String> ofEach(MixtureFit<MixtureParameters> fit, int needed, String what, String purpose) {
        double[] rows = fit.sizes().stream()
                .mapToDouble(s -> s * fit.rows() / fit.weight())
                .toArray();
        int[] few =
                IntStream.range(0, rows.length).filter(k -> rows[k] <= needed).toArray();
        if (few.length == 0) {
            return List.of();
        }
        int least = IntStream.of(few)
                .boxed()
                .min((i, j) -> Double.compare(rows[i], rows[j]))
                .get();
        return List.of(String.format(
                Locale.ROOT,
                "%d of %d components have no more rows than %s, too few for %s (component %d: %.1f rows, %d %s)%s",
                few.length,
                rows.length,
                what,
                purpose,
                least,
                rows[least],
                needed,
                what,
                ADVICE));
    }

    /** Checks a tied covariance: around K means, n rows span n − K directions. */
    private static List<String> ofAll(MixtureFit<MixtureParameters> fit) {
        int columns = fit.mixture().dimension();
        int components = fit.mixture().components();
        return fit.rows() - components >= columns
                ? List.of()
                : List.of("%d rows around %d means are too few for a tied covariance of %d columns%s"
                        .formatted(fit.rows(), components, columns, ADVICE));
    }
}
