package io.github.sparklatent.app.job;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.files.Checkpoints;
import io.github.sparklatent.app.files.OutputDirectory;
import io.github.sparklatent.cluster.storage.RunLock;
import io.github.sparklatent.cluster.storage.UniqueName;
import io.github.sparklatent.config.CheckpointSection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;

/**
 * The locks of everything that a job replaces. The lock of the output protects the checkpoint beside it, too. A
 * checkpoint at another path has its own lock.
 */
public final class JobLocks implements AutoCloseable {
    private final OutputDirectory output;
    private Optional<RunLock> checkpoint = Optional.empty();

    private JobLocks(OutputDirectory output) {
        this.output = output;
    }

    /**
     * Does work while the locks are held.
     *
     * @throws UncheckedIOException if another run holds one; the message names the run
     * @throws io.github.sparklatent.config.UsageException if a path cannot be written
     */
    public static <T> T whileHeld(JobContext context, Supplier<T> work) {
        try (JobLocks locks = new JobLocks(context.output())) {
            locks.lock(context);
            return work.get();
        }
    }

    /**
     * Checks, before Spark starts, that no other run holds the lock of the output.
     *
     * @throws UncheckedIOException if one holds it; the message names the run
     */
    public static void requireFree(JobContext context) {
        context.output().requireFree();
    }

    private void lock(JobContext context) {
        String application = context.spark().sparkContext().applicationId();
        // The run that holds the lock removes what is beside the output, so all else is checked
        // later.
        output.lock(application);
        CheckpointSection section = context.configuration().train().checkpoint();
        Optional<String> path = context.configuration().settings().text("train.checkpoint.path");
        if (context.job() == Job.TRAIN && section.every() > 0 && path.isPresent()) {
            Checkpoints.requireUsable(context.hadoop(), section);
            try {
                checkpoint = Optional.of(RunLock.acquire(
                        context.hadoop(),
                        new Path(path.get()),
                        "train.checkpoint.path \"" + path.get() + "\"",
                        UniqueName.next(),
                        application));
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
    }

    /** Releases the locks. */
    @Override
    public void close() {
        checkpoint.ifPresent(RunLock::close);
        output.close();
    }
}
