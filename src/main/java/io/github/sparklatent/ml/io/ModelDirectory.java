package io.github.sparklatent.ml.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.scoring.SavedContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader.Metadata;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.ReadWriteUtils;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * A directory that spark.ml saved, with checks for missing and damaged files. If Spark saves to the driver's disk, the
 * path is one of the local file system.
 */
public final class ModelDirectory {
    /** Prefix of the names of classes of this library. */
    private static final String OURS = "io.github.sparklatent.";

    /** Name of the file with the content of a saved object. */
    public static final String CONTENT = SavedContent.FILE;

    /** Name of the file with the metrics of the training, which have times. */
    public static final String TRAINING = "training.cbor";

    /** Longest text of a saved object, as a small compressed file may have any number of bytes. */
    private static final int MAX_BYTES = 1 << 24;

    private final SparkSession spark;
    private final String path;
    private final FileSystem files;

    /** Files that were read before, by their paths. */
    private final Map<Path, byte[]> read;

    private Metadata metadata;

    /**
     * Opens a directory.
     *
     * @throws DataException if the file system cannot be used
     */
    public ModelDirectory(SparkSession spark, String path) {
        this(spark, path, Map.of());
    }

    /**
     * Opens a directory of which some files were read before.
     *
     * @param read the bytes of these files. Not modified.
     * @throws DataException if the file system cannot be used
     */
    public ModelDirectory(SparkSession spark, String path, Map<Path, byte[]> read) {
        this.spark = spark;
        this.path = path;
        this.read = read;
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        this.files = orSentence(
                "open", path, () -> isLocal() ? FileSystem.getLocal(hadoop) : FileSystems.of(new Path(path), hadoop));
    }

    /** Returns a directory in this one. */
    public ModelDirectory in(String name) {
        return new ModelDirectory(spark, new Path(path, name).toString(), read);
    }

    private InputStream open(Path file) throws IOException {
        byte[] known = read.get(file);
        return known == null ? files.open(file) : new ByteArrayInputStream(known);
    }

    /** Returns whether Spark saves to or loads from the driver's disk in this thread. */
    static boolean isLocal() {
        return (boolean) ReadWriteUtils.localSavingModeState().get();
    }

    /** Returns Spark's metadata of the saved object. */
    public Metadata metadata() {
        if (metadata == null) {
            Metadata read = readMetadata();
            requireKnown(read.className());
            metadata = read;
        }
        return metadata;
    }

    private Metadata readMetadata() {
        if (!exists(new Path(path))) {
            throw missing(path);
        }
        if (!exists(new Path(path, "metadata"))) {
            if (!has("stages") && !has(CONTENT)) {
                throw new DataException(
                        "there is no model at %s: it has neither a directory metadata, as a saved model, nor a directory model, as the result of a training"
                                .formatted(path));
            }
            throw new DataException("the model at %s is truncated: it has no metadata directory".formatted(path));
        }
        return orSentence(
                "read the metadata of", path, () -> DefaultParamsReader.parseMetadata(firstLineOf("metadata"), ""));
    }

