package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.config.Sandbox;
import io.github.sparklatent.app.console.Console;
import io.github.sparklatent.app.console.Session;
import io.github.sparklatent.app.console.Stop;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.JobMonitor;
import io.github.sparklatent.app.job.ResultWriter;
import io.github.sparklatent.app.job.TrainJob;
import io.github.sparklatent.learn.StateType;
import io.github.sparklatent.ml.Families;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.RoundProgress;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.core.TrainingIdentity;
import io.github.sparklatent.ml.core.TrainingMonitor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stop at whatever moment leaves the rounds there were. */
class StopTest extends CommandTest {
    private final Stop stop = Stop.none();
    private JobContext context;

    /** Follows a training as a job does, until a signal cancels the job after the first round. */
    private record Cancelled(JobMonitor monitor, Stop stop) implements TrainingMonitor {
        @Override
        public <S> Optional<S> begin(TrainingIdentity identity, StateType<S> type, Function<S, String> position) {
            return monitor.begin(identity, type, position);
        }

        @Override
        public void afterRound(RoundProgress round, Object state) {
            monitor.afterRound(round, state);
            cancelled(stop);
        }

        @Override
        public <T> T rounds(Supplier<T> rounds) {
            return monitor.rounds(rounds);
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
        JobConfiguration configuration = Sandbox.load(file, List.of(), Job.TRAIN, Families.types(), Map.of());
        context =
                new JobContext(Job.TRAIN, configuration, new Session(Job.TRAIN, configuration), Console.system(), stop);
        context.output().begin();
    }

    private Training<?> training(TrainingMonitor monitor) {
        JobConfiguration configuration = context.configuration();
        LatentEstimator<?, ?> estimator = Families.estimator(configuration.type(), "gmm");
        estimator.configure(configuration.settings());
        TrainJob job = new TrainJob(context);
        job.check();
        return estimator.training(
                new TrainingContext(configuration.settings(), Optional.empty(), job.tables(), false, monitor));
    }

    private void assertLeft(Throwable error) {
        assertThat(checkpoints("out")).isNotEmpty();
        assertThat(stop.explain(error))
                .hasMessageContaining("\" holds ")
                .hasMessageContaining("the same command continues from there");
    }

    @Test
    void aCancelledJobLeavesACheckpoint() {
        Training<?> training = training(new Cancelled(new JobMonitor(context), stop));
        assertThatThrownBy(() -> training.run(trained -> trained))
                .isInstanceOf(SparkException.class)
                .satisfies(this::assertLeft);
    }

    @Test
    void aStopAfterTheLastRoundLeavesACheckpoint() {
        Training<?> training = training(new JobMonitor(context));
        assertThatThrownBy(() -> training.run(trained -> {
                    assertThat(folder.resolve("out/state")).doesNotExist();
                    return cancelled(stop);
                }))
                .isInstanceOf(SparkException.class)
                .satisfies(this::assertLeft);
    }

    @Test
    void aCheckpointThatCannotBeWrittenIsTold() {
        Training<?> training = training(new JobMonitor(context));
        assertThatThrownBy(() -> training.run(trained -> {
                    write("out/state");
                    return cancelled(stop);
                }))
                .satisfies(error -> assertThat(stop.explain(error))
                        .hasMessageContaining("could not be written (")
                        .hasMessageContaining("there is no checkpoint"));
    }

    @Test
    void aReportThatCannotBeDrawnCostsNothing() {
        assertThat(ResultWriter.drawn(() -> "page", stop)).contains("page");
        assertThat(ResultWriter.drawn(
                        () -> {
                            throw new IllegalArgumentException("no plane");
                        },
                        stop))
                .isEmpty();
        assertThatThrownBy(() -> ResultWriter.drawn(() -> cancelled(stop), stop))
                .as("a stop is not a report that failed")
                .isInstanceOf(SparkException.class);
    }
}
