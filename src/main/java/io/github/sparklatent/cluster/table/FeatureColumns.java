package io.github.sparklatent.cluster.table;

import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.learn.DataException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The feature columns of a table, in order: numbers, vectors, arrays of numbers, and columns of any type that has an
 * encoder.
 */
public final class FeatureColumns implements Serializable {
    private static final String ROLE = "features";

    private final StructType table;
    private final List<StructField> fields;
    private final List<? extends ColumnEncoder> encoders;

    /** Cached expression. Spark computes it once for a row, because all uses share it. */
    private transient Column numbers;

    private FeatureColumns(StructType table, List<StructField> fields, List<? extends ColumnEncoder> encoders) {
        this.table = table;
        this.fields = List.copyOf(fields);
        this.encoders = List.copyOf(encoders);
    }

    /**
     * Finds the columns of encoders in a table.
     *
     * @param encoders one encoder for each feature column, in order
     * @throws DataException if a column does not exist or is not unique, or if an encoder cannot read its type
     */
    public static FeatureColumns of(StructType schema, List<? extends ColumnEncoder> encoders) {
        ColumnPaths paths = new ColumnPaths(schema);
        TableColumns table = new TableColumns(paths.schema());
        List<StructField> fields = new ArrayList<>();
        for (ColumnEncoder encoder : encoders) {
            StructField field = table.one(ROLE, encoder.column());
            EncodedColumn.source(encoder, field.dataType(), paths.expression(field));
            fields.add(field);
        }
        return new FeatureColumns(schema, fields, encoders);
    }

    /** Finds the same columns in another table. Throws a DataException if a column does not exist or cannot be read. */
    public FeatureColumns in(StructType schema) {
        return encoders.isEmpty() ? resolve(schema, columns(), Set.of()) : of(schema, encoders);
    }

    /** Returns the encoder of each column, in order; empty if the columns hold plain numbers. */
    public List<? extends ColumnEncoder> encoders() {
        return encoders;
    }

    /**
     * Finds the feature columns of a table.
     *
     * @param patterns names or globs with * and ?. A name that exists is taken literally; names are compared as Spark's
     *     resolver does. Empty: every numeric column.
     * @param excluded columns that a glob or an empty list does not select: label, weight, key
     * @throws DataException if a name does not exist or is not unique, if a column is not numeric, or if no column is
     *     selected
     */
    public static FeatureColumns resolve(StructType schema, List<String> patterns, Set<String> excluded) {
        TableColumns table = new TableColumns(schema);
        Set<StructField> fields = new LinkedHashSet<>();
        for (String pattern : patterns) {
            List<StructField> found = table.select(ROLE, pattern, excluded);
            found.forEach(FeatureColumns::requireFeature);
            fields.addAll(found);
        }
        if (patterns.isEmpty()) {
            table.all().stream()
                    .filter(field -> isFeature(field.dataType()))
                    .filter(field -> !table.isOneOf(field, excluded))
                    .forEach(fields::add);
        }
        if (fields.isEmpty()) {
            throw new DataException(
                    "the table has no numeric feature column (its columns: %s); expected numbers, vectors or arrays of numbers"
                            .formatted(table.describe()));
        }
        fields.forEach(field -> table.requireOne(ROLE, field));
        return new FeatureColumns(schema, List.copyOf(fields), List.of());
    }

    /** Finds the feature columns that the options choose. */
    public static FeatureColumns of(StructType schema, TableOptions options) {
        return resolve(schema, options.features(), options.excluded());
    }

    private static void requireFeature(StructField field) {
        if (!isFeature(field.dataType())) {
            throw new DataException("%s column \"%s\" is %s, expected a number, a vector or an array of numbers"
                    .formatted(ROLE, field.name(), TableColumns.article(field.dataType())));
        }
    }

    /** Returns whether a column of this type holds numbers: a number, a vector or an array of numbers. */
    public static boolean isFeature(DataType type) {
        return isNumber(type)
                || isVector(type)
                || type instanceof ArrayType elements && isNumber(elements.elementType());
    }

    /** Returns whether a column of this type is a number; booleans count as 0 and 1. */
    public static boolean isNumber(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType;
    }

    /** Returns whether a column of this type is a vector of spark.ml. */
    static boolean isVector(DataType type) {
        return type.equals(SQLDataTypes.VectorType());
    }

    public List<String> columns() {
        return fields.stream().map(StructField::name).toList();
    }

    /** Returns whether every column is a single number, so that the width is the number of columns. */
    public boolean areNumbers() {
        return encoders.isEmpty() && fields.stream().allMatch(field -> isNumber(field.dataType()));
    }

    /**
     * Returns the number of numbers of a row; empty if only the rows show it, as with vectors and arrays of columns
     * without encoders.
     */
    public OptionalInt width() {
        return encoders.isEmpty()
                ? areNumbers() ? OptionalInt.of(fields.size()) : OptionalInt.empty()
                : OptionalInt.of(encoded().size());
    }

