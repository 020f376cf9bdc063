package io.github.sparklatent.cluster.table;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The weight and the role of each row as column expressions, with the same result as in {@link BlockTable}. For
 * evaluations that need other columns too, e.g. a label.
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

    /** Returns the hash of a row's key, or of its content if there is no key. */
    public static Column hash(StructType schema, FeatureColumns columns, TableOptions options) {
        return TableRows.hash(schema, columns, options);
    }

    /** Returns whether a row with this hash is in a sample of this share of the rows. */
    public static Column sampled(Column hash, double share) {
        return share < 1 ? selected(hash, share, 0, Purpose.PROFILE) : lit(true);
    }

    private static Column selected(Column hash, double fraction, long seed, Purpose purpose) {
        if (fraction == 0) {
            return lit(false);
        }
        long key = RandomStreams.key(seed, purpose);
        UDF1<Long, Boolean> isSelected = value -> RowRecord.isSelected(value, fraction, key);
        return udf(isSelected, DataTypes.BooleanType).apply(hash);
    }
}
