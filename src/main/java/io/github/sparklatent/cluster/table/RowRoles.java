package io.github.sparklatent.cluster.table;

import static org.apache.spark.sql.functions.bit_xor;
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
import static org.apache.spark.sql.functions.xxhash64;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The weight and the role of each row as column expressions, for evaluations that need other columns too, e.g. a label.
 * The result is that of {@link BlockTable}, but that all copies of a repeated content have the role of its hash.
 */
public final class RowRoles {
    private RowRoles() {}

    /** Returns the weight of a row: NaN if it is null, 1 if there is no weight column. */
    public static Column weight(StructType schema, TableOptions options) {
        return TableRows.weight(schema, options);
    }

    /** Returns whether a row is held out of training. */
    public static Column heldOut(StructType schema, FeatureColumns columns, TableOptions options) {
        return selected(
                TableRows.hash(schema, columns, options), options.holdoutFraction(), options.seed(), Purpose.HOLDOUT);
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

    /** Returns the hash of a row's key, or of its content if there is no key. */
    public static Column hash(StructType schema, FeatureColumns columns, TableOptions options) {
        return TableRows.hash(schema, columns, options);
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
