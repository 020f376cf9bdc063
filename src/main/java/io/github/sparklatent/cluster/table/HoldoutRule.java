package io.github.sparklatent.cluster.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.io.Serializable;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * Rule of the rows that are held out of training. Rows of the same hash are held out together, so no row of a key is
 * both trained on and held out. In a table without a key, a content may be that of a large share of the rows. Its
 * copies, which are the rows of the same hash and weight, are held out by systematic sampling (Särndal, Swensson and
 * Wretman 1992, section 3.4):
 *
 * <pre>
 *   ⌊(i + 1) f + 1 − u⌋ − ⌊i f + 1 − u⌋        1 if copy i is held out, else 0
 *   ⌊n f + 1 − u⌋                              held-out copies of n
 * </pre>
 *
 * <p>where f is the fraction and u a uniform number that follows from hash and weight. The numbers of copies do not
 * depend on the order of the rows.
 *
 * @param fraction share of the rows to hold out; 0: none
 * @param key key of 64 bits, computed from the seed of the training
 * @param repeated hashes of the contents whose copies are held out one by one
 */
public record HoldoutRule(double fraction, long key, Set<Long> repeated) implements Serializable {
    /** The fewest copies of a content that are held out one by one. */
    private static final long MIN_COPIES = 8;

    /** This share of the rows, 1 / SHARE, is a large one. So no more contents than this have it. */
    private static final long SHARE = 512;

    /** Returns the rule that holds no row out. */
    public static HoldoutRule ofNone(Set<Long> repeated) {
        return new HoldoutRule(0, 0, repeated);
    }

    /** Returns the number of rows from which on a content is that of a large share of the rows of a table. */
    public static long manyCopies(long rows) {
        return Math.max(MIN_COPIES, (rows + SHARE - 1) / SHARE);
    }

    /** Returns the hashes that this many rows have. */
    public static Set<Long> repeated(Dataset<?> rows, String hash, long many) {
        return rows.groupBy(hash).count().where(col("count").geq(many)).select(hash).collectAsList().stream()
                .map(row -> row.getLong(0))
                .collect(Collectors.toSet());
    }

    /** Returns the rule that holds out the copies of other contents one by one. */
    public HoldoutRule withRepeated(Set<Long> hashes) {
        return new HoldoutRule(fraction, key, hashes);
    }

    /** Returns whether a row with this hash has a content whose copies are held out one by one. */
    Column isRepeated(Column hash) {
        return repeated.isEmpty() ? lit(false) : hash.isInCollection(repeated);
    }

    /** Returns whether a row with this hash is held out, unless its content is a repeated one. */
    Column isHeldOut(Column hash) {
        return selected(hash, fraction, key);
    }

    /** Returns whether a row with this hash is in a sample. All copies of repeated contents are. */
    public Column isSampled(Column hash, double share, double heldOutShare) {
        long sample = RandomStreams.key(0, Purpose.PROFILE);
        return isRepeated(hash)
                .or(when(isHeldOut(hash), selected(hash, heldOutShare, sample))
                        .otherwise(selected(hash, share, sample)));
    }

    private static Column selected(Column hash, double share, long key) {
        UDF1<Long, Boolean> isSelected = value -> RowRecord.isSelected(value, share, key);
        return share == 0
                ? lit(false)
                : share < 1 ? udf(isSelected, DataTypes.BooleanType).apply(hash) : lit(true);
    }

    /** Returns how many copies of a row are held out, of those after the first {@code from}. */
    public long heldOut(RowRecord row, long from, long copies) {
        return heldOut(
                row.getHash(),
                RandomStreams.mix(row.getHash() + Double.doubleToLongBits(row.getWeight())),
                from,
                copies);
    }

    /** Copies of a record that are held out. {@code content}: u follows from it. */
    long heldOut(long hash, long content, long from, long copies) {
        if (!repeated.contains(hash)) {
            return RowRecord.isSelected(hash, fraction, key) ? copies : 0;
        }
        double start = 1 - RandomStreams.uniform(key, content);
        return (long) Math.floor((from + copies) * fraction + start) - (long) Math.floor(from * fraction + start);
    }
}