    /**
     * Returns an expression of all numbers of a row as one array of doubles. A null number becomes NaN; if a vector or
     * an array is null, the whole array is null.
     */
    public Column numbers() {
        if (numbers == null) {
            numbers = isPlain() ? PlainNumbers.of(fields) : RowNumbers.column(new ColumnPaths(table), fields, encoders);
        }
        return numbers;
    }

    /** Returns a reader of all numbers of a row; it adds to the cells what it needs. */
    public RowNumbers numbers(RowNumbers.Cells cells) {
        return new RowNumbers(fields, encoders, cells);
    }

    /**
     * Returns the way from all numbers of a row to those by which distributions of the columns are compared: one for
     * each column, and all of a vector or an array.
     */
    UnaryOperator<double[]> comparing() {
        RowNumbers reader = new RowNumbers(fields, encoders);
        return row -> reader.compared(row, null);
    }

    /**
     * Returns the meaning of each number of {@link #comparing}.
     *
     * @param width number of numbers of a row
     */
    public List<Feature> compared(int width) {
        return encoders.isEmpty()
                ? features(width)
                : encoders.stream()
                        .filter(encoder -> !encoder.features().isEmpty())
                        .flatMap(encoder -> encoder.withCodes().features().stream()
                                .limit(encoder.decoded() == ColumnEncoder.Decoded.NUMBERS ? width : 1))
                        .toList();
    }

    private boolean isPlain() {
        Set<String> names = new HashSet<>(List.of(table.fieldNames()));
        for (int i = 0; i < encoders.size(); i++) {
            StructField field = fields.get(i);
            boolean isInStruct = !names.contains(field.name());
            if (isInStruct || !encoders.get(i).isPlain() || !isFeature(field.dataType())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the features of a row. If the only column is a vector whose metadata has nominal attributes with values,
     * as those of spark.ml's StringIndexer and VectorAssembler, these features are categories.
     *
     * @param width number of numbers of a row
     */
    public List<Feature> features(int width) {
        if (!encoders.isEmpty()) {
            return encoded();
        }
        List<String> names = featureNames(width);
        Attribute[] attributes = attributes(width);
        List<Feature> features = new ArrayList<>();
        for (int j = 0; j < width; j++) {
            Attribute attribute = attributes.length == width ? attributes[j] : null;
            features.add(
                    attribute instanceof NominalAttribute nominal
                                    && nominal.values().isDefined()
                            ? new Feature(
                                    nominal.name().getOrElse(names.get(j)::toString),
                                    Feature.Kind.CATEGORY,
                                    List.of(nominal.values().get()))
                            : Feature.number(names.get(j)));
        }
        return features;
    }

    private List<Feature> encoded() {
        return encoders.stream().flatMap(encoder -> encoder.features().stream()).toList();
    }

    private Attribute[] attributes(int width) {
        return fields.size() == 1 && isVector(fields.get(0).dataType())
                ? AttributeGroup.fromStructField(fields.get(0)).attributes().getOrElse(() -> new Attribute[width])
                : new Attribute[width];
    }

    /**
     * The features of one column.
     *
     * @param isArray whether the column is a vector or an array of numbers, such as an image
     */
    public record Source(String column, List<Feature> features, boolean isArray) {
        public Source {
            features = List.copyOf(features);
        }

        /** Returns whether each feature is 1 if the row has a category of the column, else 0. */
        public boolean isCategory() {
            return features.stream()
                    .allMatch(feature -> feature.kind() == Feature.Kind.CATEGORY
                            && feature.categories().size() == 2);
        }
    }

    /**
     * Returns the features by column, in order. Vectors and arrays of columns without encoders are one source together
     * with all other columns, because only the rows show where each ends.
     *
     * @param width number of numbers of a row
     */
    public List<Source> sources(int width) {
        if (!encoders.isEmpty()) {
            return encoders.stream()
                    .map(encoder -> new Source(
                            encoder.column(), encoder.features(), encoder.decoded() == ColumnEncoder.Decoded.NUMBERS))
                    .filter(source -> !source.features().isEmpty())
                    .toList();
        }
        return areNumbers()
                ? features(width).stream()
                        .map(feature -> new Source(feature.name(), List.of(feature), false))
                        .toList()
                : List.of(new Source(ROLE, features(width), true));
    }

    /**
     * Returns a name for each number: the name of its column, or {@code column[3]} if a column has several numbers.
     *
     * @param width number of numbers of a row
     */
    public List<String> featureNames(int width) {
        if (!encoders.isEmpty()) {
            return encoded().stream().map(Feature::name).toList();
        }
        if (areNumbers()) {
            return columns();
        }
        List<String> names = new ArrayList<>();
        int single = (int)
                fields.stream().filter(field -> isNumber(field.dataType())).count();
        int several = fields.size() - single;
        for (StructField field : fields) {
            if (isNumber(field.dataType())) {
                names.add(field.name());
            } else if (several == 1) {
                for (int i = 0; i < width - single; i++) {
                    names.add(field.name() + "[" + i + "]");
                }
            }
        }
        if (names.size() != width) {
            names.clear();
            for (int i = 0; i < width; i++) {
                names.add("features[" + i + "]");
            }
        }
        return names;
    }
}
