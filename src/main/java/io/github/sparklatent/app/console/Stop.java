package io.github.sparklatent.app.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * A request to end a job early, made by a signal.
 *
 * <p>The shutdown hook runs before the hooks of Spark and Hadoop. Spark and Hadoop still work at this time, so the
 * current round can end and a checkpoint can be written. The Java process then ends with the signal's own exit code,
 * 143 or 130.
 */
public final class Stop implements AutoCloseable {
    /**
     * The priority of the hook. Spark's hooks have a priority of 40, the hooks of Hadoop's file systems 10; the highest
     * runs first.
     */
    private static final int BEFORE_SPARK = 1000;

    /** The time that the current round may still take. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The longest time until the job ends after its rounds were cancelled. */
    private static final Duration MOST = Duration.ofSeconds(20);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Runnable hook = this::awaitEnd;
    private volatile Runnable cancel = () -> {};
    private volatile boolean requested;
    private volatile String status = "nothing was written";

    private Stop() {}

    /** Returns a stop that no signal triggers, only {@link #request}. */
    public static Stop none() {
        return new Stop();
    }

    /** Returns a stop that listens to signals until it is closed. */
    public static Stop listen() {
        Stop stop = new Stop();
        long most = PATIENCE.plus(MOST).toSeconds() + 1;
        ShutdownHookManager.get().addShutdownHook(stop.hook, BEFORE_SPARK, most, TimeUnit.SECONDS);
        return stop;
    }

    /** Sets the action that cancels the current work if it takes too long. */
    public void cancelBy(Runnable value) {
        cancel = value;
    }

    /** Requests the end of the job, as a signal does. */
    public void request() {
        requested = true;
    }

    /** Returns whether the job should end. */
    public boolean isRequested() {
        return requested;
    }

    /** Throws an exception if the job should end. */
    public void check() {
        if (requested) {
            throw new StoppedException("stopped by a signal; " + status, null);
        }
    }

    /** Sets a clause that names the files from which the job can continue. */
    public void setStatus(String value) {
        status = value;
    }

    /**
     * Returns the exception to report if a job fails after a stop was requested, because its work was cancelled. The
     * files that the job has written may have changed since the request.
     */
    public StoppedException explain(Throwable error) {
        return new StoppedException("stopped by a signal; " + status, error);
    }

    private void awaitEnd() {
        request();
        try {
            if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                cancel.run();
                ended.await(MOST.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Marks the job as ended. */
    @Override
    public void close() {
        ended.countDown();
        if (!ShutdownHookManager.get().isShutdownInProgress()) {
            ShutdownHookManager.get().removeShutdownHook(hook);
        }
    }

    /** Thrown if a signal ended the job. The message names the files from which the job can continue. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppedException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
