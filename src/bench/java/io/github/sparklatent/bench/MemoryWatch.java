package io.github.sparklatent.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Follows the heaps of driver and executors, and what tasks send to the driver. */
final class MemoryWatch extends SparkListener {
    private final SparkContext context;
    private final List<MemoryPoolMXBean> pools =
            ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .toList();
    private long executor;
    private long received;

    private MemoryWatch(SparkContext context) {
        this.context = context;
    }

    /**
     * What was seen, in bytes.
     *
     * @param driver most of the driver's heap, garbage included
     * @param driverKept of it after a collection at the end
     * @param executor most of an executor's heap, garbage included
     * @param received all results of tasks that reached the driver
     */
    record Peaks(long driver, long driverKept, long executor, long received) {}

    /** Begins to watch. */
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

    /** Ends to watch, when the last event has come in. */
    Peaks peaks() {
        try {
            context.listenerBus().waitUntilEmpty();
        } catch (TimeoutException e) {
            throw new IllegalStateException("Spark's events do not come in", e);
        }
        context.removeSparkListener(this);
        long driver = pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.gc();
        long kept = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        synchronized (this) {
            return new Peaks(driver, kept, executor, received);
        }
    }
}
