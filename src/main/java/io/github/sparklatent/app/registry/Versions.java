package io.github.sparklatent.app.registry;

import io.github.sparklatent.app.files.Place;
import io.github.sparklatent.app.files.RunDirectory;
import io.github.sparklatent.app.job.ResultWriter;
import io.github.sparklatent.cluster.storage.State.Version;
import io.github.sparklatent.cluster.storage.Store;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.core.SavedModels.ResultLocation;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.ModelChecksums;
import io.github.sparklatent.ml.io.ModelDirectory;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.Path;

/** The files of versions: digests of what a model is, and the check of all files. */
public final class Versions {
    private static final String METADATA = "metadata";

    /** Directories of a model with times of the training. */
    private static final String FIT = "fit";

    /** Params that differ between two trainings of the same model. */
    private static final Set<String> OF_TRAINING = Set.of("initialModel", "stageUids");

    private Versions() {}

    /**
     * Returns the SHA-256 of the model with its Params, and of the metrics. Spark gives the files of a model random
     * names, and its metadata and descriptions have times and paths. So the model counts by the content of its
     * parameters: two trainings with the same bits have the same digest.
     */
    static Map<String, String> digests(Store store, Path version) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        MessageDigest model = DigestUtils.getSha256Digest();
        for (String file : store.files(version)) {
            String[] names = file.split("/");
            String name = names[names.length - 1];
            Path path = new Path(version, file);
            if (file.equals(ResultWriter.METRICS)) {
                digests.put("metrics", store.sha256(path));
            } else if (names.length > 2 && names[0].equals(SavedModels.DIRECTORY) && !name.startsWith("_")) {
                String directory = names[names.length - 2];
                if (directory.equals(METADATA)) {
                    add(model, file.substring(0, file.lastIndexOf('/')), params(store, path));
                } else if (!directory.equals(FIT) && !name.equals(ModelDirectory.TRAINING)) {
                    String place = file.substring(0, file.lastIndexOf('/'));
                    add(
                            model,
                            place,
                            name.equals(ModelDirectory.CONTENT) ? parameters(store, path) : store.sha256(path));
                }
            }
        }
        digests.put(RunDirectory.MODEL, HexFormat.of().formatHex(model.digest()));
        return digests;
    }

    private static void add(MessageDigest digest, String place, String text) {
        digest.update((place + " " + text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the Params of a stage that its metadata has, by name. */
    private static String params(Store store, Path metadata) throws IOException {
        byte[] content = store.get(metadata).orElse(new byte[0]);
        Map<String, Object> params = new TreeMap<>();
        if (content.length > 0
                && Json.parse(new String(content, StandardCharsets.UTF_8)).get("paramMap") instanceof Map<?, ?> set) {
            set.forEach((name, value) -> params.put((String) name, value));
        }
        params.keySet().removeAll(OF_TRAINING);
        return Json.line(params);
    }

    /** Returns the digest of a content without the record of its fit, which has times and paths. */
    private static String parameters(Store store, Path file) throws IOException {
        try (InputStream in = store.open(file).orElseThrow(() -> new FileNotFoundException(file + " is gone"))) {
            MessageDigest digest = DigestUtils.getSha256Digest();
            StateCodec.MODEL.digest(in, FIT, digest);
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    /**
     * Reads every file of a version, and compares it with its digest. Rows of an output have no digests.
     *
     * @return the number of files
     * @throws DataException if a file is missing, was changed or was added; the message names the first
     */
    static int verify(Place place, Version version) {
        Path directory = place.directory(version.directory());
        Path success = new Path(directory, ResultLocation.SUCCESS);
        try {
            String text = new String(
                    place.store().get(success).orElseThrow(() -> damaged(success + " is missing")),
                    StandardCharsets.UTF_8);
            if (!DigestUtils.sha256Hex(text).equals(version.digests().get(RunDirectory.ALL))) {
                throw damaged(success + " does not have the digest in the log");
            }
            List<String> lines = text.lines().skip(2).toList(); // after the program and the run
            if (!lines.isEmpty()) {
                ModelChecksums.requireSame(
                        "result",
                        directory,
                        ResultLocation.SUCCESS,
                        String.join("\n", lines) + "\n",
                        ModelChecksums.lines(place.store(), directory, ResultLocation.SUCCESS));
            }
            return lines.size();
        } catch (IOException e) {
            throw new UncheckedIOException("the version %s cannot be read: %s".formatted(directory, e.getMessage()), e);
        }
    }

    private static DataException damaged(String reason) {
        return new DataException(reason + "; restore it from a backup, or train it again");
    }
}
