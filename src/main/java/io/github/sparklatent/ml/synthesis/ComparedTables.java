package io.github.sparklatent.ml.synthesis;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udaf;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.metrics.synthesis.ComparedRows;
import io.github.sparklatent.ml.evaluation.ExactSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import org.ejml.data.DMatrixRMaj;

/** Brings some rows of tables to the driver, where they are compared. */
public final class ComparedTables {
    private static final String NUMBERS = "numbers";
    private static final String WEIGHT = "weight";

    private ComparedTables() {}

    /** Returns the number of levels of each feature; 0 for numbers. */
    public static int[] levels(List<Feature> features) {
        return features.stream().mapToInt(feature -> feature.levels().size()).toArray();
    }

    /**
     * Returns rows of a table: all, or those with the smallest hashes of their content. The choice does not depend on
     * how the rows are distributed.
     *
     * @param role what the rows are, a constant that differs for each table that is compared
     * @param name name of the table in messages
     * @param columns columns of the table, with categories as codes
     * @param most greatest number of rows
     * @throws DataException if the table has no row, or a number is infinite
     */
    public static ComparedRows of(
            String role, String name, Dataset<Row> table, FeatureColumns columns, int[] levels, int most) {
        List<Row> rows = table.select(columns.numbers().as("numbers"))
                .where(col("numbers").isNotNull())
                // With one hash for all tables, a chosen row would come with its copies
                // in the others.
                .orderBy(xxhash64(col("numbers"), lit(role)), col("numbers"))
                .limit(most)
                .collectAsList();
        if (rows.isEmpty()) {
            throw new DataException(name + " has no rows to compare, expected at least one");
        }
        DMatrixRMaj cells = new DMatrixRMaj(rows.size(), levels.length);
        for (int i = 0; i < cells.numRows; i++) {
            List<Double> numbers = rows.get(i).getList(0);
            if (numbers.size() != levels.length) {
                throw new DataException("%s has a row of %d numbers, expected %d (those of the model)"
                        .formatted(name, numbers.size(), levels.length));
            }
            for (int j = 0; j < levels.length; j++) {
                cells.set(i, j, numbers.get(j));
            }
        }
        try {
            return new ComparedRows(levels, cells);
        } catch (IllegalArgumentException e) {
            throw new DataException(name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Returns a sample of the rows of a table, in random order. It does not depend on how the rows are distributed. A
     * row of weight w counts as w rows. Equal rows are counted before they are drawn, so that the sample has them as
     * often as the table:
     *
     * <pre>
     *   ⌊c w s + u⌋ of c equal rows of weight w, s = min(1, most / Σ w), u in (0, 1) by the seed and the content
     * </pre>
     *
     * @param numbers numbers of a row as one array; a row without an array is left out
     * @param weight weight of a row; a row whose weight is not above 0 is left out
     * @param most about the greatest number of rows
     * @param place number of the table among those that are compared, so that their samples are independent
     * @return a row of numbers for each sampled row; may be empty
     */
    public static List<double[]> sample(
            Dataset<Row> table, Column numbers, Column weight, int most, long seed, int place) {
        Dataset<Row> rows = table.select(numbers.as(NUMBERS), weight.as(WEIGHT))
                .where(col(NUMBERS)
                        .isNotNull()
                        .and(col(WEIGHT).gt(0))
                        .and(col(WEIGHT).lt(Double.POSITIVE_INFINITY)));
        List<Row> found;
        try {
            found = sample(
                    rows.persist(StorageLevel.MEMORY_AND_DISK()), most, RandomStreams.key(seed, Purpose.DRIFT, place));
        } finally {
            rows.unpersist(true);
        }
        List<double[]> sample = new ArrayList<>();
        for (Row row : found) {
            double[] values = row.<Double>getList(0).stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            sample.addAll(Collections.nCopies((int) row.getLong(1), values));
        }
        sample.sort(Arrays::compare);
        return IntStream.range(0, sample.size())
                .boxed()
                .sorted(Comparator.comparingLong(i -> RandomStreams.key(seed, Purpose.DRIFT, place, i)))
                .map(sample::get)
                .toList();
    }

    /** Returns each row that is drawn, and how often. */
    private static List<Row> sample(Dataset<Row> rows, int most, long key) {
        double sum = rows.select(udaf(new ExactSum(), Encoders.DOUBLE()).apply(col(WEIGHT)))
                .first()
                .getDouble(0);
        double share = Math.min(1, most / sum);
        UDF3<Long, Double, Long, Long> drawn =
                (count, w, hash) -> (long) Math.floor(count * w * share + RandomStreams.uniform(key, hash));
        return rows.groupBy(NUMBERS, WEIGHT)
                .count()
                .select(
                        col(NUMBERS),
                        udf(drawn, DataTypes.LongType)
                                .apply(col("count"), col(WEIGHT), xxhash64(col(NUMBERS), col(WEIGHT)))
                                .as("drawn"))
                .where(col("drawn").gt(0))
                .collectAsList();
    }
}
