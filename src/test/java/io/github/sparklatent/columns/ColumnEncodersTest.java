package io.github.sparklatent.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.encoding.ColumnPlan;
import io.github.sparklatent.cluster.encoding.ColumnPlanner;
import io.github.sparklatent.cluster.table.EncodedColumn;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.ColumnEncoders.NumberEncoder;
import io.github.sparklatent.columns.DateEncoder.DateParts;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.QuantileKnots;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ColumnEncodersTest {
    private static final String TYPES =
            "b byte, s short, i int, l long, f float, d double, m decimal(9,2), t boolean, w"
                    + " string, day date, at timestamp, local timestamp_ntz, v array<float>, n"
                    + " struct<x:double,y:string>";
    private static final int ROWS = 300;
    private static final SparkSession SPARK = LocalSpark.session();

    private static ColumnPlanner planner(boolean codes, Invalid invalid, Map<String, ColumnSetting> settings) {
        return new ColumnPlanner(List.of(), Set.of(), settings, TextFormat.DEFAULT, codes, invalid, ColumnType.NUMBER);
    }

    /** A table of all types; each value but those of arrays is null in a tenth of the rows. */
    private static Dataset<Row> table(boolean nulls) {
        Random random = new Random(5);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Object[] values = {
                (byte) random.nextInt(100),
                (short) random.nextInt(1000),
                random.nextInt(50) - 25,
                random.nextLong() >> 20,
                random.nextFloat(),
                random.nextGaussian(),
                BigDecimal.valueOf(random.nextInt(100_000), 2),
                random.nextBoolean(),
                "level " + random.nextInt(5),
                Date.valueOf("2023-01-31").toLocalDate().plusDays(random.nextInt(700)),
                Timestamp.valueOf("2024-02-03 04:05:06"),
                Timestamp.valueOf("2024-02-03 00:00:00").toLocalDateTime().plusSeconds(random.nextInt(10_000_000)),
                List.of(random.nextFloat(), random.nextFloat()),
                RowFactory.create(random.nextDouble(), random.nextBoolean() ? "yes" : "no")
            };
            values[9] = Date.valueOf((java.time.LocalDate) values[9]);
            values[10] = Timestamp.valueOf(
                    ((Timestamp) values[10]).toLocalDateTime().plusSeconds(random.nextInt(10_000_000)));
            for (int j = 0; nulls && j < 12; j++) {
                values[j] = random.nextInt(10) == 0 ? null : values[j];
            }
            rows.add(RowFactory.create(values));
        }
        return SPARK.createDataFrame(rows, StructType.fromDDL(TYPES)).repartition(3);
    }

    /** Encodes a table and decodes it again. */
    private static Dataset<Row> roundTrip(Dataset<Row> table, List<ColumnEncoder> encoders) {
        FeatureColumns columns = FeatureColumns.of(table.schema(), encoders);
        List<org.apache.spark.sql.Column> decoded = new ArrayList<>();
        int at = 0;
        for (ColumnEncoder encoder : encoders) {
            int start = at;
            UDF1<scala.collection.Seq<Double>, Object> decode = numbers -> {
                double[] row = new double[numbers.length()];
                Arrays.setAll(row, numbers::apply);
                return encoder.decode(row, start);
            };
            decoded.add(EncodedColumn.written(
                            encoder,
                            functions
                                    .udf(decode, EncodedColumn.decodedType(encoder))
                                    .apply(columns.numbers()))
                    .as(encoder.column()));
            at += encoder.features().size();
        }
        return table.select(decoded.toArray(org.apache.spark.sql.Column[]::new));
    }

    @Test
    void allTypesComeBackAsTheyWere() throws IOException {
        for (boolean codes : new boolean[] {false, true}) {
            for (boolean nulls : new boolean[] {false, true}) {
                Dataset<Row> table = table(nulls).cache();
                ColumnPlan plan = planner(codes, nulls ? Invalid.KEEP : Invalid.ERROR, Map.of())
                        .plan(table);
                List<ColumnEncoder> encoders = saved(plan.encoders());
                assertThat(encoders).hasSize(15);
                Dataset<Row> flat = table.select("*", "n.x", "n.y").drop("n");
                List<String> names =
                        encoders.stream().map(ColumnEncoder::column).toList();
                assertThat(names).endsWith("v", "n.x", "n.y");
                Dataset<Row> back = roundTrip(table, encoders);
                for (int j = 0; j < 12; j++) {
                    assertThat(back.schema().apply(j).dataType())
                            .isEqualTo(flat.schema().apply(j).dataType());
                }
                List<Row> expected = flat.collectAsList();
                List<Row> found = back.collectAsList();
                for (int i = 0; i < ROWS; i++) {
                    for (int j = 0; j < 12; j++) {
                        Object value = expected.get(i).get(j);
                        assertThat(found.get(i).get(j))
                                .as("row %d, %s", i, names.get(j))
                                .isEqualTo(value);
                    }
                    assertThat(found.get(i).getAs("n.y").toString())
                            .isEqualTo(expected.get(i).getAs("y"));
                }
                table.unpersist();
            }
        }
    }

    private static List<ColumnEncoder> saved(List<ColumnEncoder> encoders) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<ColumnEncoder> read = new ArrayList<>();
        for (ColumnEncoder encoder : encoders) {
            String json = mapper.writeValueAsString(ColumnEncoders.toMap(encoder));
            read.add(ColumnEncoders.of(mapper.readValue(json, new TypeReference<Map<String, Object>>() {})));
        }
        assertThat(read.stream().map(ColumnEncoder::identity).toList())
                .isEqualTo(encoders.stream().map(ColumnEncoder::identity).toList());
        return read;
    }

    @Test
    void numbersStayInTheirRangeWithTheirDecimals() {
        NumberEncoder price = number(ColumnType.NUMBER, 0.5, 9.25, 2);
        assertThat(price.decode(new double[] {3.14159}, 0)).isEqualTo(3.14);
        assertThat(price.decode(new double[] {-3}, 0)).isEqualTo(0.5);
        assertThat(price.decode(new double[] {30}, 0)).isEqualTo(9.25);
        assertThat(price.decode(new double[] {Double.NaN}, 0)).isNull();
        assertThat(price.read(new double[] {30}, 0)).isEqualTo(30.0);
    }

    @Test
    void amountsByTheirLogarithm() {
        double[] row = new double[1];
        NumberEncoder positive = number(ColumnType.LOG, 0.5, 100, -1);
        positive.encode(Math.E, row, 0);
        assertThat(row[0]).isEqualTo(1);
        NumberEncoder withZero = number(ColumnType.LOG, 0, 100, 0);
        withZero.encode(0.0, row, 0);
        assertThat(row[0]).isZero();
        withZero.encode(7.0, row, 0);
        assertThat(row[0]).isEqualTo(Math.log(8));
        assertThat(withZero.decode(row, 0)).isEqualTo(7.0);
        withZero.encode(null, row, 0);
        assertThat(row[0]).isNaN();
    }

    /** They are as far below the least logarithm as the greatest is above it: neither missing nor infinite. */
    @Test
    void amountsWithoutALogarithmAreFarOut() {
        double[] row = new double[1];
        NumberEncoder positive = number(ColumnType.LOG, 0.5, 100, -1);
        positive.encode(0.0, row, 0);
        assertThat(row[0]).isCloseTo(2 * Math.log(0.5) - Math.log(100), within(1e-12));
        NumberEncoder withZero = number(ColumnType.LOG, 0, 100, 0);
        withZero.encode("-3", row, 0);
        assertThat(row[0]).isEqualTo(-Math.log(101));
    }

    @Test
    void amountsByTheirRank() throws IOException {
        double[] amounts = new double[400];
        for (int i = 0; i < amounts.length; i++) {
            amounts[i] = i < 100 ? 0 : Math.pow(i, 3);
        }
        double[] row = new double[1];
        for (ColumnEncoder one : saved(List.of((ColumnEncoder) ranked(ColumnType.QUANTILE, amounts)))) {
            one.encode("8000000", row, 0); // 200 of 400 rows are less
            assertThat(row[0]).isCloseTo(0, within(1e-12));
            assertThat((double) one.decode(row, 0)).isCloseTo(8e6, within(1e-3));
            one.encode(null, row, 0);
            assertThat(one.decode(row, 0)).isNull();
            one.encode(1e300, row, 0);
            assertThat(one.decode(row, 0)).isEqualTo(Math.pow(399, 3));
        }
        double[] both = new double[2];
        for (ColumnEncoder one : saved(List.of((ColumnEncoder) ranked(ColumnType.BOTH, amounts)))) {
            assertThat(one.features().stream().map(Feature::name)).containsExactly("x", "x.rank");
            one.encode("8000000", both, 0);
            assertThat(both).containsExactly(new double[] {8e6, 0}, within(1e-12));
            assertThat((double) one.decode(both, 0)).isEqualTo(8e6);
            one.encode(null, both, 0);
            assertThat(both).containsExactly(Double.NaN, Double.NaN);
            one.encode(1e300, both, 0);
            assertThat(both[0]).isEqualTo(1e300);
            assertThat(both[1]).isCloseTo(3.0233, within(1e-3)); // half a row of 400 is above it
        }
    }

    private static NumberEncoder ranked(ColumnType type, double[] amounts) {
        return new NumberEncoder(
                "x",
                DataTypes.DoubleType.json(),
                type,
                TextFormat.DEFAULT,
                0,
                Math.pow(399, 3),
                400,
                -1,
                QuantileKnots.of(amounts));
    }

    private static NumberEncoder number(ColumnType kind, double least, double greatest, int decimals) {
        return new NumberEncoder(
                "x", DataTypes.DoubleType.json(), kind, TextFormat.DEFAULT, least, greatest, 99, decimals, null);
    }

    /** Beyond 99 numbers is one further number in 50. */
    @Test
    void numbersBeyondTheRangeContribute() {
        for (ColumnType kind : List.of(ColumnType.NUMBER, ColumnType.COUNT, ColumnType.LOG)) {
            ColumnEncoder encoder = number(kind, 1, 1e6, -1);
            for (double x : new double[] {0, 1, 1e3, 1e6, 1e6 + 1}) {
                double[] row = new double[1];
                encoder.encode(x, row, 0);
                double expected = x < 1 || x > 1e6 ? Math.log(50) : 0;
                assertThat(encoder.leastContribution(row, 0)).isCloseTo(expected, within(1e-12));
            }
            assertThat(encoder.leastContribution(new double[] {Double.NaN}, 0)).isZero();
        }
        double[] both = new double[2];
        NumberEncoder ranked = ranked(
                ColumnType.BOTH, IntStream.range(0, 400).mapToDouble(i -> i).toArray());
        ranked.encode(-1.0, both, 0);
        assertThat(ranked.leastContribution(both, 0)).isCloseTo(Math.log(200.5), within(1e-12));
        assertThat(ColumnEncoders.number("x", "\"double\"").leastContribution(new double[] {1e300}, 0))
                .isZero();
    }

    @Test
    void levels() {
        List<String> levels = List.of("b", "a", "10");
        double[] row = new double[3];
        CategoryEncoder indicators = category(levels, true, false);
        indicators.encode(" a ", row, 0);
        assertThat(row).containsExactly(1, 0, 0);
        indicators.encode("b", row, 0);
        assertThat(row).containsExactly(0, 0, 0);
        indicators.encode("?", row, 0);
        assertThat(row).containsExactly(0, 0, 1);
        assertThat(indicators.decode(row, 0)).isNull();
        assertThat(indicators.decode(new double[] {.3, .4, .2}, 0)).isEqualTo("10");
        assertThat(indicators.decode(new double[] {.3, .2, .1}, 0)).isEqualTo("b");
        assertThat(indicators.features().stream().map(Feature::name)).containsExactly("c=a", "c=10", "c=(missing)");
        CategoryEncoder code = category(levels, false, true);
        code.encode("10", row, 0);
        assertThat(row[0]).isEqualTo(2);
        code.encode("never seen", row, 0);
        assertThat(row[0]).isNaN();
        assertThat(code.decode(new double[] {5.7}, 0)).isEqualTo("10");
        CategoryEncoder numbers = category(List.of("1", "2"), false, true);
        numbers.encode("2.0", row, 0);
        assertThat(row[0]).isEqualTo(1);
    }

    private static CategoryEncoder category(List<String> levels, boolean missing, boolean code) {
        return new CategoryEncoder(
                "c", DataTypes.StringType.json(), ColumnType.CATEGORY, TextFormat.DEFAULT, levels, missing, code, null);
    }

    @Test
    void dates() {
        DateEncoder date = date(DataTypes.DateType, ColumnType.DATE, "2024-01-01", "2024-12-31", DateParts.WEEK);
        double[] first = new double[3];
        double[] later = new double[3];
        date.encode("2024-01-03", first, 0);
        date.encode("2024-01-17", later, 0);
        assertThat(first[0]).isEqualTo(2);
        assertThat(later[1]).isCloseTo(first[1], org.assertj.core.data.Offset.offset(1e-9));
        assertThat(date.decode(new double[] {400, 0, 0}, 0)).isEqualTo("2024-12-31");
        assertThat(date.decode(new double[] {31.4, 0, 0}, 0)).isEqualTo("2024-02-01");
        date.encode("no date", first, 0);
        assertThat(first).containsOnly(Double.NaN);
        assertThat(DateText.days("1970-01-02T12:00:00Z")).isEqualTo(1.5);
        assertThat(DateText.days("1970-01-02T12:00:00+12:00")).isEqualTo(1.0);
        assertThat(DateText.days("1970-02-30")).isNaN();
    }

    /** A date with a circle for each part; a timestamp has categories in their place. */
    private static DateEncoder date(DataType type, ColumnType kind, String least, String greatest, DateParts... parts) {
        boolean isDate = kind == ColumnType.DATE;
        return new DateEncoder(
                "at",
                type.json(),
                kind,
                DateText.days(least),
                DateText.days(greatest),
                List.of(parts),
                !isDate,
                isDate,
                null);
    }

    /** Parts of dates that are categories follow from the date, and a drawn date agrees with drawn parts. */
    @Test
    void datesWithCategories() throws IOException {
        DateEncoder encoder = date(
                DataTypes.TimestampNTZType,
                ColumnType.TIMESTAMP,
                "2000-01-01 09:00:00",
                "2019-12-31 18:00:00",
                DateParts.values());
        assertThat(encoder.features().stream().map(Feature::name))
                .containsExactly("at", "at.month", "at.weekday", "at.hour");
        Random random = new Random(3);
        double[] row = new double[4];
        for (ColumnEncoder one : saved(List.of((ColumnEncoder) encoder))) {
            one.encode("2005-02-28 09:00:00", row, 0);
            assertThat(row).endsWith(1, 0, 9);
            for (int i = 0; i < 2000; i++) {
                String written = DateText.timestamp(encoder.least() + random.nextDouble() * 7000);
                one.encode(written, row, 0);
                assertThat(one.decode(row, 0)).isEqualTo(written).isEqualTo(one.read(row, 0));
                double[] drawn = {random.nextGaussian(), random.nextInt(12), random.nextInt(7), random.nextInt(24)};
                one.encode(one.decode(drawn, 0), row, 0);
                boolean isEnd = Math.abs(drawn[0]) > 2; // the range ends at 18:00
                assertThat(Arrays.copyOfRange(row, 1, 3)).containsExactly(drawn[1], drawn[2]);
                assertThat(row[3] == drawn[3] && Math.abs(row[0] - drawn[0]) < 0.5 || isEnd)
                        .isTrue();
            }
            double[] missing = {0, Double.NaN, Double.NaN, Double.NaN};
            assertThat(one.decode(missing, 0)).isEqualTo("2009-12-31 13:30:00");
        }
    }

    /**
     * The time zone of the training is a part of the encoders: in a session with another zone the same moments give the
     * same numbers, and these numbers the same moments. The rows pass a change to summer time in both zones.
     */
    @Test
    void timestampsDoNotDependOnTheZoneOfTheSession() {
        SparkSession berlin = inZone("Europe/Berlin");
        Dataset<Row> table = moments(berlin);
        Map<String, ColumnSetting> settings = Map.of("level", new ColumnSetting(ColumnType.CATEGORY, ROWS));
        List<ColumnEncoder> encoders =
                planner(true, Invalid.KEEP, settings).plan(table).encoders();
        List<ColumnEncoder> saved = encoders.stream()
                .map(ColumnEncoders::toMap)
                .map(ColumnEncoders::of)
                .toList();
        SparkSession newYork = inZone("America/New_York");
        Dataset<Row> same = moments(newYork);
        List<List<Double>> numbers = numbers(table, encoders);
        assertThat(numbers).hasSize(ROWS).doesNotHaveDuplicates();
        assertThat(numbers(same, saved)).isEqualTo(numbers);
        // the first moment is 00:00 in Berlin
        assertThat(encoders.get(0).features().get(2).name()).isEqualTo("at.hour");
        assertThat(numbers.get(0).get(2)).isEqualTo(0.0);
        List<Row> back = roundTrip(same, saved)
                .selectExpr("unix_micros(at)", "unix_micros(level)")
                .collectAsList();
        assertThat(back)
                .isEqualTo(
                        same.selectExpr("unix_micros(at)", "unix_micros(level)").collectAsList());
    }

    /** A timestamp that data.columns makes a date is written as midnight in the model's zone. */
    @Test
    void datesOfTimestampsAreWrittenInTheZoneOfTheModel() {
        Dataset<Row> table = moments(inZone("Europe/Berlin")).select("at").limit(1);
        Map<String, ColumnSetting> settings = Map.of("at", ColumnSetting.of(ColumnType.DATE));
        List<ColumnEncoder> encoders =
                planner(true, Invalid.KEEP, settings).plan(table).encoders();
        Dataset<Row> same = moments(inZone("America/New_York")).select("at").limit(1);
        assertThat(roundTrip(same, encoders)
                        .selectExpr("unix_micros(at)")
                        .head()
                        .getLong(0))
                .isEqualTo(1704063600L * 1_000_000); // midnight in Berlin
    }

    private static SparkSession inZone(String zone) {
        SparkSession session = SPARK.newSession();
        session.conf().set("spark.sql.session.timeZone", zone);
        return session;
    }

    /** Moments of 300 days from midnight in Berlin on, nine hours apart, in one partition. */
    private static Dataset<Row> moments(SparkSession session) {
        return session.range(0, ROWS, 1, 1)
                .selectExpr(
                        "timestamp_seconds(1704063600 + id * 9 * 3600) as at",
                        "timestamp_seconds(1704063600 + id * 9 * 3600) as level");
    }

    private static List<List<Double>> numbers(Dataset<Row> table, List<ColumnEncoder> encoders) {
        return table.select(FeatureColumns.of(table.schema(), encoders).numbers()).collectAsList().stream()
                .map(row -> row.<Double>getList(0))
                .toList();
    }

    @Test
    void damagedEncoders() {
        assertThatThrownBy(() -> ColumnEncoders.of(Map.of("column", "x")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is damaged");
    }
}
