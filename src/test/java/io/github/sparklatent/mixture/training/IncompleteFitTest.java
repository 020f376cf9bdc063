package io.github.sparklatent.mixture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.EmRounds;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MissingValues;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedSampler;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.Parameters;
import io.github.sparklatent.mixture.SampleTables;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.initialization.Initialization;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Fits of tables with missing values. */
class IncompleteFitTest {
    private static MixtureOptions options(CovarianceType type, int components) {
        return MixtureOptions.DEFAULT
                .withComponents(List.of(components))
                .withCovariance(type)
                .withRegularization(0);
    }

    private static MixtureFit fit(InMemoryRowBlocks data, MixtureOptions options) {
        return Fits.of(data, options);
    }

    static List<Arguments> tables() {
        List<Arguments> tables = new ArrayList<>();
        for (CovarianceType type : CovarianceType.values()) {
            for (double share : List.of(0.1, 0.3, 0.5)) {
                tables.add(Arguments.of("iris", type, 2, share));
                tables.add(Arguments.of("wine", type, 1, share));
            }
        }
        return tables;
    }

    /**
     * Without regularization no round lowers the likelihood of the observed values (Dempster, Laird and Rubin 1977).
     * The projection loses half of the digits that the condition number of the covariances has, which is below 10⁶
     * here.
     */
    @ParameterizedTest(name = "{0}, {1}, components: {2}, missing: {3}")
    @MethodSource("tables")
    void noRoundLowersTheLikelihood(String table, CovarianceType type, int components, double share) {
        DMatrixRMaj rows = MissingValues.in(SampleTables.rows(table), share, 1);
        InMemoryRowBlocks data = InMemoryRowBlocks.of(rows, 64);
        MixtureParameters start = MixtureStartTest.start(data, options(type, components), components);
        MixtureFit fit = Fits.rounds(data, start, 0, 40);
        assertThat(fit.warnings()).isEmpty();
        EmRounds.assertNeverFalls(fit.history(), 1e-12 * rows.numCols, 1e-12);
    }

    /** Every kind of start sees filled rows, and each fit is one of the incomplete rows. */
    @ParameterizedTest
    @EnumSource(Initialization.class)
    void everyStartLeadsToAFit(Initialization initialization) {
        DMatrixRMaj rows = MissingValues.in(SampleTables.rows("iris"), 0.3, 1);
        TrainingResult result = new MixtureTrainer(
                        InMemoryRowBlocks.of(rows, 64),
                        null,
                        MixtureOptions.DEFAULT
                                .withComponents(List.of(3))
                                .withInitialization(initialization)
                                .withRestarts(3),
                        null,
                        SearchListener.none())
                .fit();

        assertThat(result.candidates()).hasSize(3).allMatch(fit -> fit.objective() > -5);
        assertThat(result.best().metrics().objective())
                .isEqualTo(result.candidates().stream()
                        .mapToDouble(Candidate::objective)
                        .max()
                        .orElseThrow());
    }

    /**
     * If only one column has missing values, the maximum of the likelihood is known: mean and variance of the other
     * column come from all rows, and the regression on it from the complete rows (Anderson, Maximum likelihood
     * estimates for a multivariate normal distribution when some observations are missing, 1957). The rate of
     * convergence is the share of missing information, below 3/4 here, so 200 rounds reach the last digits.
     */
    @Test
    void oneComponentReachesTheClosedForm() {
        DMatrixRMaj rows = TestMatrices.normal(200, 2, 1);
        for (int i = 0; i < rows.numRows; i++) {
            double y = 3 + 0.8 * rows.get(i, 0) + 0.5 * rows.get(i, 1);
            rows.set(i, 1, i % 3 == 0 || rows.get(i, 0) > 1 ? Double.NaN : y);
        }
        double[] all = moments(rows, false);
        double[] complete = moments(rows, true);
        double slope = complete[3] / complete[2];
        double residual = complete[4] - slope * complete[3];

        InMemoryRowBlocks data = InMemoryRowBlocks.of(rows, 50);
        MixtureParameters start = MixtureStartTest.start(data, options(CovarianceType.FULL, 1), 1);
        MixtureParameters mixture = Fits.rounds(data, start, 0, 200).mixture().gaussian();

        assertThat(mixture.means().get(0, 0)).isCloseTo(all[0], within(1e-12));
        assertThat(mixture.means().get(0, 1)).isCloseTo(complete[1] + slope * (all[0] - complete[0]), within(1e-12));
        assertThat(mixture.covariance(0).get(0, 0)).isCloseTo(all[2], within(1e-12));
        assertThat(mixture.covariance(0).get(0, 1)).isCloseTo(slope * all[2], within(1e-12));
        assertThat(mixture.covariance(0).get(1, 1)).isCloseTo(residual + slope * slope * all[2], within(1e-12));
    }

