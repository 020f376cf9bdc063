package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.config.Job;
import io.github.sparklatent.config.JobConfiguration;
import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.learn.Expectation;
import io.github.sparklatent.learn.Pass;
import io.github.sparklatent.learn.PassResult;
import io.github.sparklatent.learn.RowScore;
import io.github.sparklatent.learn.SelectedRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stop at whatever moment leaves the rounds there were. */
class StopTest extends CommandTest {
    private final Stop stop = Stop.none();
    private JobContext context;

    /** A pass whose job a signal cancels. */
    private record Cancelled(Pass like, Stop stop) implements Pass {
        @Override
        public int width() {
            return like.width();
        }

        @Override
        public long rows() {
            return like.rows();
        }

        @Override
        public PassResult sums(String description, Expectation expectation) {
            return cancelled(stop);
        }

        @Override
        public List<SelectedRow> smallest(String description, RowScore score, int count) {
            return cancelled(stop);
        }
    }

    /** What Spark throws of a cancelled job: checked, and declared nowhere. */
    @SuppressWarnings("unchecked") // the compiler is to take it for unchecked
    private static <T, E extends Throwable> T cancelled(Stop stop) throws E {
        stop.request();
        throw (E) new SparkException("Job 7 cancelled as part of cancellation of all jobs");
    }

    @BeforeEach
    void configure() {
        write("groups.csv", groups(60));
        Path file = Path.of(configuration(training("train.checkpoint.every = 1000")));
        JobConfiguration configuration = JobConfiguration.load(file, List.of(), Job.TRAIN);
        context = new JobContext(Job.TRAIN, configuration, spark, Console.system(), stop);
    }

    private BlockTable rows() {
        var table = new TableReader(spark, context.configuration().data()).read();
        return BlockTable.of(table, TableSettings.forTraining(context.configuration()));
    }

    private void assertLeft(Throwable error) {
        assertThat(folder.resolve("out.checkpoint")).exists();
        assertThat(stop.explain(error))
                .hasMessageContaining("out.checkpoint\" holds ")
                .hasMessageContaining("the same command goes on from there");
    }

    @Test
    void aCancelledJobLeavesACheckpoint() {
        try (BlockTable rows = rows()) {
            MixtureRounds training = new MixtureRounds(context, Optional.empty(), 0);
            Pass cancelled = new Cancelled(rows.train(), stop);
            assertThatThrownBy(() -> training.run(rows, null, cancelled))
                    .isInstanceOf(SparkException.class)
                    .satisfies(this::assertLeft);
        }
    }

    @Test
    void aStopAfterTheLastRoundLeavesACheckpoint() {
        try (BlockTable rows = rows()) {
            MixtureRounds training = new MixtureRounds(context, Optional.empty(), 0);
            training.run(rows, null, null);
            assertThat(folder.resolve("out.checkpoint")).doesNotExist();
            assertThatThrownBy(() -> training.keep(() -> cancelled(stop)))
                    .isInstanceOf(SparkException.class)
                    .satisfies(this::assertLeft);
        }
    }

    @Test
    void aCheckpointThatCannotBeWrittenIsTold() throws Exception {
        try (BlockTable rows = rows()) {
            MixtureRounds training = new MixtureRounds(context, Optional.empty(), 0);
            training.run(rows, null, null);
            Files.createDirectories(folder.resolve("out.checkpoint/in the way"));
            assertThatThrownBy(() -> training.keep(() -> cancelled(stop)))
                    .satisfies(
                            error ->
                                    assertThat(stop.explain(error))
                                            .hasMessageContaining("could not be written (")
                                            .hasMessageContaining("there is no checkpoint"));
        }
    }

    @Test
    void aReportThatCannotBeDrawnCostsNothing() {
        assertThat(ResultWriter.drawn(() -> "page", stop)).contains("page");
        assertThat(
                        ResultWriter.drawn(
                                () -> {
                                    throw new IllegalArgumentException("no plane");
                                },
                                stop))
                .isEmpty();
        assertThatThrownBy(() -> ResultWriter.drawn(() -> cancelled(stop), stop))
                .as("a stop is not a report that failed")
                .isInstanceOf(SparkException.class);
    }

    @Test
    void wideRowsAreShownInSmallerNumbers() {
        assertThat(TrainJob.shown(2)).isEqualTo(2000);
        assertThat(TrainJob.shown(1 << 10)).isEqualTo(1024);
        assertThat(TrainJob.shown(1 << 20)).isEqualTo(50);
    }
}
