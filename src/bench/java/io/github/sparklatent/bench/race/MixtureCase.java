package io.github.sparklatent.bench.race;

import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.MixtureOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A Gaussian mixture to fit.
 *
 * @param rows n
 * @param dimension d
 * @param components K
 * @param covariance type of the covariances, in the data and in the fit
 * @param distance of the centres of the data, in deviations of a component
 */
record MixtureCase(String name, long rows, int dimension, int components, CovarianceType covariance, double distance)
        implements RaceCase {
    /** Number of factors of each component, if covariances are factored. */
    static final int FACTORS = 10;

    private static final double DISTANCE = 5;

    /** The cases, in the order of the table. */
    static final List<MixtureCase> ALL = List.of(
            new MixtureCase("gmm/A", 1_000_000, 8, 8, CovarianceType.FULL),
            new MixtureCase("gmm/B", 200_000, 32, 16, CovarianceType.FULL),
            new MixtureCase("gmm/C", 100_000, 64, 32, CovarianceType.FULL),
            new MixtureCase("gmm/D", 50_000, 128, 16, CovarianceType.FULL),
            new MixtureCase("gmm/E", 500_000, 32, 64, CovarianceType.DIAGONAL),
            new MixtureCase("gmm/tied", 100_000, 64, 32, CovarianceType.TIED),
            new MixtureCase("gmm/diagonal", 100_000, 64, 32, CovarianceType.DIAGONAL),
            new MixtureCase("gmm/spherical", 100_000, 64, 32, CovarianceType.SPHERICAL));

    MixtureCase(String name, long rows, int dimension, int components, CovarianceType covariance) {
        this(name, rows, dimension, components, covariance, DISTANCE);
    }

    /** Returns the same case with other rows, whose components overlap more or less. */
    MixtureCase withDistance(double deviations) {
        return new MixtureCase(name, rows, dimension, components, covariance, deviations);
    }

    /**
     * Returns the same case with a share of the rows, to try things out.
     *
     * @throws IllegalArgumentException if too few rows are left
     */
    MixtureCase shrunk(int divisor) {
        Require.that(
                divisor >= 1 && rows / divisor >= (long) components * dimension,
                "--shrink %d leaves %d rows of %s, expected at least %d",
                divisor,
                rows / Math.max(1, divisor),
                name,
                components * dimension);
        return new MixtureCase(name, rows / divisor, dimension, components, covariance, distance);
    }

    /** Name of the folder of the rows: it names everything that the rows depend on. */
    String folder() {
        return "%s-%d-%d-%d-%s-%s".formatted(name.replace('/', '-'), rows, dimension, components, covariance, distance);
    }

    @Override
    public String size() {
        return "%,d x %d, K = %d, %s".formatted(rows, dimension, components, covariance);
    }

    @Override
    public String iteration() {
        return "round";
    }

    /** The options of a training of plain rounds with this case's components and covariances. */
    MixtureOptions options(int rounds) {
        return MixtureOptions.DEFAULT
                .withComponents(List.of(components))
                .withCovariance(covariance)
                .withFactors(FACTORS)
                .withPriorRows(0)
                .withAcceleration(false)
                .withStopping(new StoppingRule(rounds, 0));
    }

    /** The start of the fits. */
    MixtureParameters start() {
        return new MixtureTruth(this).start();
    }

    @Override
    public Optional<Contestant> contestant(String system, Course course) throws IOException {
        MixtureData data = new MixtureData(this, course.folder());
        Dataset<Row> table = data.table(course.spark());
        return switch (system) {
            case "spark-latent" -> Optional.of(new SparkLatent(this, table, TableOptions.DEFAULT));
            case "mllib" ->
                Optional.of(this)
                        .filter(one -> covariance == CovarianceType.FULL)
                        .map(one -> new Mllib(one, table));
            case "sklearn" ->
                Optional.of(new ScikitLearn(data.writePlain(course.spark()).toString()));
            default -> Optional.empty();
        };
    }
}
