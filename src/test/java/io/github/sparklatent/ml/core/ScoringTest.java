package io.github.sparklatent.ml.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.ml.Tables;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.columns.TableForm;
import io.github.sparklatent.ml.mixture.GaussianMixture;
import io.github.sparklatent.ml.mixture.GaussianMixtureModel;
import io.github.sparklatent.ml.mixture.Mixture;
import io.github.sparklatent.ml.mixture.MixtureModel;
import io.github.sparklatent.scoring.AlertRule;
import io.github.sparklatent.scoring.ReferenceRows;
import io.github.sparklatent.scoring.ReferenceScores;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class ScoringTest {
    private static final SparkSession SPARK = LocalSpark.session();

    private static Dataset<Row> raw() {
        return SPARK.sql("select * from values (1, 2.5BD, true, array(4.0F, 5.0F)), "
                + "(-1, 0.5BD, false, array(6.0F, 7.0F)) as t(a, b, c, d)");
    }

    private static TableForm form(Dataset<Row> table, Scaling scaling, int width, String... names) {
        return TableForm.of(FeatureColumns.resolve(table.schema(), List.of(names), Set.of()), scaling, width);
    }

    private static List<Vector> features(Dataset<Row> table, Invalid invalid) {
        TableForm form = form(table, Scaling.none(), 2, "a", "b");
        return Scoring.features(form, invalid, table.coalesce(1), "features").collectAsList().stream()
                .map(row -> row.<Vector>getAs("features"))
                .toList();
    }

    @Test
    void numbersOfAllKindsAreInOrderAndScaled() {
        double[] shift = {4, 5, 0, 0, 0.5};
        double[] factor = {0.5, 0.5, 1, 10, 0.25};
        TableForm form = form(raw(), Scaling.of(Scale.STANDARD, shift, factor), 5, "d", "a", "c", "b");
        Dataset<Row> made = Scoring.features(form, Invalid.ERROR, raw(), "features");
        assertThat(made.columns()).containsExactly("a", "b", "c", "d", "features");
        assertThat(made.first().<Vector>getAs("features").toArray()).containsExactly(0, 0, 1, 10, 0.5);
        assertThat(AttributeGroup.fromStructField(made.schema().apply("features"))
                        .size())
                .isEqualTo(5);
    }

    @Test
    void aRowThatCannotBeUsedIsNamedOrLeftOut() {
        Dataset<Row> rows = SPARK.sql("select * from values (1.0D, 2.0D), (null, 3.0D), (4.0D, double('NaN')), "
                + "(double('infinity'), 1.0D) as t(a, b)");
        assertThatThrownBy(() -> features(rows, Invalid.ERROR))
                .rootCause()
                .isInstanceOf(DataException.class)
                .hasMessage("features column \"a\" has NaN or null, expected a finite number; set"
                        + " the Param handleInvalid to skip to leave out these rows");
        assertThat(features(rows, Invalid.SKIP)).containsExactly(Vectors.dense(1, 2));
    }

    @Test
    void missingNumbersAreKeptUnlessARowHasNone() {
        Dataset<Row> rows = SPARK.sql("select * from values (1.0D, 2.0D), (null, 3.0D), (4.0D, double('NaN')), "
                + "(null, double('NaN')) as t(a, b)");
        double none = Double.NaN;
        assertThat(features(rows, Invalid.KEEP))
                .containsExactly(Vectors.dense(1, 2), Vectors.dense(none, 3), Vectors.dense(4, none));
        Dataset<Row> infinite = SPARK.sql("select double('infinity') a, 1.0D b");
        assertThatThrownBy(() -> features(infinite, Invalid.KEEP))
                .rootCause()
                .hasMessageContaining("features column \"a\" has Infinity");
        TableForm unit = form(infinite, Scaling.of(Scale.UNIT, new double[0], new double[0]), 2, "a", "b");
        GaussianMixtureModel model = new GaussianMixtureModel("gmm", Tables.known());
        assertThatThrownBy(() -> new Scoring(model, unit, Invalid.KEEP))
                .hasMessageStartingWith("handleInvalid is keep, but rows are scaled to unit length");
    }

    /** The scores of 1,000 reference rows are known, so severities are shares of them that can be counted. */
    @Test
    void rowsAreComparedWithTheReferenceRows() {
        double[] scores =
                IntStream.range(0, 1000).mapToDouble(i -> (i - 500) / 125.0).toArray();
        ReferenceRows known = ReferenceRows.of(ReferenceScores.of(scores).with(ReferenceScores.of(), 0.01));
        GaussianMixtureModel model = new GaussianMixtureModel("gmm", Tables.known()).of(TableForm.NONE.with(known));
        AlertRule rule = model.rule().orElseThrow();
        OutputColumns columns = OutputColumns.of(
                        Map.of(ScoreColumn.SEVERITY, "severity", ScoreColumn.IS_ANOMALY, "isAnomaly"))
                .withCompared("compared")
                .above(rule.limit());
        List<Row> rows = new Scoring(model, model.form(), Invalid.ERROR)
                .add(Tables.rows(2000), columns)
                .collectAsList();
        for (Row row : rows) {
            double score = row.getAs("compared");
            double below =
                    IntStream.range(0, 1000).filter(i -> scores[i] < score).count() / 10.0;
            // Quantiles are known at each per mille of the rows, up to the rounding of a score to 16 bits.
            assertThat(row.<Double>getAs("severity")).isCloseTo(below, within(0.2));
            assertThat(row.<Boolean>getAs("isAnomaly")).isEqualTo(score > rule.limit());
        }
        assertThat(rows).extracting(row -> row.getAs("isAnomaly")).contains(true, false);
        assertThat(rule.limit()).isCloseTo(scores[990], within(0.02));
        assertThat(rule.above(0.5).limit()).isEqualTo(0.5);
        assertThatThrownBy(() -> new Scoring(model, TableForm.NONE, Invalid.ERROR).add(Tables.rows(1), columns))
                .hasMessageContaining("which this model does not have");
    }

    /**
     * Of the partitions one is empty, one has rows that cannot be used, and one has both kinds. The row that brings the
     * counts of a partition has cells that may not be null, and nobody sees it.
     */
    @Test
    void rowsAreComparedWithTheTrainingRowsOnTheWay() throws InterruptedException {
        Dataset<Row> table = SPARK.range(0, 400, 1, 4)
                .selectExpr("id", "named_struct('a', id) as kept", "double(id % 7) as x", "double(id % 11) as y");
        LatentModel<?> model = new Mixture().setK(2).setInputCols("x", "y").fit(table);
        Dataset<Row> rows = table.where("id >= 100")
                .selectExpr(
                        "id", "kept", "if(id < 200 or id = 300, null, x) as x", "y", "if(id = 399, 0.0D, 2.0D) as w");
        Observation reported = new Observation();
        Drift.Observed drift = new Drift.Observed(
                model.saved(),
                SchemaColumns.column("w"),
                (scored, counts) -> scored.observe(reported, counts.as("drift")));
        Dataset<Row> found = new Scoring(model, model.form(), Invalid.SKIP, drift)
                .add(rows, OutputColumns.of(Map.of(ScoreColumn.ANOMALY, "score")));
        assertThat(found.columns()).containsExactly("id", "kept", "x", "y", "w", "score");
        assertThat(found.collectAsList()).hasSize(199).allMatch(row -> row.getLong(0) > 199 && row.getLong(0) != 300);
        Object value = reported.getAsJava().get("drift");
        assertThat(Drift.count(value)).isEqualTo(300);
        assertThat(Drift.rows(value))
                .isEqualTo(Drift.table(
                                model.saved(),
                                rows,
                                model.form().columns(rows.schema(), "features"),
                                SchemaColumns.column("w"))
                        .collectAsList())
                .extracting(row -> row.<Double>getAs("missing"))
                .containsExactly(101 / 299.0, 0.0);
    }

    /**
     * Between two conversions of its cells a row of numbers and texts meets one function, and no other expression; also
     * if anomalies of values and of ranks are compared.
     */
    @Test
    void aRowIsScoredInOnePass() {
        Dataset<Row> table = SPARK.range(400)
                .selectExpr(
                        "id",
                        "double(id % 7) + rand(3) as x",
                        "concat('level ', id % 3) as level",
                        "id % 2 = 0 as flag");
        MixtureModel mixed = new Mixture()
                .setK(2)
                .setInputCols("x", "level", "flag")
                .setContributionsCol("contributions")
                .setImputedCol("")
                .fit(table);
        GaussianMixtureModel both = new GaussianMixture()
                .setK(2)
                .setInputCols("id", "x")
                .setScale("both")
                .setRobust("refit")
                .setNovelty(true)
                .setContributionsCol("contributions")
                .fit(table);
        for (LatentModel<?> model : List.of(mixed, both)) {
            String plan =
                    model.transform(table).queryExecution().optimizedPlan().toString();
            assertThat(plan.split("MapPartitions ", -1)).hasSize(2);
            assertThat(plan).doesNotContain("UDF(", "lambdafunction");
        }
    }

    @Test
    void theEntryOfAVectorIsExplained() {
        MixtureParameters known = MixtureParameters.of(
                CovarianceType.FULL, new double[] {1}, new DMatrixRMaj(1, 1), List.of(CommonOps_DDRM.identity(1)));
        GaussianMixtureModel model = new GaussianMixtureModel("one", known).setContributionsCol("contributions");
        Dataset<Row> rows = SPARK.createDataFrame(
                List.of(
                        RowFactory.create(Vectors.dense(4)),
                        RowFactory.create(Vectors.sparse(1, new int[0], new double[0]))),
                new StructType().add("features", SQLDataTypes.VectorType()));
        assertThat(model.transform(rows).selectExpr("contributions[0].value").collectAsList().stream()
                        .map(row -> row.get(0)))
                .containsExactly("4", "0");
    }

    /** The line that both numbers follow leaves the range of one of them. */
    @Test
    void anImputedCellIsWithinTheRangeOfItsColumnAndAGivenOneAsItIs() {
        Dataset<Row> table = SPARK.range(400).selectExpr("id / 40.0D as x", "10 - id / 40.0D + (id % 3) as y");
        MixtureModel model = new Mixture()
                .setK(1)
                .setCovariance("full")
                .setInputCols("x", "y")
                .setHandleInvalid("keep")
                .setImputedCol("imputed")
                .fit(table);
        Dataset<Row> rows = SPARK.sql("select * from values (null, 25.0D), (-3.0D, null), (-3.0D, 25.0D) as t(x, y)");
        assertThat(model.transform(rows.coalesce(1)).selectExpr("imputed.x", "imputed.y").collectAsList().stream()
                        .map(Row::toString))
                .containsExactly("[0.0,25.0]", "[-3.0,11.95]", "[-3.0,25.0]");
    }

    /**
     * Rows have a scale each, so many cells are far out together: a normal distribution expects fewer. Tied components
     * overlap, the more the fewer cells there are.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void rowsWithHalfOfTheirCellsHaveAsManyAlerts(int components) {
        int d = 12;
        GaussianMixtureModel model = new GaussianMixture()
                .setK(components)
                .setCovariance("tied")
                .setMaxIter(20)
                .setHandleInvalid("keep")
                .setIsAnomalyCol("isAnomaly")
                .fit(scaled(1, 6_000, d, d));
        for (int cells : new int[] {d, d - 1, d / 2, d / 3}) {
            Dataset<Row> scored = model.transform(scaled(2, 20_000, d, cells));
            assertThat(scored.where("isAnomaly").count() / 20_000.0)
                    .as("%d cells", cells)
                    .isBetween(0.005, 0.02);
        }
    }

    /** Draws rows that have some of their cells. */
    private static Dataset<Row> scaled(long seed, int rows, int width, int cells) {
        Random random = new Random(seed);
        return LocalSpark.table(
                SPARK,
                new StructType().add("features", SQLDataTypes.VectorType()),
                IntStream.range(0, rows)
                        .mapToObj(i -> {
                            double scale = Math.exp(0.5 * random.nextGaussian());
                            double[] row = random.doubles(width)
                                    .map(x -> scale * random.nextGaussian())
                                    .toArray();
                            for (int j = cells; j < row.length; j++) {
                                row[(i + 5 * j) % row.length] = Double.NaN;
                            }
                            return new Object[] {Vectors.dense(row)};
                        })
                        .toArray(Object[][]::new));
    }
}
