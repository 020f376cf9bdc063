package io.github.sparklatent.app.images;

import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.cluster.table.ImageColumns;
import io.github.sparklatent.learn.DataException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** Reads files of grey images in the IDX format as one table with a row for each image. */
public final class IdxTable {
    private static final int IMAGE_DIMENSIONS = 3;
    private static final int LABEL_DIMENSIONS = 1;

    /** The number of bytes that one task reads of an uncompressed file. */
    private static final long PART = 4L << 20;

    private IdxTable() {}

    /**
     * The images that one task reads.
     *
     * @param labels file with the labels of these images; null if there are no labels
     * @param from index of the first image
     * @param until end of the range, exclusive
     */
    record Part(IdxFile images, IdxFile labels, long from, long until) implements Serializable {}

    /**
     * The files of one setting: images or labels.
     *
     * @param key key of the files in the configuration
     */
    public record Files(String key, List<Path> paths) {}

    /**
     * Reads the table.
     *
     * @param labels label files: one for each file of images, or none
     * @throws DataException if a file is not an IDX file, is damaged, or has an unexpected image size or number of
     *     items
     */
    public static Dataset<Row> read(SparkSession spark, Files images, Files labels) {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        if (!labels.paths().isEmpty() && labels.paths().size() != images.paths().size()) {
            throw new DataException("%s has %d files, but %s has %d, expected one label file for each image file"
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
            throw new IllegalArgumentException(images.key() + " has no files");
        }
        StructType schema = ImageColumns.schema(
                new long[] {1, first.sizes()[1], first.sizes()[2]},
                labels.paths().isEmpty() ? Optional.empty() : Optional.of(DataTypes.IntegerType));
        return spark.createDataFrame(rows(spark, hadoop, parts), schema);
    }

    private static void requireSameSize(IdxFile file, IdxFile first) {
        if (file.sizes()[1] != first.sizes()[1] || file.sizes()[2] != first.sizes()[2]) {
            throw new DataException("%s has images of %d x %d, expected %d x %d, the size in %s"
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
            throw new DataException("%s has %d labels, expected %d, one for each image of %s"
                    .formatted(labels.shown(), labels.items(), images.items(), images.shown()));
        }
    }

    /** Splits a file into parts. One task reads a whole compressed file, because it can only be read from its start. */
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
        Broadcast<SerializableConfiguration> shipped = context.broadcast(new SerializableConfiguration(hadoop));
        List<Integer> numbers = IntStream.range(0, parts.size()).boxed().toList();
        Part[] all = parts.toArray(Part[]::new);
        return context.parallelize(numbers, parts.size())
                .flatMap(number -> new IdxRows(all[number], shipped.value().value()));
    }

    /** Returns the files that match the patterns, sorted by name within each pattern. */
    public static Files files(String key, List<String> patterns, Configuration hadoop) {
        List<Path> paths = new ArrayList<>();
        for (String pattern : patterns) {
            paths.addAll(Arrays.asList(matching(key, pattern, hadoop)));
        }
        return new Files(key, paths);
    }

    /**
     * Returns the files that match a pattern, sorted by name.
     *
     * @param key key of the pattern in the configuration
     * @throws DataException if no file matches, or one is a directory
     */
    private static Path[] matching(String key, String pattern, Configuration hadoop) {
        String shown = key + " \"" + pattern + "\"";
        FileStatus[] found;
        try {
            Path path = new Path(pattern);
            found = FileSystems.of(path, hadoop).globStatus(path);
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException(shown + " cannot be reached: " + e.getMessage(), e);
        }
        if (found == null || found.length == 0) {
            throw new DataException(shown + " does not exist");
        }
        for (FileStatus status : found) {
            if (status.isDirectory()) {
                throw new DataException(shown + " is a directory, expected an IDX file");
            }
        }
        return Arrays.stream(found).map(FileStatus::getPath).sorted().toArray(Path[]::new);
    }

    /** Iterates over the images of a part of a file, with their labels if there are any. */
    private static final class IdxRows implements Iterator<Row> {
        private final IdxTable.Part part;
        private final DataInputStream images;
        private final DataInputStream labels;
        private final byte[] bytes;
        private long next;

        IdxRows(IdxTable.Part part, Configuration hadoop) {
            this.part = part;
            this.next = part.from();
            this.bytes = new byte[part.images().itemLength()];
            this.images = open(part.images(), hadoop);
            this.labels = part.labels() == null ? null : open(part.labels(), hadoop);
        }

        private DataInputStream open(IdxFile file, Configuration hadoop) {
            try {
                return file.from(hadoop, next);
            } catch (IOException e) {
                throw damaged(file, e);
            }
        }

        @Override
        public boolean hasNext() {
            return next < part.until();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the part has no more images");
            }
            Row row = row();
            next++;
            if (!hasNext()) {
                close(part.images(), images);
                if (labels != null) {
                    close(part.labels(), labels);
                }
            }
            return row;
        }

        private Row row() {
            double[] pixels = pixels();
            return labels == null ? RowFactory.create(pixels) : RowFactory.create(pixels, label());
        }

        private double[] pixels() {
            try {
                images.readFully(bytes);
            } catch (IOException e) {
                throw damaged(part.images(), e);
            }
            double[] pixels = new double[bytes.length];
            Arrays.setAll(pixels, j -> (bytes[j] & 0xff) / ImageColumns.WHITE);
            return pixels;
        }

        private int label() {
            try {
                return labels.readUnsignedByte();
            } catch (IOException e) {
                throw damaged(part.labels(), e);
            }
        }

        /**
         * Closes the file. After the last item, the method first requires that the file ends. The length of a
         * compressed file is unknown before, and its checksum is at its end.
         */
        private void close(IdxFile file, DataInputStream in) {
            try (in) {
                if (next == file.items() && in.read() >= 0) {
                    throw new DataException("%s is damaged: it has bytes after the last of %d items"
                            .formatted(file.shown(), file.items()));
                }
            } catch (IOException e) {
                throw damaged(file, e);
            }
        }

        private DataException damaged(IdxFile file, IOException e) {
            String how = e instanceof EOFException ? "the file ends" : e.getMessage();
            return new DataException(
                    "%s is damaged at item %d of %d: %s"
                            .formatted(file.shown(), Math.min(next + 1, file.items()), file.items(), how),
                    e);
        }
    }

