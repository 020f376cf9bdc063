package io.github.sparklatent.app.files;

import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.storage.AtomicFiles;
import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.cluster.table.PlacedSource;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.core.BuildInfo;
import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The identity of the files of a table, without reading them: their paths, lengths and times of modification, and
 * everything that decides how their rows are read. It must be taken before Spark lists the files. Then a file that is
 * replaced meanwhile gives the next run another identity.
 */
public final class PlacedSources {
    /** Settings of Spark that can change the numbers that are read from a file. */
    private static final List<String> READING = List.of(
            "spark.sql.ansi.",
            "spark.sql.caseSensitive",
            "spark.sql.csv.",
            "spark.sql.files.",
            "spark.sql.json.",
            "spark.sql.legacy.",
            "spark.sql.orc.",
            "spark.sql.parquet.",
            "spark.sql.session.timeZone",
            "spark.sql.sources.");

    private PlacedSources() {}

    /**
     * Returns the directory of {@code data.placed} with the identity of the tables of a training; empty if it is not
     * set.
     *
     * @throws DataException if the files cannot be listed
     */
    public static Optional<PlacedSource> of(SparkSession spark, JobConfiguration configuration) {
        return configuration.data().placed().map(path -> new PlacedSource(path, identity(spark, configuration)));
    }

    private static String identity(SparkSession spark, JobConfiguration configuration) {
        DataSection data = configuration.data();
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        Map<String, Object> entries = new TreeMap<>();
        entries.put("version", BuildInfo.read().version());
        entries.put("commit", BuildInfo.read().commit());
        entries.put("spark", spark.version());
        entries.put("settings", settings(spark));
        entries.put("format", data.format().toString());
        entries.put("csv", new TreeMap<>(data.csv()));
        entries.put("schema", data.schema().orElse(""));
        entries.put("names", data.names());
        entries.put("multiline", data.multiline());
        entries.put("text", data.text().toString());
        entries.put(
                "gate", configuration.registry().isRun() ? configuration.gate().fraction() : 0.0);
        entries.put("files", files(hadoop, "data.path", data.paths()));
        entries.put("holdout", files(hadoop, "data.holdout.path", data.holdout().paths()));
        return hash(Json.line(entries));
    }

    private static Map<String, String> settings(SparkSession spark) {
        return CollectionConverters.asJava(spark.conf().getAll()).entrySet().stream()
                .filter(entry -> READING.stream().anyMatch(entry.getKey()::startsWith))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    /** Returns the sorted files of the paths, each with its length and time of modification. */
    private static List<String> files(Configuration hadoop, String key, List<String> paths) {
        List<String> found = new ArrayList<>();
        for (String path : paths) {
            try {
                Path pattern = new Path(path);
                FileSystem files = FileSystems.of(pattern, hadoop);
                FileStatus[] matches = files.globStatus(pattern);
                for (FileStatus match : matches == null ? new FileStatus[0] : matches) {
                    RemoteIterator<LocatedFileStatus> inside = files.listFiles(match.getPath(), true);
                    while (inside.hasNext()) {
                        FileStatus file = inside.next();
                        found.add("%s %d %d".formatted(file.getPath(), file.getLen(), file.getModificationTime()));
                    }
                }
            } catch (IOException e) {
                throw new DataException(
                        "%s \"%s\" cannot be listed: %s".formatted(key, path, ExitCodes.firstLine(e.getMessage())), e);
            }
        }
        return found.stream().sorted().toList();
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Checks, before the work starts, that the directory can be written. This needs no Spark session.
     *
     * @throws UsageException with the reason if it cannot
     */
    public static void requireUsable(Configuration hadoop, DataSection data) {
        if (data.placed().isEmpty()) {
            return;
        }
        String shown = "data.placed \"" + data.placed().get() + "\"";
        try {
            Path path = new Path(data.placed().get());
            FileSystem files = AtomicFiles.plain(FileSystems.of(path, hadoop));
            if (files.exists(path) && files.getFileStatus(path).isFile()) {
                throw new UsageException(shown + " is a file, expected a directory or nothing");
            }
            WriteProbe.require(files, new Path(path, ".check"), shown);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(shown + " cannot be reached: " + ExitCodes.firstLine(e.getMessage()), e);
        }
    }
}