    /**
     * Returns the first line of a text that Spark wrote: of a file, or of a directory of parts. Spark itself reads it
     * by a job, which takes longer than all the rest of a small model.
     */
    private String firstLineOf(String name) throws IOException {
        Path text = new Path(path, name);
        FileStatus found = files.getFileStatus(text);
        FileStatus[] parts = found.isDirectory()
                ? files.listStatus(
                        text,
                        file -> !file.getName().startsWith("_")
                                && !file.getName().startsWith("."))
                : new FileStatus[] {found};
        Path part = Arrays.stream(parts)
                .filter(status -> status.getLen() > 0) // of a partition without rows
                .map(status -> status.getPath().getName())
                .min(Comparator.naturalOrder())
                .map(first -> found.isDirectory() ? new Path(text, first) : text)
                .orElseThrow(() -> new IllegalStateException("its " + name + " is empty"));
        CompressionCodec codec =
                new CompressionCodecFactory(spark.sparkContext().hadoopConfiguration()).getCodec(part);
        try (InputStream in = open(part);
                InputStream all = codec == null ? in : codec.createInputStream(in)) {
            String read = new String(all.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            if (read.length() >= MAX_BYTES) {
                throw new IllegalStateException("its %s is longer than %d bytes".formatted(name, MAX_BYTES));
            }
            return read.lines().findFirst().orElseThrow(() -> new IllegalStateException("its " + name + " is empty"));
        }
    }

    /**
     * Returns a reader of saved stages of a class.
     *
     * @param create creates a stage from its directory and its uid, without its Params
     */
    public static <T extends Params> MLReader<T> reader(Class<T> type, BiFunction<ModelDirectory, String, T> create) {
        return new MLReader<>() {
            @Override
            public T load(String path) {
                ModelDirectory directory = new ModelDirectory(sparkSession(), path);
                Metadata metadata = directory.metadata();
                if (!metadata.className().equals(type.getName())) {
                    throw new DataException("the model at %s is a %s, expected a %s"
                            .formatted(path, metadata.className(), type.getSimpleName()));
                }
                return directory.orDamaged(
                        () -> directory.withParams(metadata, create.apply(directory, metadata.uid())));
            }
        };
    }

    /** Returns the error of a path that does not exist. */
    public static DataException missing(String path) {
        return new DataException(
                "there is no model at %s: no such directory; train it first, or name the directory of another model"
                        .formatted(path));
    }

    /** Requires that a class of this library exists, because other versions have other classes. */
    private void requireKnown(String className) {
        if (!className.startsWith(OURS)) {
            return;
        }
        try {
            Class.forName(className, false, ModelDirectory.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new DataException(
                    "the model at %s is a %s, a class that this version of spark-latent does not have: it was saved by another version; load it with that version or train it again"
                            .formatted(path, className),
                    e);
        }
    }

    /** Sets the Params that the metadata holds. */
    public <T extends Params> T withParams(Metadata metadata, T instance) {
        return orSentence("read the params of", path, () -> {
            metadata.getAndSetParams(instance, Option.empty());
            return instance;
        });
    }

    /**
     * Returns the directory of a model of a class: this directory or, if this is a pipeline, the directory of its only
     * stage of the class.
     *
     * @throws DataException if there is none or more than one
     */
    public ModelDirectory only(Class<?> model) {
        Metadata metadata = metadata();
        if (metadata.className().equals(model.getName())) {
            return this;
        }
        if (!metadata.className().equals(PipelineModel.class.getName())) {
            throw new DataException(
                    "the model at %s is a %s, expected a %s".formatted(path, metadata.className(), model.getName()));
        }
        return onlyStage(metadata, List.of(model.getName()), model.getName());
    }

    /**
     * Returns the directory of the only stage of this pipeline that is of one of the classes.
     *
     * @param classes names of the classes
     * @param expected description of these classes, for messages
     * @throws DataException if there is none or more than one
     */
    public ModelDirectory onlyStage(Metadata pipeline, List<String> classes, String expected) {
        List<ModelDirectory> stages = stages(pipeline);
        List<String> names =
                stages.stream().map(stage -> stage.metadata().className()).toList();
        int[] found = IntStream.range(0, names.size())
                .filter(i -> classes.contains(names.get(i)))
                .toArray();
        if (found.length != 1) {
            throw new DataException("the pipeline at %s has the stages %s, expected one %s among them"
                    .formatted(path, String.join(", ", names), expected));
        }
        return stages.get(found[0]);
    }

    /** Returns the directories of a pipeline's stages, in order; their number is the number in the metadata. */
    public List<ModelDirectory> stages(Metadata pipeline) {
        Path stages = new Path(path, "stages");
        if (!exists(stages)) {
            throw new DataException("the pipeline at %s is truncated: it has no stages directory".formatted(path));
        }
        List<ModelDirectory> found = Arrays.stream(list(stages))
                .filter(FileStatus::isDirectory)
                .map(status -> status.getPath().getName())
                .sorted(Comparator.comparingInt(ModelDirectory::stageNumber))
                .map(name -> in("stages/" + name))
                .toList();
        int expected = orSentence(
                        "read the metadata of", path, () -> new ObjectMapper().readTree(pipeline.metadataJson()))
                .path("paramMap")
                .path("stageUids")
                .size();
        if (found.size() != expected) {
            throw new DataException("the pipeline at %s is truncated: it has %d %s, expected %d"
                    .formatted(path, found.size(), found.size() == 1 ? "stage" : "stages", expected));
        }
        return found;
    }

    /** Returns the number of a stage, whose directory is named by number, underscore and uid. */
    private static int stageNumber(String stage) {
        String number = stage.replaceFirst("_.*", "");
        return number.matches("\\d{1,9}") ? Integer.parseInt(number) : Integer.MAX_VALUE;
    }

    /** Returns whether the directory has a file. */
    public boolean has(String file) {
        return exists(new Path(path, file));
    }

    /**
     * Writes Spark's metadata as Spark does, a line in a directory of parts, but without its job. In the local mode
     * Spark writes a file, so there it is Spark's to write.
     */
    void writeMetadata(String json) {
        byte[] line = (json + "\n").getBytes(StandardCharsets.UTF_8);
        write("metadata/part-00000", out -> out.write(line));
        write("metadata/_SUCCESS", out -> {});
    }

    /** Writes a file of a saved object, see {@link #read}. */
    void write(String name, Object content) {
        write(name, out -> StateCodec.MODEL.encode(content, out));
    }

    /** Writes to a file. */
    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private void write(String name, Writing writing) {
        Path file = new Path(path, name);
        try (OutputStream out = files.create(file, false)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads the content of a saved object.
     *
     * @throws DataException if it is missing or damaged
     */
    public <C> C content(Class<C> type) {
        if (!has(CONTENT)) {
            throw new DataException("the model at %s is truncated: it has no file %s".formatted(path, CONTENT));
        }
        return read(CONTENT, type);
    }

    /**
     * Reads a file of a saved object.
     *
     * @throws DataException if it is missing or damaged
     */
    public <C> C read(String name, Class<C> type) {
        Path file = new Path(path, name);
        return orSentence("read", file.toString(), () -> {
            try (InputStream in = open(file)) {
                byte[] known = read.get(file);
                long length = known == null ? files.getFileStatus(file).getLen() : known.length;
                return StateCodec.MODEL.decode(in, length, type);
            } catch (DataException e) {
                throw new DataException("the model at %s cannot be read: %s".formatted(path, e.getMessage()), e);
            }
        });
    }

    /**
     * Makes something of the files.
     *
     * @throws DataException if they hold something impossible
     */
    public <T> T orDamaged(Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw damaged(e);
        } catch (NullPointerException e) { // any part of a file may be null
            throw damaged(new IllegalArgumentException("one of its parts is null", e));
        }
    }

    /** Returns the error of a model whose files hold something impossible. */
    public DataException damaged(RuntimeException cause) {
        return new DataException("the model at %s is damaged: %s".formatted(path, cause.getMessage()), cause);
    }

    private boolean exists(Path file) {
        return orSentence("access", file.toString(), () -> files.exists(file));
    }

    private FileStatus[] list(Path directory) {
        return orSentence("list", directory.toString(), () -> files.listStatus(directory));
    }

    /** Reads something; turns any exception into a {@link DataException} with a sentence. */
    public static <T> T orSentence(String verb, String path, Callable<T> reading) {
        try {
            return reading.call();
        } catch (DataException e) {
            throw e;
        } catch (Exception e) {
            boolean isRead = !(e instanceof IOException) || e instanceof JsonProcessingException;
            throw new DataException(
                    "cannot %s %s%s: %s".formatted(verb, path, isRead ? ", it is damaged" : "", firstLine(e)), e);
        }
    }

    /** Returns the first line of an exception's message. */
    public static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** The session. */
    public SparkSession spark() {
        return spark;
    }

    /** The path of the directory. */
    public String path() {
        return path;
    }
}
