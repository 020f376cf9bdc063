package io.github.sparklatent.bench.report;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.FloatView;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.RandomMatrices_FDRM;

/** The machine that figures are measured on. */
public final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private static final int SIDE = 512;
    private static final int PRODUCTS = 301;

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

    /**
     * Returns for example "load 0.6, 512 x 512 products of floats at 190 GFLOP/s in one thread": what the machine could
     * do when the figures were measured. Another hour may differ by a factor of two.
     */
    public static String hour() {
        FloatView a = matrix(1);
        FloatView b = matrix(2);
        FloatView c = matrix(3);
        FloatProducts products = new FloatProducts();
        double[] seconds = new double[PRODUCTS];
        for (int i = 0; i < PRODUCTS; i++) {
            long start = System.nanoTime();
            products.multiply(a, b, c);
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        return String.format(
                Locale.ROOT,
                "load %.1f, %d x %d products of floats at %.0f GFLOP/s in one thread",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                SIDE,
                SIDE,
                2e-9 * SIDE * SIDE * SIDE / seconds[PRODUCTS / 2]);
    }

    private static FloatView matrix(long seed) {
        FMatrixRMaj matrix = new FMatrixRMaj(SIDE, SIDE);
        RandomMatrices_FDRM.fillUniform(matrix, -1, 1, new Random(seed));
        return FloatView.of(matrix);
    }

    /** An entry of the first processor in /proc/cpuinfo, or the architecture without such a file. */
    private static String processor(String key) throws IOException {
        List<String> lines = Files.exists(PROCESSORS) ? Files.readAllLines(PROCESSORS) : List.of();
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
