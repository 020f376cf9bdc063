package io.github.sparklatent.cluster.reduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.LoggedWarnings;
import io.github.sparklatent.cluster.Jobs;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.UserCodeException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class RepeatedJobTest {
    private static final int LENGTH = 5000;

    /** Spark gives a job up when a task has failed twice. */
    private static final int MAX_FAILURES = 2;

    /** Failures that are still to come, in the tasks of this process. */
    private static final AtomicInteger LEFT = new AtomicInteger();

    private JavaSparkContext context;

    @BeforeEach
    void startSpark() {
        context = JavaSparkContext.fromSparkContext(
                LocalSpark.session("local[2," + MAX_FAILURES + "]", Map.of()).sparkContext());
        context.setLogLevel("OFF");
    }

    @AfterEach
    void restoreLogs() {
        context.setLogLevel("ERROR");
    }

    /** The parts of four partitions; the second one fails as often as is left. */
    private Reduced reduce(Exception failure) {
        JavaRDD<Partial> parts = context.parallelize(Collections.nCopies(4, 0), 4)
                .mapPartitionsWithIndex(
                        (i, empty) -> {
                            if (i == 1 && LEFT.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                                throw failure;
                            }
                            double[] values = new double[LENGTH];
                            for (int j = 0; j < LENGTH; j++) {
                                values[j] = Math.sqrt(i + 1.0 / (j + 1));
                            }
                            return List.of(new Partial(i, 0, 0, values)).iterator();
                        },
                        true);
        return OrderedReduction.shuffle(parts, 0, LENGTH);
    }

    private Reduced repeated(int failures, Exception failure) {
        LEFT.set(failures);
        return RepeatedJob.run(context, "round 7", () -> reduce(failure));
    }

    @Test
    void aRoundThatFailsMoreOftenThanATaskMayIsRunAgainWithTheSameBits() {
        IOException lost = new IOException("connection reset by executor 3");
        double[] expected = repeated(0, lost).sums;
        try (Jobs jobs = Jobs.follow(context.sc());
                LoggedWarnings logged = LoggedWarnings.of(RepeatedJob.class)) {
            assertThat(repeated(2 * MAX_FAILURES + 1, lost).sums).containsExactly(expected);
            assertThat(jobs.descriptions()).containsExactly("round 7", "round 7", "round 7");
            assertThat(logged.sentences())
                    .containsExactly(
                            "round 7: the cluster failed (connection reset by executor 3);"
                                    + " the job is run again, repetition 1 of at most 3",
                            "round 7: the cluster failed (connection reset by executor 3);"
                                    + " the job is run again, repetition 2 of at most 3");
        }
    }

    @Test
    void aClusterThatFailsForeverEndsTheTraining() {
        try (Jobs jobs = Jobs.follow(context.sc())) {
            assertThatThrownBy(() -> repeated(1000, new IOException("no space left")))
                    .hasStackTraceContaining("no space left");
            assertThat(jobs.descriptions()).hasSize(1 + RepeatedJob.MAX_REPETITIONS);
        }
    }

    @Test
    void failuresOfTheDataAndOfTheModelAreNotRepeated() {
        Supplier<Object> broken = () -> {
            throw new IllegalStateException("a user's mistake");
        };
        List<Exception> failures = List.of(
                new DataException("the table is empty", new IOException("end of file")),
                new ArithmeticException("/ by zero"),
                caught(() -> UserCodeException.calling(this, "likelihood", broken)));
        for (Exception failure : failures) {
            try (Jobs jobs = Jobs.follow(context.sc())) {
                assertThatThrownBy(() -> repeated(1000, failure)).hasStackTraceContaining(failure.getMessage());
                assertThat(jobs.descriptions()).hasSize(1);
            }
        }
    }

    private static Exception caught(Runnable code) {
        try {
            code.run();
            throw new AssertionError("no exception");
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** The text is that of Spark 4.1 after executors were killed. */
    @Test
    void aLostExecutorIsAFailureOfTheCluster() {
        assertThat(RepeatedJob.isOfCluster(new SparkException("Job aborted due to stage failure: Task 1 in stage 4.0"
                        + " failed 4 times, most recent failure: Lost task"
                        + " 1.3 in stage 4.0 (TID 21) (10.0.0.7 executor"
                        + " 5): ExecutorLostFailure (executor 5 exited"
                        + " caused by one of the running tasks) Reason:"
                        + " Command exited with code 137")))
                .isTrue();
        assertThat(RepeatedJob.isOfCluster(new SparkException("Job 3 cancelled because it was asked to be")))
                .isFalse();
    }
}
