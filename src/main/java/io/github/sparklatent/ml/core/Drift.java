package io.github.sparklatent.ml.core;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.udaf;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.RowNumbers;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.TableProfile;
import io.github.sparklatent.columns.TableProfile.ColumnProfile;
import io.github.sparklatent.columns.TableProfile.StabilityIndex;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Compares the columns of some rows with those of the training rows, which the model keeps as a {@link TableProfile}.
 * {@link Counter} counts the values of the rows of a partition; the aggregate adds these counts, so that Spark can
 * compute it while a job writes the rows.
 *
 * <p>Counts are the number of rows, then for each column the weight of the values in each bin, of missing values and of
 * those that the model cannot read, then the number of values and the sum of their squared weights.
 */
public final class Drift extends Aggregator<double[], double[], Row> {
    private static final long serialVersionUID = 1L;

    /** Columns of {@link #table}. Values that the model cannot read count as missing. */
    static final StructType SCHEMA = StructType.fromDDL(
            "column STRING, psi DOUBLE, missing DOUBLE, trainingMissing DOUBLE, unknown DOUBLE, drifted BOOLEAN");

    private static final StructType LIST = new StructType()
            .add("rows", DataTypes.LongType, false)
            .add("columns", DataTypes.createArrayType(SCHEMA, false), false);

    /** Type of counts. */
    static final DataType COUNTS = DataTypes.createArrayType(DataTypes.DoubleType, false);

    /** Increase of the share of missing values from which on a column has drifted, unless none was missing. */
    private static final double MISSING_INCREASE = 0.1;

    /** Share of unknown values above which a column has drifted. */
    private static final double UNKNOWN = 0.01;

    /** Fewest values of which all being unknown is no accident. */
    private static final double MIN_UNKNOWN = 19.5;

    /** Known values in a column of a wrong table, as a share of its unknown values. */
    private static final double KNOWN = 0.01;

    /** Number of rows that are looked at before all are scored. */
    private static final int FIRST = 1000;

    /** Counts of a column besides those of its bins. */
    private static final int REST = 4;

    /** The largest number of columns that are printed. */
    private static final int SHOWN = 20;

    private final List<ColumnProfile> columns;

    private Drift(List<ColumnProfile> columns) {
        this.columns = columns;
    }

    /**
     * Counts the values of rows.
     *
     * @param columns what is known of the columns of the training table
     * @param numbers reads the numbers of a row
     * @param width number of these numbers
     * @param weight place of the weight in a row; a row without a positive, finite one does not count
     */
    record Counter(List<ColumnProfile> columns, RowNumbers numbers, int width, int weight)
            implements MapPartitionsFunction<Row, Row> {
        /** Creates a counter; it adds to the cells what it needs. */
        static Counter of(
                SavedModel saved, FeatureColumns columns, RowNumbers numbers, RowNumbers.Cells cells, Column weight) {
            int width = saved.model().numFeatures();
            List<Feature> compared = columns.compared(width);
            List<ColumnProfile> profiles = saved.profile()
                    .map(TableProfile::columns)
                    .filter(known -> known.size() == compared.size())
                    .orElseGet(
                            () -> compared.stream().map(ColumnProfile::unknown).toList());
            return new Counter(profiles, numbers, width, cells.add(weight.cast(DataTypes.DoubleType)));
        }

        double[] none() {
            return new Drift(columns).zero();
        }

        /**
         * Adds a row to counts.
         *
         * @param row what {@link RowNumbers#read} wrote for these cells
         * @param found what it returned
         */
        void add(double[] counts, Row cells, double[] row, int found) {
            counts[0]++;
            double w = cells.isNullAt(weight) ? 0 : cells.getDouble(weight);
            if (!(w > 0) || w == Double.POSITIVE_INFINITY) {
                return;
            }
            double[] compared = numbers.compared(row, cells);
            int at = 1;
            for (int j = 0; j < columns.size(); j++) {
                ColumnProfile column = columns.get(j);
                int rest = at + column.bins();
                double number = j < compared.length && (found < 0 || j < found) ? compared[j] : Double.NaN;
                if (Double.isFinite(number)) {
                    counts[at + column.bin(number)] += w;
                    counts[rest + 2]++;
                    counts[rest + 3] += w * w;
                } else {
                    counts[rest] += w;
                    counts[rest + 1] += Double.isInfinite(number) ? w : 0;
                }
                at = rest + REST;
            }
        }

        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            return List.of(RowFactory.create((Object) counts(rows))).iterator();
        }

