package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.cluster.storage.Log;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.Families;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.core.TrainingIdentity;
import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The result of a training.
 *
 * @param path path of the result as it was asked for
 * @param metrics its metrics; at most the type of the model if it has none
 * @param time when its metrics were written, in milliseconds; 0 without metrics
 */
public record SavedResult(String path, Map<String, Object> metrics, long time) {
    /**
     * Reads the metrics of a result.
     *
     * @param path directory of a result, or of the model in it
     * @return empty if there is no model
     * @throws DataException if the result cannot be read
     */
    public static Optional<SavedResult> at(Configuration hadoop, String path) {
        try {
            FileSystem files = FileSystems.of(new Path(path), hadoop);
            Path model = SavedModels.directory(hadoop, path);
            if (!files.exists(new Path(model, "metadata"))) {
                return Optional.empty();
            }
            Path metrics = new Path(model.getParent(), "metrics.json");
            if (!files.exists(metrics)) { // a model without its result; a job names its only stage by its type
                FileStatus[] stages = files.globStatus(new Path(model, "stages/0_*"));
                Map<String, Object> known = Arrays.stream(stages == null ? new FileStatus[0] : stages)
                        .flatMap(stage ->
                                Families.types().find(stage.getPath().getName().substring(2)).stream())
                        .findFirst()
                        .map(type -> Map.<String, Object>of("model", Map.of("type", type.type())))
                        .orElse(Map.of());
                return Optional.of(new SavedResult(path, known, 0));
            }
            try (InputStream in = files.open(metrics)) {
                return Optional.of(new SavedResult(
                        path,
                        Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)),
                        files.getFileStatus(metrics).getModificationTime()));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException(
                    "the result \"%s\" cannot be read: %s".formatted(path, ExitCodes.firstLine(e.getMessage())), e);
        }
    }

    /** Returns the type of the model; empty if it is not known. */
    public Optional<String> type() {
        return Optional.ofNullable(section(metrics.get("model")).get("type")).map(Object::toString);
    }

    /** Returns where the result comes from: the program, the rows and the options. */
    public Map<?, ?> origin() {
        return section(metrics.get("origin"));
    }

    /** Returns the keys whose values differ from those of another training; empty if the result has no options. */
    public Optional<Set<String>> differences(Settings settings) {
        return Optional.of(section(origin().get("options")))
                .filter(options -> !options.isEmpty())
                .map(options ->
                        TrainingIdentity.ofOptions(options).differences(TrainingIdentity.ofOptions(settings.asMap())));
    }

    /** Returns how the training handled rows with missing values; empty if that is not known. */
    public Optional<String> invalid() {
        Map<?, ?> data = section(section(origin().get("options")).get("data"));
        return Optional.ofNullable(data.get("invalid")).map(Object::toString);
    }

    /** Returns the paths of the table it was trained on, or its name in the catalog. */
    public List<String> table() {
        Map<?, ?> data = section(section(origin().get("options")).get("data"));
        Object table = data.containsKey("path") ? data.get("path") : data.get("table");
        return table instanceof List<?> several
                ? several.stream().map(Object::toString).toList()
                : table == null ? List.of() : List.of(table.toString());
    }

    private static Map<?, ?> section(Object value) {
        return value instanceof Map<?, ?> section ? section : Map.of();
    }

    /** Returns the paths of some results in a folder, which need not exist. */
    public static List<String> in(Configuration hadoop, String folder) {
        List<String> found = new ArrayList<>();
        try {
            FileStatus[] children =
                    FileSystems.of(new Path(folder), hadoop).globStatus(new Path(folder + "/[^.]*/" + Log.NAME));
            for (FileStatus child : children == null ? new FileStatus[0] : children) {
                found.add(folder + "/" + child.getPath().getParent().getName());
            }
        } catch (IOException e) {
            return List.of(); // a hint only
        }
        return found;
    }

    /** Returns whether the result is that of these tables. */
    public boolean isOf(Configuration hadoop, List<String> tables) {
        return table().isEmpty() || qualified(hadoop, table()).equals(qualified(hadoop, tables));
    }

    /** Returns paths with their file systems, and those that no file system has as they are. */
    static List<String> qualified(Configuration hadoop, List<String> paths) {
        return paths.stream()
                .map(path -> {
                    try {
                        return FileSystems.of(new Path(path), hadoop)
                                .makeQualified(new Path(path))
                                .toString();
                    } catch (IOException | IllegalArgumentException e) {
                        return path;
                    }
                })
                .toList();
    }
}
