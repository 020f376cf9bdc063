package io.github.sparklatent.ml.core;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Copies of a row that have fewer and fewer of its cells. Which ones they have is random, but of few different sets,
 * because a model prepares each set of observed cells once a block.
 *
 * @param cells the numbers of a row that each column of the table has
 * @param counts numbers of cells that the copies have
 * @param orders orders in which cells are kept
 */
record FewerCells(int[][] cells, int[] counts, int[][] orders) implements UDF1<Vector, List<Row>> {
    static final String COUNT = "count";
    static final String NUMBERS = "numbers";
    static final ArrayType TYPE = DataTypes.createArrayType(
            new StructType().add(COUNT, DataTypes.IntegerType).add(NUMBERS, SQLDataTypes.VectorType()));

    /** Orders, over the number of columns, and the most of them. */
    private static final int ORDERS = 512;

    private static final int MOST = 64;

    static FewerCells of(int[][] cells) {
        int n = cells.length;
        int[] counts = IntStream.of(1, n / 6, n / 3, n / 2, 3 * n / 4, n - 1, n)
                .filter(count -> count > 0)
                .distinct()
                .toArray();
        int[][] orders = IntStream.range(0, Math.max(4, Math.min(MOST, ORDERS / n)))
                .mapToLong(order -> RandomStreams.key(0, Purpose.SAMPLE, order))
                .mapToObj(key -> IntStream.range(0, n)
                        .boxed()
                        .sorted(Comparator.comparingDouble(j -> RandomStreams.uniform(key, j)))
                        .mapToInt(j -> j)
                        .toArray())
                .toArray(int[][]::new);
        return new FewerCells(cells, counts, orders);
    }

    @Override
    public List<Row> call(Vector row) {
        if (row == null) {
            return List.of();
        }
        double[] numbers = row.toArray();
        int[] order = orders[(int) Math.floorMod(RandomStreams.hash(numbers, 0, numbers.length), (long) orders.length)];
        int[] present = Arrays.stream(order)
                .filter(j -> !Double.isNaN(numbers[cells[j][0]]))
                .toArray();
        List<Row> copies = new ArrayList<>();
        for (int count : counts) {
            if (count <= present.length) {
                double[] left = numbers.clone();
                Arrays.stream(present, count, present.length)
                        .flatMap(j -> Arrays.stream(cells[j]))
                        .forEach(j -> left[j] = Double.NaN);
                copies.add(RowFactory.create(count, Vectors.dense(left)));
            }
        }
        return copies;
    }
}
