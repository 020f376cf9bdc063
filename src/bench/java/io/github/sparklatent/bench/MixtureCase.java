package io.github.sparklatent.bench;

import io.github.sparklatent.gmm.CovarianceType;
import io.github.sparklatent.learn.Require;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A mixture to fit.
 *
 * @param name as in {@code --only}
 * @param rows n
 * @param dimension d
 * @param components K
 * @param covariance form of the covariances, in the data as in the fit
 */
record MixtureCase(String name, long rows, int dimension, int components, CovarianceType covariance)
        implements BenchCase {
    /** The cases, in the order of the table. */
    static final List<MixtureCase> ALL =
            List.of(
                    new MixtureCase("gmm/A", 1_000_000, 8, 8, CovarianceType.FULL),
                    new MixtureCase("gmm/B", 200_000, 32, 16, CovarianceType.FULL),
                    new MixtureCase("gmm/C", 100_000, 64, 32, CovarianceType.FULL),
                    new MixtureCase("gmm/D", 50_000, 128, 16, CovarianceType.FULL),
                    new MixtureCase("gmm/E", 500_000, 32, 64, CovarianceType.DIAGONAL),
                    new MixtureCase("gmm/tied", 100_000, 64, 32, CovarianceType.TIED),
                    new MixtureCase("gmm/diagonal", 100_000, 64, 32, CovarianceType.DIAGONAL),
                    new MixtureCase("gmm/spherical", 100_000, 64, 32, CovarianceType.SPHERICAL));

    @Override
    public MixtureCase shrunk(int divisor) {
        Require.that(
                rows / divisor >= (long) components * dimension,
                "--shrink %d leaves %d rows of %s, expected at least %d",
                divisor,
                rows / divisor,
                name,
                components * dimension);
        return new MixtureCase(name, rows / divisor, dimension, components, covariance);
    }

    /** Name of a folder: what the data follows from. */
    String folder() {
        return "%s-%d-%d-%d-%s"
                .formatted(name.replace('/', '-'), rows, dimension, components, covariance);
    }

    @Override
    public String size() {
        return "%,d x %d, K = %d, %s".formatted(rows, dimension, components, covariance);
    }

    /** Bytes of the rows as float64. */
    long bytes() {
        return rows * dimension * Double.BYTES;
    }

    @Override
    public Optional<Contestant> contestant(String system, Course course) throws IOException {
        MixtureData data = new MixtureData(this, course.folder());
        data.write(course.spark());
        return switch (system) {
            case SparkLatent.SYSTEM -> Optional.of(new SparkLatent(course.spark(), this, data));
            case Mllib.SYSTEM ->
                    Mllib.canFit(this)
                            ? Optional.of(new Mllib(course.spark(), this, data))
                            : Optional.empty();
            case ScikitLearn.SYSTEM -> {
                data.writePlain(course.spark());
                yield Optional.of(new ScikitLearn(data.folder()));
            }
            default -> Optional.empty();
        };
    }
}
