package io.github.sparklatent.ml.core;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udaf;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.TableProfile;
import io.github.sparklatent.columns.TableProfile.ColumnProfile;
import io.github.sparklatent.columns.TableProfile.StabilityIndex;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Compares the columns of some rows with those of the training rows, which the model keeps as a {@link TableProfile}.
 * It is an aggregate of rows, so that Spark can compute it while a job writes them.
 *
 * <p>The buffer has an array for each column: the weight of the values in each bin, then of missing values and of those
 * that the model cannot read, then the number of values and the sum of their squared weights.
 */
public final class Drift extends Aggregator<Tuple2<double[], Double>, double[][], Row> {
    private static final long serialVersionUID = 1L;

    /** Columns of {@link #table}. Values that the model cannot read count as missing. */
    static final StructType SCHEMA = StructType.fromDDL(
            "column STRING, psi DOUBLE, missing DOUBLE, trainingMissing DOUBLE, unknown DOUBLE, drifted BOOLEAN");

    private static final StructType LIST =
            new StructType().add("columns", DataTypes.createArrayType(SCHEMA, false), false);

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

    /** The largest number of columns that are printed. */
    private static final int SHOWN = 20;

    private final List<ColumnProfile> columns;

    private Drift(List<ColumnProfile> columns) {
        this.columns = columns;
    }

    /**
     * Returns the aggregate of a table.
     *
     * @param columns columns of the table that the model reads
     * @param weight weight of each row; a row without a positive one does not count
     */
    public static Column of(SavedModel saved, Dataset<?> table, FeatureColumns columns, Column weight) {
        List<Feature> compared = columns.compared(saved.model().numFeatures());
        List<ColumnProfile> profiles = saved.profile()
                .map(TableProfile::columns)
                .filter(known -> known.size() == compared.size())
                .orElseGet(() -> compared.stream().map(ColumnProfile::unknown).toList());
        var numbers = table.sparkSession().implicits().newDoubleArrayEncoder();
        return udaf(new Drift(profiles), Encoders.tuple(numbers, Encoders.DOUBLE()))
                .apply(columns.compared(), weight.cast(DataTypes.DoubleType));
    }

    /** Returns a row for each column of a table; see {@link #SCHEMA}. */
    public static Dataset<Row> table(SavedModel saved, Dataset<?> table, FeatureColumns columns, Column weight) {
        return table.agg(of(saved, table, columns, weight).as("drift"))
                .select(explode(col("drift.columns")).as("column"))
                .select("column.*")
                .to(SCHEMA);
    }

    /** Returns the rows of {@link #table} from a value of the aggregate. */
    public static List<Row> rows(Object value) {
        return ((Row) value).getList(0);
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
        if (unknown(saved, rows.limit(FIRST), columns, weight).isPresent()) { // the table may be sorted by the column
            unknown(saved, rows, columns, weight).ifPresent(column -> {
                throw new DataException(
                        "column \"%s\" has hardly a value that the model knows; expected values as in the training table, numbers and dates in the same form: is this the right table, and are its columns in the right order?"
                                .formatted(column));
            });
        }
    }

    /** Returns the first column of which hardly a value is known to the model. */
    private static Optional<String> unknown(
            SavedModel saved, Dataset<Row> table, FeatureColumns columns, Column weight) {
        Row found = table.agg(of(saved, table, columns, weight), count(lit(1))).head();
        long count = found.getLong(1);
        return rows(found.get(0)).stream()
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
    public double[][] zero() {
        return columns.stream().map(column -> new double[column.bins() + 4]).toArray(double[][]::new);
    }

    @Override
    public double[][] reduce(double[][] counts, Tuple2<double[], Double> row) {
        double[] numbers = row._1();
        double weight = row._2() == null ? 0 : row._2();
        for (int j = 0; j < counts.length && weight > 0; j++) {
            double number = numbers == null || j >= numbers.length ? Double.NaN : numbers[j];
            ColumnProfile column = columns.get(j);
            int rest = column.bins();
            if (Double.isFinite(number)) {
                counts[j][column.bin(number)] += weight;
                counts[j][rest + 2]++;
                counts[j][rest + 3] += weight * weight;
            } else {
                counts[j][rest] += weight;
                counts[j][rest + 1] += Double.isInfinite(number) ? weight : 0;
            }
        }
        return counts;
    }

    @Override
    public double[][] merge(double[][] left, double[][] right) {
        for (int j = 0; j < left.length; j++) {
            for (int i = 0; i < left[j].length; i++) {
                left[j][i] += right[j][i];
            }
        }
        return left;
    }

    @Override
    public Row finish(double[][] counts) {
        Object[] rows = new Object[counts.length];
        Arrays.setAll(rows, j -> compared(columns.get(j), counts[j]));
        return RowFactory.create((Object) rows);
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
        return RowFactory.create(
                column.name(),
                index.map(StabilityIndex::value).orElse(null),
                all == 0 ? null : missing,
                Double.isNaN(before) ? null : before,
                all == 0 ? null : unknown,
                index.filter(found -> found.value() > found.limit()).isPresent()
                        || unknown > UNKNOWN
                        || missing > (before == 0 ? 0 : before + MISSING_INCREASE));
    }

    @Override
    public Encoder<double[][]> bufferEncoder() {
        return Encoders.javaSerialization(double[][].class);
    }

    @Override
    public Encoder<Row> outputEncoder() {
        return Encoders.row(LIST);
    }
}