    /** Means of both columns, then variance, covariance and variance. */
    private static double[] moments(DMatrixRMaj rows, boolean completeOnly) {
        double[] moments = new double[5];
        int n = 0;
        for (int i = 0; i < rows.numRows; i++) {
            if (!completeOnly || !Double.isNaN(rows.get(i, 1))) {
                moments[0] += rows.get(i, 0);
                moments[1] += rows.get(i, 1);
                n++;
            }
        }
        moments[0] /= n;
        moments[1] /= n;
        for (int i = 0; i < rows.numRows; i++) {
            if (!completeOnly || !Double.isNaN(rows.get(i, 1))) {
                double x = rows.get(i, 0) - moments[0];
                double y = rows.get(i, 1) - moments[1];
                moments[2] += x * x / n;
                moments[3] += x * y / n;
                moments[4] += y * y / n;
            }
        }
        return moments;
    }

    /**
     * The error of a mean is about σ / √(0.7 N_k) if 30% of its values are missing, and less if they depend on other
     * columns. Five times that are a chance below 10⁻⁶.
     */
    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void aThirdOfMissingValuesLeavesTheComponents(CovarianceType type) {
        int n = 4000;
        MixtureParameters truth = TestMixtures.of(type, 3, 5, 6, 0, 2);
        MixedSampler sampler = new MixedSampler(MixedMixture.of(truth), 1);
        DMatrixRMaj rows = new DMatrixRMaj(n, 5);
        for (int i = 0; i < n; i++) {
            System.arraycopy(sampler.row(i, sampler.component(i)), 0, rows.data, i * 5, 5);
        }
        DMatrixRMaj incomplete = MissingValues.in(rows, 0.3, 3);
        MixtureParameters fit = fit(
                        InMemoryRowBlocks.of(incomplete, 512), options(type, 3).withRestarts(3))
                .mixture()
                .gaussian();
        for (int k = 0; k < 3; k++) {
            int found = Parameters.nearest(fit, TestMatrices.row(truth.means(), k));
            double size = truth.weight(k) * n;
            for (int j = 0; j < 5; j++) {
                double deviation = Math.sqrt(truth.variance(k, j));
                assertThat(fit.means().get(found, j))
                        .isCloseTo(truth.means().get(k, j), within(5 * deviation / Math.sqrt(0.7 * size)));
                assertThat(fit.variance(found, j) / truth.variance(k, j))
                        .isCloseTo(1, within(5 * Math.sqrt(2 / (0.7 * size))));
            }
        }
    }

