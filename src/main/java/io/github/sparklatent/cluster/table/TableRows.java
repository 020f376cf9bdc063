package io.github.sparklatent.cluster.table;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.TextFormat;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF3;
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

/**
 * Reads a table as rows of numbers, each with its weight and the hash that determines its partition and its role. For
 * evaluations that need other columns too, e.g. a label, these are column expressions. The result is that of
 * {@link BlockTable}, but that all copies of a repeated content have the role of its hash.
 */
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
    public static Column weight(StructType schema, TableOptions options) {
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
    public static Column hash(StructType schema, FeatureColumns columns, TableOptions options) {
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

    /** Returns whether a row is held out of training. */
    public static Column heldOut(StructType schema, FeatureColumns columns, TableOptions options) {
        return selected(hash(schema, columns, options), options.holdoutFraction(), options.seed(), Purpose.HOLDOUT);
    }

    /**
     * Returns whether versions of a model are compared on a row with this hash. The selection does not depend on the
     * seed, so a version trained with another seed has not seen these rows either.
     */
    public static Column inGate(Column hash, double fraction) {
        return selected(hash, fraction, 0, Purpose.GATE);
    }

    /** Returns a text that is the same for the same hashes, numbers and weights of rows, in any order. */
    public static String fingerprint(Dataset<?> rows, Column key, Column numbers, Column weight) {
        Column hash = xxhash64(key, numbers, weight);
        Row found = rows.select(count(lit(1)), sum(pmod(hash, lit(Integer.MAX_VALUE))), bit_xor(hash))
                .head();
        return found.mkString("-");
    }

    /**
     * Returns a sample of rows with a column that says whether a row is held out. A row is in the sample by its hash.
     * Of a content of many rows, a share of the copies is.
     *
     * @param role name of the new column
     * @param share share of the training rows, or at least 1: all of them
     * @param heldOutShare the same of the held-out rows
     * @param apart columns that copies of a row share besides the features
     */
    public static Dataset<Row> sample(
            Dataset<Row> rows,
            Column hash,
            Column weight,
            HoldoutRule rule,
            String role,
            double share,
            double heldOutShare,
            Column... apart) {
        Column isRepeated = rule.isRepeated(hash);
        Dataset<Row> others = rows.where(not(isRepeated).and(rule.isSampled(hash, share, heldOutShare)))
                .withColumn(role, rule.isHeldOut(hash));
        if (rule.repeated().isEmpty()) {
            return others;
        }
        long key = RandomStreams.key(0, Purpose.PROFILE);
        UDF3<Long, Long, Long, boolean[]> roles = (value, content, copies) -> {
            long out = rule.heldOut(value, content, 0, copies);
            double start = RandomStreams.uniform(key, content);
            int outside = (int) (out * Math.min(1, heldOutShare) + start);
            boolean[] sampled = new boolean[outside + (int) ((copies - out) * Math.min(1, share) + start)];
            Arrays.fill(sampled, 0, outside, true);
            return sampled;
        };
        Column[] content =
                Stream.concat(Stream.of(hash, weight), Stream.of(apart)).toArray(Column[]::new);
        return others.union(rows.where(isRepeated)
                .groupBy(hash.as("hash"), xxhash64(content).as("content"))
                .agg(first(struct("*")).as("row"), count(lit(1)).as("copies"))
                .select(
                        col("row"),
                        explode(udf(roles, DataTypes.createArrayType(DataTypes.BooleanType))
                                        .apply(col("hash"), col("content"), col("copies")))
                                .as(role))
                .select("row.*", role));
    }

    private static Column selected(Column hash, double fraction, long seed, Purpose purpose) {
        return new HoldoutRule(fraction, RandomStreams.key(seed, purpose), Set.of()).isHeldOut(hash);
    }
}
