package io.github.sparklatent.ml.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.ml.Tables;
import io.github.sparklatent.ml.core.SampleRequest;
import io.github.sparklatent.ml.evaluation.MixtureEvaluator;
import io.github.sparklatent.ml.network.GenerativeAdversarialNetwork;
import io.github.sparklatent.ml.network.GenerativeAdversarialNetworkModel;
import io.github.sparklatent.ml.network.MixtureVariationalAutoencoder;
import io.github.sparklatent.ml.network.MixtureVariationalAutoencoderModel;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Kryo cannot read records, nor immutable lists. */
@Tag("slow")
class KryoTest {
    private static SparkSession spark;

    @BeforeAll
    static void startSpark() {
        spark = LocalSpark.session(
                "local[2]", Map.of("spark.serializer", "org.apache.spark.serializer.KryoSerializer"));
    }

    private static Dataset<Row> rows() {
        double[][] rows = new double[60][];
        double[] matrix = Tables.matrix(60).data;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {matrix[2 * i], matrix[2 * i + 1]};
        }
        return LocalSpark.vectors(spark, rows);
    }

    @Test
    void fitsEvaluatesScoresAndSamples() {
        GaussianMixtureModel model =
                new GaussianMixture().setK(3).setMaxIter(3).setRestarts(2).fit(rows());
        assertThat(model.evaluate(rows()).rows()).isEqualTo(60);
        Dataset<Row> scored = model.setLogDensityCol("logDensity").transform(rows());
        assertThat(scored.repartition(3).count()).isEqualTo(60);
        assertThat(new MixtureEvaluator().evaluate(scored))
                .isCloseTo(model.evaluate(rows()).meanLogLikelihood(), within(1e-12));
        assertThat(model.sample(10, 1).collectAsList()).hasSize(10);
    }

    @Test
    void findsTheColumnsOfATable() {
        Object[][] rows = new Object[60][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new Object[] {i % 2 == 0 ? "red" : "blue", i % 2 * 10 + Math.sin(i)};
        }
        Dataset<Row> table = LocalSpark.table(spark, "colour string, size double", rows);
        Mixture mixture = new Mixture().setK("2").setMaxIter(3).setInputCols("colour", "size");
        assertThat(mixture.fit(table)
                        .transform(table)
                        .select("prediction")
                        .distinct()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aModelMayBeCapturedOrBroadcast() {
        GaussianMixtureModel model = new GaussianMixtureModel("gmm", Tables.known());
        int expected = model.predict(rows().first().getAs(0));
        assertThat(predictions(model).first()).isEqualTo(expected);
        Broadcast<GaussianMixtureModel> broadcast =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(model);
        Dataset<Integer> predicted = rows().map(
                        (MapFunction<Row, Integer>) row -> broadcast.value().predict(row.<Vector>getAs(0)),
                        Encoders.INT());
        assertThat(predicted.first()).isEqualTo(expected);
        Dataset<String> described = rows().map(
                        (MapFunction<Row, String>) row -> Arrays.toString(model.weights())
                                + model.numFeatures()
                                + model.copy(ParamMap.empty())
                                + model.fitRecord(),
                        Encoders.STRING());
        assertThat(described.first())
                .isEqualTo(Arrays.toString(model.weights()) + model.numFeatures() + model + model.fitRecord());
    }

    private static Dataset<Integer> predictions(GaussianMixtureModel model) {
        return rows().map((MapFunction<Row, Integer>) row -> model.predict(row.<Vector>getAs(0)), Encoders.INT());
    }

    @Test
    void networksTooWithTheirStages() {
        MixtureVariationalAutoencoderModel mixture = Tables.small(new MixtureVariationalAutoencoder())
                .setEncoder("3")
                .setStages("[{ name = autoencoder, maxEpochs = 1 }, { name = encoder,"
                        + " maxEpochs = 1 }, { name = decoder, maxEpochs = 1,"
                        + " adversarialWeight = 0.1 }, { name = joint, maxEpochs = 1"
                        + " }]")
                .fit(rows());
        assertThat(mixture.transform(rows()).repartition(3).count()).isEqualTo(60);
        assertThat(mixture.draw(new SampleRequest(10, 1, 1, true)).collectAsList())
                .hasSize(10);
        GenerativeAdversarialNetworkModel game =
                Tables.small(new GenerativeAdversarialNetwork()).setMaxEpochs(1).fit(rows());
        assertThat(game.transform(rows()).repartition(3).count()).isEqualTo(60);
    }
}
