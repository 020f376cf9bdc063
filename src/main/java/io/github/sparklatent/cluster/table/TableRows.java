package io.github.sparklatent.cluster.table;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.TextFormat;
import io.github.sparklatent.learn.DataException;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.apache.spark.sql.types.VariantType;

/** Reads a table as rows of numbers, each with its weight and the hash that determines its partition. */
public final class TableRows {
    /** Texts that are whole numbers of 64 bits. */
    private static final String WHOLE = "^[+-]?[0-9]{1,18}$";

    private TableRows() {}

    /**
     * Returns the rows of a table.
     *
     * @param further columns that the table of the rows has besides
     * @throws DataException if the weight or key column does not exist or has an unsuitable type
     */
    public static Dataset<RowRecord> of(
            Dataset<Row> table, FeatureColumns columns, TableOptions options, Column... further) {
        Stream<Column> numbers = Stream.of(
                columns.numbers().alias("features"),
                weight(table.schema(), options).alias("weight"),
                hash(table.schema(), columns, options).alias("hash"));
        return table.select(Stream.concat(numbers, Stream.of(further)).toArray(Column[]::new))
                .as(Encoders.bean(RowRecord.class));
    }

    /**
     * Returns the weight of a row: NaN if it is null, 1 if there is no weight column; 0 if a null key leaves it out.
     */
    static Column weight(StructType schema, TableOptions options) {
        if (options.id() == null || options.invalid() != Invalid.SKIP) {
            return given(schema, options);
        }
        Column key = TableColumns.expression(new TableColumns(schema).one("id", options.id()));
        return when(key.isNull(), 0.0).otherwise(given(schema, options));
    }

    private static Column given(StructType schema, TableOptions options) {
        if (options.weight() == null) {
            return lit(1.0);
        }
        StructField field = new TableColumns(schema).one("weight", options.weight());
        if (options.text() != null && field.dataType() instanceof StringType) {
            return parsed(TableColumns.expression(field), options.text());
        }
        if (!(field.dataType() instanceof NumericType || field.dataType() instanceof BooleanType)) {
            throw new DataException("weight column \"%s\" is %s, expected a number"
                    .formatted(field.name(), TableColumns.article(field.dataType())));
        }
        Column number = TableColumns.expression(field).cast(DataTypes.DoubleType);
        return coalesce(number, lit(Double.NaN));
    }

    private static Column parsed(Column written, TextFormat text) {
        UDF1<String, Double> number = value -> value == null ? Double.NaN : text.number(value.strip());
        return udf(number, DataTypes.DoubleType).apply(written);
    }

    /**
     * Returns the hash of a row's key, or of its content if there is no key column. The hash of a null is that of the
     * content if invalid rows are kept, else {@link RowRecord#NO_KEY}. Whole numbers of different types have the same
     * hash, because a reader may infer the same column as int or as long. In a source without types, a text of digits
     * is a whole number, so that the same table has the same placement in every format.
     */
    static Column hash(StructType schema, FeatureColumns columns, TableOptions options) {
        if (options.id() == null) {
            return xxhash64(columns.numbers());
        }
        StructField field = new TableColumns(schema).one("id", options.id());
        if (!isSingle(field.dataType())) {
            throw new DataException("id column \"%s\" is %s, expected a number, a string or another single value"
                    .formatted(field.name(), TableColumns.article(field.dataType())));
        }
        Column key = TableColumns.expression(field);
        boolean whole = field.dataType() instanceof IntegralType;
        Column hash = xxhash64(whole ? key.cast(DataTypes.LongType) : key);
        if (options.text() != null && field.dataType() instanceof StringType) {
            Column number = key.try_cast(DataTypes.LongType);
            hash = when(key.rlike(WHOLE), xxhash64(number)).otherwise(hash);
        }
        Column absent = options.invalid() == Invalid.KEEP ? xxhash64(columns.numbers()) : lit(RowRecord.NO_KEY);
        return field.nullable() ? when(key.isNotNull(), hash).otherwise(absent) : hash;
    }

    private static boolean isSingle(DataType type) {
        return !(type instanceof ArrayType
                || type instanceof MapType
                || type instanceof StructType
                || type instanceof VariantType
                || type instanceof UserDefinedType<?>);
    }
}
