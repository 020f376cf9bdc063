package io.github.sparklatent.ml.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.mixture.CellFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class MixtureEstimatorTest {
    private static final int ROWS = 400;
    private static SparkSession spark;
    private static Dataset<Row> table;

    @TempDir
    private Path folder;

    /** Two groups with a colour, a number and a count each; some cells are null. */
    @BeforeAll
    static void rows() {
        spark = LocalSpark.session();
        Random random = new Random(4);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            boolean first = i % 4 != 0;
            String colour = random.nextDouble() < 0.1 ? "green" : first ? "red" : "blue";
            Double size = i % 10 == 7 ? null : (first ? -3 : 3) + random.nextGaussian();
            double count = Math.floor((first ? 2 : 12) * 2 * random.nextDouble());
            rows.add(RowFactory.create(i, colour, size, count, first ? "a" : "b"));
        }
        table = spark.createDataFrame(
                rows,
                new StructType()
                        .add("row", DataTypes.IntegerType)
                        .add("colour", DataTypes.StringType)
                        .add("size", DataTypes.DoubleType)
                        .add("visits", DataTypes.DoubleType)
                        .add("group", DataTypes.StringType));
    }

    private static Mixture mixture() {
        return new Mixture("mixture").setK(2).setNumPartitions(2).setFamilies("{ \"features[2]\" = poisson }");
    }

    private static PipelineStage[] stages(Mixture mixture) {
        return new PipelineStage[] {
            new StringIndexer().setInputCol("colour").setOutputCol("code"),
            new VectorAssembler()
                    .setInputCols(new String[] {"code", "size", "visits"})
                    .setOutputCol("features")
                    .setHandleInvalid("keep"),
            mixture
        };
    }

    private static PipelineModel fit(Mixture mixture, int partitions) {
        return new Pipeline().setStages(stages(mixture)).fit(table.repartition(partitions));
    }

    private static MixtureModel model(PipelineModel pipeline) {
        return (MixtureModel) pipeline.stages()[2];
    }

    private static long fingerprint(MixtureModel model) {
        CRC32 checksum = new CRC32();
        model.fingerprint(checksum);
        return checksum.getValue();
    }

    @Test
    void aPipelineOfSparkMlFindsTheGroups() {
        PipelineModel pipeline = fit(mixture(), 3);
        MixtureModel model = model(pipeline);
        assertThat(model.features())
                .extracting(Feature::kind)
                .containsExactly(Feature.Kind.CATEGORY, Feature.Kind.NUMBER, Feature.Kind.COUNT);
        assertThat(model.features().get(0).categories()).containsExactlyInAnyOrder("red", "green", "blue");
        assertThat(model.mixture().columns().get(2).family()).isEqualTo(CellFamily.POISSON);
        List<Row> counts = pipeline.transform(table)
                .groupBy("group", "prediction")
                .count()
                .orderBy(functions.desc("count"))
                .collectAsList();
        assertThat(counts.get(0).getLong(2) + counts.get(1).getLong(2)).isGreaterThan(395);
    }

    @Test
    void rowsOfErrorsThatRepeatAreNoKnownRows() {
        Dataset<Row> errors = table.withColumn(
                "size", functions.when(functions.expr("row % 40 = 0"), 3000).otherwise(functions.col("size")));
        MixtureModel model = new Mixture("mixture")
                .setInputCols("colour", "size", "visits")
                .setK(3)
                .setSeverityCol("severity")
                .fit(errors);
        assertThat(model.unusualComponents()).hasSize(1);
        List<Row> scored = model.transform(errors).where("row % 40 = 0").collectAsList();
        assertThat(scored).allMatch(row -> row.<Double>getAs("severity") == 100);
    }

    /** 500 rows are held out, so 1% of new rows are anomalies within three standard errors of 0.45%. */
    @Test
    void treesCompareRowsWithHeldOutOnes() {
        Mixture trees =
                new Mixture("trees").setInputCols("a", "b", "c", "d").setK(1).setWithin("trees");
        Dataset<Row> rows =
                spark.range(0, 10_000, 1, 2).selectExpr("id", "randn(1) a", "randn(2) b", "randn(3) c", "randn(4) d");
        MixtureModel model = trees.fit(rows.where("id % 2 = 0"));
        assertThat(model.transform(rows.where("id % 2 = 1")).where("isAnomaly").count())
                .isBetween(1L, 118L);
        assertThatThrownBy(() -> trees.setHoldoutFraction(0).fit(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set holdoutFraction = 0.1");
        MixtureModel unjudged = trees.setSeverityCol("").setIsAnomalyCol("").fit(rows.where("id < 500"));
        assertThat(unjudged.transform(rows).columns()).contains("anomalyScore").doesNotContain("severity");
    }

    @Test
    void moreThanTwoComponentsOfAnInitialModelAreFittedFurther(@TempDir Path folder) throws IOException {
        Mixture columns =
                new Mixture("mixture").setInputCols("colour", "size").setK("4").setSeed(1);
        MixtureModel first = columns.setMaxIter(2).fit(table);
        String path = folder.resolve("model").toString();
        first.write().save(path);
        MixtureModel next = columns.setMaxIter(3).setInitialModel(path).fit(table);
        assertThat(next.mixture().components()).isEqualTo(4);
        List<Double> objective = next.fitRecord().orElseThrow().objectiveHistory();
        List<Double> before = first.fitRecord().orElseThrow().objectiveHistory();
        assertThat(objective.get(0)).isCloseTo(before.get(before.size() - 1), within(1e-9));
    }

    /** Two numbers have one factor, although five are asked for. */
    @Test
    void theSameSettingsTrainAModelWithFactorsFurther(@TempDir Path folder) throws IOException {
        Mixture columns = new Mixture("mixture")
                .setInputCols("colour", "size", "visits")
                .setNumbers("gaussian")
                .setK(2)
                .setMaxIter(2)
                .setCovariance("factor")
                .setFactors(5)
                .setFamilies("{ visits = gaussian }");
        MixtureModel first = columns.fit(table);
        assertThat(first.mixture().gaussian().factors()).isEqualTo(1);
        String path = folder.resolve("model").toString();
        first.write().save(path);
        assertThat(columns.setInitialModel(path).fit(table).mixture().gaussian().factors())
                .isEqualTo(1);

        Mixture other = new Mixture("mixture")
                .setInputCols("colour", "size", "visits")
                .setFamilies("{ visits = gaussian }")
                .setInitialModel(path)
                .setFitMethod("variational-bayes");
        assertThatThrownBy(() -> other.fit(table))
                .hasMessageContaining(
                        "model.fit is variational-bayes, but the initial model's covariance is factor, which is fitted by em or monte-carlo-em: set model.fit = em");
    }

    @Test
    void treesAreGrownFromAllRows() {
        Mixture trees = new Mixture("trees")
                .setInputCols("size", "visits")
                .setK(1)
                .setWithin("trees")
                .setRobust("trim");
        assertThatThrownBy(() -> trees.fit(table))
                .hasMessageContaining("is trim, but model.within is trees, which are grown from all rows: remove it");
    }

    @Test
    void histogramsHaveTheSameBinsForAllPartitionsOfTheTable() {
        long ofBins = fingerprint(model(fit(mixture().setNumbers("histogram"), 1)));
        assertThat(fingerprint(model(fit(mixture().setNumbers("histogram"), 3))))
                .isEqualTo(ofBins);
        assertThat(fingerprint(model(fit(mixture().setNumbers("histogram"), 8))))
                .isEqualTo(ofBins);
    }

    private static Dataset<Row> features(PipelineModel pipeline) {
        return pipeline.stages()[1].transform(pipeline.stages()[0].transform(table));
    }

    @Test
    void scoresImputeAndRefuseWrongCells() {
        PipelineModel pipeline = fit(mixture().setImputedCol("whole"), 2);
        for (Row row : pipeline.transform(table).collectAsList()) {
            Vector whole = row.getAs("whole");
            Vector features = row.getAs("features");
            for (int j = 0; j < 3; j++) {
                assertThat(whole.apply(j)).isFinite();
                if (!Double.isNaN(features.apply(j))) {
                    assertThat(whole.apply(j)).isEqualTo(features.apply(j));
                }
            }
        }
        MixtureModel model = model(pipeline);
        Dataset<Row> wrong = one(Vectors.dense(5, 0, 1));
        assertThatThrownBy(() -> model.transform(wrong).collectAsList())
                .hasStackTraceContaining("is 5.0, expected a category from 0 to 2");
    }

    private static Dataset<Row> one(Vector row) {
        return spark.createDataFrame(
                List.of(RowFactory.create(row)), new StructType().add("features", SQLDataTypes.VectorType()));
    }

    @Test
    void drawnRowsAreTheSameInAnyPartitionsAndFollowGivenValues() {
        MixtureModel model = model(fit(mixture(), 2));
        List<Row> drawn = model.sample(200, 5).collectAsList();
        assertThat(model.sample(200, 5).repartition(7).collectAsList()).containsExactlyInAnyOrderElementsOf(drawn);
        int blue = model.features().get(0).categories().indexOf("blue");
        double[] given = {blue, Double.NaN, Double.NaN};
        double mean = model.sample(500, 5, Vectors.dense(given)).collectAsList().stream()
                .map(row -> row.<Vector>getAs("features"))
                .mapToDouble(row -> row.apply(1))
                .average()
                .orElseThrow();
        assertThat(mean).isBetween(2.5, 3.5);
    }

    /** Columns that agree in nearly all rows, or in all, are modelled, drawn, completed and scored as they are. */
    @Test
    void columnsThatAreAlikeStayInTheTable() {
        int flags = 150;
        Random random = new Random(8);
        StructType schema = new StructType()
                .add("x", DataTypes.DoubleType)
                .add("y", DataTypes.DoubleType)
                .add("education", DataTypes.StringType)
                .add("education_num", DataTypes.IntegerType);
        for (int j = 0; j < flags; j++) {
            schema = schema.add("flag" + j, DataTypes.BooleanType);
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            List<Object> row = new ArrayList<>();
            boolean isCode = random.nextInt(5) == 0;
            row.add(isCode ? 999.0 : random.nextGaussian());
            row.add(isCode ? 999.0 : random.nextGaussian());
            int grade = random.nextInt(4);
            row.add(List.of("Bachelors", "HS-grad", "Masters", "11th").get(grade));
            row.add(grade);
            for (int j = 0; j < flags; j++) {
                row.add(random.nextInt(100) == 0);
            }
            rows.add(RowFactory.create(row.toArray()));
        }
        Dataset<Row> wide = spark.createDataFrame(rows, schema);
        MixtureModel model =
                new Mixture().setK("1").setInputCols("*").setImputedCol("whole").fit(wide);
        Row scored = model.transform(wide).select("severity", "whole.*").first();
        assertThat(scored.schema().fieldNames()).hasSize(1 + schema.length());
        assertThat(scored.getDouble(0)).isFinite();
    }
}
