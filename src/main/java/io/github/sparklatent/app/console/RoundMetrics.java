package io.github.sparklatent.app.console;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.github.sparklatent.ml.core.RoundProgress;
import java.util.function.LongSupplier;
import org.apache.spark.metrics.source.Source;

/**
 * The last round of a training as a source of Spark's metric system, which sends it to the sinks of
 * {@code metrics.properties}: {@code APPLICATION.driver.latent.objective} and others.
 */
public final class RoundMetrics implements Source {
    /** Name of the source. */
    public static final String NAME = "latent";

    private static final double NANOSECONDS = 1e9;

    private final MetricRegistry metrics = new MetricRegistry();
    private final LongSupplier clock;
    private volatile RoundProgress round;
    private volatile long rounds;
    private volatile long ended;

    /**
     * Creates the source.
     *
     * @param jobs counts failed tasks
     * @param clock current time in nanoseconds
     */
    public RoundMetrics(RunningJobs jobs, LongSupplier clock) {
        this.clock = clock;
        this.ended = clock.getAsLong();
        add("rounds", () -> rounds);
        add("objective", () -> round == null ? Double.NaN : round.objective());
        add("heldOutObjective", () -> round == null ? Double.NaN : round.heldOut());
        add("rowsPerSecond", () -> round == null ? Double.NaN : round.rowsPerSecond());
        add("secondsSinceRound", () -> (clock.getAsLong() - ended) / NANOSECONDS);
        add("failedTasks", jobs::failedTasks);
    }

    private void add(String name, Gauge<?> gauge) {
        metrics.register(name, gauge);
    }

    /** Takes the figures of a round that has ended. */
    public void round(RoundProgress value) {
        round = value;
        rounds++;
        ended = clock.getAsLong();
    }

    @Override
    public String sourceName() {
        return NAME;
    }

    @Override
    public MetricRegistry metricRegistry() {
        return metrics;
    }
}
