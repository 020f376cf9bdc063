package io.github.sparklatent.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.learn.DataException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class FeatureColumnsTest {
    private static final StructType SENSORS = StructType.fromDDL(
            "id string, day date, sensor_1 double, sensor_2 float, sensor_10 int," + " class int, weight double");

    private final SparkSession spark = LocalSpark.session();

    private static List<String> resolved(StructType schema, String... patterns) {
        return FeatureColumns.resolve(schema, List.of(patterns), Set.of("class", "weight"))
                .columns();
    }

    @Test
    void withoutPatternsEveryNumericColumnButTheNamedOnes() {
        assertThat(resolved(SENSORS)).containsExactly("sensor_1", "sensor_2", "sensor_10");
    }

    @Test
    void namesStandInTheOrderGiven() {
        assertThat(resolved(SENSORS, "sensor_10", "sensor_1")).containsExactly("sensor_10", "sensor_1");
    }

    @Test
    void aTextIsFoundAsSparkFindsItsColumn() {
        RowNumbers.Cells cells =
                new RowNumbers.Cells(StructType.fromDDL("x double, shop string, at struct<Day: date>"));
        assertThat(cells.text("Shop")).hasValue(1);
        assertThat(cells.text("at.day")).as("a further expression").hasValue(3);
        assertThat(cells.text("city")).isEmpty();
    }

    @Test
    void globsTakeColumnsInTheTablesOrderAndEachOnce() {
        assertThat(resolved(SENSORS, "sensor_*")).containsExactly("sensor_1", "sensor_2", "sensor_10");
        assertThat(resolved(SENSORS, "sensor_?")).containsExactly("sensor_1", "sensor_2");
        assertThat(resolved(SENSORS, "sensor_2", "*_1*", "sensor_2"))
                .containsExactly("sensor_2", "sensor_1", "sensor_10");
    }

    @Test
    void globsLeaveTheNamedColumnsToTheirUse() {
        StructType schema = StructType.fromDDL("w1 double, w2 double, weight double");
        assertThat(resolved(schema, "w*")).containsExactly("w1", "w2");
        assertThat(resolved(schema, "weight")).containsExactly("weight");
    }

    @Test
    void aNameThatExistsIsTakenLiterally() {
        StructType schema = new StructType()
                .add("a.b", "double")
                .add("x*", "double")
                .add("xy", "double")
                .add("back`tick", "double")
                .add("a b", "double")
                .add("[ab]", "double");
        assertThat(resolved(schema, "x*")).containsExactly("x*");
        assertThat(resolved(schema, "a?b")).containsExactly("a.b", "a b");
        assertThat(resolved(schema, "[ab*")).containsExactly("[ab]");
        Dataset<Row> table = LocalSpark.table(spark, schema, new Object[] {1.0, 2.0, 3.0, 4.0, 5.0, 6.0});
        assertThat(rows(table, "[ab]", "back`tick", "x*", "a.b", "a b"))
                .containsExactly(List.of(6.0, 4.0, 2.0, 1.0, 5.0));
    }

    @Test
    void namesAreComparedAsSparkComparesThem() {
        assertThat(resolved(SENSORS, "Sensor_1")).containsExactly("sensor_1");
        assertThat(resolved(SENSORS, "SENSOR_*")).containsExactly("sensor_1", "sensor_2", "sensor_10");
        assertThat(FeatureColumns.resolve(SENSORS, List.of(), Set.of("CLASS", "Weight"))
                        .columns())
                .containsExactly("sensor_1", "sensor_2", "sensor_10");
        spark.conf().set("spark.sql.caseSensitive", true);
        try {
            StructType schema = StructType.fromDDL("x double, X double");
            assertThat(resolved(schema)).containsExactly("x", "X");
            assertThat(resolved(schema, "X")).containsExactly("X");
            assertThat(rows(LocalSpark.table(spark, schema, new Object[] {1.0, 2.0}), "X", "x"))
                    .containsExactly(List.of(2.0, 1.0));
            assertThatThrownBy(() -> resolved(SENSORS, "Sensor_1"))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("features column \"Sensor_1\" does not exist");
        } finally {
            spark.conf().unset("spark.sql.caseSensitive");
        }
    }

    @Test
    void oneNameForTwoColumnsIsRefused() {
        StructType twice = StructType.fromDDL("y double").add("x", "double").add("x", "double");
        StructType byCase = new StructType().add("x", "double").add("X", "float");
        for (String[] patterns : new String[][] {{}, {"x"}, {"x*"}, {"X"}}) {
            assertThatThrownBy(() -> resolved(twice, patterns))
                    .isInstanceOf(DataException.class)
                    .hasMessage("features column \"x\" exists 2 times in the table (x, x), expected"
                            + " once; rename or drop the others");
            assertThatThrownBy(() -> resolved(byCase, patterns))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("exists 2 times in the table (x, X), expected once");
        }
        assertThat(resolved(twice, "y")).containsExactly("y");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    string         | a string
                    date           | a date
                    struct<x:int>  | a struct<x:int>
                    array<string>  | an array<string>
                    array<array<double>> | an array<array<double>>
                    interval day   | an interval day
                    """)
    void aColumnThatIsNoNumberIsNamed(String type, String found) {
        StructType schema = StructType.fromDDL("amount " + type);
        for (String pattern : List.of("amount", "am*")) {
            assertThatThrownBy(() -> resolved(schema, pattern))
                    .isInstanceOf(DataException.class)
                    .hasMessage("features column \"amount\" is "
                            + found
                            + ", expected a number, a vector or an array of numbers");
        }
    }

    @Test
    void numbersOfEveryTypeBecomeDoubles() {
        Dataset<Row> table = LocalSpark.table(
                spark,
                "a tinyint, b smallint, c int, d bigint, e float, f double," + " g decimal(20, 4), h boolean",
                new Object[] {(byte) 1, (short) 2, 3, 1L << 40, 0.5f, 0.1, new BigDecimal("12.5"), true},
                new Object[] {null, null, null, null, null, null, null, null});
        assertThat(rows(table))
                .containsExactly(
                        List.of(1.0, 2.0, 3.0, 0x1p40, 0.5, 0.1, 12.5, 1.0),
                        java.util.Collections.nCopies(8, Double.NaN));
    }

    @Test
    void vectorsArraysAndNumbersStandSideBySide() {
        StructType schema = StructType.fromDDL("x int, a array<decimal(5, 1)>, y double, flags array<boolean>")
                .add("v", SQLDataTypes.VectorType());
        Dataset<Row> table = LocalSpark.table(spark, schema, new Object[] {
            1,
            Arrays.asList(new BigDecimal("2.5"), null),
            4.0,
            List.of(true, false),
            Vectors.sparse(3, new int[] {1}, new double[] {9})
        });
        assertThat(rows(table, "v", "x", "a", "y", "flags"))
                .containsExactly(List.of(0.0, 9.0, 0.0, 1.0, 2.5, Double.NaN, 4.0, 1.0, 0.0));
    }

    @Test
    void aNullVectorOrArrayMakesTheRowNull() {
        Dataset<Row> vectors = LocalSpark.vectors(spark, new double[] {1}, null);
        assertThat(rows(vectors)).containsExactly(List.of(1.0), null);
        Dataset<Row> arrays = LocalSpark.table(spark, "x double, a array<double>", new Object[] {1.0, null});
        assertThat(rows(arrays)).containsExactly((List<Double>) null);
    }

    @Test
    void everyNumberHasAName() {
        StructType schema = StructType.fromDDL("x double, a array<double>, y int, b array<int>");
        assertThat(names(schema, 2, "y", "x")).containsExactly("y", "x");
        assertThat(names(schema, 4, "x", "a", "y")).containsExactly("x", "a[0]", "a[1]", "y");
        assertThat(names(schema, 3, "x", "a", "b")).containsExactly("features[0]", "features[1]", "features[2]");
        assertThat(names(schema, 0, "a")).isEmpty();
    }

    private static List<String> names(StructType schema, int width, String... columns) {
        return FeatureColumns.resolve(schema, List.of(columns), Set.of()).featureNames(width);
    }

    private static List<List<Double>> rows(Dataset<Row> table, String... patterns) {
        FeatureColumns columns = FeatureColumns.resolve(table.schema(), List.of(patterns), Set.of());
        return table.select(columns.numbers()).collectAsList().stream()
                .map(row -> row.isNullAt(0) ? null : List.copyOf(row.<Double>getList(0)))
                .toList();
    }

    @Test
    void nominalAttributesAreCategories() {
        AttributeGroup group = new AttributeGroup("features", new Attribute[] {
            NumericAttribute.defaultAttr().withName("age"),
            NominalAttribute.defaultAttr().withName("sex").withValues(new String[] {"Female", "Male"})
        });
        StructType schema = new StructType().add(group.toStructField());

        assertThat(FeatureColumns.resolve(schema, List.of("features"), Set.of()).features(2))
                .containsExactly(
                        Feature.number("features[0]"),
                        new Feature("sex", Feature.Kind.CATEGORY, List.of("Female", "Male")));
    }
}
