package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.storage.ConflictException;
import io.github.sparklatent.cluster.storage.Store;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.learn.StateType;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one training: states that are written every few rounds, of which the next run of the same training
 * uses the newest. They are in a directory that is named by the training's identity, in files {@code ROUND.RUN}. A file
 * is written once, and its name has the run that writes it, so two runs never write the same file. The last 8 bytes are
 * a checksum of all others: a file that is not whole is not used.
 *
 * @param <S> the state
 */
public class Checkpoints<S> {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private static final Pattern NAME = Pattern.compile("([0-9]{8,})\\.(.+)");

    /** Checkpoints of a run that stay: the newest may be on a disk that fails. */
    private static final int KEPT = 2;

    /** Checkpoints that may fail one after the other. The training ends at the next failure. */
    private static final int MAX_FAILURES = 2;

    private final Store store;
    private final Path directory;
    private final String run;
    private final int every;
    private final StateType<S> type;
    private final Function<S, String> position;

    /** Rounds of all runs of this training, which order its checkpoints. */
    private long round;

    private S latest;

    /** The position of the newest state that was written; empty if there is none. */
    private Optional<String> written = Optional.empty();

    private boolean isLatestWritten;
    private int failures;

    /**
     * Creates the checkpoints of a training.
     *
     * @param run name of the run that writes, which no other run has
     * @param every rounds between two checkpoints; 0: no checkpoints
     * @param type class of the state
     * @param position describes how far a state is, such as "12 rounds"
     */
    Checkpoints(Store store, Path directory, String run, int every, StateType<S> type, Function<S, String> position) {
        this.store = store;
        this.directory = directory;
        this.run = run;
        this.every = every;
        this.type = type;
        this.position = position;
    }