    /**
     * A file of bytes in the IDX format (LeCun, Cortes and Burges, the page of the MNIST database), with or without
     * gzip. It has two zero bytes, the type of the numbers (8: unsigned bytes), the number of dimensions, each
     * dimension as a 32-bit integer, and the numbers.
     *
     * @param path path of the file
     * @param shown key and path, for messages
     * @param packed whether the file is compressed by gzip
     * @param sizes the dimensions; the first is the number of items
     */
    private record IdxFile(String path, String shown, boolean packed, long[] sizes) implements Serializable {
        private static final int BYTES = 8;
        /** Largest item, which a task has in memory. */
        private static final int MAX_BYTES = 1 << 26;

        private static final int GZIP = 0x1f8b;

        /**
         * Reads the header of a file.
         *
         * @param key key of the file in the configuration
         * @param noun expected content, such as {@code images}
         * @param dimensions expected number of dimensions
         * @throws DataException if the file has another format or is incomplete
         */
        static IdxFile look(Configuration hadoop, String key, Path path, String noun, int dimensions) {
            String shown = key + " \"" + path + "\"";
            try {
                FileSystem files = FileSystems.of(path, hadoop);
                boolean packed = isPacked(files, path);
                try (DataInputStream in = open(files, path, packed)) {
                    long[] sizes = sizes(in, shown, noun, dimensions);
                    IdxFile file = new IdxFile(path.toString(), shown, packed, sizes);
                    if (!packed) {
                        file.requireLength(files.getFileStatus(path).getLen(), noun);
                    }
                    return file;
                }
            } catch (EOFException e) {
                throw new DataException(
                        "%s is not an IDX file of %s: it ends within its header".formatted(shown, noun), e);
            } catch (IOException e) {
                throw new DataException(shown + " cannot be read: " + e.getMessage(), e);
            }
        }

        private static boolean isPacked(FileSystem files, Path path) throws IOException {
            try (FSDataInputStream in = files.open(path)) {
                return in.readUnsignedShort() == GZIP;
            }
        }

        private static DataInputStream open(FileSystem files, Path path, boolean packed) throws IOException {
            InputStream in = files.open(path);
            return new DataInputStream(new BufferedInputStream(packed ? new GZIPInputStream(in) : in, 1 << 16));
        }

        private static long[] sizes(DataInputStream in, String shown, String noun, int dimensions) throws IOException {
            int magic = in.readInt();
            int expected = BYTES << Byte.SIZE | dimensions;
            if (magic != expected) {
                throw new DataException("%s is not an IDX file of %s: it begins with %08x, expected %08x"
                        .formatted(shown, noun, magic, expected));
            }
            long[] sizes = new long[dimensions];
            for (int i = 0; i < dimensions; i++) {
                sizes[i] = in.readInt();
            }
            if (Arrays.stream(sizes).anyMatch(size -> size <= 0)) {
                throw new DataException(
                        "%s has dimensions %s of %s, expected at least 1 in each".formatted(shown, text(sizes), noun));
            }
            if (itemLength(sizes) > MAX_BYTES) {
                throw new DataException(
                        "%s has items of %d bytes, expected at most %d".formatted(shown, itemLength(sizes), MAX_BYTES));
            }
            return sizes;
        }

        private static String text(long[] sizes) {
            return LongStream.of(sizes).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
        }

        private void requireLength(long length, String noun) {
            long expected = head() + items() * itemLength();
            if (length != expected) {
                throw new DataException("%s is damaged: it has %d bytes, expected %d for %s %s"
                        .formatted(shown, length, expected, text(sizes), noun));
            }
        }

        /** Returns the number of bytes before the first item. */
        private long head() {
            return (1L + sizes.length) * Integer.BYTES;
        }

        /** Returns the number of items. */
        long items() {
            return sizes[0];
        }

        /** Returns the number of bytes of an item. */
        int itemLength() {
            return (int) itemLength(sizes);
        }

        private static long itemLength(long[] sizes) {
            return Arrays.stream(sizes).skip(1).reduce(1, (a, b) -> a * b);
        }

        /** Opens the file at an item. */
        DataInputStream from(Configuration hadoop, long item) throws IOException {
            Path file = new Path(path);
            DataInputStream in = open(FileSystems.of(file, hadoop), file, packed);
            in.skipNBytes(head() + item * itemLength());
            return in;
        }
    }
}
