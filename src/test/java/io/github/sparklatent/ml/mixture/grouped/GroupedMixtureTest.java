package io.github.sparklatent.ml.mixture.grouped;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.randn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.Jobs;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.ml.columns.TableReading;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ml.mixture.GaussianMixture;
import io.github.sparklatent.ml.mixture.GaussianMixtureModel;
import io.github.sparklatent.scoring.RowExplainer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class GroupedMixtureTest {
    private static final StructType SCHEMA = new StructType()
            .add("shop", DataTypes.IntegerType)
            .add("day", DataTypes.StringType)
            .add("features", SQLDataTypes.VectorType());

    private static SparkSession spark;
    private static Dataset<Row> table;
    private static GroupedMixtureModel model;

    private static Map<String, Row> groups;

    /**
     * The result of a training.
     *
     * @param groups rows of the table of the groups, by shop
     */
    private record Fitted(GroupedMixtureModel model, Map<String, Row> groups) {}

    /**
     * Shops 1 and 2 have 120 rows around two centres of their own; shop 3 has 5 rows, shop 4 a constant column, shop 5
     * no value in a column, and some rows have no shop.
     */
    @BeforeAll
    static void rows() {
        spark = LocalSpark.session();
        Random random = new Random(1);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            for (int shop : new int[] {1, 2}) {
                double centre = 20 * shop + i % 2 * 8;
                rows.add(row(shop, centre + random.nextGaussian(), -centre + random.nextGaussian()));
            }
            rows.add(row(4, 7, random.nextGaussian()));
            if (i < 60) {
                rows.add(row(5, Double.NaN, random.nextGaussian()));
            }
            if (i < 5) {
                rows.add(row(3, random.nextGaussian(), random.nextGaussian()));
                rows.add(row(null, random.nextGaussian(), random.nextGaussian()));
            }
        }
        table = spark.createDataFrame(rows, SCHEMA).coalesce(2);
        Fitted fitted = fit(grouped(), table);
        model = fitted.model();
        groups = fitted.groups();
    }

    private static Fitted fit(GroupedMixture estimator, Dataset<Row> rows) {
        return estimator
                .training(TrainingContext.of(estimator.getEstimator(), rows, List.of("shop")))
                .run(trained -> {
                    Map<String, Row> found = new HashMap<>();
                    for (Row row : trained.tables().get("groups").collectAsList()) {
                        found.put(String.valueOf(row.<Integer>getAs("shop")), row);
                    }
                    return new Fitted(trained.model(), found);
                });
    }

    private static Row row(Integer shop, double x, double y) {
        return RowFactory.create(shop, "d", Vectors.dense(x, y));
    }

    private static GaussianMixture gaussian() {
        return new GaussianMixture("gmm")
                .setK(1, 2)
                .setHandleInvalid("keep")
                .setNumPartitions(1)
                .setLogDensityCol("logDensity");
    }

    private static GroupedMixture grouped() {
        return new GroupedMixture("grouped").setEstimator(gaussian()).setGroupCols("shop");
    }

    private static void assertSame(MixtureParameters found, MixtureParameters expected) {
        assertThat(found.weights()).containsExactly(expected.weights());
        assertThat(found.means().data).containsExactly(expected.means().data);
        for (int k = 0; k < expected.components(); k++) {
            assertThat(found.covariances().get(k).data)
                    .containsExactly(expected.covariances().get(k).data);
        }
    }

    private static void assertSame(MixedMixture found, MixedMixture expected) {
        assertSame(found.gaussian(), expected.gaussian());
    }

    @Test
    void aGroupHasTheModelOfItsRowsAlone() {
        for (int shop : new int[] {1, 2}) {
            GaussianMixtureModel alone =
                    gaussian().fit(table.where("shop = " + shop).select("features"));
            assertThat(alone.mixture().components()).isEqualTo(2);
            assertSame(model.mixture(String.valueOf(shop)).gaussian(), alone.mixture());
        }
        assertSame(model.mixture("7").gaussian(), ((GaussianMixtureModel) model.modelOfAll()).mixture());
    }

    /** A second reading would find other numbers. */
    @Test
    void groupsAreFittedToTheRowsThatWereCounted() {
        MapFunction<Row, Row> changing = row -> {
            String job = TaskContext.get().getLocalProperty("spark.job.description");
            double[] x = row.<Vector>getAs(2).toArray().clone();
            x[1] += String.valueOf(job).endsWith(", fitted") ? 1e-9 : 0;
            return RowFactory.create(row.get(0), row.get(1), Vectors.dense(x));
        };
        Dataset<Row> shops = table.where("shop < 3").map(changing, Encoders.row(SCHEMA));
        GroupedMixtureModel fitted = grouped().fit(shops);
        for (String shop : new String[] {"1", "2"}) {
            assertSame(fitted.mixture(shop).gaussian(), model.mixture(shop).gaussian());
        }
    }

    @Test
    void theReasonsForTheModelOfAllRowsAreKept() {
        assertThat(groups).containsOnlyKeys("1", "2", "3", "4", "5", "null");
        for (Map.Entry<String, String> reason : Map.of(
                        "3", "few-rows", "4", "constant-column", "5", "empty-column", "null", "null-key")
                .entrySet()) {
            assertThat(groups.get(reason.getKey()).<String>getAs("fallback")).isEqualTo(reason.getValue());
        }
        assertThat(model.content().groups())
                .extracting(Groups.Group::key)
                .containsExactly(List.of("1"), List.of("2"), List.of("4"), List.of("5"));
        assertThat(model.content().number()).isEqualTo(6);
        assertThat(model.content().otherWeight()).isEqualTo(10);
        Row first = groups.get("1");
        assertThat(first.<String>getAs("fallback")).isNull();
        assertThat(first.<Integer>getAs("components")).isEqualTo(2);
        assertThat(first.<Long>getAs("rows")).isEqualTo(120);
        assertThat(first.<Double>getAs("meanLogLikelihood")).isGreaterThan(first.<Double>getAs("allMeanLogLikelihood"));
    }

    /** Of 4,060 rows, 4,000 have no shop. Only their sums are brought together. */
    @Test
    void noTaskReceivesAllRowsWithoutAKey() {
        Dataset<Row> mostly = table.where("shop = 1")
                .limit(60)
                .union(spark.range(0, 4000, 1, 4)
                        .select(lit(null).cast("int"), lit("d"), array_to_vector(array(randn(1), randn(2)))));
        try (Jobs jobs = Jobs.follow(spark.sparkContext())) {
            GroupedMixtureModel fitted = grouped().fit(mostly);
            assertThat(jobs.mostReadRows(", fitted")).isBetween(60L, 100L);
            assertThat(fitted.content().otherWeight()).isEqualTo(4000);
        }
    }

    /** The constant column keeps the group from a model, its rows are enough for a mean. */
    @Test
    void aGroupWithoutAModelIsCentredToo() {
        double mean = model.copy(ParamMap.empty())
                .setAnomalyScoreCol("anomalyScore")
                .transform(table.where("shop = 4"))
                .agg(avg("anomalyScore"))
                .first()
                .getDouble(0);
        assertThat(mean).isCloseTo(0, within(1e-9));
    }

    @Test
    void aFitThatFailsDoesNotEndTheJob() {
        Fitted fitted = fit(
                grouped().setGroupRows(5).setEstimator(gaussian().setK(6).setMaxIter(2)),
                table.where("shop in (2, 3)"));
        assertThat(fitted.groups().get("3").<String>getAs("fallback")).isEqualTo("failed");
    }

    /** A name for each row, by mistake or not: nothing but the result grows with their number. */
    @Test
    void smallGroupsAreInTheResultAndNotInTheModel() {
        Dataset<Row> many = spark.range(0, 5000, 1, 2)
                .selectExpr("cast(if(id < 500, 0, id) as int) as shop", "id")
                .select(
                        col("shop"),
                        array(randn(1), randn(2).plus(col("id").mod(2).multiply(9)))
                                .as("features"));
        Fitted fitted = fit(grouped(), many);
        GroupedMixtureModel found = fitted.model();
        assertThat(found.content().groups()).hasSize(1);
        assertThat(found.content().number()).isEqualTo(4501);
        assertThat(found.content().otherWeight()).isEqualTo(4500);
        assertThat(fitted.groups()).hasSize(4501);
        assertThat(fitted.groups().get("4711").<String>getAs("fallback")).isEqualTo("few-rows");
        assertThat(fitted.groups().get("4711").<Double>getAs("allMeanLogLikelihood"))
                .isNegative();
    }

    @Test
    void tooManyModelsAreRefusedBeforeTheTraining() {
        Dataset<Row> many = spark.range(0, 300_000, 1, 2)
                .select(
                        col("id").as("shop"),
                        array(col("id").cast("double"), lit(1.0)).as("features"));
        assertThatThrownBy(() -> grouped().setGroupRows(1).fit(many))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("300000 groups");
        assertThatThrownBy(() -> grouped().fit(many))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("data.groupRows");
    }

    @Test
    void rowsAreExplainedByTheModelsOfTheirGroups() {
        RowExplainer found = model.explainer(spark).open(new int[][] {{0}, {1}});
        RowExplainer ofAll = model.modelOfAll().explainer(spark).open(new int[][] {{0}, {1}});
        RowExplainer alone = gaussian()
                .fit(table.where("shop = 1").select("features"))
                .explainer(spark)
                .open(new int[][] {{0}, {1}});
        List<Row> rows =
                List.of(table.where("shop = 1").first(), table.where("shop = 3").first());
        double[] values = new double[4];
        for (int i = 0; i < 2; i++) {
            ((TableReading) found).take(List.of(rows.get(i).getAs("shop").toString()), i);
            System.arraycopy(rows.get(i).<Vector>getAs("features").toArray(), 0, values, 2 * i, 2);
        }
        List.of(found, ofAll, alone).forEach(explainer -> explainer.evaluate(values, 2));
        for (int i = 1; i >= 0; i--) { // in another order than they were read
            RowExplainer expected = i == 0 ? alone : ofAll;
            assertThat(found.contribution(i, 1)).isCloseTo(expected.contribution(i, 1), within(1e-9));
            assertThat(found.quantile(i, 1, 1, 0.9)).isCloseTo(expected.quantile(i, 1, 1, 0.9), within(1e-9));
        }
    }

    /** Only a table that stays on the workers is sampled. */
    private static TrainingContext onWorkers(TrainingContext context) {
        TrainingTables tables = context.tables();
        return new TrainingContext(
                context.settings(),
                context.title(),
                TrainingTables.of(
                        tables.table(), tables.columns(), tables.options().withDriverBytes(0), ""),
                context.reported(),
                context.monitor());
    }

    @Test
    void theModelOfAllRowsIsFittedToASampleOfALargeTable() {
        GroupedMixture estimator = grouped().setEstimator(gaussian().setK(1).setNumPartitions(4));
        TrainingContext context = onWorkers(TrainingContext.of(estimator.getEstimator(), table, List.of("shop")));
        Map<?, ?> counts = (Map<?, ?>) new GroupedTraining(estimator, context, 100)
                .run(trained -> trained.result().metrics())
                .get("rows");
        assertThat(counts.get("train")).isEqualTo(430L);
        // 100 with a standard deviation of at most 10
        assertThat((long) counts.get("fitted")).isBetween(50L, 150L);
    }

    @Test
    void rowsAreScoredByTheModelsOfTheirGroups() {
        GroupedMixtureModel scorer = model.copy(ParamMap.empty())
                .setLogDensityCol("logDensity")
                .setAnomalyScoreCol("anomalyScore")
                .setPredictionCol("component")
                .setProbabilityCol("probability")
                .setOwnModelCol("own")
                .setHandleInvalid("keep");
        List<Row> scored = scorer.transform(table).where("shop in (1, 3)").collectAsList();
        GaussianMixtureModel alone = gaussian().fit(table.where("shop = 1").select("features"));
        double centre = alone.fitRecord().orElseThrow().meanLogLikelihood();
        Map<Object, Double> expected = new HashMap<>();
        for (Row row : alone.transform(table.where("shop = 1")).collectAsList()) {
            expected.put(row.getAs("features"), row.<Double>getAs("logDensity"));
        }
        GaussianMixtureModel all = (GaussianMixtureModel) model.modelOfAll();
        for (Row row : all.copy(ParamMap.empty())
                .setLogDensityCol("logDensity")
                .transform(table.where("shop = 3"))
                .collectAsList()) {
            expected.put(row.getAs("features"), row.<Double>getAs("logDensity"));
        }
        assertThat(scored).hasSize(125);
        for (Row row : scored) {
            boolean own = row.<Integer>getAs("shop") == 1;
            double density = row.<Double>getAs("logDensity");
            assertThat(density).isCloseTo(expected.get(row.getAs("features")), within(1e-12));
            assertThat(row.<Boolean>getAs("own")).isEqualTo(own);
            assertThat(row.<Vector>getAs("probability").size()).isEqualTo(model.componentCount());
            if (own) {
                assertThat(row.<Double>getAs("anomalyScore")).isCloseTo(centre - density, within(1e-12));
            }
        }
    }
}
