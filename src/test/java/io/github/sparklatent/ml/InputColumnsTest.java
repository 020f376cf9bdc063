package io.github.sparklatent.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.core.TrainingMonitor;
import io.github.sparklatent.ml.explanation.Explanations;
import io.github.sparklatent.ml.mixture.GaussianMixture;
import io.github.sparklatent.ml.mixture.GaussianMixtureModel;
import io.github.sparklatent.ml.mixture.Mixture;
import io.github.sparklatent.ml.mixture.MixtureModel;
import io.github.sparklatent.ml.mixture.grouped.GroupedMixture;
import io.github.sparklatent.ml.network.GenerativeAdversarialNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Estimators read columns of any types, and models say how anomalous rows are and why. */
@Tag("slow")
class InputColumnsTest {
    private static SparkSession spark;
    private static Dataset<Row> table;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void read() {
        spark = LocalSpark.session();
        FamilyTables.write(folder);
        table = spark.read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(folder.resolve("mixed.csv").toString())
                .selectExpr(
                        "price",
                        "town",
                        "visits",
                        "open = 'yes' as open",
                        "date_add(date'2024-01-01', cast(row as int)) as day",
                        "if(row % 2 = 0, 'north', 'south') as shop",
                        "1.0D + row % 3 as w")
                .cache();
    }

    private static Mixture mixture() {
        return new Mixture("mixture")
                .setK("2")
                .setMaxIter(3)
                .setSeed(5)
                .setWeightCol("w")
                .setInputCols("*")
                .setScale("standard")
                .setContributionsCol("contributions")
                .setExplainedColumns(2)
                .setAlertRate(0.1)
                .setImputedCol("imputed");
    }

    /** As in MLlib: an empty name takes the place of no name. */
    @Test
    void anEmptyNameOfAColumnIsNone() {
        Mixture plain = mixture().setInputCols("price", "shop");
        plain.clear(plain.weightCol());
        MixtureModel given = plain.copy(ParamMap.empty())
                .setWeightCol("")
                .setIdCol("")
                .setLabelCol("")
                .fit(table);
        assertThat(given.getWeightCol()).isEmpty();
        assertThat(given.namedContent().toString())
                .isEqualTo(plain.fit(table).namedContent().toString());
    }

    @Test
    void aModelOfAnyColumnsJudgesAndExplainsRows() throws IOException {
        PipelineModel model =
                new Pipeline().setStages(new PipelineStage[] {mixture()}).fit(table);
        Dataset<Row> scored = model.transform(table);
        assertThat(scored.schema()).isEqualTo(model.transformSchema(table.schema()));
        assertThat(scored.columns())
                .endsWith("imputed", "anomalyScore", "severity", "isAnomaly", "contributions")
                .startsWith(table.columns());
        assertThat(scored.schema().apply("contributions").dataType()).isEqualTo(Explanations.TYPE);
        StructType row = (StructType) scored.schema().apply("imputed").dataType();
        assertThat(row.fieldNames())
                .as("all but the weight")
                .containsExactly("price", "town", "visits", "open", "day", "shop");
        assertThat(row.apply("day").dataType()).isEqualTo(DataTypes.DateType);

        List<Row> rows = scored.collectAsList();
        long alerts =
                rows.stream().filter(one -> one.<Boolean>getAs("isAnomaly")).count();
        assertThat(alerts).isBetween(1L, 20L);
        for (Row one : rows) {
            boolean isAnomaly = one.getAs("isAnomaly");
            assertThat(one.<Double>getAs("severity")).isBetween(0.0, 100.0);
            if (isAnomaly) {
                assertThat(one.<Double>getAs("severity")).isGreaterThanOrEqualTo(80);
                assertThat(one.getList(one.fieldIndex("contributions"))).hasSize(2);
            } else {
                assertThat(one.isNullAt(one.fieldIndex("contributions"))).isTrue();
            }
            Row imputed = one.getAs("imputed");
            for (String name : row.fieldNames()) {
                assertThat(imputed.isNullAt(imputed.fieldIndex(name))).as(name).isFalse();
                Object given = one.getAs(name);
                if (given instanceof Double number) {
                    assertThat(imputed.<Double>getAs(name)).isCloseTo(number, within(1e-9));
                } else if (given != null) {
                    assertThat(imputed.<Object>getAs(name)).isEqualTo(given);
                }
            }
        }

        MixtureModel strict =
                ((MixtureModel) model.stages()[0]).copy(ParamMap.empty()).setThreshold(1e9);
        assertThat(strict.transform(table).where("isAnomaly").count()).isZero();

        String path = folder.resolve("pipeline").toString();
        model.write().overwrite().save(path);
        assertThat(PipelineModel.load(path).transform(table).collectAsList()).isEqualTo(rows);
        SavedModel saved = SavedModels.any(spark, path, Families.types().first());
        assertThat(saved.inputColumns()).containsExactly(row.fieldNames());
        assertThat(saved.model().rule()).isPresent();
    }

