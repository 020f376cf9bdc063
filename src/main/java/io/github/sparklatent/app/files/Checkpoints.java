package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.storage.AtomicFiles;
import io.github.sparklatent.cluster.storage.CheckpointFile;
import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.config.CheckpointSection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.learn.StateType;
import io.github.sparklatent.ml.core.TrainingIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoint of one training. It is written every few rounds, used by the next run of the same training, and
 * deleted when there is a result. If the file holds another training, this one uses a file of its own, whose name is
 * derived from its identity.
 *
 * <p>The file holds the number of bytes of the training's identity, the identity and the state, both written by
 * {@link StateCodec}.
 *
 * @param <S> the state
 */
public final class Checkpoints<S> {
    /** The identity of the training as the file has it. */
    private record Identity(SortedMap<String, String> entries) {}

    /** Maximum number of bytes of an identity; it has some twenty texts. */
    private static final int MAX_IDENTITY = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    /** Checkpoints that may fail one after the other. The training ends at the next failure. */
    private static final int MAX_FAILURES = 2;

    private final Configuration hadoop;
    private final int every;
    private final TrainingIdentity identity;
    private final StateType<S> type;
    private final Function<S, String> position;
    private S latest;

    /** The position of the newest state in the file; empty if there is none. */
    private Optional<String> written = Optional.empty();

    private boolean isLatestWritten;
    private int sinceWritten;
    private int failures;
    private String path;
    private CheckpointFile file;

    /**
     * Creates the checkpoint of a training.
     *
     * @param path path of the file
     * @param every rounds between two checkpoints; 0: no checkpoints
     * @param type class of the state
     * @param position describes how far a state is, such as "12 rounds"
     */
    public Checkpoints(
            Configuration hadoop,
            String path,
            int every,
            TrainingIdentity identity,
            StateType<S> type,
            Function<S, String> position) {
        this.hadoop = hadoop;
        use(path);
        this.every = every;
        this.identity = identity;
        this.type = type;
        this.position = position;
    }

    /**
     * Checks, before the work starts, that a checkpoint can be written.
     *
     * @throws UsageException with the reason if it cannot
     */
    public static void requireUsable(Configuration hadoop, CheckpointSection section) {
        if (section.every() == 0 || section.path().isEmpty()) {
            return;
        }
        String shown = "train.checkpoint.path \"" + section.path().get() + "\"";
        try {
            Path path = new Path(section.path().get());
            FileSystem files = AtomicFiles.plain(FileSystems.of(path, hadoop));
            if (files.exists(path) && files.getFileStatus(path).isDirectory()) {
                throw new UsageException(shown + " is a directory, expected a file or nothing");
            }
            CheckpointFile file = new CheckpointFile(hadoop, section.path().get());
            if (file.isForeign()) {
                throw new UsageException(
                        shown + " exists and is not a checkpoint;" + " name another file with train.checkpoint.path");
            }
            Optional<String> beside = file.foreignBeside();
            if (beside.isPresent()) {
                throw new UsageException(
                        "%s needs the file \"%s\", which exists and is not a checkpoint; move it away, or name another file with train.checkpoint.path"
                                .formatted(shown, beside.get()));
            }
            WriteProbe.require(new AtomicFiles(hadoop, path), path.suffix(".check"), shown);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(shown + " cannot be reached: " + ExitCodes.firstLine(e.getMessage()), e);
        }
    }

    /** Returns a clause about the checkpoint of an earlier run; empty if there is none. */
    public static Optional<String> earlier(Configuration hadoop, CheckpointSection section) {
        return section.path()
                .filter(path -> section.every() > 0)
                .filter(path -> new CheckpointFile(hadoop, path).exists())
                .map(path -> "checkpoint \"" + path + "\" of an earlier run is unchanged");
    }

