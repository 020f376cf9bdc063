package io.github.sparklatent.ml.anomaly;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import io.github.sparklatent.scoring.KnownScores;
import io.github.sparklatent.scoring.PatternDistributions;
import io.github.sparklatent.scoring.ScoreBuckets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** Counts the anomaly scores of a table on the workers. */
public final class CountedScores {
    private CountedScores() {}

    /**
     * Counts scores.
     *
     * @param scores a column of anomaly scores and one of weights above 0; without the second, each weight is 1. Rows
     *     without a score are not counted.
     */
    public static KnownScores of(Dataset<Row> scores) {
        String[] names = scores.columns();
        Column weight = names.length < 2 ? lit(1.0) : col(names[1]);
        return KnownScores.of(
                cells(scores, weight, lit("")).collectAsList().stream().map(CountedScores::cell));
    }

    /**
     * Counts scores by pattern.
     *
     * @param scores a column of anomaly scores, one of weights above 0, one of patterns
     */
    public static Map<String, KnownScores> byPattern(Dataset<Row> scores) {
        Map<String, List<KnownScores.Cell>> cells = new TreeMap<>();
        String[] names = scores.columns();
        cells(scores, col(names[1]), col(names[2]))
                .collectAsList()
                .forEach(row -> cells.computeIfAbsent(row.getString(0), p -> new ArrayList<>())
                        .add(cell(row)));
        Map<String, KnownScores> known = new TreeMap<>();
        cells.forEach((pattern, found) -> known.put(pattern, KnownScores.of(found.stream())));
        return known;
    }

    /**
     * Sums weights as integers, whose sum does not depend on the order. Weights of any number of digits give a row for
     * each bucket and exponent only.
     */
    static Dataset<Row> cells(Dataset<Row> scores, Column weight, Column pattern) {
        UDF1<Double, Long> bucket = score -> score == null || score.isNaN() ? null : ScoreBuckets.of(score);
        UDF1<Double, Integer> exponent = Math::getExponent;
        UDF1<Double, Long> mantissa = KnownScores.Cell::mantissa;
        Column given = weight.cast(DataTypes.DoubleType);
        Column m = col("m").cast(DataTypes.createDecimalType(10, 0));
        return scores.select(
                        pattern.as("pattern"),
                        udf(bucket, DataTypes.LongType)
                                .apply(col(scores.columns()[0]).cast(DataTypes.DoubleType))
                                .as("bucket"),
                        udf(exponent, DataTypes.IntegerType).apply(given).as("exponent"),
                        udf(mantissa, DataTypes.LongType).apply(given).as("m"))
                .where(col("bucket").isNotNull())
                .groupBy("pattern", "bucket", "exponent")
                .agg(
                        count(lit(1)),
                        sum(col("m")).cast(DataTypes.DoubleType),
                        sum(m.multiply(m)).cast(DataTypes.DoubleType));
    }

    private static KnownScores.Cell cell(Row row) {
        return new KnownScores.Cell(row.getLong(1), row.getInt(2), row.getLong(3), row.getDouble(4), row.getDouble(5));
    }

    /** Returns the pattern of the missing numbers of each vector; of a row without features, that of a complete one. */
    public static Column pattern(Column features) {
        UDF1<Vector, String> pattern =
                row -> row == null ? PatternDistributions.pattern() : PatternDistributions.pattern(row.toArray());
        return udf(pattern, DataTypes.StringType).apply(features);
    }
}
