package io.github.sparklatent.bench;

import io.github.sparklatent.gmm.CovarianceType;
import java.util.List;

/**
 * A mixture to fit.
 *
 * @param name as in {@code --only}
 * @param rows n
 * @param dimension d
 * @param components K
 * @param covariance form of the covariances, in the data as in the fit
 */
record MixtureCase(
        String name, long rows, int dimension, int components, CovarianceType covariance) {
    /** The cases, in the order of the table. */
    static final List<MixtureCase> ALL =
            List.of(
                    new MixtureCase("gmm/A", 1_000_000, 8, 8, CovarianceType.FULL),
                    new MixtureCase("gmm/B", 200_000, 32, 16, CovarianceType.FULL),
                    new MixtureCase("gmm/C", 100_000, 64, 32, CovarianceType.FULL),
                    new MixtureCase("gmm/D", 50_000, 128, 16, CovarianceType.FULL),
                    new MixtureCase("gmm/E", 500_000, 32, 64, CovarianceType.DIAGONAL));

    /**
     * @throws IllegalArgumentException for a name that no case has
     */
    static MixtureCase of(String name) {
        for (MixtureCase one : ALL) {
            if (one.name.equals(name)) {
                return one;
            }
        }
        throw new IllegalArgumentException(
                "the case is \"%s\", expected one of %s"
                        .formatted(name, String.join(", ", names())));
    }

    /** Names of all cases. */
    static List<String> names() {
        return ALL.stream().map(MixtureCase::name).toList();
    }

    /** The same case with a share of the rows, to try things on. */
    MixtureCase shrunk(int divisor) {
        return new MixtureCase(name, rows / divisor, dimension, components, covariance);
    }

    /** Name of a folder: what the data follows from. */
    String folder() {
        return "%s-%d-%d-%d-%s"
                .formatted(name.replace('/', '-'), rows, dimension, components, covariance);
    }

    /** For people. */
    String size() {
        return "%,d x %d, K = %d, %s".formatted(rows, dimension, components, covariance);
    }

    /** Bytes of the rows as float64. */
    long bytes() {
        return rows * dimension * Double.BYTES;
    }
}