    /**
     * Returns the state to continue from, or nothing if there is no checkpoint of this training.
     *
     * @throws DataException if the checkpoint is damaged
     */
    public Optional<S> resume() {
        if (every == 0) {
            return Optional.empty();
        }
        String given = path;
        use(given + "-" + identity.name());
        if (file.exists()) {
            return load();
        }
        String own = path;
        use(given);
        if (!file.exists()) {
            return Optional.empty();
        }
        Optional<S> state = load();
        if (state.isEmpty()) {
            use(own);
            LOG.warn("this training starts from the beginning, its checkpoint is \"{}\"", own);
        }
        return state;
    }

    private void use(String other) {
        path = other;
        file = new CheckpointFile(hadoop, other);
    }

    /** Returns the state in the file, or nothing if it belongs to another training. */
    private Optional<S> load() {
        Optional<S> found = file.read(this::decode);
        if (found.isPresent()) {
            latest = found.get();
            isLatestWritten = true;
            written = Optional.of(position.apply(latest));
            LOG.info("continuing from checkpoint \"{}\": {}", path, written.get());
        }
        return found;
    }

    private Optional<S> decode(InputStream in, long length) throws IOException {
        try {
            Set<String> differences = identity.differences(identityIn(in));
            if (!differences.isEmpty()) {
                LOG.warn(
                        "checkpoint \"{}\" belongs to another training (different: {}) and stays",
                        path,
                        String.join(", ", differences));
                return Optional.empty();
            }
            return Optional.of(StateCodec.decode(in, length, type));
        } catch (DataException e) {
            throw new DataException(
                    "checkpoint \"%s\" is damaged (%s); delete it to train from the beginning"
                            .formatted(path, e.getMessage()),
                    e);
        }
    }

    private static TrainingIdentity identityIn(InputStream in) throws IOException {
        byte[] size = in.readNBytes(Integer.BYTES);
        int length = size.length < Integer.BYTES ? -1 : ByteBuffer.wrap(size).getInt();
        if (length < 0 || length > MAX_IDENTITY) {
            throw new DataException(
                    "the identity of its training has %d bytes, expected 0 to %d".formatted(length, MAX_IDENTITY));
        }
        return new TrainingIdentity(
                StateCodec.decode(in.readNBytes(length), Identity.class).entries());
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
        sinceWritten++;
        if (sinceWritten != every) {
            return;
        }
        try {
            write();
            failures = 0;
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
            sinceWritten = 0;
        }
    }

    /**
     * Writes the latest state if it is not on disk yet, so that a later run can continue from it.
     *
     * @return a clause about the checkpoint on disk
     */
    public String writeLatest() {
        if (every == 0 || latest == null || isLatestWritten) {
            return status();
        }
        try {
            write();
        } catch (UncheckedIOException | DataException e) {
            return "the last checkpoint could not be written ("
                    + ExitCodes.firstLine(e.getMessage())
                    + "); "
                    + status();
        }
        return status();
    }

    /** Returns a clause about the checkpoint that the same command would continue from. */
    public String status() {
        if (every == 0) {
            return "train.checkpoint.every is 0, so there is no checkpoint";
        }
        if (written.isEmpty()) {
            return "no round was finished, so there is no checkpoint";
        }
        return "checkpoint \"%s\" holds %s; the same command continues from there".formatted(path, written.get());
    }

    /** Returns a clause about the checkpoint that a failed training leaves for inspection. */
    public String statusAfterFailure() {
        return writeLatest().replace("; the same command continues from there", "");
    }

    private void write() {
        byte[] own = StateCodec.encode(new Identity(identity.entries()));
        file.write(out -> {
            out.write(ByteBuffer.allocate(Integer.BYTES).putInt(own.length).array());
            out.write(own);
            StateCodec.encode(latest, out);
        });
        sinceWritten = 0;
        written = Optional.of(position.apply(latest));
        isLatestWritten = true;
    }

    /** Deletes the checkpoint when there is a result. A failure is only logged: the result is there. */
    public void delete() {
        try {
            if (every > 0) {
                file.delete();
            }
        } catch (UncheckedIOException | DataException e) {
            LOG.warn(e.getMessage());
        }
    }
}
