package io.github.sparklatent.ml.columns;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.ColumnEncoders;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.columns.UsableNumbers;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.ModelWriter;
import io.github.sparklatent.scoring.SavedColumns;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Makes the features of a raw table: combines numbers, booleans, vectors, arrays of numbers and encoded columns into
 * one vector and scales it like the training rows. As the first stage of a saved pipeline, it lets the pipeline read
 * raw tables.
 */
public final class FeatureAssembler extends Transformer implements AssemblerParams<FeatureAssembler>, MLWritable {
    private final String uid;
    private final Scaling scaling;
    private final int width;

    /** Creates an assembler with a random uid, without scaling, for rows of any width. */
    public FeatureAssembler() {
        this(Identifiable$.MODULE$.randomUID("FeatureAssembler"));
    }

    /** Creates an assembler without scaling for rows of any width. */
    public FeatureAssembler(String uid) {
        this(uid, Scaling.none(), 0);
    }

    /**
     * Creates an assembler for the rows of a model.
     *
     * @param columns feature columns of the training table
     * @param scaling scaling learnt from the training table
     * @param width number of numbers of a row
     */
    public FeatureAssembler(String uid, FeatureColumns columns, Scaling scaling, int width) {
        this(uid, scaling, width);
        setInputCols(columns.columns().toArray(String[]::new));
        setEncoders(columns);
    }

    private void setEncoders(FeatureColumns columns) {
        set(
                encoders(),
                columns.encoders().stream()
                        .map(encoder -> Json.line(ColumnEncoders.toMap(encoder)))
                        .toArray(String[]::new));
    }

    /** Returns a copy that reads the values as these columns do, for example with another decimal character. */
    public FeatureAssembler reading(FeatureColumns columns) {
        FeatureAssembler copy = copy(ParamMap.empty());
        copy.setEncoders(columns);
        return copy;
    }

    /** Returns a copy that adds another column, and handles rows with unusable numbers in another way. */
    public FeatureAssembler to(String column, Invalid invalid) {
        return copy(ParamMap.empty()).setOutputCol(column).setHandleInvalid(invalid.toString());
    }

    /**
     * Creates an assembler of known columns.
     *
     * @param encoders how the columns become numbers, as {@link #encoders()} has them
     */
    public FeatureAssembler(String uid, List<String> inputs, List<String> encoders, Scaling scaling, int width) {
        this(uid, scaling, width);
        setInputCols(inputs.toArray(String[]::new));
        set(encoders(), encoders.toArray(String[]::new));
    }

    FeatureAssembler(String uid, Scaling scaling, int width) {
        Require.that(
                width == 0 || scaling.shift().length == 0 || scaling.shift().length == width,
                "the scaling is of %d columns, expected %d (the width of a row)",
                scaling.shift().length,
                width);
        this.uid = uid;
        this.scaling = scaling;
        this.width = width;
        setDefault(encoders(), new String[0]);
        setDefault(outputCol(), "features");
        setDefault(handleInvalid(), SchemaColumns.names(Invalid.ERROR).get(0));
    }

    @Override
    public String uid() {
        return uid;
    }

    private Invalid handling() {
        return Invalid.of(getHandleInvalid());
    }

    /** Returns whether some rows may be left out. */
    private boolean skips() {
        return handling() != Invalid.ERROR;
    }

    /** Returns the scaling of rows. */
    public Scaling scaling() {
        return scaling;
    }

    /** Returns the expected number of numbers of a row; 0: any. */
    public int width() {
        return width;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType schema = dataset.schema();
        Require.that(
                handling() != Invalid.KEEP || scaling.kind() != Scale.UNIT,
                "handleInvalid of %s is keep, but rows are scaled to unit length, which needs every value: must be error or skip",
                uid);
        StructField output = output();
        transformSchema(schema);
        FeatureColumns columns = columns(schema);
        AssembledRow row = new AssembledRow(List.of(getInputCols()), columns, scaling, width, handling());
        UserDefinedFunction assemble = functions.udf(row, SQLDataTypes.VectorType());
        Dataset<Row> assembled = dataset.withColumn(
                output.name(),
                // Otherwise Spark would call it twice, for the column and for the
                // condition.
                (skips() ? assemble.asNondeterministic() : assemble.asNonNullable())
                        .apply(columns.numbers())
                        .as(output.name(), output.metadata()));
        return skips() ? assembled.where(TableColumns.expression(output).isNotNull()) : assembled;
    }

    @Override
    public StructType transformSchema(StructType schema) {
        Require.that(
                isDefined(inputCols()) && getInputCols().length > 0,
                "inputCols of %s is not set, expected at least one column",
                uid);
        columns(schema);
        return SchemaColumns.add(schema, "features", output());
    }

