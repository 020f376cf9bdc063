package io.github.sparklatent.cluster.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.ColumnSetting;
import io.github.sparklatent.columns.ColumnType;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.TextFormat;
import io.github.sparklatent.learn.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ColumnPlannerTest {
    private static final String TEXTS =
            "id string, name string, note string, same string, size string, cents string, kind"
                    + " string, code string, when string, ok string, pm string, town string, none"
                    + " string";
    private static final int ROWS = 400;
    private static final SparkSession SPARK = LocalSpark.session();

    private static List<Row> texts() {
        Random random = new Random(3);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            double size = random.nextInt(100_000) / 1000.0;
            int kind = random.nextInt(4);
            rows.add(RowFactory.create(
                    String.valueOf(1000 + i),
                    "name-" + i,
                    "a sentence that is not like any of the others, number " + i,
                    "7",
                    String.valueOf(size),
                    String.valueOf(Math.round(size * 1000)),
                    " kind" + kind + " ",
                    String.valueOf(10 * kind),
                    "2024-0" + (1 + i % 9) + "-1" + i % 7,
                    random.nextBoolean() ? "True" : "false",
                    i % 8 == 0 ? "NA" : i == 3 ? "broken" : String.valueOf(random.nextInt(90)),
                    "town" + random.nextInt(200),
                    "?"));
        }
        return rows;
    }

    private static Dataset<Row> table(List<Row> rows, int partitions) {
        return SPARK.createDataFrame(rows, StructType.fromDDL(TEXTS)).repartition(partitions);
    }

    private static ColumnPlanner planner(List<String> features, Map<String, ColumnSetting> settings) {
        return planner(features, settings, ColumnType.NUMBER);
    }

    private static ColumnPlanner planner(
            List<String> features, Map<String, ColumnSetting> settings, ColumnType numbers) {
        return new ColumnPlanner(features, Set.of("town"), settings, TextFormat.DEFAULT, false, Invalid.ERROR, numbers);
    }

    @Test
    void eachColumnIsDecidedWithAReason() {
        ColumnPlan plan = planner(List.of(), Map.of()).plan(table(texts(), 2));
        assertThat(plan.decisions().stream().map(d -> d.column() + " " + d.type() + " " + d.isUsed()))
                .containsExactly(
                        "id string false",
                        "name string false",
                        "note string false",
                        "same string false",
                        "size number true",
                        "cents number true",
                        "kind category true",
                        "code number true",
                        "when date true",
                        "ok boolean true",
                        "pm number true",
                        "none string false");
        assertThat(plan.decisions().stream().map(ColumnDecision::reason).toList())
                .element(0)
                .isEqualTo("an id: whole numbers, different in every row");
        assertThat(plan.notes())
                .anyMatch(note -> note.contains("kind and code;"))
                .anyMatch(note -> note.contains("same (constant)")
                        && note.contains("note (free text, 400 different values)")
                        && note.contains("none (no value)"))
                .anyMatch(note ->
                        note.startsWith("column \"pm\" is read as numbers, and 1 text that is no number as missing"));
        assertThat(plan.text()).contains("\"NA\" 50 times", "whole numbers from 0 to 89");
    }

    @Test
    void theStatisticsDoNotDependOnThePartitions() {
        List<Row> rows = texts();
        List<String> plans = IntStream.of(1, 3, 8)
                .mapToObj(partitions -> {
                    Collections.shuffle(rows, new Random(partitions));
                    ColumnPlan plan = planner(List.of(), Map.of()).plan(table(rows, partitions));
                    return plan.text()
                            + plan.notes()
                            + plan.encoders().stream()
                                    .map(ColumnEncoder::identity)
                                    .toList();
                })
                .distinct()
                .toList();
        assertThat(plans).hasSize(1);
    }

    /**
     * Nine of ten rows are 0 and alike, and all other rows differ. With 50,000 rows, the ranks are those of 20,000
     * rows, evenly spaced.
     */
    @Test
    void aFrequentNumberHasItsShareOfTheRanks() {
        int n = 50_000;
        double[] numbers = new double[n];
        Random random = new Random(8);
        for (int i = 0; i < n; i++) {
            numbers[i] = i % 10 == 0 ? Math.exp(2 * random.nextGaussian()) : 0;
        }
        Set<String> identities = new HashSet<>();
        ColumnEncoder encoder = null;
        for (int partitions : new int[] {1, 3, 8}) {
            encoder = planner(List.of("x"), Map.of(), ColumnType.QUANTILE)
                    .plan(column(numbers, partitions))
                    .encoders()
                    .get(0);
            identities.add(encoder.identity());
        }
        assertThat(identities).singleElement().asString().contains("quantile", "ranks");

        double[] row = new double[1];
        encoder.encode(0.0, row, 0);
        NormalDistribution normal = new NormalDistribution(null, 0, 1);
        // The zero is in the middle of its ranks, and one of 20,000 ranks may be next to it.
        assertThat(normal.cumulativeProbability(row[0])).isCloseTo(0.45, within(1e-4));
        Arrays.sort(numbers);
        for (int rank = 1; rank < 1000; rank++) {
            row[0] = normal.inverseCumulativeProbability(rank / 1000.0);
            double number = (double) encoder.decode(row, 0);
            if (rank < 900) {
                assertThat(number).isZero();
            } else {
                // A thousand intervals of knots, in which the ranks are linear.
                assertThat(number).isBetween(numbers[rank * 50 - 50], numbers[Math.min(n - 1, rank * 50 + 50)]);
            }
        }
    }

    private static Dataset<Row> column(double[] numbers, int partitions) {
        List<Row> rows = Arrays.stream(numbers).mapToObj(RowFactory::create).toList();
        return SPARK.createDataFrame(rows, StructType.fromDDL("x double")).repartition(partitions);
    }

    @Test
    void numbersWithoutASettingAreRanks() {
        ColumnPlan plan = planner(
                        List.of("size", "kind", "cents", "pm"),
                        Map.of("cents", ColumnSetting.of(ColumnType.NUMBER)),
                        ColumnType.QUANTILE)
                .plan(table(texts(), 2));
        assertThat(plan.decisions().stream().map(ColumnDecision::type))
                .containsExactly("quantile", "category", "number", "quantile");
        StructType vectors = StructType.fromDDL("v array<double>");
        ColumnPlanner planner = planner(List.of("v"), Map.of(), ColumnType.QUANTILE);
        assertThat(planner.isPlain(vectors)).isFalse();
        Dataset<Row> table = SPARK.createDataFrame(List.of(RowFactory.create((Object) new double[] {1, 2})), vectors);
        assertThatThrownBy(() -> planner.plan(table))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("data.scale is quantile, but features column \"v\" is array<double>,"
                        + " expected columns of single numbers");
        Dataset<Row> infinite = column(new double[] {Double.POSITIVE_INFINITY, -1 / 0.0}, 1);
        assertThatThrownBy(() ->
                        planner(List.of("x"), Map.of(), ColumnType.QUANTILE).plan(infinite))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("column \"x\" is quantile, but it has no finite number");
    }

    @Test
    void aFewValuesThatAreNoDatesAreMissing() {
        Dataset<Row> table = SPARK.range(400)
                .selectExpr(
                        "if(id = 7, '2024-02-30', string(date_add(date'2024-01-01', int(id)))) AS day", "id % 9 AS x");
        ColumnPlan plan = planner(List.of(), Map.of()).plan(table);
        assertThat(plan.decisions().get(0).type()).isEqualTo("date");
        assertThat(plan.notes())
                .anyMatch(note ->
                        note.contains("column \"day\" is read as dates, and 1 values that are no dates as missing"));
        Dataset<Row> many = table.selectExpr("if(x = 0, 'never', day) AS day", "x");
        assertThat(planner(List.of(), Map.of()).plan(many).decisions().get(0).isUsed())
                .isFalse();
    }

    @Test
    void namedColumnsAreNotLeftOut() {
        ColumnPlan plan = planner(
                        List.of("id", "same", "cents", "size"),
                        Map.of(
                                "cents",
                                ColumnSetting.of(ColumnType.LOG),
                                "name",
                                new ColumnSetting(ColumnType.CATEGORY, 400)))
                .plan(table(texts(), 2));
        assertThat(plan.decisions().stream().filter(ColumnDecision::isUsed).map(ColumnDecision::column))
                .containsExactly("id", "same", "cents", "size", "name");
        assertThat(plan.encoders().get(4).features()).hasSize(399);
    }

    @Test
    void settingsThatDoNotFit() {
        refused("pm", ColumnType.BOOLEAN, "pm\" is boolean, but it has 1 text that is no number");
        refused("kind", ColumnType.NUMBER, "kind\" is number, but it has 400 texts that are no numbers");
        refused("note", ColumnType.CATEGORY, "note\" is category, but it has free text");
        refused("kind", ColumnType.DATE, "expected texts like 2024-01-31");
        refused("size", ColumnType.COUNT, "expected counts: 0, 1, 2, ...");
        refused("nothing", ColumnType.NUMBER, "data.columns column \"nothing\" does not exist");
    }

    private static void refused(String column, ColumnType type, String message) {
        ColumnPlanner planner = planner(List.of(), Map.of(column, ColumnSetting.of(type)));
        Dataset<Row> table = table(texts(), 2);
        assertThatThrownBy(() -> planner.plan(table))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    @Test
    void columnsOfNumbersAreNotDescribed() {
        StructType schema = StructType.fromDDL("x double, y int, v array<double>, s string");
        assertThat(planner(List.of("x", "v"), Map.of()).isPlain(schema)).isTrue();
        assertThat(planner(List.of("x", "s"), Map.of()).isPlain(schema)).isFalse();
        assertThat(planner(List.of(), Map.of()).isPlain(schema)).isFalse();
    }

    /** The numbers of a text table and of the same table with types have the same bits. */
    @Test
    void typedColumnsGiveTheSameNumbers() {
        Dataset<Row> texts = table(texts(), 1);
        ColumnPlan plan = planner(List.of(), Map.of()).plan(texts);
        Dataset<Row> typed = texts.selectExpr(
                "cast(size as double) size",
                "cast(cents as double) cents",
                "trim(kind) kind",
                "cast(code as double) code",
                "cast(when as date) when",
                "cast(ok as boolean) ok",
                "try_cast(pm as int) pm");
        assertThat(numbers(typed, plan)).isEqualTo(numbers(texts, plan));
        ColumnPlan own = planner(List.of(), Map.of()).plan(typed);
        assertThat(numbers(texts, own)).isEqualTo(numbers(texts, plan));
    }

    private static List<String> numbers(Dataset<Row> table, ColumnPlan plan) {
        FeatureColumns columns = FeatureColumns.of(table.schema(), plan.encoders());
        return table.select(columns.numbers()).collectAsList().stream()
                .map(Row::toString)
                .toList();
    }

    /** What is drawn looks like the table: a price has cents. */
    @Test
    void doublesKeepTheirDecimals() {
        Dataset<Row> prices = SPARK.range(500)
                .selectExpr(
                        "mod(id * 7919, 10007) / 100.0D price",
                        "sin(id) noise",
                        "cast(mod(id * 6133, 9973) / 10.0D as float) single",
                        "concat('kind ', mod(id, 3)) kind");
        ColumnPlan plan = planner(List.of(), Map.of()).plan(prices);
        double[] row = {12.345678};
        Map<String, Object> decoded = plan.encoders().stream()
                .filter(encoder -> encoder.decoded() == ColumnEncoder.Decoded.NUMBER)
                .collect(Collectors.toMap(ColumnEncoder::column, encoder -> encoder.decode(row, 0)));
        assertThat(decoded).containsEntry("price", 12.35).containsEntry("single", 12.345678);
        assertThat((double) decoded.get("noise")).isBetween(0.9, 1.0);
    }
}
