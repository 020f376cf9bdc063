package io.github.sparklatent.bench.networks;

import io.github.sparklatent.cluster.Placement;
import io.github.sparklatent.cluster.RowCheck;
import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.cluster.TableOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** MNIST as tables of Spark, written to disk once. */
final class ImageTables {
    private static final Path FOLDER = Path.of("target", "bench", "mnist").toAbsolutePath();
    private static final int CHUNK = 10_000;
    private static final TableOptions OPTIONS =
            TableOptions.DEFAULT.withFeatures(List.of("features")).withLabel("label").withId("id");

    private final SparkSession spark;
    private final Path source;

    ImageTables(SparkSession spark, Path source) {
        this.spark = spark;
        this.source = source;
    }

    /** The training images in partitions that each hold images of all digits. */
    ShardTable training(int partitions) throws IOException {
        return shards(training(), OPTIONS.withPartitions(partitions));
    }

    /**
     * The training images in partitions that each hold two of the digits only.
     *
     * @param partitions 5, or a multiple of it
     */
    ShardTable skewed(int partitions) throws IOException {
        JavaRDD<ImageRow> rows =
                training()
                        .as(Encoders.bean(ImageRow.class))
                        .toJavaRDD()
                        .mapToPair(row -> new Tuple2<>(row, 0))
                        .partitionBy(new ByDigit(partitions))
                        .keys();
        Dataset<Row> table = spark.createDataset(rows.rdd(), Encoders.bean(ImageRow.class)).toDF();
        return shards(table, OPTIONS.withPlacement(Placement.ASIS));
    }

    /** The test images. */
    ShardTable test() throws IOException {
        return shards(testing(), OPTIONS.withPartitions(4));
    }

    /** All images, those to test with after those to train on, in partitions of all digits. */
    ShardTable all(int partitions) throws IOException {
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
        return write("training", () -> Images.training(source));
    }

    private Dataset<Row> testing() throws IOException {
        return write("test", () -> Images.test(source));
    }

    /** Reads images. */
    private interface Source {
        Images read() throws IOException;
    }

    private Dataset<Row> write(String name, Source images) throws IOException {
        Path folder = FOLDER.resolve(name + ".parquet");
        String file = folder.toUri().toString();
        if (!Files.exists(folder.resolve("whole"))) {
            Images all = images.read();
            for (int from = 0; from < all.labels().length; from += CHUNK) {
                spark.createDataset(chunk(all, from), Encoders.bean(ImageRow.class))
                        .coalesce(1)
                        .write()
                        .mode(from == 0 ? "overwrite" : "append")
                        .parquet(file);
            }
            Files.createFile(folder.resolve("whole"));
        }
        return spark.read().option("pathGlobFilter", "*.parquet").parquet(file);
    }

    private static List<ImageRow> chunk(Images images, int from) {
        List<ImageRow> rows = new ArrayList<>();
        int width = images.rows().numCols;
        for (int i = from; i < Math.min(images.labels().length, from + CHUNK); i++) {
            ImageRow row = new ImageRow();
            row.setId(i);
            row.setLabel(images.labels()[i]);
            row.setFeatures(Arrays.copyOfRange(images.rows().data, i * width, (i + 1) * width));
            rows.add(row);
        }
        return rows;
    }

    /** Two digits a partition; where there are more than five, their images in turn. */
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
            ImageRow row = (ImageRow) key;
            return row.getLabel() / 2 + PAIRS * (row.getId() % (partitions / PAIRS));
        }
    }
}
