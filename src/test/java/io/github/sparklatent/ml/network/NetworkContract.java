package io.github.sparklatent.ml.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.Tables;
import io.github.sparklatent.ml.core.LatentParams;
import io.github.sparklatent.ml.network.record.NetworkFit;
import io.github.sparklatent.ml.network.record.StageFit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every Estimator of networks does, and its models. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
public abstract class NetworkContract<E extends NetworkEstimator<E, M>, M extends NetworkModel<M>> {
    static final int ROWS = 60;

    private Dataset<Row> table;
    private PipelineModel pipeline;
    private M model;

    /** With networks as small as can be, and few epochs. */
    abstract E estimator();

    abstract M load(String path);

    /** That the model adds. */
    abstract List<String> columns();

    /** Figures that the record of the training holds. */
    abstract List<String> measures();

    /** Stages of the training. */
    abstract List<String> stages();

    /** Settings that the networks of this test share. */
    public static <E extends NetworkEstimator<E, ?>> E small(E estimator) {
        return estimator
                .put("latent", 2)
                .put("roundsPerEpoch", 1.0)
                .put("batchSize", 10)
                .put("numPartitions", 2)
                .put("learningRate", 1e-2)
                .put("holdoutFraction", 0.2);
    }

    M model() {
        return model;
    }

    Dataset<Row> table() {
        return table;
    }

    @BeforeAll
    void fit() {
        LocalSpark.session();
        table = Tables.rows(ROWS);
        pipeline = new Pipeline().setStages(new PipelineStage[] {estimator()}).fit(table);
        @SuppressWarnings("unchecked")
        M fitted = (M) pipeline.stages()[0];
        model = fitted;
    }

    /** Also by a model that is told to keep them, because it was trained on complete rows. */
    @Test
    void missingValuesAreRefusedOrLeftOut() {
        Dataset<Row> incomplete =
                Tables.of(new DMatrixRMaj(new double[][] {{1, Double.NaN}, {1, 2}}));
        M keeping = model.copy(ParamMap.empty());
        keeping.put("invalid", "keep");
        assertThatThrownBy(() -> keeping.transform(incomplete).collectAsList())
                .rootCause()
                .hasMessageContaining("has NaN or null at position 1");
        M skipping = model.copy(ParamMap.empty());
        skipping.put("invalid", "skip");
        assertThat(skipping.transform(incomplete).collectAsList()).hasSize(1);
        E estimator = estimator();
        estimator.put("invalid", "keep");
        assertThatThrownBy(() -> estimator.fit(table))
                .hasMessageContaining("invalid is keep, but ")
                .hasMessageContaining(" needs complete rows: must be error or skip, or ");
    }

    @Test
    void addsItsColumns() {
        Dataset<Row> scored = model.transform(table);
        assertThat(scored.columns())
                .containsExactly(
                        Stream.concat(Arrays.stream(table.columns()), columns().stream())
                                .toArray(String[]::new));
        assertThat(scored.schema()).isEqualTo(model.transformSchema(table.schema()));
        assertThat(estimator().transformSchema(table.schema()).fieldNames())
                .isEqualTo(scored.columns());
        for (Row row : scored.collectAsList()) {
            assertThat(row.<Double>getAs("anomalyScore")).isFinite();
            if (columns().contains("probability")) {
                double[] shares = row.<Vector>getAs("probability").toArray();
                // Two floats' rounding.
                assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-6));
                assertThat(shares[row.<Integer>getAs("prediction")])
                        .isEqualTo(Arrays.stream(shares).max().orElseThrow());
            }
        }
    }

    /** Some of the rows are held out. */
    @Test
    void morePartitionsThanTrainingRowsAreRefused() {
        assertThatThrownBy(() -> estimator().put("numPartitions", ROWS).fit(table))
                .isInstanceOf(DataException.class)
                .hasMessageMatching(
                        "numPartitions is 60, but there are \\d+ training rows; expected at most as"
                            + " many partitions as rows, because each partition trains on its own"
                            + " rows");
    }

    @Test
    void recordsItsTraining() {
        assertThat(model.hasParent()).isTrue();
        assertThat(model.uid()).isEqualTo(estimator().uid());
        assertThat(model.numFeatures()).isEqualTo(2);
        NetworkFit fit = model.fitRecord().orElseThrow();
        assertThat(fit.measures()).isEqualTo(measures());
        assertThat(fit.stages().stream().map(StageFit::name)).isEqualTo(stages());
        assertThat(fit.rows()).as("the others are held out").isBetween(ROWS / 2L, ROWS - 1L);
        assertThat(fit.train()).hasSameSizeAs(measures()).allMatch(Double::isFinite);
        assertThat(fit.holdout()).hasSameSizeAs(measures()).allMatch(Double::isFinite);
    }

    @Test
    void comesBackFromItsFilesBitForBit(@TempDir Path directory) throws IOException {
        String path = directory.resolve("pipeline").toString();
        pipeline.save(path);
        M loaded = load(path);
        assertThat(loaded.network().kind()).isEqualTo(model.network().kind());
        assertThat(loaded.network().architecture()).isEqualTo(model.network().architecture());
        assertThat(loaded.network().parameters()).isEqualTo(model.network().parameters());
        assertThat(loaded.fitRecord()).isEqualTo(model.fitRecord());
        assertThat(paramsOf(loaded)).isEqualTo(paramsOf(model));
        Transformer whole = PipelineModel.load(path);
        assertThat(whole.transform(table).collectAsList())
                .isEqualTo(model.transform(table).collectAsList());
    }

    /** Arrays have no text of their own. */
    private static String paramsOf(NetworkModel<?> model) {
        return model.explainParams().replaceAll("\\[[DL][^,) ]*@[^,)]*", "an array");
    }

    @Test
    void aSeedDecidesAndCopiesTakeParams() {
        E estimator = estimator();
        M again = estimator.copy(ParamMap.empty()).fit(table);
        assertThat(again.network().parameters()).isEqualTo(model.network().parameters());
        M other = estimator.copy(values(estimator, "seed", 2L)).fit(table);
        assertThat(other.network().parameters()).isNotEqualTo(model.network().parameters());
        assertThat(value(other, "seed")).isEqualTo(2L);
        M copy = model.copy(values(model, "anomalyScoreCol", "strange"));
        assertThat(copy.transform(table).columns())
                .contains("strange")
                .doesNotContain("anomalyScore");
        assertThat(value(model, "anomalyScoreCol")).isEqualTo("anomalyScore");
    }

    @SuppressWarnings("unchecked") // the Param takes the value, or put would throw
    private static ParamMap values(LatentParams<?> owner, String name, Object value) {
        return new ParamMap().put((Param<Object>) owner.declared(name), value);
    }

    private static Object value(LatentParams<?> owner, String name) {
        return owner.getOrDefault(owner.declared(name));
    }
}