        private double[] counts(Iterator<Row> rows) {
            double[] counts = none();
            double[] row = new double[width];
            rows.forEachRemaining(cells -> add(counts, cells, row, numbers.read(cells, row)));
            return counts;
        }

        /** Returns the sum of the counts in a column of arrays as a value for {@link #rows}. */
        Column sum(SparkSession spark, String name) {
            return udaf(new Drift(columns), spark.implicits().newDoubleArrayEncoder())
                    .apply(col(name));
        }
    }

    /**
     * A comparison of the rows that are scored.
     *
     * @param weight weight of each row
     * @param observe returns the rows with an aggregate, a value for {@link #rows}, that Spark computes on the way
     */
    public record Observed(SavedModel saved, Column weight, BiFunction<Dataset<Row>, Column, Dataset<Row>> observe) {}

    private static Dataset<Row> sum(SavedModel saved, Dataset<?> table, FeatureColumns columns, Column weight) {
        RowNumbers.Cells cells = new RowNumbers.Cells(table.schema());
        Counter counter = Counter.of(saved, columns, columns.numbers(cells), cells, weight);
        return table.toDF()
                .select(cells.columns())
                .mapPartitions(counter, Encoders.row(new StructType().add("counts", COUNTS, false)))
                .agg(counter.sum(table.sparkSession(), "counts").as("drift"));
    }

    /** Returns a row for each column of a table; see {@link #SCHEMA}. */
    public static Dataset<Row> table(SavedModel saved, Dataset<?> table, FeatureColumns columns, Column weight) {
        return sum(saved, table, columns, weight)
                .select(explode(col("drift.columns")).as("column"))
                .select("column.*")
                .to(SCHEMA);
    }

    /** Returns the rows of {@link #table} from a value of the aggregate. */
    public static List<Row> rows(Object value) {
        return ((Row) value).getList(1);
    }

    /** Returns the number of rows from a value of the aggregate. */
    public static long count(Object value) {
        return ((Row) value).getLong(0);
    }

    /** Returns the rows as JSON objects, without what is not known; empty if the model keeps no profile. */
    public static List<Map<String, Object>> json(List<Row> rows) {
        List<Map<String, Object>> objects = rows.stream()
                .filter(row -> row.getAs("trainingMissing") != null)
                .map(row -> Json.parse(row.json()))
                .toList();
        objects.forEach(object -> object.values().removeIf(Objects::isNull));
        return objects;
    }

    /** Adds a line for each column that has drifted. */
    public static void addTo(Lines lines, List<Row> rows) {
        drifted(rows)
                .limit(SHOWN)
                .forEach(row -> lines.add(
                        "drift",
                        "%s: PSI %.3f, missing %.3g%% (training %.3g%%), unknown to the model %.3g%%",
                        row.getAs("column"),
                        Objects.requireNonNullElse(row.<Double>getAs("psi"), Double.NaN),
                        100 * row.<Double>getAs("missing"),
                        100 * row.<Double>getAs("trainingMissing"),
                        100 * row.<Double>getAs("unknown")));
    }

    /** Returns the columns that have drifted as a part of a sentence. */
    public static String named(List<Row> rows) {
        return drifted(rows)
                .limit(SHOWN)
                .map(row -> row.<String>getAs("column"))
                .reduce((names, name) -> names + ", " + name)
                .map(names -> "drifted columns: " + names)
                .orElse("no column has drifted");
    }

    private static Stream<Row> drifted(List<Row> rows) {
        return rows.stream().filter(row -> row.<Boolean>getAs("drifted"));
    }

    /**
     * Requires that each column has values that the model knows. Others count as missing, so a wrong table or a column
     * in a wrong place would be scored as if little were known of its rows.
     *
     * @throws DataException if a column has hardly such a value
     */
    public static void requireKnown(SavedModel saved, Dataset<Row> rows, FeatureColumns columns, Column weight) {
        RowNumbers.Cells cells = new RowNumbers.Cells(rows.schema());
        Counter counter = Counter.of(saved, columns, columns.numbers(cells), cells, weight);
        double[] first = counter.counts( // of the first partitions alone
                rows.select(cells.columns()).takeAsList(FIRST).iterator());
        if (unknown((long) first[0], new Drift(counter.columns).compared(first)).isPresent()) {
            Object all = sum(saved, rows, columns, weight).head().get(0); // the table may be sorted by the column
            unknown(count(all), rows(all)).ifPresent(column -> {
                throw new DataException(
                        "column \"%s\" has hardly a value that the model knows; expected values as in the training table, numbers and dates in the same form: is this the right table, and are its columns in the right order?"
                                .formatted(column));
            });
        }
    }

    /** Returns the first column of which hardly a value is known to the model. */
    private static Optional<String> unknown(long count, List<Row> columns) {
        return columns.stream()
                .filter(row -> row.getAs("unknown") != null && count * row.<Double>getAs("unknown") >= MIN_UNKNOWN)
                .filter(row -> 1 - row.<Double>getAs("missing") <= KNOWN * row.<Double>getAs("unknown"))
                .findFirst()
                .map(row -> row.getAs("column"));
    }

    /** Throws a DataException if a column has a greater share of missing values than some share. */
    public static void requireComplete(List<Row> rows, double most) {
        rows.stream()
                .filter(row -> row.getAs("missing") != null && row.<Double>getAs("missing") > most)
                .findFirst()
                .ifPresent(row -> {
                    double unknown = row.<Double>getAs("unknown");
                    throw new DataException(
                            "column \"%s\" has %s missing values%s, expected at most %s (data.maxMissing)"
                                    .formatted(
                                            row.getAs("column"),
                                            Numbers.percent(row.<Double>getAs("missing")),
                                            unknown == 0
                                                    ? ""
                                                    : ", counting %s that are unknown to the model"
                                                            .formatted(Numbers.percent(unknown)),
                                            Numbers.percent(most)));
                });
    }

    @Override
    public double[] zero() {
        return new double
                [1 + columns.stream().mapToInt(column -> column.bins() + REST).sum()];
    }

    @Override
    public double[] reduce(double[] sums, double[] counts) {
        return counts == null ? sums : merge(sums, counts);
    }

    @Override
    public double[] merge(double[] left, double[] right) {
        for (int i = 0; i < left.length; i++) {
            left[i] += right[i];
        }
        return left;
    }

    @Override
    public Row finish(double[] counts) {
        return RowFactory.create((long) counts[0], compared(counts).toArray());
    }

    private List<Row> compared(double[] counts) {
        List<Row> rows = new ArrayList<>();
        int at = 1;
        for (ColumnProfile column : columns) {
            int end = at + column.bins() + REST;
            rows.add(compared(column, Arrays.copyOfRange(counts, at, end)));
            at = end;
        }
        return rows;
    }

    private Row compared(ColumnProfile column, double[] counts) {
        int rest = column.bins();
        double[] weights = Arrays.copyOf(counts, rest);
        double observed = Arrays.stream(weights).sum();
        double all = observed + counts[rest];
        Optional<StabilityIndex> index = observed == 0
                ? Optional.empty()
                : column.index(
                        weights, new SampleSize(observed, counts[rest + 2], counts[rest + 3]).number(), columns.size());
        double missing = counts[rest] / all;
        double unknown = counts[rest + 1] / all;
        double before = column.missing();
        Object[] cells = {
            column.name(),
            index.map(StabilityIndex::value).orElse(null),
            all == 0 ? null : missing,
            Double.isNaN(before) ? null : before,
            all == 0 ? null : unknown,
            index.filter(found -> found.value() > found.limit()).isPresent()
                    || unknown > UNKNOWN
                    || missing > (before == 0 ? 0 : before + MISSING_INCREASE)
        };
        return new GenericRowWithSchema(cells, SCHEMA);
    }

    @Override
    public Encoder<double[]> bufferEncoder() {
        return Encoders.javaSerialization(double[].class);
    }

    @Override
    public Encoder<Row> outputEncoder() {
        return Encoders.row(LIST);
    }
}
