package io.github.sparklatent.bench.jobs;

import io.github.sparklatent.bench.report.Machine;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Follows the heaps of driver and executors, and the bytes that tasks send to the driver. */
final class MemoryWatch extends SparkListener {
    private final SparkContext context;
    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    private long executor;
    private long received;

    private MemoryWatch(SparkContext context) {
        this.context = context;
    }

    /**
     * Bytes.
     *
     * @param driver greatest use of the driver's heap, garbage included
     * @param driverKept use of the driver's heap after a collection at the end
     * @param executor greatest use of an executor's heap, garbage included
     * @param received results of all tasks that reached the driver
     */
    record Peaks(double driver, double driverKept, double executor, double received) {}

    /** Starts to watch. */
    static MemoryWatch over(SparkContext context) {
        MemoryWatch watch = new MemoryWatch(context);
        System.gc();
        watch.pools.forEach(MemoryPoolMXBean::resetPeakUsage);
        context.addSparkListener(watch);
        return watch;
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
        received += end.taskMetrics().resultSize();
        executor = Math.max(executor, end.taskExecutorMetrics().getMetricValue("JVMHeapMemory"));
    }

    /** Waits for the last event and stops watching. */
    Peaks peaks() {
        try {
            context.listenerBus().waitUntilEmpty();
        } catch (TimeoutException e) {
            throw new IllegalStateException("Spark's events do not arrive", e);
        }
        context.removeSparkListener(this);
        long driver =
                pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        double kept = Machine.heap();
        synchronized (this) {
            return new Peaks(driver, kept, executor, received);
        }
    }
}
