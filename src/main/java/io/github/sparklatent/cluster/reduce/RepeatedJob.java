package io.github.sparklatent.cluster.reduce;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.UserCodeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.shuffle.FetchFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the job of a round again if the cluster is the cause of its failure. A job is a pure function of its inputs, so
 * the repeated job gives the same bits.
 *
 * <p>Spark gives a job up if one task fails {@code spark.task.maxFailures} times. On a cluster whose executors are
 * preempted, this happens in a long training.
 */
public final class RepeatedJob {
    /** Largest number of repetitions of one job. */
    static final int MAX_REPETITIONS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedJob.class);

    /**
     * Reasons of Spark's scheduler for a failure that no exception of a task describes. An executor that ran out of
     * memory in its container is lost too.
     */
    private static final Pattern LOSS = Pattern.compile("ExecutorLostFailure|FetchFailed|Executor heartbeat timed out"
            + "|Could not find executor|Resource temporarily unavailable");

    private RepeatedJob() {}

    /**
     * Runs a job with a description, and runs it again after failures of the cluster.
     *
     * @param job creates and runs the job. Called once for each attempt
     */
    public static <T> T run(JavaSparkContext context, String description, Supplier<T> job) {
        for (int repetition = 1; ; repetition++) {
            try {
                return Described.run(context, description, job);
            } catch (Exception e) { // includes checked exceptions that Scala does not declare
                if (repetition > MAX_REPETITIONS || context.sc().isStopped() || !isOfCluster(e)) {
                    throw e;
                }
                LOG.warn(
                        "{}: the cluster failed ({}); the job is run again, repetition {} of at" + " most {}",
                        description,
                        reason(e),
                        repetition,
                        MAX_REPETITIONS);
            }
        }
    }

    /**
     * Returns whether the cluster is the cause of a failure, and neither the data nor the model. Only causes that are
     * known to pass are repeated.
     */
    static boolean isOfCluster(Throwable error) {
        List<Throwable> causes = causes(error);
        boolean ours = causes.stream()
                .anyMatch(cause -> cause instanceof DataException
                        || cause instanceof UserCodeException
                        || cause instanceof InterruptedException);
        return !ours
                && causes.stream()
                        .anyMatch(cause -> cause instanceof IOException
                                || cause instanceof TimeoutException
                                || cause instanceof FetchFailedException
                                || cause.getCause() == null && isLoss(cause.getMessage()));
    }

    private static boolean isLoss(String message) {
        return message != null && LOSS.matcher(message).find();
    }

    /** Returns the first line of the innermost cause that has a message. */
    private static String reason(Throwable error) {
        return causes(error).stream()
                .map(Throwable::getMessage)
                .filter(message -> message != null && !message.isBlank())
                .reduce((outer, inner) -> inner)
                .map(message -> message.lines().findFirst().orElse(""))
                .orElse(error.getClass().getName());
    }

    private static List<Throwable> causes(Throwable error) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = error; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
