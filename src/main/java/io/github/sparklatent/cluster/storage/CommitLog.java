package io.github.sparklatent.cluster.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparklatent.learn.DataException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of numbered files, {@code 00000001.json} and so on, which are created if absent and never changed. Two
 * writers that want the same number are decided by the file system: one wins, and the other learns that it lost. What
 * the log says is thus the same for all readers.
 *
 * <p>The numbers have no gap. A file of another name is ignored. {@link CommitLogFormat} has the content of a file.
 *
 * <p>Old entries are compacted, so that a log of many years is read quickly: {@code 00000001-00000100.json} is a JSON
 * array of the contents of a hundred files, which are deleted when it is complete. The newest hundred entries stay
 * single files. A writer that was suspended before it created a file, and finds that a compacted file has its number,
 * has lost.
 */
public final class CommitLog {
    private static final Logger LOG = LoggerFactory.getLogger(CommitLog.class);

    /** Number of entries of a compacted file, and of the newest ones that are never compacted. */
    static final int COMPACTED = 100;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME = Pattern.compile("(\\d{8})(-\\d{8})?\\.json");
    /** Time after which a temporary file belongs to a killed writer; an append takes seconds. */
    private static final Duration LEFT_OVER = Duration.ofHours(1);

    private final AtomicFiles files;
    private final Path directory;
    private final CommitLogFormat format;
    private final List<Entry> known = new ArrayList<>();

    /**
     * One entry of the log.
     *
     * @param number position in the log, from 1
     * @param text text as it was appended
     */
    public record Entry(long number, String text) {}

    /**
     * Creates the access to a log without changing the file system.
     *
     * @param directory directory of the files; it need not exist
     * @throws DataException if the file system does not exist or cannot be used
     */
    public CommitLog(Configuration hadoop, Path directory) {
        try {
            this.files = new AtomicFiles(hadoop, directory);
            this.directory = files.files().makeQualified(directory);
            this.format = new CommitLogFormat(this.directory);
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException("commit log \"" + directory + "\" cannot be reached: " + e.getMessage(), e);
        }
    }

