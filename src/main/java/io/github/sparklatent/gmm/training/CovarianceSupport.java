package io.github.sparklatent.gmm.training;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Whether there were rows enough for the covariances of a fit. n rows span n − 1 directions around
 * their mean: where these are fewer than the columns, the variance of all others is what the
 * regularisation has made it, and the density grows as that falls, whatever the rows are.
 */
public final class CovarianceSupport {
    private static final String ADVICE =
            "; the likelihood says little: take diagonal covariances, fewer components or a"
                    + " greater regularization";

    private CovarianceSupport() {}

    /** What a person should know before the figures are trusted, as sentences; mostly none. */
    public static List<String> warnings(MixtureFit fit) {
        return switch (fit.mixture().type()) {
            case FULL -> ofEach(fit);
            case TIED -> ofAll(fit);
            case DIAGONAL, SPHERICAL -> List.of();
        };
    }

    private static List<String> ofEach(MixtureFit fit) {
        int columns = fit.mixture().dimension();
        double[] rows =
                fit.sizes().stream().mapToDouble(s -> s * fit.rows() / fit.weight()).toArray();
        int[] few = IntStream.range(0, rows.length).filter(k -> rows[k] <= columns).toArray();
        if (few.length == 0) {
            return List.of();
        }
        int least = IntStream.of(few).boxed().min((i, j) -> Double.compare(rows[i], rows[j])).get();
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%d of %d components have no more rows than columns, too few for a full"
                                + " covariance (component %d: %.1f rows, %d columns)%s",
                        few.length,
                        rows.length,
                        least,
                        rows[least],
                        columns,
                        ADVICE));
    }

    /** Around K means n rows span n − K directions. */
    private static List<String> ofAll(MixtureFit fit) {
        int columns = fit.mixture().dimension();
        int components = fit.mixture().components();
        return fit.rows() - components >= columns
                ? List.of()
                : List.of(
                        "%d rows around %d means are too few for a tied covariance of %d columns%s"
                                .formatted(fit.rows(), components, columns, ADVICE));
    }
}
