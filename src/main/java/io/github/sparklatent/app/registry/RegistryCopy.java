package io.github.sparklatent.app.registry;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.storage.AtomicFiles;
import io.github.sparklatent.cluster.storage.CommitLog;
import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.core.ResultLocation;
import io.github.sparklatent.ml.io.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Copies a registry: its log up to one entry, and the complete versions that the log knows then. A version and an entry
 * never change, so runs may go on meanwhile. A copy is a registry itself, and its file {@code BACKUP.json}, which is
 * written last, has the SHA-256 of all files of the versions.
 */
public final class RegistryCopy {
    /** Name of the file that makes a copy complete. */
    static final String MANIFEST = "BACKUP.json";

    private static final String FILES = "files";
    private static final String ENTRIES = "entries";

    private final Configuration hadoop;
    private final String from;
    private final String to;
    private final Registry source;
    private final FileSystem target;
    private final Map<String, Map<String, String>> copied = new TreeMap<>();

    /** Versions of which a file was written, which nobody else has: an existing file is not replaced. */
    private final Set<String> begun = new TreeSet<>();

    private RegistryCopy(Configuration hadoop, String from, String to) {
        this.hadoop = hadoop;
        this.from = from;
        this.to = to;
        this.source = new Registry(hadoop, from);
        this.target = files(hadoop, to);
    }

    /**
     * Copies a registry to a directory that is empty or does not exist.
     *
     * @return the number of entries of the log, and the runs whose versions were copied
     * @throws UsageException if the directory is not empty
     * @throws DataException if a version does not have the content that the log has recorded
     */
    public static Map<String, Object> backup(Configuration hadoop, String registry, String to) {
        RegistryCopy copy = new RegistryCopy(hadoop, registry, to);
        copy.source.requireEntries();
        copy.requireEmpty("--to");
        return copy.whole(copy::backup);
    }

    private Map<String, Object> backup() {
        List<CommitLog.Entry> entries = versions();
        append(entries);
        Map<String, Object> manifest = Json.object(
                "registry",
                from,
                "time",
                Instant.now().toString(),
                ENTRIES,
                entries.size(),
                "log",
                digest(entries),
                FILES,
                copied);
        write(MANIFEST, Json.text(manifest));
        return result(entries);
    }

    /**
     * Copies a backup to a registry that does not exist.
     *
     * @return the number of entries of the log, and the runs whose versions were copied
     * @throws UsageException if the registry exists
     * @throws DataException if the backup is not complete, or differs from what was backed up
     */
    public static Map<String, Object> restore(Configuration hadoop, String backup, String registry) {
        RegistryCopy copy = new RegistryCopy(hadoop, backup, registry);
        copy.requireEmpty("--registry");
        return copy.whole(copy::restore);
    }

    private Map<String, Object> restore() {
        Map<String, Object> manifest = manifest();
        List<CommitLog.Entry> entries = versions();
        if (!Objects.equals(manifest.get(ENTRIES), entries.size())
                || !Objects.equals(manifest.get("log"), digest(entries))) {
            throw new DataException("the log of backup \"%s\" has changed; restore another backup".formatted(from));
        }
        if (!copied.equals(manifest.get(FILES))) {
            throw new DataException("the versions of backup \"%s\" have changed (%s); restore another backup"
                    .formatted(from, firstDifference((Map<?, ?>) manifest.get(FILES))));
        }
        append(entries);
        return result(entries);
    }

    private Map<String, Object> result(List<CommitLog.Entry> entries) {
        return Json.object(ENTRIES, entries.size(), "versions", List.copyOf(copied.keySet()));
    }

    private static FileSystem files(Configuration hadoop, String path) {
        try {
            return AtomicFiles.plain(FileSystems.of(new Path(path), hadoop));
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(
                    "\"%s\" cannot be reached: %s".formatted(path, ExitCodes.firstLine(e.getMessage())), e);
        }
    }

    private void requireEmpty(String option) {
        Path directory = new Path(to);
        try {
            if (target.exists(directory) && target.listStatus(directory).length > 0) {
                throw new UsageException(
                        "%s \"%s\" is not empty, expected a directory that is empty or does not exist; choose another one, or delete what a killed copy has left there"
                                .formatted(option, to));
            }
        } catch (IOException e) {
            throw unreachable(directory, e);
        }
    }

    private Map<String, Object> manifest() {
        Path file = new Path(from, MANIFEST);
        try (InputStream in = files(hadoop, from).open(file)) {
            return Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            throw new DataException(
                    "--from \"%s\" is not a complete backup: it has no file %s; name a directory that backup has written"
                            .formatted(from, MANIFEST),
                    e);
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException("%s cannot be read: %s".formatted(file, ExitCodes.firstLine(e.getMessage())), e);
        }
    }

