package io.github.sparklatent.app.registry;

import io.github.sparklatent.app.config.VersionPaths;
import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.app.job.ResultWriter;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.ml.core.ResultLocation;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.ModelDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** The directories of a registry's versions: the results of trainings, by run. */
public final class Versions {
    /**
     * A file of a version.
     *
     * @param name path below the directory of the version
     */
    record VersionFile(String name, Path path, long bytes, Supplier<InputStream> content) {}

    /** Name of the digest of a model. */
    static final String MODEL = "model";

    private static final String PARAMS = "params";
    private static final String METADATA = "metadata";

    /** Directories of a model with times of the training. */
    private static final Set<String> NO_PARAMETERS = Set.of(METADATA, "fit");

    /** Params that differ between two trainings of the same model. */
    private static final Set<String> OF_TRAINING = Set.of("initialModel", "stageUids");

    private final FileSystem files;
    private final String registry;

    /** Opens the versions below the path of a registry; there may be none. */
    Versions(FileSystem files, String registry) {
        this.files = files;
        this.registry = registry;
    }

    /** Returns the directory of a run's result, which is a version of its own on an object store. */
    public String path(String runId) {
        String path = VersionPaths.version(registry, runId);
        Path version = new Path(path);
        try {
            Path result = ResultLocation.current(files.getConf(), version);
            return result.equals(version) ? path : result.toString();
        } catch (IOException e) {
            throw unreachable(version, e);
        }
    }

    /** Returns whether the version of a run is complete. */
    public boolean holds(String runId) {
        return exists(new Path(path(runId), ResultLocation.SUCCESS));
    }

    /** Returns whether two digests are those of one model. */
    static boolean isSameModel(Map<String, String> own, Map<String, String> other) {
        return own.containsKey(MODEL)
                && own.get(MODEL).equals(other.get(MODEL))
                && Objects.equals(own.get(PARAMS), other.get(PARAMS));
    }

    /**
     * Returns the SHA-256 of the model, of the Params of its stages and of the metrics of a version; none if there is
     * no such version. Spark gives the files of a model random names, and its metadata and descriptions have times and
     * paths. So the model counts by the content of its parameters: two trainings with the same bits have the same
     * digest.
     */
    Map<String, String> digests(String runId) {
        if (!holds(runId)) {
            return Map.of();
        }
        Map<String, String> digests = new TreeMap<>();
        SortedSet<String> model = new TreeSet<>();
        SortedSet<String> params = new TreeSet<>();
        for (VersionFile file : files(runId)) {
            String[] names = file.name().split("/");
            String name = names[names.length - 1];
            if (file.name().equals(ResultWriter.METRICS)) {
                digests.put("metrics", digest(file));
            } else if (names.length > 2 && names[0].equals(SavedModels.DIRECTORY) && !name.startsWith("_")) {
                String directory = names[names.length - 2];
                String place = file.name().substring(0, file.name().lastIndexOf('/'));
                if (directory.equals(METADATA) && file.bytes() > 0) {
                    params.add(place + " " + params(file));
                } else if (!NO_PARAMETERS.contains(directory) && !name.equals(ModelDirectory.TRAINING)) {
                    model.add(place + " " + (name.equals(ModelDirectory.CONTENT) ? parameters(file) : digest(file)));
                }
            }
        }
        if (!model.isEmpty()) {
            digests.put(MODEL, DigestUtils.sha256Hex(String.join("\n", model)));
        }
        if (!params.isEmpty()) {
            digests.put(PARAMS, DigestUtils.sha256Hex(String.join("\n", params)));
        }
        return digests;
    }

    /** Returns the Params of a stage that its metadata has, by name. */
    private static String params(VersionFile metadata) {
        Map<String, Object> stage =
                Json.parse(text(metadata.path(), metadata.content().get()));
        Map<String, Object> params = new TreeMap<>();
        if (stage.get("paramMap") instanceof Map<?, ?> set) {
            set.forEach((name, value) -> params.put((String) name, value));
        }
        params.keySet().removeAll(OF_TRAINING);
        return Json.line(params);
    }

    private static String text(Path file, InputStream opened) {
        try (InputStream in = opened) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreachable(file, e);
        }
    }

    /** Returns the digest of a content without the record of its fit, which has times and paths. */
    private static String parameters(VersionFile file) {
        try (InputStream in = file.content().get()) {
            MessageDigest digest = DigestUtils.getSha256Digest();
            StateCodec.MODEL.digest(in, "fit", digest);
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw unreachable(file.path(), e);
        }
    }

    private static String digest(VersionFile file) {
        try (InputStream in = file.content().get()) {
            return DigestUtils.sha256Hex(in);
        } catch (IOException e) {
            throw unreachable(file.path(), e);
        }
    }

    /** Returns the text of a file of a version; absent if the version does not have the file. */
    Optional<String> read(String runId, String name) {
        Path file = new Path(path(runId), name);
        if (!exists(file)) {
            return Optional.empty();
        }
        return Optional.of(text(file, content(file)));
    }

    /** Returns the files of a version in the order of their names, without hidden ones. */
    List<VersionFile> files(String runId) {
        Path version = files.makeQualified(new Path(path(runId)));
        List<VersionFile> found = new ArrayList<>();
        try {
            RemoteIterator<LocatedFileStatus> all = files.listFiles(version, true);
            while (all.hasNext()) {
                LocatedFileStatus file = all.next();
                if (!file.getPath().getName().startsWith(".")) {
                    String name = file.getPath()
                            .toString()
                            .substring(version.toString().length() + 1);
                    found.add(new VersionFile(name, file.getPath(), file.getLen(), () -> content(file.getPath())));
                }
            }
        } catch (IOException e) {
            throw unreachable(version, e);
        }
        found.sort(Comparator.comparing(VersionFile::name));
        return found;
    }

    private InputStream content(Path file) {
        try {
            return files.open(file);
        } catch (IOException e) {
            throw unreachable(file, e);
        }
    }

    private boolean exists(Path file) {
        try {
            return files.exists(file);
        } catch (IOException e) {
            throw unreachable(file, e);
        }
    }

    /** Deletes a version, if it exists. */
    void delete(String runId) {
        Path version = new Path(VersionPaths.version(registry, runId));
        try {
            files.delete(version, true);
        } catch (IOException e) {
            throw unreachable(version, e);
        }
    }

    private static UncheckedIOException unreachable(Path file, IOException e) {
        return new UncheckedIOException(file + " cannot be reached: " + ExitCodes.firstLine(e.getMessage()), e);
    }
}
