package io.github.sparklatent.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MixtureEvaluatorTest {
    @TempDir private Path directory;

    @BeforeAll
    static void startSpark() {
        LocalSpark.session();
    }

    @Test
    void isTheWeightedMean() {
        Dataset<Row> rows =
                LocalSpark.session()
                        .sql("values (-1.0D, 1), (-4.0D, 3), (-9.0D, 0) as t(logDensity, count)");
        assertThat(new MixtureEvaluator().evaluate(rows)).isCloseTo(-14.0 / 3, within(1e-15));
        assertThat(new MixtureEvaluator().setWeightCol("count").evaluate(rows)).isEqualTo(-3.25);
        assertThat(new MixtureEvaluator().isLargerBetter()).isTrue();
        assertThatThrownBy(() -> new MixtureEvaluator().evaluate(rows.where("count > 9")))
                .isInstanceOf(DataException.class)
                .hasMessage("there are no rows of positive weight to evaluate");
        assertThatThrownBy(() -> new MixtureEvaluator().setLogDensityCol("density").evaluate(rows))
                .hasMessage(
                        "log density column \"density\" does not exist; the nearest name is"
                                + " \"logDensity\"");
    }

    @Test
    void crossValidationChoosesTheComponentsThatAreThere() throws IOException {
        GaussianMixture mixture =
                new GaussianMixture().setLogDensityCol("logDensity").setMaxIter(9);
        ParamMap[] grid = new ParamGridBuilder().addGrid(mixture.k(), new int[] {1, 3}).build();
        CrossValidatorModel chosen =
                new CrossValidator()
                        .setEstimator(new Pipeline().setStages(new PipelineStage[] {mixture}))
                        .setEvaluator(new MixtureEvaluator())
                        .setEstimatorParamMaps(grid)
                        .setNumFolds(2)
                        .setSeed(1)
                        .fit(Tables.rows(150));
        assertThat(chosen.avgMetrics()[1]).isGreaterThan(chosen.avgMetrics()[0] + 0.5);
        String path = directory.resolve("chosen").toString();
        chosen.save(path);
        PipelineModel best = (PipelineModel) CrossValidatorModel.load(path).bestModel();
        assertThat(((GaussianMixtureModel) best.stages()[0]).getK()).isEqualTo(3);
        double silhouette = new ClusteringEvaluator().evaluate(best.transform(Tables.rows(150)));
        assertThat(silhouette).isGreaterThan(0.8);
    }
}
