package io.github.sparklatent.bench.data;

import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.RowCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/** MNIST as tables of Spark, which are written to disk once. */
public final class ImageTables {
    private static final Path FOLDER = BenchCommand.DATA.resolve("mnist");
    private static final int CHUNK = 10_000;
    private static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.IntegerType, false)
            .add("label", DataTypes.IntegerType, false)
            .add("features", DataTypes.createArrayType(DataTypes.FloatType, false));
    private static final TableOptions OPTIONS = TableOptions.DEFAULT
            .withFeatures(List.of("features"))
            .withLabel("label")
            .withId("id");

    private final SparkSession spark;
    private final Path source;

    public ImageTables(SparkSession spark, Path source) {
        this.spark = spark;
        this.source = source;
    }

    /** Returns the training images in partitions that each have images of all digits. */
    public ShardTable training(int partitions) throws IOException {
        return shards(training(), OPTIONS.withPartitions(partitions));
    }

    /**
     * Returns the training images in partitions that each have two of the digits only.
     *
     * @param partitions 5, or a multiple of 5
     */
    public ShardTable skewed(int partitions) throws IOException {
        JavaRDD<Row> rows = training()
                .toJavaRDD()
                .mapToPair(row -> new Tuple2<>(row, 0))
                .partitionBy(new ByDigit(partitions))
                .keys();
        Dataset<Row> table = spark.createDataFrame(rows, SCHEMA);
        return shards(table, OPTIONS.withIsPlaced(false));
    }

    /** Returns the test images. */
    public ShardTable test() throws IOException {
        return shards(testing(), OPTIONS.withPartitions(4));
    }

    /** Returns all images, in partitions that each have images of all digits. */
    public ShardTable all(int partitions) throws IOException {
        Dataset<Row> training = training();
        Dataset<Row> test = testing();
        return shards(
                training.unionByName(test.withColumn("id", test.col("id").plus(training.count()))),
                OPTIONS.withPartitions(partitions));
    }

    private static ShardTable shards(Dataset<Row> table, TableOptions options) {
        return ShardTable.of(table, options, width -> RowCheck.NONE);
    }

    private Dataset<Row> training() throws IOException {
        return read("training", () -> Images.training(source));
    }

    private Dataset<Row> testing() throws IOException {
        return read("test", () -> Images.test(source));
    }

    /** Reads images. */
    private interface Source {
        Images read() throws IOException;
    }

    private Dataset<Row> read(String name, Source images) throws IOException {
        Path folder = FOLDER.resolve(name + ".parquet");
        String file = folder.toUri().toString();
        if (!Files.exists(folder.resolve("whole"))) {
            Images all = images.read();
            for (int from = 0; from < all.labels().length; from += CHUNK) {
                chunk(spark, all, from)
                        .write()
                        .mode(from == 0 ? "overwrite" : "append")
                        .parquet(file);
            }
            Files.createFile(folder.resolve("whole"));
        }
        return spark.read().option("pathGlobFilter", "*.parquet").parquet(file);
    }

    /** Returns images as a table with the columns id, label and features. */
    public static Dataset<Row> table(SparkSession spark, Images images) {
        return IntStream.iterate(0, from -> from < images.labels().length, from -> from + CHUNK)
                .mapToObj(from -> chunk(spark, images, from))
                .reduce(Dataset::unionByName)
                .orElseThrow();
    }

    private static Dataset<Row> chunk(SparkSession spark, Images images, int from) {
        int d = images.rows().numCols;
        float[] numbers = images.rows().data;
        int to = Math.min(images.labels().length, from + CHUNK);
        return spark.createDataFrame(
                        IntStream.range(from, to)
                                .mapToObj(i -> RowFactory.create(
                                        i, images.labels()[i], Arrays.copyOfRange(numbers, i * d, (i + 1) * d)))
                                .toList(),
                        SCHEMA)
                .coalesce(1);
    }

    /** Puts two digits into each partition; their images alternate between several partitions. */
    private static final class ByDigit extends Partitioner {
        private static final long serialVersionUID = 1L;
        private static final int PAIRS = 5;

        private final int partitions;

        ByDigit(int partitions) {
            this.partitions = partitions;
        }

        @Override
        public int numPartitions() {
            return partitions;
        }

        @Override
        public int getPartition(Object key) {
            Row row = (Row) key;
            return row.getInt(row.fieldIndex("label")) / 2
                    + PAIRS * (row.getInt(row.fieldIndex("id")) % (partitions / PAIRS));
        }
    }
}
