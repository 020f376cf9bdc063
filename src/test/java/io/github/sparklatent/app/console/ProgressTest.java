package io.github.sparklatent.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.Traffic;
import io.github.sparklatent.ml.core.RoundProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.Success$;
import org.apache.spark.TaskEndReason;
import org.apache.spark.TaskResultLost$;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

class ProgressTest {
    private static RoundProgress round(int number) {
        return new RoundProgress(
                "GMM", "round " + number + " of 30", -1.5, 1, Double.NaN, 1, Traffic.inMemory(1), 1, 30 - number);
    }

    private static <T> Seq<T> none() {
        return CollectionConverters.asScala(List.<T>of()).toSeq();
    }

    private static SparkListenerJobStart job(int id, String description, int... tasks) {
        Properties properties = new Properties();
        properties.setProperty("spark.job.description", description);
        List<StageInfo> stages = new ArrayList<>();
        for (int stage = 0; stage < tasks.length; stage++) {
            stages.add(new StageInfo(
                    10 * id + stage,
                    0,
                    "stage",
                    tasks[stage],
                    none(),
                    none(),
                    "",
                    null,
                    none(),
                    Option.empty(),
                    0,
                    false,
                    0));
        }
        return new SparkListenerJobStart(
                id, 0, CollectionConverters.asScala(stages).toSeq(), properties);
    }

    private static SparkListenerTaskEnd task(int stage, TaskEndReason reason) {
        return new SparkListenerTaskEnd(stage, 0, "", reason, null, null, null);
    }

    /** 45 of 512 tasks have ended well, and one is to be repeated. */
    @Test
    void aLongRoundTellsItsTasksEveryTenSeconds() {
        AtomicLong clock = new AtomicLong(7);
        List<String> lines = new ArrayList<>();
        Progress progress = new Progress(null, lines::add, clock::get);
        RunningJobs jobs = new RunningJobs(clock::get);
        progress.round(round(2));
        jobs.onJobStart(job(1, "GMM full K=2, round 3 of 30", 500, 12));
        for (int second = 1; second <= 38; second++) {
            clock.addAndGet(1_000_000_000L);
            jobs.onTaskEnd(task(10, Success$.MODULE$));
            progress.silence(jobs);
        }
        for (int i = 0; i < 7; i++) {
            jobs.onTaskEnd(task(11, Success$.MODULE$));
        }
        jobs.onTaskEnd(task(11, TaskResultLost$.MODULE$));
        assertThat(jobs.failedTasks()).isEqualTo(1);
        assertThat(jobs.describe(10)).contains("GMM full K=2, round 3 of 30: 45 of 512 tasks done, 38 s");
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).isEqualTo("GMM full K=2, round 3 of 30: 10 of 512 tasks done, 10 s");
        jobs.onJobEnd(new SparkListenerJobEnd(1, 0, JobSucceeded$.MODULE$));
        clock.addAndGet(100_000_000_000L);
        progress.silence(jobs);
        assertThat(lines).hasSize(4);
    }
}