    /**
     * Finds the input columns in a table. A model that was trained on numbers also reads texts that write numbers.
     *
     * @throws DataException if a column does not exist or cannot be read
     */
    public FeatureColumns columns(StructType schema) {
        List<ColumnEncoder> encoders = columnEncoders();
        if (encoders.isEmpty() && width == getInputCols().length && hasTexts(schema)) {
            encoders = Arrays.stream(getInputCols())
                    .map(name -> ColumnEncoders.number(name, DataTypes.DoubleType.json()))
                    .toList();
        }
        if (!encoders.isEmpty()) {
            return FeatureColumns.of(schema, encoders);
        }
        for (String name : getInputCols()) {
            SchemaColumns.requireFeatures(schema, name);
        }
        return FeatureColumns.resolve(schema, Arrays.asList(getInputCols()), Set.of());
    }

    /** Returns the encoders of the input columns, in order; empty if there are none. */
    public List<ColumnEncoder> columnEncoders() {
        return Arrays.stream(getEncoders())
                .map(json -> ColumnEncoders.of(Json.parse(json)))
                .toList();
    }

    private boolean hasTexts(StructType schema) {
        return Arrays.stream(getInputCols())
                .map(name -> SchemaColumns.require(schema, "features", name))
                .anyMatch(field -> field.dataType() instanceof StringType);
    }

    private StructField output() {
        AttributeGroup group =
                width == 0 ? new AttributeGroup(getOutputCol()) : new AttributeGroup(getOutputCol(), width);
        StructField field = group.toStructField();
        return new StructField(field.name(), field.dataType(), skips(), field.metadata());
    }

    @Override
    public FeatureAssembler copy(ParamMap extra) {
        return copyValues(new FeatureAssembler(uid, scaling, width), extra);
    }

    @Override
    public MLWriter write() {
        return new ModelWriter(this, new SavedColumns.Assembler(width, scaling));
    }

    /** Returns the reader of saved assemblers. */
    public static MLReader<FeatureAssembler> read() {
        return ModelDirectory.reader(FeatureAssembler.class, (directory, uid) -> {
            SavedColumns.Assembler content = directory.content(SavedColumns.Assembler.class);
            return new FeatureAssembler(uid, content.scaling(), content.width());
        });
    }

    /**
     * Loads a saved assembler.
     *
     * @throws DataException if there is none, or if it is damaged
     */
    public static FeatureAssembler load(String path) {
        return read().load(path);
    }

    /** Checks and scales a row's numbers and returns them as a vector. */
    private static final class AssembledRow implements UDF1<scala.collection.Seq<Double>, Vector> {
        private final FeatureColumns columns;
        private final RowRule rule;
        private final Invalid invalid;

        /**
         * Creates the function that assembles rows.
         *
         * @param names names of the columns
         * @param width expected number of numbers in a row; 0: any number
         * @param invalid handling of unusable rows; a row that is left out gives null
         */
        AssembledRow(List<String> names, FeatureColumns columns, Scaling scaling, int width, Invalid invalid) {
            this.columns = columns;
            this.rule = new RowRule(names, scaling, width, invalid == Invalid.KEEP);
            this.invalid = invalid;
        }

        @Override
        public Vector call(scala.collection.Seq<Double> numbers) {
            if (numbers == null && invalid == Invalid.KEEP) {
                return null;
            }
            if (numbers == null) {
                return invalid("a vector or an array of the features %s is null".formatted(rule.columns()));
            }
            double[] row = new double[numbers.length()];
            Arrays.setAll(row, j -> numbers.apply(j));
            String flaw = rule.apply(row, j -> columns.featureNames(row.length).get(j));
            return flaw == null ? Vectors.dense(row) : flaw.isEmpty() ? null : invalid(flaw);
        }

        private Vector invalid(String sentence) {
            if (invalid != Invalid.SKIP) {
                throw new DataException(sentence + "; set the Param handleInvalid to skip to leave out these rows");
            }
            return null;
        }

        /**
         * The way from the numbers of a row to the features of a model: they are checked, then scaled.
         *
         * @param columns names of the columns, for messages
         * @param scaling scaling learnt from the training table
         * @param width number of numbers of a row; 0: any
         * @param keepsMissing whether NaN is a missing value
         */
        private record RowRule(List<String> columns, Scaling scaling, int width, boolean keepsMissing)
                implements Serializable {
            /**
             * Scales a row unless it cannot be used.
             *
             * @param row numbers of the row. Modified.
             * @param name returns the name of a number
             * @return why the row cannot be used, as a sentence; empty if it has no number; null if it can be used
             * @throws DataException if it has another width
             */
            public String apply(double[] row, IntFunction<String> name) {
                if (width > 0 && row.length != width) {
                    throw new DataException(
                            "the features %s have %d numbers, expected %d (the width the model was fitted on)"
                                    .formatted(columns, row.length, width));
                }
                boolean some = row.length == 0;
                for (int j = 0; j < row.length; j++) {
                    boolean usable = UsableNumbers.isUsable(row[j]);
                    some |= usable;
                    if (!usable && !(keepsMissing && Double.isNaN(row[j]))) {
                        return "features column \"%s\" has %s, expected a finite number"
                                .formatted(name.apply(j), UsableNumbers.text(row[j]));
                    }
                }
                if (!some) {
                    return "";
                }
                scaling.apply(row, 0, row.length);
                return null;
            }
        }
    }
}
