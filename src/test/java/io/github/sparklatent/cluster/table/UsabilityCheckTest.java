package io.github.sparklatent.cluster.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a table is answered with; {@code BadTableTest} has more of it. */
@Tag("slow")
class UsabilityCheckTest {
    private static final double NAN = Double.NaN;
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final TableOptions OPTIONS = TableOptions.DEFAULT.withWeight("w");

    private final JavaSparkContext context =
            JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());

    private static RowRecord row(double weight, double... features) {
        RowRecord row = new RowRecord();
        row.setWeight(weight);
        row.setFeatures(features);
        row.setHash(features == null ? 0 : (long) (31 * features[0]));
        return row;
    }

    private static RowRecord[] rows(RowRecord... rows) {
        return rows;
    }

    private UsabilityCheck check(TableOptions options, int slices, RowRecord... rows) {
        TableStatistics statistics = TableStatistics.take(
                context.parallelize(List.of(rows), slices),
                options.invalid() == Invalid.KEEP,
                options.holdoutFraction(),
                options.seed());
        return new UsabilityCheck(statistics, columns(), options);
    }

    /** Counts of missing values do not depend on the partitions either. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void missingValuesAreCounted(int slices) {
        RowRecord[] rows =
                rows(row(1, 1, 2, NAN), row(1, NAN, 2, 3), row(1, 3, NAN, NAN), row(1, NAN, NAN, NAN), row(1, (double[])
                        null));
        TableOptions keep = OPTIONS.withInvalid(Invalid.KEEP);
        UsabilityCheck check = check(keep, slices, rows);
        assertThatCode(check::requireUsable).doesNotThrowAnyException();
        assertThat(check.missingShares()).containsExactly(1 / 3.0, 1 / 3.0, 2 / 3.0);
        assertThat(check.warnings())
                .containsExactly(
                        "2 of 3 columns are constant and carry no information: b[0] = 2.0, b[1] =" + " 3.0",
                        "2 of 5 rows were left out: no feature had a value");
        assertThatCode(() -> check.requireScalable(null)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(keep.withScale(Scale.UNIT), slices, rows).requireScalable(null))
                .hasMessage("3 of 5 rows have missing values, but rows are scaled to unit length, which"
                        + " needs every value; expected complete rows or another scaling");
    }

    private static FeatureColumns columns() {
        return FeatureColumns.resolve(StructType.fromDDL("a double, b array<double>"), List.of(), Set.of());
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(
                        rows(row(1, 1, 2), row(INFINITY, 1, 2)), "weight column \"w\" holds an infinite number in 1"),
                Arguments.of(
                        rows(row(1, 1, 2), row(-INFINITY, 1, 2)), "weight column \"w\" holds a negative number in 1"),
                Arguments.of(rows(row(1, 1, 2), row(1, 1), row(1, 1, 2, 3)), "the rows differ in length: from 1 to 3"),
                Arguments.of(
                        rows(row(1, 1, 2), row(1, (double[]) null)), "features \"a\", \"b\" are null in 1 of 2 rows"),
                Arguments.of(rows(row(1, 1, -INFINITY), row(1, 1e200, 2)), "1 of 4 numbers are infinite (in \"b[0]\")"),
                Arguments.of(rows(row(1, 1, 2), row(1, -1e200, 2)), "1 of 4 numbers are greater than 1.0E150"),
                Arguments.of(
                        rows(row(1, NAN, NAN, NAN, NAN, NAN, NAN, NAN)),
                        "7 of 7 numbers are NaN or null (in \"a\", \"b[0]\", \"b[1]\", \"b[2]\", \"b[3]\" and 2 more)"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void whatCannotBeUsedIsSaid(RowRecord[] rows, String sentence) {
        for (int slices : new int[] {1, 3}) {
            assertThatThrownBy(() -> check(OPTIONS, slices, rows).requireUsable())
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(sentence);
        }
    }

    @Test
    void whatSkippingCannotMendIsStillAnError() {
        TableOptions skip = OPTIONS.withInvalid(Invalid.SKIP);
        assertThatThrownBy(() -> check(skip, 1, row(NAN, 1, 2), row(1, 1, 2)).requireUsable())
                .hasMessageStartingWith("weight column \"w\" holds no number");
        assertThatThrownBy(() -> check(skip, 1, row(1, 1, 2), row(1, 1)).requireUsable())
                .hasMessageStartingWith("the rows differ in length");
        UsabilityCheck check = check(skip, 2, row(1, NAN, 2), row(1, 1, 2), row(1, (double[]) null), row(0, 3, 1));
        assertThatCode(check::requireUsable).doesNotThrowAnyException();
        assertThat(check.warnings())
                .containsExactly(
                        "2 of 2 columns are constant and carry no information: a = 1.0, b[0] =" + " 2.0",
                        "2 of 4 rows were left out: a feature was null, NaN, infinite or beyond" + " 1.0E150",
                        "1 of 4 rows were left out: their weight is 0");
    }

    /** One of the three rows is left out. */
    @Test
    void morePartitionsThanRowsAreToldOfATableThatIsTrainedOn() {
        RowRecord[] rows = rows(row(1, 1, 2), row(1, 2, 1), row(0, 3, 3));
        TableOptions options = OPTIONS.withPartitions(3).withPartitionsKey("pieces");
        String left = "1 of 3 rows were left out: their weight is 0";
        assertThat(check(options, 1, rows).warnings())
                .containsExactly(
                        left,
                        "pieces is 3, but the table has 2 training rows: some partitions are"
                                + " empty, but each is a task in every round");
        for (TableOptions silent :
                List.of(options.withPartitions(2), options.withTrainedOn(false), options.withIsPlaced(false))) {
            assertThat(check(silent, 1, rows).warnings()).containsExactly(left);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 40})
    void countsDoNotDependOnHowTheTableIsCut(int slices) {
        RowRecord[] rows = IntStream.range(0, 30)
                .mapToObj(i -> i % 7 == 0 ? row(1, NAN, i) : row(i % 5, i, -i))
                .toArray(RowRecord[]::new);
        TableStatistics statistics = TableStatistics.take(context.parallelize(List.of(rows), slices), false, 0.4, 1);
        TableStatistics whole = TableStatistics.take(context.parallelize(List.of(rows), 5), false, 0.4, 1);
        assertThat(statistics).usingRecursiveComparison().isEqualTo(whole);
        assertThat(statistics.rows()).isEqualTo(30);
        assertThat(statistics.leftOut()).isEqualTo(5 + 5);
        assertThat(statistics.train().rows).isPositive();
        assertThat(statistics.heldOut().rows).isPositive();
    }

    @Test
    void rangesAreThoseOfTrainingRowsAlone() {
        RowRecord[] rows = IntStream.range(0, 100).mapToObj(i -> row(1, i, -i)).toArray(RowRecord[]::new);
        TableStatistics statistics = TableStatistics.take(context.parallelize(List.of(rows), 3), false, 0.9, 1);
        double[] trained = Stream.of(rows)
                .filter(row -> !isHeldOut(row, 0.9))
                .mapToDouble(row -> row.getFeatures()[0])
                .toArray();
        assertThat(statistics.train().rows).isEqualTo(trained.length);
        assertThat(statistics.train().least[0]).isEqualTo(trained[0]).isPositive();
        assertThat(statistics.train().greatest[0]).isEqualTo(trained[trained.length - 1]);
        assertThat(statistics.train().least[1]).isEqualTo(-trained[trained.length - 1]);
    }

    private static boolean isHeldOut(RowRecord row, double fraction) {
        return RowRecord.isSelected(row.getHash(), fraction, RandomStreams.key(1, Purpose.HOLDOUT));
    }
}
