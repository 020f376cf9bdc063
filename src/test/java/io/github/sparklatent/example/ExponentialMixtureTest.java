package io.github.sparklatent.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worked example of a family from another jar, as an Estimator. */
@Tag("slow")
class ExponentialMixtureTest {
    private static final ExponentialMixtureModel TRUTH = new ExponentialMixtureModel(
            "truth",
            new ExponentialFamily.Content(
                    new ExponentialFamily.Parameters(new double[] {0.3, 0.7}, new DMatrixRMaj(new double[][] {
                        {5, 2}, {0.2, 0.1}
                    })),
                    null));

    @TempDir
    private Path folder;

    private static Dataset<Row> rows() {
        LocalSpark.session();
        return TRUTH.draw(new io.github.sparklatent.ml.core.SampleRequest(4000, 1, null, true))
                .drop("component");
    }

    /** The standard error of a share is √(0.3 · 0.7 / 4000) = 0.7%, that of a rate 1/√1200 = 3%. */
    @Test
    void theFitFindsTheTruthAndIsSaved() throws IOException {
        ExponentialMixtureModel model =
                new ExponentialMixture("fit").setSeverityCol("severity").fit(rows());
        ExponentialFamily.Parameters found = model.parameters();
        assertThat(found.weights()[0]).isCloseTo(0.3, within(0.03));
        for (int i = 0; i < 4; i++) {
            double rate = TRUTH.parameters().rates().data[i];
            assertThat(found.rates().data[i]).isCloseTo(rate, within(0.12 * rate));
        }
        Dataset<Row> scored = model.transform(rows());
        assertThat(scored.columns()).containsExactly("features", "probability", "prediction", "severity");
        assertThat(scored.agg(functions.avg("severity")).first().getDouble(0)).isCloseTo(50, within(2.0));
        String path = folder.resolve("model").toString();
        model.write().save(path);
        List<Row> again =
                ExponentialMixtureModel.read().load(path).transform(rows()).takeAsList(9);
        assertThat(again).isEqualTo(scored.takeAsList(9));
    }

    @Test
    void badOptionsAndRowsAreRefused() {
        assertThatThrownBy(() -> new ExponentialMixture().put("spread", 1.0)).hasMessageContaining("> 1");
        Dataset<Row> negative = rows().sparkSession().sql("select array(-1.0D, 2.0D) as features");
        assertThatThrownBy(() -> new ExponentialMixture().fit(negative.union(negative)))
                .isInstanceOf(DataException.class)
                .hasMessage("a row has -1.0 in feature 0, expected at least 0");
    }
}
