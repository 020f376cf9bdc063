package io.github.sparklatent.ml.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MissingValues;
import io.github.sparklatent.mixture.Parameters;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.robust.RobustOptions;
import io.github.sparklatent.mixture.robust.RobustOptions.RobustMethod;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.ml.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class GaussianMixtureTest {
    /** The same sums over 300 rows in another order, and three rounds of what follows from them. */
    private static final double OTHER_ORDER = 1e-10;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startSpark() {
        LocalSpark.session();
    }

    @ParameterizedTest
    @EnumSource
    void isTheFitInMemory(CovarianceType type) throws IOException {
        MixtureParameters start = Tables.known(type);
        String path = directory.resolve("start").toString();
        new GaussianMixtureModel("start", start).save(path);
        GaussianMixtureModel model = new GaussianMixture()
                .setInitialModel(path)
                .setMaxIter(3)
                .setTol(0)
                .fit(Tables.rows(300));
        MixtureOptions options = MixtureOptions.DEFAULT
                .withComponents(List.of(3))
                .withCovariance(type)
                .withFactors(type.isFactored() ? 1 : 2)
                .withStopping(new StoppingRule(3, 0));
        InMemoryRowBlocks rows = InMemoryRowBlocks.of(Tables.matrix(300), 64);
        MixtureFit fit = Fits.of(rows, options, start);
        assertThat(model.isSet(model.initialModel())).isFalse();
        assertThat(model.getK()).isEqualTo(3);
        assertThat(model.getCovariance()).isEqualTo(type.toString());
        assertThat(model.weights()).containsExactly(fit.mixture().weights(), within(OTHER_ORDER));
        assertThat(model.mixture().means().data)
                .containsExactly(fit.mixture().gaussian().means().data, within(OTHER_ORDER));
        for (int k = 0; k < 3; k++) {
            assertThat(model.mixture().covariance(k).data)
                    .containsExactly(fit.mixture().gaussian().covariance(k).data, within(OTHER_ORDER));
        }
        assertThat(model.objectiveHistory())
                .hasSize(4)
                .endsWith(new double[] {fit.metrics().objective()}, within(OTHER_ORDER));
        assertThat(model.bic()).isCloseTo(fit.metrics().bic(), within(300 * OTHER_ORDER));
    }

    /** How rows are cut does not change which rows are left out. */
    @Test
    void aRobustFitIsTheFitInMemory() {
        DMatrixRMaj rows = Tables.matrix(300);
        for (int i = 0; i < rows.numRows; i += 6) {
            rows.set(i, 1, 40 + rows.get(i, 0));
        }
        GaussianMixtureModel model = new GaussianMixture()
                .setK(1)
                .setRobust("refit")
                .setTrim(0.25)
                .fit(Tables.of(rows).repartition(3));
        MixtureOptions options = MixtureOptions.DEFAULT
                .withComponents(List.of(1))
                .withRobust(new RobustOptions(RobustMethod.REFIT, 0.25, false));
        MixtureFit fit = Fits.of(InMemoryRowBlocks.of(rows, 64), options);
        assertThat(fit.weight()).isBetween(225.0, 250.0);
        assertThat(model.mixture().means().data)
                .containsExactly(fit.mixture().gaussian().means().data, within(OTHER_ORDER));
        assertThat(model.mixture().covariance(0).data)
                .containsExactly(fit.mixture().gaussian().covariance(0).data, within(OTHER_ORDER));
        assertThat(model.bic()).isCloseTo(fit.metrics().bic(), within(300 * OTHER_ORDER));
    }

    /** Missing values, on the cluster and in memory, in several partitions. */
    @ParameterizedTest
    @EnumSource(names = {"FULL", "DIAGONAL", "FACTOR"})
    void missingValuesAreFittedAsInMemory(CovarianceType type) throws IOException {
        MixtureParameters start = Tables.known(type);
        String path = directory.resolve("start").toString();
        new GaussianMixtureModel("start", start).save(path);
        DMatrixRMaj incomplete = MissingValues.in(Tables.matrix(300), 0.3, 1);
        Dataset<Row> table = Tables.of(incomplete).repartition(3);
        MixtureOptions options = MixtureOptions.DEFAULT
                .withComponents(List.of(3))
                .withCovariance(type)
                .withFactors(type.isFactored() ? 1 : 2)
                .withStopping(new StoppingRule(3, 0));
        MixtureParameters expected = Fits.of(InMemoryRowBlocks.of(incomplete, 64), options, start)
                .mixture()
                .gaussian();
        GaussianMixture estimator = new GaussianMixture()
                .setHandleInvalid("keep")
                .setInitialModel(path)
                .setMaxIter(3)
                .setTol(0);
        for (int partitions : new int[] {1, 8, 3}) {
            MixtureParameters found =
                    estimator.setNumPartitions(partitions).fit(table).mixture();
            Parameters.assertClose(found, expected, OTHER_ORDER);
            if (partitions == 3) {
                assertThat(estimator.fit(table.coalesce(1)).mixture().means().data)
                        .isEqualTo(found.means().data);
            }
        }
    }

    /** Eight rows of an error that repeats have a component of their own. */
    @Test
    void errorsThatRepeatAreAnomalies() {
        DMatrixRMaj rows = Tables.matrix(400);
        for (int i = 0; i < 8; i++) {
            rows.set(i, 0, 1000 + 0.01 * i);
        }
        GaussianMixture estimator = new GaussianMixture().setK(4).setAnomalyScoreCol("anomalyScore");
        GaussianMixtureModel model = estimator.fit(Tables.of(rows));
        List<Double> scores = scores(model, rows);
        assertThat(model.unusualComponents()).hasSize(1);
        assertThat(scores.stream().limit(8).min(Double::compare).orElseThrow())
                .isGreaterThan(scores.stream().skip(8).max(Double::compare).orElseThrow());

        GaussianMixtureModel local =
                estimator.setK(new int[0]).setCriterion("rows").fit(Tables.of(rows));
        assertThat(local.unusualComponents()).isEmpty();
    }

    private static List<Double> scores(GaussianMixtureModel model, DMatrixRMaj rows) {
        return model.transform(Tables.of(rows)).select(model.getAnomalyScoreCol()).collectAsList().stream()
                .map(row -> row.getDouble(0))
                .toList();
    }

    @Test
    void summaryIsThatOfTheRowsFitted() {
        Dataset<Row> rows = Tables.rows(100);
        GaussianMixtureModel model = new GaussianMixture().setK(3).fit(rows);
        GaussianMixtureSummary summary = model.summary();
        assertThat(model.hasSummary()).isTrue();
        assertThat(summary.k()).isEqualTo(3);
        assertThat(summary.clusterSizes()).hasSize(3);
        assertThat(java.util.Arrays.stream(summary.clusterSizes()).sum()).isEqualTo(100);
        assertThat(summary.logLikelihood()).isCloseTo(100 * model.evaluate(rows).meanLogLikelihood(), within(1e-8));
        assertThat(summary.numIter()).isEqualTo(model.fitRecord().orElseThrow().rounds());
        assertThat(summary.probability().columns()).containsExactly("probability");
        assertThat(summary.cluster().columns()).containsExactly("prediction");
        GaussianMixtureModel copy = model.copy(ParamMap.empty());
        assertThat(copy.summary()).isSameAs(summary);
        assertThat(copy.parent()).isSameAs(model.parent());
    }
}
