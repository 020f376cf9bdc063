package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Rows for tests, tables cut and ordered at will, and the blocks that came out of them. */
final class Sample {
    private Sample() {}

    /** Rows around three far points: n × d. */
    static double[][] clusters(int n, int d, long seed) {
        RandomGenerator random = RandomStreams.of(seed, Purpose.NOISE);
        return IntStream.range(0, n)
                .mapToObj(i -> {
                    double[] x = new double[d];
                    Arrays.setAll(x, j -> 6 * ((i + j) % 3) + random.nextGaussian());
                    return x;
                })
                .toArray(double[][]::new);
    }

    /** Rows of columns x0, x1, ... and whatever stands beside them. */
    static List<Row> rows(double[][] rows, Object[]... beside) {
        List<Row> list = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            List<Object> values = new ArrayList<>();
            Arrays.stream(rows[i]).forEach(values::add);
            if (beside.length > 0) {
                values.addAll(Arrays.asList(beside[i]));
            }
            list.add(RowFactory.create(values.toArray()));
        }
        return list;
    }

    /** The schema of columns x0, x1, ... and of others. */
    static StructType schema(int d, String others) {
        StructType schema = new StructType();
        for (int j = 0; j < d; j++) {
            schema = schema.add("x" + j, "double");
        }
        for (var field : others.isEmpty()
                ? new StructType().fields()
                : StructType.fromDDL(others).fields()) {
            schema = schema.add(field);
        }
        return schema;
    }

    /** A table in a number of input partitions; order 0 leaves the rows as they are, another does not. */
    static Dataset<Row> table(SparkSession spark, StructType schema, List<Row> rows, int slices, long order) {
        List<Row> shuffled = IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> order * RandomStreams.uniform(order, i)))
                .map(rows::get)
                .toList();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return spark.createDataFrame(context.parallelize(shuffled, slices), schema);
    }

    static Dataset<Row> table(SparkSession spark, double[][] rows, int slices, long order) {
        return table(spark, schema(rows[0].length, ""), rows(rows), slices, order);
    }

    /** Loads a table whose rows are lost after they have been counted, as with their executors. */
    static BlockTable loseRead(SparkSession spark, Dataset<Row> table, TableOptions options) {
        return BlockTable.of(table, FeatureColumns.of(table.schema(), options), null, options, width -> {
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                    .getPersistentRDDs()
                    .values()
                    .forEach(rdd -> rdd.unpersist(true));
            return 0;
        });
    }

    /** The cached blocks of a name, partition by partition. */
    static JavaRDD<Block> cached(SparkSession spark, String name) {
        return JavaSparkContext.fromSparkContext(spark.sparkContext()).getPersistentRDDs().values().stream()
                .filter(rdd -> Objects.equals(rdd.name(), name))
                .reduce((first, second) -> {
                    throw new IllegalStateException("two tables are open");
                })
                .map(rdd -> rdd.map(one -> (Block) ((PackedRows.Packed<?>) one).block))
                .orElseThrow();
    }

    static List<List<Block>> blocks(SparkSession spark, String name) {
        return cached(spark, name).glom().collect();
    }

    /** All that a block is, as text in which no bit is lost. */
    static String bits(List<List<Block>> partitions) {
        StringBuilder text = new StringBuilder();
        for (List<Block> blocks : partitions) {
            text.append("partition\n");
            for (Block block : blocks) {
                text.append("block of ").append(block.count()).append('\n');
                for (int i = 0; i < block.size(); i++) {
                    text.append(Double.toHexString(block.weight(i)));
                    for (int j = 0; j < block.width(); j++) {
                        text.append(' ').append(Double.toHexString(block.rows().get(i, j)));
                    }
                    text.append('\n');
                }
            }
        }
        return text.toString();
    }

    /** The rows of blocks, whatever their order: for sets. */
    static List<List<Double>> contents(List<List<Block>> partitions) {
        List<List<Double>> rows = new ArrayList<>();
        for (Block block : partitions.stream().flatMap(List::stream).toList()) {
            for (int i = 0; i < block.size(); i++) {
                int from = i * block.width();
                rows.add(Arrays.stream(block.rows().data, from, from + block.width())
                        .boxed()
                        .toList());
            }
        }
        return rows;
    }
}
