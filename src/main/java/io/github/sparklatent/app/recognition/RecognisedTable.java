package io.github.sparklatent.app.recognition;

import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Place and format of a table, as far as they are known before Spark starts.
 *
 * @param place keys that say where the table is; a null removes a key of a configuration
 * @param settings keys of its format that were recognised
 * @param sentence what was recognised, for people
 * @param isImages whether its rows are images
 * @param numbers number of columns if all of them are numbers; empty also if that is not known
 */
public record RecognisedTable(
        Map<String, Object> place,
        Map<String, Object> settings,
        String sentence,
        boolean isImages,
        OptionalInt numbers) {
    /** Origin of settings that were recognised, before the name of the table. */
    public static final String ORIGIN = "recognised in ";

    /** Bytes that are looked at. */
    private static final int BEGINNING = 1 << 18;

    /** Name of a table of a catalog, with its database. */
    private static final Pattern CATALOG_NAME = Pattern.compile("\\w+(\\.\\w+)+");

    /** Files of images that are held out, and the sign that they are. */
    private static final Pattern HELD_OUT = Pattern.compile("(t10k|test|holdout|valid).*");

    /**
     * Returns whether a path is a table of Delta, which has the log of its versions. A file is not asked: HDFS refuses
     * a question below a file.
     */
    public static boolean isDelta(FileSystem files, FileStatus status) throws IOException {
        return status.isDirectory() && files.exists(new Path(status.getPath(), "_delta_log"));
    }

    /**
     * Looks at a table.
     *
     * @param typed a file, a directory, a pattern of these, or the name of a table of the catalog
     * @param format format, if it is known
     * @param separator separator of a CSV file, if it is known
     * @throws DataException if the table does not exist or cannot be read
     * @throws io.github.sparklatent.config.UsageException if the format is not known
     */
    public static RecognisedTable of(
            Configuration hadoop, String typed, Optional<DataFormat> format, Optional<String> separator) {
        if (isInCatalog(hadoop, typed)) {
            return new RecognisedTable(
                    place("data.table", typed),
                    Map.of(),
                    "There is no file %s, so it is a table of the catalog".formatted(typed),
                    false,
                    OptionalInt.empty());
        }
        TableFiles files = TableFiles.of(hadoop, new Path(typed), format);
        return switch (files.format()) {
            case CSV -> csv(typed, files, separator);
            case IDX -> images(typed, files);
            default ->
                new RecognisedTable(
                        place("data.path", typed),
                        Map.of("data.format", files.format().toString()),
                        "%s is %s".formatted(typed, files.format()),
                        files.format().isImages(),
                        files.format() == DataFormat.PARQUET ? numbers(files) : OptionalInt.empty());
        };
    }

    /** Returns the name of a table without folders and extensions, for the name of a result. */
    public static String name(String typed) {
        Path path = new Path(typed);
        boolean isPattern = path.getName().matches(".*[*?{\\[].*") && path.getParent() != null;
        String name = (isPattern ? path.getParent() : path).getName();
        return TableFiles.stem(name).replaceAll("[^\\w.-]+", "-");
    }

    /** Returns whether the name of a table is that of a CSV file. */
    public static boolean isCsv(String typed) {
        return TableFiles.byName(new Path(typed).getName()).equals(Optional.of(DataFormat.CSV));
    }

    private static boolean isInCatalog(Configuration hadoop, String typed) {
        return CATALOG_NAME.matcher(typed).matches()
                && !TableFiles.isFileName(typed)
                && !TableFiles.exist(hadoop, new Path(typed))
                && !TableFiles.hasNear(hadoop, new Path(typed));
    }

    /** Returns where the table is; what a configuration says about another table is removed. */
    private static Map<String, Object> place(String key, Object value) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("data.path", null);
        place.put("data.table", null);
        place.put("data.labels", null);
        if (key.equals("data.table")) {
            place.put("data.format", null);
            place.put("data.schema", null);
            place.put("data.options", null);
        }
        place.put(key, value);
        return place;
    }

    private static RecognisedTable csv(String typed, TableFiles files, Optional<String> separator) {
        FirstLines lines = FirstLines.of(complete(typed, files.beginning(BEGINNING)), separator);
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("data.format", DataFormat.CSV.toString());
        settings.put("data.header", lines.header());
        settings.put("data.separator", lines.separator());
        if (lines.comma()) {
            settings.put("data.decimal", ",");
        }
        return new RecognisedTable(
                place("data.path", typed),
                settings,
                "%s is csv with the separator \"%s\"%s and %s header: %s"
                        .formatted(
                                typed,
                                lines.separator().equals("\t") ? "\\t" : lines.separator(),
                                lines.comma() ? ", decimal commas" : "",
                                lines.header() ? "a" : "no",
                                lines.because()),
                false,
                lines.numbers());
    }

    /** Returns the complete lines of the beginning of a file as a text. */
    private static String complete(String typed, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        text = text.startsWith("\ufeff") ? text.substring(1) : text;
        int end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
        boolean cut = bytes.length == BEGINNING && end > 0;
        String complete = cut ? text.substring(0, end) : text;
        if (complete.isBlank()) {
            throw new DataException("\"%s\" is empty, expected a table with a row for each line".formatted(typed));
        }
        return complete;
    }

    /** Returns the images of a directory with the files of labels and of held-out images. */
    private static RecognisedTable images(String typed, TableFiles files) {
        List<String> train = new ArrayList<>();
        List<String> heldOut = new ArrayList<>();
        for (Path path : files.paths()) {
            if (!path.getName().contains("-labels")) {
                (HELD_OUT.matcher(path.getName()).matches() ? heldOut : train).add(path.toString());
            }
        }
        if (train.isEmpty() || heldOut.isEmpty()) {
            train.addAll(heldOut);
            heldOut.clear();
        }
        Map<String, Object> place = place("data.path", train);
        labels(files, train).ifPresent(labels -> place.put("data.labels", labels));
        if (!heldOut.isEmpty()) {
            place.put("data.holdout.path", heldOut);
            place.put("data.holdout.labels", labels(files, heldOut).orElse(null));
        }
        return new RecognisedTable(
                place,
                Map.of("data.format", DataFormat.IDX.toString()),
                "%s has %s of idx images%s%s"
                        .formatted(
                                typed,
                                files(train.size()),
                                place.get("data.labels") == null ? "" : " with labels",
                                heldOut.isEmpty() ? "" : ", and " + files(heldOut.size()) + " held out"),
                true,
                OptionalInt.empty());
    }

    private static String files(int count) {
        return count == 1 ? "a file" : count + " files";
    }

    /** Returns the files of labels if each file of images has one beside it. */
    private static Optional<List<String>> labels(TableFiles files, List<String> images) {
        List<String> labels = new ArrayList<>();
        for (String image : images) {
            Path path = new Path(image);
            String name = path.getName().replace("-images", "-labels").replace("idx3", "idx1");
            Path label = new Path(path.getParent(), name);
            if (!name.equals(path.getName()) && TableFiles.exist(files.hadoop(), label)) {
                labels.add(label.toString());
            }
        }
        return labels.size() == images.size() ? Optional.of(labels) : Optional.empty();
    }

    /** Returns the number of columns of a Parquet file if all of them are numbers. */
    private static OptionalInt numbers(TableFiles files) {
        Path path = files.paths().get(0);
        if (path.toString().contains("=")) { // columns of partitions are not in the file
            return OptionalInt.empty();
        }
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(path, files.hadoop()))) {
            List<Type> columns = reader.getFileMetaData().getSchema().getFields();
            return columns.stream().allMatch(RecognisedTable::isNumber)
                    ? OptionalInt.of(columns.size())
                    : OptionalInt.empty();
        } catch (IOException | RuntimeException e) { // Spark reports what is wrong with the file
            return OptionalInt.empty();
        }
    }

    private static boolean isNumber(Type type) {
        if (!type.isPrimitive()) {
            return false;
        }
        PrimitiveType own = type.asPrimitiveType();
        PrimitiveTypeName name = own.getPrimitiveTypeName();
        boolean plain = own.getLogicalTypeAnnotation() == null;
        return name == PrimitiveTypeName.DOUBLE
                || name == PrimitiveTypeName.FLOAT
                || plain && (name == PrimitiveTypeName.INT32 || name == PrimitiveTypeName.INT64);
    }
}
