package io.github.sparklatent.ml.core;

import static org.apache.spark.sql.functions.udf;

import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.DecodedColumns;
import io.github.sparklatent.ml.columns.GivenValues;
import io.github.sparklatent.ml.columns.SchemaColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Builds a table from the rows that a model has drawn. If the columns of the model have encoders, the table has these
 * columns with their types and within their ranges. Else, if every column that the model was trained on holds one
 * number, the table has these columns; else it has one column with all numbers, or, if the format cannot hold such a
 * column, one column for each number. The other drawn columns follow. The numbers are in the units of the training
 * table: its scaling is undone. Unit scaling cannot be undone, because it removes the length of a row. A missing cell
 * is null, or NaN in an array.
 */
public final class SampledRows {
    private static final long ROWS_PER_FILE = 1_000_000;

    /** Most rows that are drawn for each one that fulfils a condition. */
    private static final long MAX_DRAWS_PER_ROW = 100;

    private final SavedModel model;
    private final boolean flat;
    private final List<ColumnEncoder> encoders;
    private final String[] names;
    private final List<String> more;
    private final SampleRequest request;

    /** Given values in the units of the table, NaN for the others; empty if none is given. */
    private final double[] given;

    /**
     * Creates the builder.
     *
     * @param request rows without given values
     * @param flat whether the output format can hold only numbers and texts in a column; then each number has its own
     *     column
     * @param key name of the given values in messages
     * @param values values of columns that all rows have, by name; empty: none is given
     * @throws UsageException if the model cannot draw rows in which these are given
     */
    public SampledRows(SavedModel model, SampleRequest request, boolean flat, String key, Map<String, String> values) {
        this.model = model;
        this.more = model.model().drawnColumns();
        this.given = values.isEmpty() ? new double[0] : given(model, key, values);
        this.request = values.isEmpty() ? request : request.given(scaled(model.scaling(), given));
        this.encoders = model.encoders();
        List<String> inputs = model.inputColumns();
        int d = model.model().numFeatures();
        this.flat = flat || inputs.size() == d;
        this.names = !encoders.isEmpty()
                ? DecodedColumns.names(encoders, flat).toArray(String[]::new)
                : inputs.size() == d || flat
                        ? model.featureNames().toArray(String[]::new)
                        : new String[] {inputs.size() == 1 ? inputs.get(0) : "features"};
        for (String name : more) {
            if (Arrays.stream(names).anyMatch(name::equalsIgnoreCase)) {
                throw new UsageException(
                        "the model at \"%s\" was trained on a column \"%s\", but sampling adds a column with this name; rename the column and train the model again"
                                .formatted(model.path(), name));
            }
        }
    }

    private static double[] given(SavedModel saved, String key, Map<String, String> values) {
        LatentModel<?> model = saved.model();
        if (!model.drawsGiven()) {
            throw new UsageException(
                    "%s is set, but the model at \"%s\" is a %s, which cannot draw some features given others; expected model.type = gmm or mixture, or a network with model.condition"
                            .formatted(key, saved.path(), model.modelType().type()));
        }
        if (saved.scaling().kind() == Scale.UNIT) {
            throw new UsageException(
                    "%s is set, but the model at \"%s\" was trained with data.scale = unit, which needs every value of a row"
                            .formatted(key, saved.path()));
        }
        return new GivenValues(key, saved.encoders(), saved.featureNames(), model::isGivable).numbers(values);
    }

    private static double[] scaled(Scaling scaling, double[] numbers) {
        double[] scaled = numbers.clone();
        scaling.apply(scaled, 0, scaled.length);
        return scaled;
    }

    /** Returns the request with the given values in the units of the model. */
    public SampleRequest request() {
        return request;
    }

    /** Returns the table to write, with given values as they were given. Row i is the same on every cluster. */
    public Dataset<Row> table() {
        return inFiles(table(request));
    }

