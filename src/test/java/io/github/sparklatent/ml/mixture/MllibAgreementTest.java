package io.github.sparklatent.ml.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.MixtureFit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.clustering.GaussianMixture;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.distribution.MultivariateGaussian;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * In few dimensions MLlib's Gaussian mixture is right, and one of our rounds is one of its.
 *
 * <p>MLlib takes no start. But the same seed and partition give the same rounds: its parameters after m rounds are
 * where ours begin, and its parameters after m + 1 are what ours must give.
 */
@Tag("slow")
class MllibAgreementTest {
    private static final double EPSILON = Math.ulp(1.0);

    /** Columns of small units: in large ones the density of a row is small beside MLlib's ε. */
    private static final Map<String, String[]> COLUMNS = Map.of(
            "iris", new String[] {"sepal_length", "sepal_width", "petal_length", "petal_width"}, "wine", new String[] {
                "alcohol",
                "malic_acid",
                "ash",
                "total_phenols",
                "flavanoids",
                "nonflavanoid_phenols",
                "proanthocyanins",
                "hue"
            });

    private static final SparkSession SPARK = LocalSpark.session();

    @ParameterizedTest(name = "{0}, after {1} rounds")
    @CsvSource({"iris, 1, 1e-10", "iris, 3, 1e-10", "wine, 3, 1e-5"})
    void oneRoundIsOneOfItsRounds(String table, int rounds, double greatestTolerance) {
        Dataset<Row> data = data(table);
        DMatrixRMaj rows = matrix(data);
        MixtureParameters start = parameters(fit(data, rounds));
        GaussianMixtureModel next = fit(data, rounds + 1);
        MixtureFit round = Fits.rounds(InMemoryRowBlocks.of(rows, 32), start, 0, 1);
        double tolerance = tolerance(start, rows);
        assertThat(tolerance).isLessThan(greatestTolerance);
        assertClose(round.mixture().gaussian(), parameters(next), tolerance);
        double likelihood = next.summary().logLikelihood() / rows.numRows; // of the start
        assertThat(round.history().get(0).objective()).isCloseTo(likelihood, within(tolerance));
    }

    /**
     * MLlib adds ε = 2⁻⁵² to each π_k N_k(x), so with q = p(x) a responsibility is off by (ε q − K ε π_k N_k) / (q (K ε
     * + q)), at most K ε / q; a mean is then off by at most Σ_n K ε / p(x_n) |z_n| / N_k deviations and a covariance by
     * as much with z². And its covariance is E[xxᵀ] − μμᵀ: rounded by n ε at most of μ² / σ².
     */
    private static double tolerance(MixtureParameters mixture, DMatrixRMaj rows) {
        MixtureScores density = Fits.scores(mixture);
        density.evaluate(rows);
        double greatest = 0;
        for (int k = 0; k < mixture.components(); k++) {
            double added = 0;
            double size = 0;
            double cancelled = 0;
            for (int i = 0; i < rows.numRows; i++) {
                double square = 1;
                for (int j = 0; j < rows.numCols; j++) {
                    double variance = mixture.variance(k, j);
                    double mean = mixture.means().get(k, j);
                    double difference = rows.get(i, j) - mean;
                    square = Math.max(square, difference * difference / variance);
                    cancelled = Math.max(cancelled, mean * mean / variance);
                }
                added += mixture.components() * EPSILON / Math.exp(density.logDensity(i)) * square;
                size += density.responsibilities().get(i, k);
            }
            greatest = Math.max(greatest, added / size + rows.numRows * EPSILON * cancelled);
        }
        return greatest;
    }

    private static void assertClose(MixtureParameters found, MixtureParameters expected, double tolerance) {
        for (int k = 0; k < expected.components(); k++) {
            assertThat(found.weight(k)).isCloseTo(expected.weight(k), within(tolerance));
            DMatrixRMaj covariance = found.covariance(k);
            for (int i = 0; i < expected.dimension(); i++) {
                double deviation = Math.sqrt(expected.variance(k, i));
                assertThat(found.means().get(k, i))
                        .isCloseTo(expected.means().get(k, i), within(tolerance * deviation));
                for (int j = 0; j < expected.dimension(); j++) {
                    double scale = deviation * Math.sqrt(expected.variance(k, j));
                    assertThat(covariance.get(i, j))
                            .isCloseTo(expected.covariance(k).get(i, j), within(tolerance * scale));
                }
            }
        }
    }

    /** A table in memory and in one part, so that the file is not read again for each round. */
    private static Dataset<Row> data(String table) {
        Dataset<Row> file = SPARK.read()
                .option("header", true)
                .option("inferSchema", true)
                .csv("src/test/resources/data/" + table + ".csv");
        Dataset<Row> rows =
                SPARK.createDataFrame(file.collectAsList(), file.schema()).coalesce(1);
        return new VectorAssembler()
                .setInputCols(COLUMNS.get(table))
                .setOutputCol("features")
                .transform(rows)
                .select("features");
    }

    private static DMatrixRMaj matrix(Dataset<Row> data) {
        return new DMatrixRMaj(data.collectAsList().stream()
                .map(row -> row.<Vector>getAs(0).toArray())
                .toArray(double[][]::new));
    }

    private static GaussianMixtureModel fit(Dataset<Row> data, int rounds) {
        return new GaussianMixture()
                .setK(3)
                .setSeed(3)
                .setTol(0)
                .setMaxIter(rounds)
                .fit(data);
    }

    private static MixtureParameters parameters(GaussianMixtureModel model) {
        MultivariateGaussian[] gaussians = model.gaussians();
        double[][] means = Arrays.stream(gaussians).map(g -> g.mean().toArray()).toArray(double[][]::new);
        List<DMatrixRMaj> covariances = Arrays.stream(gaussians)
                .map(g -> matrix(g.cov().toArray(), means[0].length))
                .toList();
        return MixtureParameters.of(CovarianceType.FULL, model.weights(), new DMatrixRMaj(means), covariances);
    }

    private static DMatrixRMaj matrix(double[] symmetric, int d) {
        return new DMatrixRMaj(d, d, true, symmetric);
    }
}
