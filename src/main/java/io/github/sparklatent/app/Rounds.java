package io.github.sparklatent.app;

import io.github.sparklatent.config.CheckpointSection;
import io.github.sparklatent.cluster.CheckpointFile;
import io.github.sparklatent.learn.DivergedException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rounds of a training: told as they go, kept in checkpoints, ended early by a signal.
 *
 * @param <S> the state between two rounds
 */
abstract class Rounds<S> {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final JobContext context;
    private final StateCodec<S> codec;
    private final Progress progress;
    private Checkpoints<S> checkpoints;

    Rounds(JobContext context, StateCodec<S> codec) {
        this.context = context;
        this.codec = codec;
        Console console = context.console();
        this.progress = console.terminal() ? Progress.on(console.err()) : Progress.to(LOG::info);
    }

    JobContext context() {
        return context;
    }

    Progress progress() {
        return progress;
    }

    /** Where to go on, if there is a checkpoint of this very training. */
    Optional<S> begin(TrainingIdentity identity) {
        CheckpointSection section = context.configuration().train().checkpoint();
        String path =
                section.path()
                        .orElseThrow(() -> new IllegalStateException("training without an output"));
        checkpoints =
                new Checkpoints<>(
                        new CheckpointFile(context.hadoop(), path),
                        path,
                        section.every(),
                        identity,
                        codec);
        Optional<S> from = checkpoints.resume();
        context.stop().leaves(checkpoints.standing());
        return from;
    }

    /** Takes note of the state after a round. */
    void afterRound(S state) {
        checkpoints.afterRound(state);
        context.stop().check();
    }

    /** Runs the rounds. */
    <T> T run(Supplier<T> rounds) {
        try {
            return rounds.get();
        } catch (DivergedException e) {
            throw new DivergedException(e.getMessage() + "; " + checkpoints.kept());
        } catch (Exception e) { // of a cancelled round; Spark's is checked and not declared
            leaveIfStopped();
            throw e;
        } finally {
            progress.end();
        }
    }

    /** Does what follows the rounds; a stop then must not cost them either. */
    <T> T keep(Supplier<T> work) {
        try {
            context.stop().check();
            return work.get();
        } catch (Exception e) { // Spark's checked ones too
            leaveIfStopped();
            throw e;
        }
    }

    private void leaveIfStopped() {
        if (context.stop().isRequested()) {
            context.stop().leaves(checkpoints.leave());
        }
    }

    /** There is a result: the checkpoint has served. */
    void forget() {
        checkpoints.delete();
    }
}
