package io.github.sparklatent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the figures were measured on. */
public final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** For example: AMD EPYC, 2 cores, 512-bit vectors, Linux 6.1, Java 17.0.15. */
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

    /** What the kernel says of the first processor; the architecture where it says nothing. */
    private static String processor(String key) throws IOException {
        List<String> lines = Files.exists(PROCESSORS) ? Files.readAllLines(PROCESSORS) : List.of();
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
