package io.github.sparklatent.cluster.reduce;

import io.github.sparklatent.linalg.Kernels;
import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.util.AccumulatorV2;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernels of the executors that have computed partial results. Each task reports the kernels of its executor
 * together with its result. So an executor that joins later is known after its first task, and no further job is
 * needed. A task that runs twice reports the same entry twice.
 *
 * <p>All kernels give the same bits, but not at the same speed, and a round waits for its slowest task.
 */
public final class ExecutorKernels extends AccumulatorV2<ExecutorKernels.Entry, String> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ExecutorKernels.class);
    private static final int NAMED_HOSTS = 5;

    private static final Map<SparkContext, ExecutorKernels> OF_CONTEXTS =
            Collections.synchronizedMap(new WeakHashMap<>());

    /**
     * Entries by executor. Heartbeats read them while a task adds its own. Spark registers an accumulator before its
     * fields are deserialised, so a heartbeat may even find null.
     */
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** Number of different kernels in the last message of the driver. */
    private transient int logged;

    /**
     * The kernels of one executor.
     *
     * @param executor name of the executor, unique in its Spark context
     * @param isVector whether the kernels use vector registers
     * @param kernels description, see {@link Kernels#description}
     */
    record Entry(String executor, String host, boolean isVector, String kernels) implements Serializable {
        private static final String OWN = Kernels.description();

        /** Returns the entry of the executor that runs this task. */
        static Entry here() {
            SparkEnv executor = SparkEnv.get();
            return new Entry(
                    executor.executorId(),
                    executor.blockManager().blockManagerId().host(),
                    Kernels.isVector(),
                    OWN);
        }
    }

    ExecutorKernels() {}

    /** Returns the kernels of all executors that have worked for a Spark context so far. */
    public static ExecutorKernels of(SparkContext context) {
        return OF_CONTEXTS.computeIfAbsent(context, ExecutorKernels::registered);
    }

    private static ExecutorKernels registered(SparkContext context) {
        ExecutorKernels kernels = new ExecutorKernels();
        context.register(kernels);
        return kernels;
    }

    private Map<String, Entry> entries() {
        return entries == null ? Map.of() : entries;
    }

    @Override
    public boolean isZero() {
        return entries().isEmpty();
    }

    @Override
    public ExecutorKernels copy() {
        ExecutorKernels copy = new ExecutorKernels();
        copy.merge(this);
        return copy;
    }

    @Override
    public void reset() {
        entries.clear();
    }

    @Override
    public void add(Entry entry) {
        entries.put(entry.executor(), entry);
    }

    @Override
    public void merge(AccumulatorV2<Entry, String> other) {
        entries.putAll(((ExecutorKernels) other).entries());
    }

    /**
     * Returns for example "vector, 256 bits on 1 executor; vector, 512 bits on 11 executors"; "none" if no task has
     * reported.
     */
    @Override
    public String value() {
        return isZero() ? "none" : text(group -> "");
    }

    /**
     * Logs the kernels, unless the last message had all of them. Different kernels are a warning with the names of
     * their hosts.
     */
    void log() {
        int different = byKernels().size();
        if (different == logged) {
            return;
        }
        logged = different;
        boolean isScalar = entries().values().stream().anyMatch(entry -> !entry.isVector());
        String help =
                isScalar ? "; add --add-modules=jdk.incubator.vector to" + " spark.executor.extraJavaOptions" : "";
        if (different > 1) {
            LOG.warn(
                    "executors have different kernels: {}. The results have the same bits, but each"
                            + " round waits for the slowest executor; expected the same processors,"
                            + " Java and Java options on all hosts{}",
                    text(ExecutorKernels::hosts),
                    help);
        } else if (isScalar) {
            LOG.warn("kernels: {}, several times slower than vector kernels{}", value(), help);
        } else {
            LOG.info("kernels: {}", value());
        }
    }

    private Map<String, List<Entry>> byKernels() {
        return entries().values().stream()
                .collect(Collectors.groupingBy(Entry::kernels, TreeMap::new, Collectors.toList()));
    }

    private String text(Function<Collection<Entry>, String> suffix) {
        return byKernels().entrySet().stream()
                .map(group -> "%s on %d executor%s%s"
                        .formatted(
                                group.getKey(),
                                group.getValue().size(),
                                group.getValue().size() == 1 ? "" : "s",
                                suffix.apply(group.getValue())))
                .collect(Collectors.joining("; "));
    }

    /** Returns for example " (a, b, c, d, e and 6 more hosts)". */
    private static String hosts(Collection<Entry> group) {
        List<String> hosts = group.stream().map(Entry::host).distinct().sorted().toList();
        int named = Math.min(NAMED_HOSTS, hosts.size());
        String more = hosts.size() > named ? " and %d more hosts".formatted(hosts.size() - named) : "";
        return " (%s%s)".formatted(String.join(", ", hosts.subList(0, named)), more);
    }
}