    /** They would count as missing. */
    @Test
    void textsOfAnotherFormAreRefused() {
        MixtureModel model = mixture().fit(table);
        MixtureModel explaining = model.copy(ParamMap.empty());
        explaining.set(explaining.view(), "{\"view\": \"explain\", \"rows\": 30}");
        Column price = functions.concat_ws(" ", functions.lit("EUR"), table.col("price"));
        assertThatThrownBy(() -> explaining.transform(table.withColumn("PRICE", price)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column \"price\" has hardly a value that the model knows");
        Column day = functions.date_format(table.col("day"), "dd.MM.yyyy");
        assertThatThrownBy(() -> explaining.transform(table.withColumn("day", day)))
                .hasMessageContaining("column \"day\" has hardly a value that the model knows");
        Column few = functions
                .when(table.col("price").lt(5), table.col("price").cast("string"))
                .otherwise(price);
        assertThat(explaining.transform(table.withColumn("price", few)).count()).isEqualTo(30);
        Dataset<Row> written = table.withColumn("price", table.col("price").cast("string"))
                .withColumn("day", table.col("day").cast("string"));
        assertThat(model.transform(written).select("severity").collectAsList())
                .isEqualTo(model.transform(table).select("severity").collectAsList());
    }

    /** The command trains on the same columns, so it finds the same model. */
    @Test
    void theModelIsThatOfTheCommand() {
        FamilyRun run = new FamilyRun(spark, folder, "gmm");
        long expected =
                FamilyContractTest.checksum(run.train(new TrainingMonitor() {}).model());
        LatentEstimator<?, ?> estimator = new GaussianMixture("gmm");
        estimator.configure(run.configuration().settings());
        estimator.setInputCols("x", "y", "z", "u");
        assertThat(FamilyContractTest.checksum(estimator.fit(run.tables().table())))
                .isEqualTo(expected);
    }

    @Test
    void groupsHaveTheSameColumns() {
        var model = new GroupedMixture()
                .setEstimator(mixture().setInputCols("price", "town"))
                .setGroupCols("shop")
                .setGroupRows(20)
                .fit(table)
                .setOwnModelCol("ownModel");
        Dataset<Row> scored = model.transform(table);
        assertThat(scored.schema()).isEqualTo(model.transformSchema(table.schema()));
        assertThat(scored.where("ownModel").count())
                .as("all rows with a value")
                .isEqualTo(table.where("price is not null or town is not null").count());
        assertThat(scored.where("isAnomaly").count()).isPositive();
        assertThat(scored.where("isAnomaly and contributions is null").count()).isZero();
    }

    @Test
    void featuresAreJudgedToo() {
        FamilyRun run = new FamilyRun(spark, folder, "gmm");
        Dataset<Row> rows = run.tables().table().selectExpr("array(x, y, z, u) as features", "kind");
        var model = new GaussianMixture()
                .setK(2)
                .setIsAnomalyCol("odd.row") // names may have any characters
                .setContributionsCol("why")
                .setAlertRate(0.05)
                .fit(rows);
        List<Row> odd = model.transform(rows).where("`odd.row`").collectAsList();
        assertThat(odd).isNotEmpty().hasSizeLessThan(12);
        Row first = (Row) odd.get(0).getList(odd.get(0).fieldIndex("why")).get(0);
        assertThat(first.<String>getAs("column")).startsWith("features[");
    }

    /** A model continues on its own columns only, and with its own levels and scaling. */
    @Test
    void anInitialModelGivesTheColumns() throws IOException {
        String path = folder.resolve("initial").toString();
        GaussianMixture estimator = new GaussianMixture("initial")
                .setK("2")
                .setMaxIter(2)
                .setHandleInvalid("keep")
                .setInputCols("price", "town")
                .setScale("standard");
        estimator.fit(table).write().overwrite().save(path);
        Dataset<Row> fewer = table.where("town = 'north' or price > 0 or town is null");
        var next = estimator.copy(org.apache.spark.ml.param.ParamMap.empty()).setInitialModel(path);
        assertThat(next.fit(fewer).numFeatures()).isEqualTo(estimator.fit(table).numFeatures());
        assertThatThrownBy(() -> next.setInputCols("town", "price").fit(table))
                .hasMessageContaining("was trained on columns [price, town]");
        assertThatThrownBy(() ->
                        next.setInputCols("price", "town").setScale("none").fit(table))
                .hasMessageContaining("data.scale is none, expected standard");
    }

    /** Each number enters twice, and a constant one stays; what needs a density of the columns is refused. */
    @Test
    void valuesAndRanks() {
        Dataset<Row> numbers =
                table.selectExpr("price", "visits", "7 as same").na().drop();
        var estimator = new GaussianMixture("both")
                .setInputCols("*")
                .setScale("both")
                .setK(2)
                .setSeverityCol("severity")
                .setContributionsCol("why")
                .setExplainedColumns(3);
        GaussianMixtureModel model = estimator.fit(numbers);
        assertThat(model.numFeatures()).isEqualTo(6);
        Row odd = model.transform(numbers.limit(1).withColumn("same", functions.lit(9)))
                .first();
        Row first = (Row) odd.getList(odd.fieldIndex("why")).get(0);
        assertThat(first.mkString(" ")).matches("same \\S+ 9 7 7 7 9.0 7.0 7.0 7.0");
        assertThat(odd.<Double>getAs("severity")).isGreaterThan(99);
        assertThatThrownBy(() -> model.setLogDensityCol("density").transform(numbers))
                .hasMessageContaining("this model gives none, as any with within = trees or scale = both");
        assertThatThrownBy(() -> estimator.setImputedCol("imputed").fit(numbers))
                .hasMessageContaining("this model gives none, as any with within = trees or scale = both");
        assertThatThrownBy(() -> model.sample(2, 1, 0)).hasMessageContaining("data.scale = both");
        assertThatThrownBy(() -> mixture().setScale("both").fit(table)).hasMessageContaining("is both");
    }

    @Test
    void whatCannotBeAddedIsSaid() {
        assertThatThrownBy(() -> mixture().setInputCols("price", "twon").fit(table))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("twon")
                .hasMessageContaining("town");
        var gan = new GenerativeAdversarialNetwork().setContributionsCol("why");
        Dataset<Row> rows = table.na().drop().selectExpr("array(price, visits) as features");
        assertThatThrownBy(() -> gan.setMaxEpochs(1).fit(rows).transform(rows))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("contributionsCol is set, but the model scores a row as a whole");
        var model = mixture().setSeverityCol("").setIsAnomalyCol("").fit(table);
        assertThatThrownBy(() -> model.setSeverityCol("severity").transform(table))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("set one of them before the fit");
        assertThat(model.offers(ScoreColumn.SEVERITY)).isFalse();
    }
}
