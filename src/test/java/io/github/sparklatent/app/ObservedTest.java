package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/** What others see of a training through Spark while it runs. */
class ObservedTest extends CommandTest {
    private static List<Source> sources() {
        return CollectionConverters.asJava(SparkEnv.get().metricsSystem().getSourcesByName("latent"));
    }

    private static Map<String, Object> metrics() {
        Map<String, Object> values = new HashMap<>();
        sources()
                .forEach(source -> source.metricRegistry()
                        .getGauges()
                        .forEach((name, gauge) -> values.put(name, ((Gauge<?>) gauge).getValue())));
        return values;
    }

    @Test
    void roundsAreMetricsAndJobsHaveATag() {
        write("groups.csv", groups(60));
        List<Map<String, Object>> seen = new ArrayList<>();
        List<String> tags = new ArrayList<>();
        SparkListener listener = new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart job) {
                String description = job.properties().getProperty("spark.job.description");
                if ("anomaly scores counted".equals(description)) {
                    tags.add(job.properties().getProperty("spark.job.tags"));
                }
            }
        };
        spark.sparkContext().addSparkListener(listener);
        String[] lines = training("train.maxRounds = 2, train.tolerance = 0, train.partitions = 2");
        done(latent(
                io.github.sparklatent.app.console.Stop.none(),
                true,
                text -> {
                    if (text.contains(": objective ")) {
                        seen.add(metrics());
                    }
                },
                "train",
                "--config",
                configuration(lines)));
        spark.sparkContext().removeSparkListener(listener);
        assertThat(seen).hasSize(2);
        assertThat(seen).extracting(values -> values.get("rounds")).containsExactly(1L, 2L);
        assertThat((double) seen.get(1).get("objective"))
                .isGreaterThan((double) seen.get(0).get("objective"));
        assertThat((double) seen.get(1).get("rowsPerSecond")).isPositive();
        assertThat((double) seen.get(1).get("secondsSinceRound")).isNotNegative();
        assertThat(seen.get(1)).containsEntry("failedTasks", 0L);
        assertThat(tags).isNotEmpty().allMatch(("latent:" + folder.resolve("out"))::equals);
        assertThat(sources()).isEmpty();
        assertThat(CollectionConverters.asJava(spark.sparkContext().getJobTags()))
                .isEmpty();
    }
}
