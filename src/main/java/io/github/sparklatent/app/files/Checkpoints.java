package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.storage.CheckpointFiles;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.learn.StateType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.fs.FSError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one training: states that are written every few rounds, of which the next run of the same training
 * uses the newest. They are in a directory that is named by the training's identity.
 *
 * @param <S> the state
 */
public final class Checkpoints<S> {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    /** Checkpoints that may fail one after the other. The training ends at the next failure. */
    private static final int MAX_FAILURES = 2;

    private final CheckpointFiles files;
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
     * @param every rounds between two checkpoints; 0: no checkpoints
     * @param type class of the state
     * @param position describes how far a state is, such as "12 rounds"
     */
    public Checkpoints(CheckpointFiles files, int every, StateType<S> type, Function<S, String> position) {
        this.files = files;
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
            Optional<S> found = files.newest((at, in, length) -> {
                round = at;
                return StateCodec.decode(in, length, type);
            });
            found.ifPresent(state -> {
                latest = state;
                isLatestWritten = true;
                written = Optional.of(position.apply(state));
                LOG.info("continuing from checkpoint {}: {}", files, written.get());
            });
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoint %s cannot be read: %s".formatted(files, e.getMessage()), e);
        } catch (DataException e) {
            throw new DataException(
                    "checkpoint %s is damaged (%s); delete it to train from the beginning"
                            .formatted(files, e.getMessage()),
                    e);
        }
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
        return written.map(at -> "checkpoint %s holds %s; the same command continues from there".formatted(files, at))
                .orElse("no round was finished, so there is no checkpoint");
    }

    /** Returns a clause about the checkpoint that a failed training leaves for inspection. */
    public String statusAfterFailure() {
        return writeLatest().replace("; the same command continues from there", "");
    }

    private void write() {
        try {
            files.write(round, out -> StateCodec.encode(latest, out));
        } catch (FSError e) { // of a local disk
            throw unwritten(new IOException(e.getCause().getMessage(), e));
        } catch (IOException e) {
            throw unwritten(e);
        }
        written = Optional.of(position.apply(latest));
        isLatestWritten = true;
    }

    private UncheckedIOException unwritten(IOException e) {
        return new UncheckedIOException("checkpoint %s cannot be written: %s".formatted(files, e.getMessage()), e);
    }

    /** Deletes the checkpoints of this run when there is a result. A failure is only logged: the result is there. */
    public void delete() {
        try {
            if (every > 0) {
                files.delete();
            }
        } catch (IOException e) {
            LOG.warn("checkpoint {} cannot be deleted: {}", files, e.getMessage());
        }
    }
}
