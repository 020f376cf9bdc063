package io.github.sparklatent.ml.core;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;

/**
 * Copies of a row that have fewer and fewer of its cells, by the number of cells. Which ones they have is random, but
 * of few different sets, because a model prepares each set of observed cells of a block once.
 *
 * @param cells the numbers of a row that each column of the table has
 * @param counts numbers of cells that the copies have
 * @param orders orders in which cells are kept
 */
record FewerCells(int[][] cells, int[] counts, int[][] orders) implements UDF1<Vector, Map<Integer, Vector>> {
    static final MapType TYPE = DataTypes.createMapType(DataTypes.IntegerType, SQLDataTypes.VectorType());

    /** Orders, over the number of columns, and the most of them. */
    private static final int ORDERS = 512;

    private static final int MAX_ORDERS = 64;

    static FewerCells of(int[][] cells) {
        int n = cells.length;
        int[] counts = {1, n / 6, n / 3, n / 2, 3 * n / 4, n - 1, n};
        int[][] orders = new int[Math.max(4, Math.min(MAX_ORDERS, ORDERS / n))][];
        Arrays.setAll(orders, order -> {
            long key = RandomStreams.key(0, Purpose.SAMPLE, order);
            return IntStream.range(0, n)
                    .boxed()
                    .sorted(Comparator.comparingDouble(j -> RandomStreams.uniform(key, j)))
                    .mapToInt(j -> j)
                    .toArray();
        });
        return new FewerCells(cells, counts, orders);
    }

    @Override
    public Map<Integer, Vector> call(Vector row) {
        Map<Integer, Vector> copies = new HashMap<>();
        double[] numbers = row == null ? new double[0] : row.toArray();
        int[] order = orders[(int) Math.floorMod(RandomStreams.hash(numbers, 0, numbers.length), (long) orders.length)];
        int[] present = row == null
                ? new int[0]
                : Arrays.stream(order)
                        .filter(j -> !Double.isNaN(numbers[cells[j][0]]))
                        .toArray();
        for (int count : counts) {
            if (count > 0 && count <= present.length) {
                double[] left = numbers.clone();
                Arrays.stream(present, count, present.length)
                        .flatMap(j -> Arrays.stream(cells[j]))
                        .forEach(i -> left[i] = Double.NaN);
                copies.put(count, Vectors.dense(left));
            }
        }
        return copies;
    }
}
