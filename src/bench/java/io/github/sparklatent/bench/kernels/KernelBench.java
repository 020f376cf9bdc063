package io.github.sparklatent.bench.kernels;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparklatent.bench.Machine;
import io.github.sparklatent.bench.Readme;
import io.github.sparklatent.bench.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Measures kernels as {@code jobs/bench --kernels} asks for it. */
public final class KernelBench {
    private static final String PART = "kernels";

    private KernelBench() {}

    /** Whether the arguments ask for it. */
    public static boolean isAmong(String... arguments) {
        return Arrays.asList(arguments).contains(KernelOptions.OPTION);
    }

    /**
     * Measures the cases, prints their tables and, if asked, writes them into the README.
     *
     * @throws IllegalArgumentException for an option that does not exist or has no fitting value
     */
    public static void run(String... arguments) throws IOException {
        KernelOptions options = KernelOptions.parse(arguments);
        Path openBlas = Peers.openBlas();
        if (options.readme()) {
            Readme.require(PART);
        }
        List<Timing> timings = new ArrayList<>();
        for (KernelCase problem : options.cases()) {
            Timing timing = KernelRun.of(problem);
            timings.add(timing);
            System.err.println(line(timing));
        }
        if (options.json().isPresent()) {
            new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(options.json().get().toFile(), results(timings));
        }
        String text = new KernelTable(timings).text() + caption(openBlas);
        System.out.print(text);
        if (options.readme()) {
            Readme.replace(PART, text);
        }
    }

    private static String line(Timing timing) {
        StringBuilder line = new StringBuilder("%-34s".formatted(timing.problem().name()));
        for (String system : timing.problem().systems()) {
            double figure =
                    timing.problem() instanceof ProductCase
                            ? timing.rate(system)
                            : timing.nanoseconds(system);
            line.append(" %s %.4g".formatted(system, figure));
        }
        return line.toString();
    }

    private static List<Result> results(List<Timing> timings) {
        List<Result> results = new ArrayList<>();
        for (Timing timing : timings) {
            String name = timing.problem().name();
            for (String system : timing.problem().systems()) {
                List<Double> seconds = timing.seconds().get(system).stream().sorted().toList();
                String command = "jobs/bench --kernels --only '%s'".formatted(name);
                results.add(Result.of(name, system, seconds, command));
            }
        }
        return results;
    }

    private static String caption(Path openBlas) throws IOException {
        return """
        One thread's processor time, median of %d turns, the systems in turn in one JVM of
        JMH's for each line; the ratios are turn by turn, with their least and greatest. All
        matrices row after row, operands and results in the cache where they fit. OpenBLAS is
        called as MLlib calls it, through netlib's JNI class, for rows and columns by `gemv`,
        else by `gemm`; nothing is copied, and the call itself takes 0.1 µs, a third of what
        17 x 19, 19 x 23 takes. JavaBLAS is what netlib takes without `jdk.incubator.vector`.
        Ours adds the terms of each sum in an order that does not depend on the width of
        vectors, which the others need not.
        Log-sum-exp is that of %d numbers, ours a column of a matrix, the others' a row, with
        their responsibilities. Measured on %s, OpenBLAS from %s.
        `jobs/bench --kernels --readme` has written these tables.
        """
                .formatted(
                        KernelRun.TURNS,
                        FunctionCase.ROW,
                        Machine.description(),
                        openBlas.subpath(openBlas.getNameCount() - 2, openBlas.getNameCount()));
    }
}