    /**
     * Errors of missing values in deviations of their columns, against scikit-learn's imputers: see
     * src/test/python/imputation_golden.py. The mean shows that the missing values are the same.
     */
    @ParameterizedTest
    @CsvSource({
        "0.1, 1.054964, 0.496438, 0.505039",
        "0.3, 1.044663, 0.482616, 0.599583",
        "0.5, 1.041581, 0.617988, 0.791851"
    })
    void imputesLikeItsPeers(double share, double mean, double iterative, double neighbours) {
        DMatrixRMaj rows = SampleTables.rows("iris");
        DMatrixRMaj incomplete = MissingValues.in(rows, share, 4);
        DMatrixRMaj filled = new DMatrixRMaj(0, 0);
        filled.setTo(incomplete);
        double[] means = new ColumnMoments(new double[4]).means(sums(incomplete));
        for (int i = 0; i < filled.getNumElements(); i++) {
            filled.data[i] = Double.isNaN(filled.data[i]) ? means[i % 4] : filled.data[i];
        }
        assertThat(error(filled, incomplete, rows)).isCloseTo(mean, within(1e-6));

        MixtureFit fit = fit(
                InMemoryRowBlocks.of(incomplete, 64),
                options(CovarianceType.FULL, 2).withRegularization(1e-6));
        MixtureScores density = Fits.scores(fit.mixture());
        DMatrixRMaj imputed = new DMatrixRMaj(0, 0);
        density.evaluate(incomplete);
        density.impute(imputed);
        for (int i = 0; i < rows.getNumElements(); i++) {
            if (!Double.isNaN(incomplete.data[i])) {
                assertThat(imputed.data[i]).isEqualTo(rows.data[i]);
            }
        }
        assertThat(error(imputed, incomplete, rows)).isLessThan(Math.min(iterative, neighbours));
    }

    private static double[] sums(DMatrixRMaj rows) {
        return InMemoryRowBlocks.of(rows, 64)
                .sums("", new ColumnMoments(new double[4]))
                .sums();
    }

    /** Root of the mean squared error of the missing values, in deviations of the columns. */
    private static double error(DMatrixRMaj imputed, DMatrixRMaj incomplete, DMatrixRMaj rows) {
        double[] variances = new ColumnMoments(new double[4]).variances(sums(rows));
        double squares = 0;
        int missing = 0;
        for (int i = 0; i < rows.getNumElements(); i++) {
            if (Double.isNaN(incomplete.data[i])) {
                squares += Math.pow(imputed.data[i] - rows.data[i], 2) / variances[i % 4];
                missing++;
            }
        }
        return Math.sqrt(squares / missing);
    }

    /** Another division into partitions and blocks changes sums by rounding only. */
    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void partitionsDoNotMatter(CovarianceType type) {
        DMatrixRMaj rows = MissingValues.in(SampleTables.rows("iris"), 0.3, 1);
        InMemoryRowBlocks one = InMemoryRowBlocks.of(rows, 64);
        MixtureParameters start = MixtureStartTest.start(one, options(type, 2), 2);
        MixtureParameters whole = Fits.rounds(one, start, 1e-6, 5).mixture().gaussian();
        for (int partitions : new int[] {3, 8}) {
            List<List<Block>> parts = new ArrayList<>();
            for (int p = 0; p < partitions; p++) {
                int from = p * rows.numRows / partitions;
                int to = (p + 1) * rows.numRows / partitions;
                parts.add(List.of(Block.of(TestMatrices.slice(rows, from, to))));
            }
            MixtureParameters cut = Fits.rounds(new InMemoryRowBlocks(parts), start, 1e-6, 5)
                    .mixture()
                    .gaussian();
            Parameters.assertClose(cut, whole, 1e-10);
        }
    }

    /** Extrapolation reaches a likelihood that is not below that of plain rounds. */
    @Test
    void roundsCanBeAccelerated() {
        DMatrixRMaj rows = MissingValues.in(SampleTables.rows("iris"), 0.5, 1);
        InMemoryRowBlocks data = InMemoryRowBlocks.of(rows, 64);
        MixtureOptions options =
                options(CovarianceType.FULL, 1).withRegularization(1e-6).withStopping(new StoppingRule(500, 1e-9));
        MixtureFit plain = fit(data, options);
        MixtureFit accelerated = fit(data, options.withAcceleration(true));
        assertThat(accelerated.metrics().objective())
                .isGreaterThan(plain.metrics().objective() - 1e-6);
        assertThat(accelerated.metrics().rounds()).isLessThan(plain.metrics().rounds());
    }
}
