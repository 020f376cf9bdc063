package io.github.sparklatent.app.images;

import io.github.sparklatent.cluster.table.ImageColumns;
import io.github.sparklatent.learn.DataException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** Files of grey images in the IDX format as one table, a row an image. */
public final class IdxTable {
    private static final int IMAGE_DIMENSIONS = 3;
    private static final int LABEL_DIMENSIONS = 1;

    /** Bytes that one task reads of a file that is not packed. */
    private static final long PART = 4L << 20;

    private IdxTable() {}

    /**
     * Images that one task reads.
     *
     * @param labels null where there are none
     * @param from the first
     * @param until behind the last
     */
    record Part(IdxFile images, IdxFile labels, long from, long until) implements Serializable {}

    /**
     * Files that belong together.
     *
     * @param key that names them in the configuration
     */
    public record Files(String key, List<Path> paths) {}

    /**
     * The table.
     *
     * @param labels a file for each file of images, or none
     * @throws DataException where a file is none of this kind, is damaged, or has another size or
     *     number of items than it should
     */
    public static Dataset<Row> read(SparkSession spark, Files images, Files labels) {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        if (!labels.paths().isEmpty() && labels.paths().size() != images.paths().size()) {
            throw new DataException(
                    "%s names %d files, but %s names %d: expected one for each"
                            .formatted(
                                    labels.key(),
                                    labels.paths().size(),
                                    images.key(),
                                    images.paths().size()));
        }
        List<Part> parts = new ArrayList<>();
        IdxFile first = null;
        for (int i = 0; i < images.paths().size(); i++) {
            Path path = images.paths().get(i);
            IdxFile file = IdxFile.look(hadoop, images.key(), path, "images", IMAGE_DIMENSIONS);
            first = first == null ? file : first;
            requireSameSize(file, first);
            IdxFile own = null;
            if (!labels.paths().isEmpty()) {
                Path labelPath = labels.paths().get(i);
                own = IdxFile.look(hadoop, labels.key(), labelPath, "labels", LABEL_DIMENSIONS);
                requireSameNumber(own, file);
            }
            cut(file, own, parts);
        }
        if (first == null) {
            throw new IllegalArgumentException(images.key() + " names no file");
        }
        StructType schema =
                ImageColumns.schema(
                        new long[] {1, first.sizes()[1], first.sizes()[2]},
                        labels.paths().isEmpty()
                                ? Optional.empty()
                                : Optional.of(DataTypes.IntegerType));
        return spark.createDataFrame(rows(spark, hadoop, parts), schema);
    }

    private static void requireSameSize(IdxFile file, IdxFile first) {
        if (file.sizes()[1] != first.sizes()[1] || file.sizes()[2] != first.sizes()[2]) {
            throw new DataException(
                    "%s has images of %d x %d, expected %d x %d as those of %s"
                            .formatted(
                                    file.shown(),
                                    file.sizes()[1],
                                    file.sizes()[2],
                                    first.sizes()[1],
                                    first.sizes()[2],
                                    first.shown()));
        }
    }

    private static void requireSameNumber(IdxFile labels, IdxFile images) {
        if (labels.items() != images.items()) {
            throw new DataException(
                    "%s has %d labels, expected %d, one for each image of %s"
                            .formatted(
                                    labels.shown(),
                                    labels.items(),
                                    images.items(),
                                    images.shown()));
        }
    }

    /** A packed file can be read from its beginning only, so one task reads all of it. */
    private static void cut(IdxFile images, IdxFile labels, List<Part> parts) {
        boolean packed = images.packed() || labels != null && labels.packed();
        long length = packed ? images.items() : Math.max(1, PART / images.itemLength());
        for (long from = 0; from < images.items(); from += length) {
            long until = Math.min(images.items(), from + length);
            parts.add(new Part(images, labels, from, until));
        }
    }

    private static JavaRDD<Row> rows(SparkSession spark, Configuration hadoop, List<Part> parts) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<SerializableConfiguration> shipped =
                context.broadcast(new SerializableConfiguration(hadoop));
        List<Integer> numbers = IntStream.range(0, parts.size()).boxed().toList();
        Part[] all = parts.toArray(Part[]::new);
        return context.parallelize(numbers, parts.size())
                .flatMap(number -> new IdxRows(all[number], shipped.value().value()));
    }

    /** The files that patterns stand for, in the order of their names. */
    public static Files files(String key, List<String> patterns, Configuration hadoop) {
        List<Path> paths = new ArrayList<>();
        for (String pattern : patterns) {
            paths.addAll(Arrays.asList(ImageFiles.matching(key, pattern, hadoop)));
        }
        return new Files(key, paths);
    }
}
