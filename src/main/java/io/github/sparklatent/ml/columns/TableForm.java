package io.github.sparklatent.ml.columns;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.ColumnEncoders;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.scoring.ReferenceRows;
import io.github.sparklatent.scoring.SavedColumns;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * The form of the table that a model was trained on, as far as the model knows it: how its columns become the features
 * of a row, and the scores of the reference rows.
 *
 * @param inputs columns that the model reads, in order; empty: it reads a column of features
 * @param encoders how each of them becomes numbers; empty if they hold numbers, vectors and arrays of numbers
 * @param scaling scaling of the numbers, learnt from the training rows
 * @param width number of numbers of a row; 0 if it reads features
 * @param known the reference rows; null if they are not known
 */
public record TableForm(
        List<String> inputs, List<ColumnEncoder> encoders, Scaling scaling, int width, ReferenceRows known) {
    /** The model reads features, and nothing is known of its training rows. */
    public static final TableForm NONE = new TableForm(List.of(), List.of(), Scaling.none(), 0, null);

    public TableForm {
        inputs = List.copyOf(inputs);
        encoders = List.copyOf(encoders);
        Require.that(
                scaling.shift().length == 0 || scaling.shift().length == width,
                "the scaling is of %d columns, expected %d (the width of a row)",
                scaling.shift().length,
                width);
    }

    /** Returns the form of rows of some columns. */
    public static TableForm of(FeatureColumns columns, Scaling scaling, int width) {
        return new TableForm(columns.columns(), List.copyOf(columns.encoders()), scaling, width, null);
    }

    /** Reads the saved form. */
    public static TableForm of(SavedColumns saved) {
        return saved.inputCols() == null
                ? NONE.with(saved.reference())
                : new TableForm(
                        saved.inputCols(),
                        saved.encoders().stream()
                                .map(json -> ColumnEncoders.of(Json.parse(json)))
                                .toList(),
                        saved.scaling(),
                        saved.width(),
                        saved.reference());
    }

    /** Returns the saved form. */
    public SavedColumns saved() {
        return readsTable()
                ? new SavedColumns(
                        inputs,
                        encoders.stream()
                                .map(encoder -> Json.line(ColumnEncoders.toMap(encoder)))
                                .toList(),
                        width,
                        scaling,
                        known)
                : new SavedColumns(null, null, 0, null, known);
    }

    /** Returns the form with reference rows; null if they are not known. */
    public TableForm with(ReferenceRows reference) {
        return new TableForm(inputs, encoders, scaling, width, reference);
    }

    /** Returns the form that reads the values as these columns do, for example with another decimal character. */
    public TableForm reading(FeatureColumns columns) {
        return new TableForm(inputs, List.copyOf(columns.encoders()), scaling, width, known);
    }

    /** Returns whether the model reads columns of a table, not a column of features. */
    public boolean readsTable() {
        return !inputs.isEmpty();
    }

    /** Returns the reference rows; empty if they are not known. */
    public Optional<ReferenceRows> reference() {
        return Optional.ofNullable(known);
    }

    /**
     * Finds the columns in a table. A model that was trained on numbers also reads texts that write numbers.
     *
     * @param features the column that is read if these are not columns of a table
     * @throws io.github.sparklatent.learn.DataException if a column does not exist or cannot be read
     */
    public FeatureColumns columns(StructType schema, String features) {
        List<String> read = readsTable() ? inputs : List.of(features);
        List<ColumnEncoder> used = encoders;
        if (used.isEmpty()
                && width == inputs.size()
                && read.stream()
                        .anyMatch(name ->
                                SchemaColumns.require(schema, "features", name).dataType() instanceof StringType)) {
            used = inputs.stream()
                    .map(name -> ColumnEncoders.number(name, DataTypes.DoubleType.json()))
                    .toList();
        }
        if (!used.isEmpty()) {
            return FeatureColumns.of(schema, used);
        }
        read.forEach(name -> SchemaColumns.requireFeatures(schema, name));
        return FeatureColumns.resolve(schema, read, Set.of());
    }

    /**
     * Returns a name for each number of a row.
     *
     * @param count number of numbers
     */
    public List<String> featureNames(int count) {
        if (!encoders.isEmpty()) {
            return encoders.stream()
                    .flatMap(encoder -> encoder.features().stream())
                    .map(Feature::name)
                    .toList();
        }
        String single = inputs.size() == 1 ? inputs.get(0) : "features";
        return inputs.size() == count
                ? inputs
                : IntStream.range(0, count)
                        .mapToObj(j -> single + "[" + j + "]")
                        .toList();
    }

    /**
     * Returns whether each number of a row is a column, so that its name is known.
     *
     * @param count number of numbers
     */
    public boolean hasNamedNumbers(int count) {
        return !encoders.isEmpty() || inputs.size() == count;
    }
}
