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
 * The weight and the role of each row as column expressions, with the same result as in {@link
 * BlockTable}. For evaluations that need other columns too, e.g. a label.
 */
public final class RowRoles {
    private RowRoles() {}

    /** Returns the weight of a row: NaN if it is null, 1 if there is no weight column. */
    public static Column weight(StructType schema, TableOptions options) {
        return TableRows.weight(schema, options);
    }

    /** Returns whether a row is held out of training. */
    public static Column heldOut(StructType schema, FeatureColumns columns, TableOptions options) {
        double fraction = options.holdoutFraction();
        if (fraction == 0) {
            return lit(false);
        }
        long key = RandomStreams.key(options.seed(), Purpose.HOLDOUT);
        UDF1<Long, Boolean> isHeldOut = hash -> Census.isHeldOut(hash, fraction, key);
        return udf(isHeldOut, DataTypes.BooleanType)
                .apply(TableRows.hash(schema, columns, options));
    }
}