    /** Copies the versions until the log is the same before and after a copy. Returns the entries of the log. */
    private List<CommitLog.Entry> versions() {
        CommitLog log = new CommitLog(hadoop, new Path(from, "log"));
        while (true) {
            List<CommitLog.Entry> entries = log.entries();
            History history = Registry.history(entries);
            Set<String> runs = new TreeSet<>(history.versions());
            for (String run : runs) {
                if (!copied.containsKey(run) && !copy(run, log)) {
                    break;
                }
            }
            if (log.entries().size() == entries.size()) {
                // Pruned while others were copied.
                copied.keySet().stream().filter(run -> !runs.contains(run)).forEach(this::delete);
                copied.keySet().retainAll(runs);
                copied.keySet().forEach(run -> requireRecorded(history, run));
                return entries;
            }
        }
    }

    /** Copies a version. Returns false if it was pruned meanwhile. */
    private boolean copy(String run, CommitLog log) {
        try {
            Map<String, String> digests = new TreeMap<>();
            List<Versions.VersionFile> files = source.versions().files(run).stream()
                    .sorted(Comparator.comparing(file -> file.name().equals(ResultLocation.SUCCESS)))
                    .toList();
            for (Versions.VersionFile file : files) {
                digests.put(file.name(), copy(run, file));
            }
            if (source.versions().holds(run)) {
                copied.put(run, digests);
                return true;
            }
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof FileNotFoundException)) {
                throw e;
            }
        }
        delete(run);
        if (!Registry.history(log.entries()).pruned().contains(run)) {
            throw new DataException("version \"%s\" of \"%s\" was trained, but its files are gone; restore %s"
                    .formatted(run, from, source.versions().path(run)));
        }
        return false;
    }

    private String copy(String run, Versions.VersionFile file) {
        Path place = new Path(new Path(new Path(to, "versions"), run), file.name());
        MessageDigest digest = DigestUtils.getSha256Digest();
        try (InputStream in = new DigestInputStream(file.content().get(), digest);
                OutputStream out = target.create(place, false)) {
            begun.add(run);
            in.transferTo(out);
        } catch (IOException e) {
            throw unreachable(place, e);
        }
        String read = HexFormat.of().formatHex(digest.digest());
        try (InputStream in = target.open(place)) {
            String written = DigestUtils.sha256Hex(in);
            if (!written.equals(read)) {
                throw new UncheckedIOException(
                        "%s has the digest %s, expected %s; its storage has changed it, so copy again"
                                .formatted(place, written, read),
                        new IOException("different content"));
            }
        } catch (IOException e) {
            throw unreachable(place, e);
        }
        return read;
    }

    /** Requires the model and the metrics that the log has recorded. */
    private void requireRecorded(History history, String run) {
        Map<String, String> recorded = history.entries().stream()
                .filter(entry -> entry.runId().equals(run) && !entry.digests().isEmpty())
                .reduce((earlier, later) -> later)
                .map(Entry::digests)
                .orElse(Map.of());
        Map<String, String> found;
        try {
            found = new Versions(target, to).digests(run);
        } catch (DataException e) {
            throw damaged(run, e.getMessage(), e);
        }
        recorded.forEach((name, digest) -> {
            if (!digest.equals(found.get(name))) {
                throw damaged(run, "its %s does not have the digest that the log has recorded".formatted(name), null);
            }
        });
    }

    private DataException damaged(String run, String reason, Throwable cause) {
        return new DataException(
                "version \"%s\" of \"%s\" is damaged: %s; take it from another backup".formatted(run, from, reason),
                cause);
    }

    /** Copies, and if that is refused deletes the versions that were copied. A run may have written others there. */
    private Map<String, Object> whole(Supplier<Map<String, Object>> copy) {
        try {
            return copy.get();
        } catch (DataException e) {
            try {
                begun.forEach(this::delete);
                Path versions = new Path(to, "versions");
                if (target.exists(versions) && target.listStatus(versions).length == 0) {
                    target.delete(versions, false);
                }
            } catch (IOException | UncheckedIOException failed) {
                e.addSuppressed(failed);
            }
            throw e;
        }
    }

    private void append(List<CommitLog.Entry> entries) {
        if (!new CommitLog(hadoop, new Path(to, "log")).copy(entries)) {
            throw new UncheckedIOException(
                    "another program writes to \"%s\"; choose another directory".formatted(to),
                    new IOException("an entry of its log exists"));
        }
    }

    private void write(String name, String text) {
        Path file = new Path(to, name);
        try {
            new AtomicFiles(hadoop, file).replace(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unreachable(file, e);
        }
    }

    private void delete(String run) {
        new Versions(target, to).delete(run);
    }

    private static String digest(List<CommitLog.Entry> entries) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        entries.forEach(entry -> digest.update((entry.text() + "\0").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private String firstDifference(Map<?, ?> before) {
        Set<String> runs = new TreeSet<>(copied.keySet());
        before.keySet().forEach(run -> runs.add((String) run));
        return runs.stream()
                .filter(run -> !Objects.equals(copied.get(run), before.get(run)))
                .findFirst()
                .orElse("none");
    }

    private static UncheckedIOException unreachable(Path file, IOException e) {
        return new UncheckedIOException(file + " cannot be reached: " + ExitCodes.firstLine(e.getMessage()), e);
    }
}
