package io.github.sparklatent.ml.anomaly;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import io.github.sparklatent.scoring.ReferenceScores;
import io.github.sparklatent.scoring.ScoreDistribution.ScoreBuckets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** Counts the scores of a table on the workers. */
public final class CountedScores {
    private CountedScores() {}

    /**
     * Counts scores.
     *
     * @param scores a column of scores and one of weights above 0; without the second, each weight is 1. Rows without a
     *     score are not counted.
     */
    public static ReferenceScores of(Dataset<Row> scores) {
        String[] names = scores.columns();
        Column weight = names.length < 2 ? lit(1.0) : col(names[1]);
        return byKey(scores.select(col(names[0]), weight.as("weight"), lit(0).as("key")))
                .getOrDefault(0, ReferenceScores.of());
    }

    /**
     * Counts scores by key.
     *
     * @param scores a column of scores, one of weights above 0, one of whole numbers
     */
    public static Map<Integer, ReferenceScores> byKey(Dataset<Row> scores) {
        Map<Integer, List<ReferenceScores.Cell>> cells = new TreeMap<>();
        cells(scores)
                .collectAsList()
                .forEach(row -> cells.computeIfAbsent(row.getInt(0), key -> new ArrayList<>())
                        .add(new ReferenceScores.Cell(
                                row.getLong(1), row.getInt(2), row.getLong(3), row.getDouble(4), row.getDouble(5))));
        Map<Integer, ReferenceScores> known = new TreeMap<>();
        cells.forEach((key, found) -> known.put(key, ReferenceScores.of(found.stream())));
        return known;
    }

    /**
     * Sums weights as integers, whose sum does not depend on the order. Weights of any number of digits give a row for
     * each bucket and exponent only.
     */
    static Dataset<Row> cells(Dataset<Row> scores) {
        UDF1<Double, Long> bucket = score -> score == null || score.isNaN() ? null : ScoreBuckets.of(score);
        UDF1<Double, Integer> exponent = Math::getExponent;
        UDF1<Double, Long> mantissa = ReferenceScores.Cell::mantissa;
        String[] names = scores.columns();
        Column given = col(names[1]).cast(DataTypes.DoubleType);
        Column m = col("m").cast(DataTypes.createDecimalType(10, 0));
        return scores.select(
                        col(names[2]).as("key"),
                        udf(bucket, DataTypes.LongType)
                                .apply(col(names[0]).cast(DataTypes.DoubleType))
                                .as("bucket"),
                        udf(exponent, DataTypes.IntegerType).apply(given).as("exponent"),
                        udf(mantissa, DataTypes.LongType).apply(given).as("m"))
                .where(col("bucket").isNotNull())
                .groupBy("key", "bucket", "exponent")
                .agg(
                        count(lit(1)),
                        sum(col("m")).cast(DataTypes.DoubleType),
                        sum(m.multiply(m)).cast(DataTypes.DoubleType));
    }
}