    /**
     * Returns all entries in the order of their numbers; none if the directory does not exist. An entry never changes,
     * so each one is read only once.
     *
     * @throws DataException if an entry is missing, too long or damaged
     */
    public synchronized List<Entry> entries() {
        try {
            Numbers numbers = numbers();
            if (numbers.newest() < known.size()) { // somebody has removed the log
                known.clear();
            }
            while (known.size() < numbers.newest()) {
                try {
                    known.addAll(read(known.size() + 1L, numbers));
                } catch (FileNotFoundException e) { // compacted since the names were listed?
                    Numbers later = numbers();
                    long next = known.size() + 1L;
                    if (numbers.isCompacted(next) || !later.isCompacted(next)) {
                        throw e;
                    }
                    numbers = later;
                }
            }
            return List.copyOf(known);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Returns the entry with the highest number, without reading the others; nothing if the log is empty.
     *
     * @throws DataException if a number is missing, or if the newest entry is too long or damaged
     */
    public Optional<Entry> newest() {
        try {
            Numbers numbers = numbers();
            while (numbers.newest() > 0) {
                try {
                    return Optional.of(read(numbers.newest(), numbers).get(0));
                } catch (FileNotFoundException e) { // as above
                    Numbers later = numbers();
                    if (later.newest() == numbers.newest()) {
                        throw e;
                    }
                    numbers = later;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Appends an entry, if its number is free.
     *
     * @param number number of the newest entry plus 1
     * @param text text without limits on its characters, shorter than 1 MiB
     * @return false if an entry of this number exists, because another writer was first
     * @throws IllegalArgumentException if the entry before it is missing, or the text is too long
     */
    public boolean append(long number, String text) {
        byte[] content = format.content(number, text);
        try {
            if (number < 1 || number > 1 && !exists(number - 1)) {
                throw new IllegalArgumentException(
                        "entry %d cannot be appended to commit log \"%s\": the entry before it is missing"
                                .formatted(number, directory));
            }
            files.files().mkdirs(directory);
            if (!files.createIfAbsent(file(number), content)) {
                return files.files().exists(compactedFile(number)) && isCompacted(number, content);
            }
            if (files.files().exists(compactedFile(number))) { // this writer has slept for a hundred entries
                files.files().delete(file(number), false);
                return isCompacted(number, content);
            }
            files.removeTemporary(directory, System.currentTimeMillis() - LEFT_OVER.toMillis());
            compact(number);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "entry %d of commit log \"%s\" cannot be written: %s".formatted(number, directory, e.getMessage()),
                    e);
        }
    }

    /**
     * Appends an entry that depends on the entries before it. If another writer is first, the entry is computed again
     * from the longer log.
     *
     * @param next returns the text of the next entry, or nothing if none is needed
     * @return the entry, or nothing
     */
    public Optional<Entry> append(Function<List<Entry>, Optional<String>> next) {
        while (true) {
            List<Entry> before = entries();
            Optional<String> text = next.apply(before);
            long number = before.size() + 1L;
            if (text.isEmpty()) {
                return Optional.empty();
            }
            if (append(number, text.get())) {
                return Optional.of(new Entry(number, text.get()));
            }
        }
    }

    /**
     * Compacts the old entries of which there are single files. A later call goes on where a killed one has ended, or
     * where this one cannot.
     *
     * @param newest number of the newest entry
     */
    private void compact(long newest) {
        try {
            Numbers numbers = numbers();
            long whole = 0; // the first of the numbers whose compacted file has been read
            for (long number : numbers.single().headSet(last(newest) - 2 * COMPACTED + 1)) {
                if (first(number) != whole) {
                    whole = first(number);
                    if (!numbers.isCompacted(number)) {
                        List<String> contents = new ArrayList<>();
                        for (long i = whole; i <= last(whole); i++) {
                            contents.add(content(i));
                            format.entry(i, contents.get(contents.size() - 1));
                        }
                        files.createIfAbsent(compactedFile(whole), JSON.writeValueAsBytes(contents));
                    }
                    compacted(whole); // the name may be there before the content, if its writer is killed
                }
                files.files().delete(file(number), false);
            }
        } catch (IOException | DataException e) { // the entry of this call is written
            LOG.warn("old entries of commit log \"{}\" stay in single files: {}", directory, e.getMessage());
        }
    }

    private static long first(long number) {
        return number - (number - 1) % COMPACTED;
    }

    private static long last(long number) {
        return first(number) + COMPACTED - 1;
    }

    private Path file(long number) {
        return format.file(number);
    }

    private Path compactedFile(long number) {
        return new Path(directory, "%08d-%08d.json".formatted(first(number), last(number)));
    }

    private boolean exists(long number) throws IOException {
        return isFile(file(number)) || isFile(compactedFile(number));
    }

    private boolean isFile(Path file) throws IOException {
        try {
            return files.files().getFileStatus(file).isFile();
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    private boolean isCompacted(long number, byte[] content) throws IOException {
        return compacted(number)
                .get((int) (number - first(number)))
                .equals(new String(content, StandardCharsets.UTF_8));
    }

    /** Returns the contents of the files that were compacted with one of them, after a check of each. */
    private List<String> compacted(long number) throws IOException {
        try (FSDataInputStream in = files.files().open(compactedFile(number))) {
            List<String> contents = List.of(JSON.readValue((InputStream) in, String[].class));
            if (contents.size() != COMPACTED) {
                throw CommitLogFormat.damaged(
                        compactedFile(number),
                        "it has %d entries, expected %d".formatted(contents.size(), COMPACTED),
                        null);
            }
            for (long i = first(number); i <= last(number); i++) {
                format.entry(i, contents.get((int) (i - first(number))));
            }
            return contents;
        } catch (JsonProcessingException | NullPointerException e) { // null: the array, or one of its elements
            throw CommitLogFormat.damaged(compactedFile(number), "it is no JSON array of texts", e);
        }
    }

    /**
     * The numbers of the entries.
     *
     * @param newest the highest
     * @param single those with a file of their own
     * @param compacted the first of each compacted file
     */
    private record Numbers(long newest, SortedSet<Long> single, Set<Long> compacted) {
        boolean isCompacted(long number) {
            return compacted.contains(first(number));
        }
    }

    /** Returns the numbers, after a check that none below the highest is missing. */
    private Numbers numbers() throws IOException {
        while (true) {
            Numbers numbers = listed();
            long present = 0;
            while (numbers.isCompacted(present + 1) || numbers.single().contains(present + 1)) {
                present++;
            }
            if (present == numbers.newest()) {
                return numbers;
            }
            // A list taken while others append may have a later entry without an earlier one.
            if (!exists(present + 1L)) {
                throw new DataException(
                        "commit log \"%s\" has entry %d but no entry %d; restore the missing file from a backup"
                                .formatted(directory, numbers.newest(), present + 1L));
            }
        }
    }

    private Numbers listed() throws IOException {
        SortedSet<Long> single = new TreeSet<>();
        Set<Long> compacted = new HashSet<>();
        long newest = 0;
        try {
            for (FileStatus status : files.files().listStatus(directory)) {
                Matcher name = NAME.matcher(status.getPath().getName());
                if (name.matches() && status.isFile()) {
                    long number = Long.parseLong(name.group(1));
                    if (name.group(2) == null) {
                        single.add(number);
                        newest = Math.max(newest, number);
                    } else if (name.group().equals(compactedFile(number).getName())) {
                        compacted.add(number);
                        newest = Math.max(newest, last(number));
                    }
                }
            }
        } catch (FileNotFoundException e) { // there is no log yet
            return new Numbers(0, single, compacted);
        }
        return new Numbers(newest, single, compacted);
    }

    /** Returns an entry and, if it is compacted, those after it in the same file. */
    private List<Entry> read(long number, Numbers numbers) throws IOException {
        if (!numbers.isCompacted(number)) {
            return List.of(format.entry(number, content(number)));
        }
        List<String> contents;
        try {
            contents = compacted(number);
        } catch (DataException e) {
            if (numbers.single().contains(number)) { // it has not been deleted yet, or was restored
                return List.of(format.entry(number, content(number)));
            }
            throw e;
        }
        return LongStream.rangeClosed(number, last(number))
                .mapToObj(i -> format.entry(i, contents.get((int) (i - first(number)))))
                .toList();
    }

    private String content(long number) throws IOException {
        byte[] bytes;
        try (FSDataInputStream in = files.files().open(file(number))) {
            bytes = in.readNBytes(CommitLogFormat.MAX_BYTES + 1);
        }
        if (bytes.length > CommitLogFormat.MAX_BYTES) {
            throw CommitLogFormat.damaged(
                    file(number), "it is longer than " + CommitLogFormat.MAX_BYTES + " bytes", null);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private UncheckedIOException unreadable(IOException cause) {
        return new UncheckedIOException(
                "commit log \"" + directory + "\" cannot be read: " + cause.getMessage(), cause);
    }
}
