package io.github.sparklatent.ml.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.Tables;
import io.github.sparklatent.ml.mixture.GaussianMixture;
import io.github.sparklatent.ml.mixture.GaussianMixtureModel;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class MixtureEvaluatorTest {
    @TempDir
    private Path directory;

    @Test
    void isTheWeightedMean() {
        Dataset<Row> rows =
                LocalSpark.session().sql("values (-1.0D, 1), (-4.0D, 3), (-9.0D, 0) as t(logDensity, count)");
        assertThat(new MixtureEvaluator().evaluate(rows)).isCloseTo(-14.0 / 3, within(1e-15));
        assertThat(new MixtureEvaluator().setWeightCol("count").evaluate(rows)).isEqualTo(-3.25);
        assertThat(new MixtureEvaluator().isLargerBetter()).isTrue();
        assertThatThrownBy(() -> new MixtureEvaluator().evaluate(rows.where("count > 9")))
                .isInstanceOf(DataException.class)
                .hasMessage("there are no rows of positive weight to evaluate, expected at least one");
        assertThatThrownBy(
                        () -> new MixtureEvaluator().setLogDensityCol("density").evaluate(rows))
                .hasMessageStartingWith("log density column \"density\" does not exist (did you mean logDensity?);"
                        + " the table's columns: ");
    }

    @Test
    void rowsInAnotherOrderGiveTheSameBits() {
        Dataset<Row> rows = LocalSpark.session()
                .range(0, 1000, 1, 3)
                .selectExpr("-1e3 * exp(sin(id)) logDensity", "1 + pmod(id, 7) / 3 weight");
        MixtureEvaluator evaluator = new MixtureEvaluator().setWeightCol("weight");
        double expected = evaluator.evaluate(rows);
        assertThat(evaluator.evaluate(rows.sort("logDensity"))).isEqualTo(expected);
        assertThat(evaluator.evaluate(rows.repartition(5))).isEqualTo(expected);
        assertThat(evaluator.evaluate(rows.coalesce(1))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "double('NaN'), 1.0D, logDensity",
        "double(null), 1.0D, logDensity",
        "double('-Infinity'), 0.0D, logDensity",
        "-1.0D, double(null), weight",
        "-1.0D, -0.5D, weight"
    })
    void refusesWhatIsNoLogDensityOrWeight(String logDensity, String weight, String column) {
        Dataset<Row> rows = LocalSpark.session()
                .range(3)
                .selectExpr(
                        "if(id = 1, %s, -2.0D) logDensity".formatted(logDensity),
                        "if(id = 1, %s, 1.0D) weight".formatted(weight));
        assertThatThrownBy(() -> new MixtureEvaluator().setWeightCol("weight").evaluate(rows))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column \"" + column + "\" is null, NaN, infinite or out of range in 1 rows");
    }

    @Test
    void crossValidationChoosesTheComponentsThatAreThere() throws IOException {
        Dataset<Row> rows = Tables.rows(150);
        GaussianMixture mixture =
                new GaussianMixture().setLogDensityCol("logDensity").setMaxIter(5);
        ParamMap[] grid = {
            new ParamMap().put(mixture.k(), new String[] {"1"}), new ParamMap().put(mixture.k(), new String[] {"3"})
        };
        CrossValidatorModel chosen = new CrossValidator()
                .setEstimator(new Pipeline().setStages(new PipelineStage[] {mixture}))
                .setEvaluator(new MixtureEvaluator())
                .setEstimatorParamMaps(grid)
                .setNumFolds(2)
                .setSeed(1)
                .fit(rows);
        assertThat(chosen.avgMetrics()[1]).isGreaterThan(chosen.avgMetrics()[0] + 0.5);
        String path = directory.resolve("chosen").toString();
        chosen.save(path);
        PipelineModel best = (PipelineModel) CrossValidatorModel.load(path).bestModel();
        assertThat(((GaussianMixtureModel) best.stages()[0]).getK()).isEqualTo(3);
        double silhouette = new ClusteringEvaluator().evaluate(best.transform(rows));
        assertThat(silhouette).isGreaterThan(0.8);
    }
}
