package io.github.sparklatent.app.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * The wish to end early, from a signal to the job.
 *
 * <p>The hook runs before those of Spark and Hadoop, so that the round under way can end and a
 * checkpoint be written while both still work; then the Java machine ends with the signal's own
 * exit code, 143 or 130.
 */
public final class Stop implements AutoCloseable {
    /**
     * Spark's hooks have a priority of 40 here, Hadoop's file systems 10; the greatest goes first.
     */
    private static final int BEFORE_SPARK = 1000;

    /** What a round may still take. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What may pass until the job has ended after its rounds were cancelled. */
    private static final Duration MOST = Duration.ofSeconds(20);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Runnable hook = this::awaitEnd;
    private volatile Runnable cancel = () -> {};
    private volatile boolean requested;
    private volatile String left = "nothing was written";

    private Stop() {}

    /** Never asked for, but by {@link #request}. */
    public static Stop none() {
        return new Stop();
    }

    /** Listens to signals until it is closed. */
    public static Stop listen() {
        Stop stop = new Stop();
        long most = PATIENCE.plus(MOST).toSeconds() + 1;
        ShutdownHookManager.get().addShutdownHook(stop.hook, BEFORE_SPARK, most, TimeUnit.SECONDS);
        return stop;
    }

    /** What ends the work under way when it takes too long. */
    public void cancelBy(Runnable value) {
        cancel = value;
    }

    /** Asks the job to end; what a signal does. */
    public void request() {
        requested = true;
    }

    /** Whether the job shall end. */
    public boolean isRequested() {
        return requested;
    }

    /** Ends the job here if it shall end. */
    public void check() {
        if (requested) {
            throw new StoppedException("stopped by a signal; " + left, null);
        }
    }

    /** What the job has left that it can go on from; a part of a sentence. */
    public void leaves(String what) {
        left = what;
    }

    /**
     * Whatever a job fails with once its work is being cancelled comes from that; what it has left
     * may have been written on the way out.
     */
    public StoppedException explain(Throwable error) {
        return new StoppedException("stopped by a signal; " + left, error);
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

    /** The job has ended and left what it leaves. */
    @Override
    public void close() {
        ended.countDown();
        if (!ShutdownHookManager.get().isShutdownInProgress()) {
            ShutdownHookManager.get().removeShutdownHook(hook);
        }
    }
}
