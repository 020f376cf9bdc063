package io.github.sparklatent.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The machine that figures are measured on. */
public final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** Returns for example "AMD EPYC, 2 cores, 512-bit vectors, Linux 6.1, Java 17.0.15". */
    public static String description() throws IOException {
        return "%s, %d cores%s, %s %s, Java %s"
                .formatted(
                        processor("model name"),
                        Runtime.getRuntime().availableProcessors(),
                        processor("flags").contains(" avx512f") ? ", 512-bit vectors" : "",
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("java.version"));
    }

    /** Bytes of the heap that are reachable: the heap is collected first. */
    public static double heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /**
     * An entry of the first processor in /proc/cpuinfo, or the architecture without such a file.
     */
    private static String processor(String key) throws IOException {
        List<String> lines = Files.exists(PROCESSORS) ? Files.readAllLines(PROCESSORS) : List.of();
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