    /** Returns the state to continue from, or nothing if there is no checkpoint of this training. */
    public Optional<S> resume() {
        if (every == 0) {
            return Optional.empty();
        }
        try {
            for (String name : names()) {
                Path file = new Path(directory, name);
                long length = wholeLength(file);
                Optional<InputStream> opened = length < 0 ? Optional.empty() : store.open(file);
                if (opened.isPresent()) { // else its run has deleted it
                    try (InputStream in = BoundedInputStream.builder()
                            .setInputStream(new BufferedInputStream(opened.get()))
                            .setMaxCount(length)
                            .get()) {
                        latest = StateCodec.decode(in, length, type);
                    }
                    round = round(name);
                    isLatestWritten = true;
                    written = Optional.of(position.apply(latest));
                    LOG.info("continuing from checkpoint \"{}\": {}", directory, written.get());
                    return Optional.of(latest);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "checkpoint \"%s\" cannot be read: %s".formatted(directory, e.getMessage()), e);
        } catch (DataException e) {
            throw new DataException(
                    "checkpoint \"%s\" is damaged (%s); delete it to train from the beginning"
                            .formatted(directory, e.getMessage()),
                    e);
        }
    }

    /** Returns the names of all checkpoints, those of later rounds first. */
    private List<String> names() throws IOException {
        return store.list(directory).stream()
                .filter(name -> NAME.matcher(name).matches())
                .sorted(Comparator.comparingLong((String name) -> round(name))
                        .reversed()
                        .thenComparing(name -> name))
                .toList();
    }

    private static long round(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches() ? Long.parseLong(parts.group(1)) : -1;
    }

    /** Returns the number of bytes of the content of a file; −1 if it is not whole, or gone. */
    private long wholeLength(Path file) throws IOException {
        Optional<InputStream> opened = store.open(file);
        if (opened.isEmpty()) {
            return -1;
        }
        byte[] buffer = new byte[1 << 16];
        CRC32C checksum = new CRC32C();
        long length = 0;
        int held = 0; // bytes at the beginning of the buffer that may be the checksum
        try (InputStream in = opened.get()) {
            for (int read = in.read(buffer, held, buffer.length - held);
                    read >= 0;
                    read = in.read(buffer, held, buffer.length - held)) {
                int there = held + read;
                held = Math.min(Long.BYTES, there);
                checksum.update(buffer, 0, there - held);
                length += there - held;
                System.arraycopy(buffer, there - held, buffer, 0, held);
            }
        }
        return held == Long.BYTES && ByteBuffer.wrap(buffer, 0, held).getLong() == checksum.getValue() ? length : -1;
    }

    /**
     * Keeps the state after a round, and writes it if a checkpoint is due. A failure is only logged, because the
     * checkpoint before stays and the storage may recover.
     *
     * @throws UncheckedIOException if three checkpoints in a row cannot be written
     */
    public void afterRound(S state) {
        latest = state;
        isLatestWritten = false;
        round++;
        if (every == 0 || round % every != 0) {
            return;
        }
        try {
            write();
            failures = 0;
            requireInTime();
        } catch (ConflictException e) {
            throw e;
        } catch (UncheckedIOException e) {
            failures++;
            if (failures > MAX_FAILURES) {
                throw new UncheckedIOException(
                        "%s; %d checkpoints in a row could not be written; %s"
                                .formatted(ExitCodes.firstLine(e.getMessage()), failures, status()),
                        e.getCause());
            }
            LOG.warn(
                    "{}; the training continues, and the next checkpoint is due in {} rounds",
                    ExitCodes.firstLine(e.getMessage()),
                    every);
        }
    }

    /** Called after a checkpoint that was due; throws a ConflictException if the run can no longer commit. */
    void requireInTime() {}

    /**
     * Writes the latest state if it is not on disk yet, so that a later run can continue from it.
     *
     * @return a clause about the newest checkpoint
     */
    public String writeLatest() {
        if (every == 0 || latest == null || isLatestWritten) {
            return status();
        }
        try {
            write();
        } catch (UncheckedIOException | DataException e) {
            return "the last checkpoint could not be written (%s); %s"
                    .formatted(ExitCodes.firstLine(e.getMessage()), status());
        }
        return status();
    }

    /** Returns a clause about the checkpoint that the same command would continue from. */
    public String status() {
        if (every == 0) {
            return "train.checkpoint.every is 0, so there is no checkpoint";
        }
        return written.map(at ->
                        "checkpoint \"%s\" holds %s; the same command continues from there".formatted(directory, at))
                .orElse("no round was finished, so there is no checkpoint");
    }

    /** Returns a clause about the checkpoint that a failed training leaves for inspection. */
    public String statusAfterFailure() {
        return writeLatest().replace("; the same command continues from there", "");
    }

    private void write() {
        CRC32C checksum = new CRC32C();
        try (OutputStream out = store.create(new Path(directory, "%08d.%s".formatted(round, run)))) {
            CheckedOutputStream checked = new CheckedOutputStream(out, checksum);
            StateCodec.encode(latest, checked);
            checked.flush();
            out.write(
                    ByteBuffer.allocate(Long.BYTES).putLong(checksum.getValue()).array());
        } catch (FSError e) { // of a local disk
            throw unwritten(new IOException(e.getCause().getMessage(), e));
        } catch (IOException e) {
            throw unwritten(e);
        }
        written = Optional.of(position.apply(latest));
        isLatestWritten = true;
        deleteOwn(KEPT);
    }

    private UncheckedIOException unwritten(IOException e) {
        return new UncheckedIOException(
                "checkpoint \"%s\" cannot be written: %s".formatted(directory, e.getMessage()), e);
    }

    /** Deletes the checkpoints of this run when there is a result. Those of others may be in use. */
    public void delete() {
        if (every > 0) {
            deleteOwn(0);
        }
    }

    /** Deletes the checkpoints of this run but the newest. A failure is only logged: the place collects them. */
    private void deleteOwn(int kept) {
        try {
            List<String> own =
                    names().stream().filter(name -> name.endsWith("." + run)).toList();
            for (String old : own.subList(Math.min(kept, own.size()), own.size())) {
                store.delete(new Path(directory, old));
            }
        } catch (IOException e) {
            LOG.warn("a checkpoint in \"{}\" cannot be deleted: {}", directory, e.getMessage());
        }
    }
}