    /**
     * Returns the first drawn rows for which a condition holds; at most {@value MAX_DRAWS_PER_ROW} rows are drawn for
     * each.
     *
     * @param name name of the condition in messages
     * @param condition expression of Spark SQL on the columns of the table
     * @throws UsageException if Spark cannot read the condition
     * @throws DataException if it holds for too few rows
     */
    public Dataset<Row> where(String name, String condition) {
        long rows = request.rows();
        long most = MAX_DRAWS_PER_ROW * Math.max(rows, 1000);
        long drawn = rows;
        while (true) {
            Dataset<Row> found = filter(table(request.withRows(drawn)), name, condition);
            long count = found.count();
            if (count >= rows) { // Spark's limit would take the rows of the tasks that end first
                JavaRDD<Row> first = found.toJavaRDD()
                        .zipWithIndex()
                        .filter(numbered -> numbered._2() < rows)
                        .keys();
                return inFiles(found.sparkSession().createDataFrame(first, found.schema()));
            }
            if (drawn == most) {
                throw new DataException(
                        "%s = \"%s\" holds for %d of %d drawn rows, expected at least %d: draw fewer rows, or take a condition that more rows fulfil"
                                .formatted(name, condition, count, drawn, rows));
            }
            drawn = Math.min(most, Math.max(2 * drawn, count == 0 ? 0 : (long) (1.2 * drawn * rows / count)));
        }
    }

    /**
     * Returns the rows of a table for which a condition holds.
     *
     * @throws UsageException if Spark cannot read the condition
     */
    public static Dataset<Row> filter(Dataset<Row> table, String name, String condition) {
        try {
            return table.filter(condition);
        } catch (Exception e) { // includes AnalysisException, which Scala does not declare
            throw new UsageException("%s is \"%s\", expected a condition of Spark SQL on the columns %s; Spark says: %s"
                    .formatted(
                            name,
                            condition,
                            String.join(", ", table.columns()),
                            e.getMessage().strip().lines().findFirst().orElse("")));
        }
    }

    private Dataset<Row> inFiles(Dataset<Row> table) {
        return table.coalesce((int) Math.min(Integer.MAX_VALUE, 1 + request.rows() / ROWS_PER_FILE));
    }

    private Dataset<Row> table(SampleRequest rows) {
        Dataset<Row> drawn = model.model().draw(rows);
        if (!encoders.isEmpty()) {
            return decoded(drawn);
        }
        StructType schema = schema(drawn.schema());
        return drawn.map(unscale(model.scaling(), flat, given), Encoders.row(schema))
                .to(schema);
    }

    private Dataset<Row> decoded(Dataset<Row> drawn) {
        Column numbers = udf(numbers(model.scaling(), given), SQLDataTypes.VectorType())
                .apply(SchemaColumns.column(drawn.columns()[0]));
        List<Column> columns = new ArrayList<>();
        columns.addAll(DecodedColumns.of(encoders, numbers, flat, j -> j < given.length && !Double.isNaN(given[j])));
        more.stream().map(SchemaColumns::column).forEach(columns::add);
        return drawn.select(columns.toArray(Column[]::new));
    }

    private static UDF1<Vector, Vector> numbers(Scaling scaling, double[] given) {
        return vector -> Vectors.dense(unscaled(vector, scaling, given));
    }

    private static double[] unscaled(Vector vector, Scaling scaling, double[] given) {
        double[] numbers = vector.toArray().clone();
        scaling.invert(numbers, 0, numbers.length);
        for (int j = 0; j < given.length; j++) {
            numbers[j] = Double.isNaN(given[j]) ? numbers[j] : given[j];
        }
        return numbers;
    }

    private StructType schema(StructType drawn) {
        StructType schema = new StructType();
        for (String name : names) {
            schema = schema.add(
                    name, flat ? DataTypes.DoubleType : DataTypes.createArrayType(DataTypes.DoubleType, false), flat);
        }
        for (String name : more) {
            schema = schema.add(drawn.apply(name));
        }
        return schema;
    }

    /**
     * Returns a function that replaces the vector of a row by its numbers in the units of the training table.
     *
     * @param flat whether each number has its own column; else all are in one array
     */
    private static MapFunction<Row, Row> unscale(Scaling scaling, boolean flat, double[] given) {
        return row -> {
            double[] numbers = unscaled((Vector) row.get(0), scaling, given);
            List<Object> values = new ArrayList<>();
            if (flat) {
                Arrays.stream(numbers).forEach(number -> values.add(Double.isNaN(number) ? null : number));
            } else {
                values.add(numbers);
            }
            for (int i = 1; i < row.length(); i++) {
                values.add(row.get(i));
            }
            return RowFactory.create(values.toArray());
        };
    }
}
