package io.github.sparklatent.bench.kernels;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one case by JMH in a JVM of its own. */
final class KernelRun {
    /** Counted turns of each system. */
    static final int TURNS = 7;

    /** Uncounted turns of each system. {@link KernelBenchmark} has warmed the JVM before. */
    private static final int FIRST = 1;

    private static final TimeValue TURN = TimeValue.milliseconds(50);

    /** The JVM waits for its compiler, whose threads would be late on a busy machine. */
    private static final String[] JVM = {"--add-modules=jdk.incubator.vector", "-XX:-BackgroundCompilation", "-Xmx1g"};

    private KernelRun() {}

    static Timing of(ProductCase problem) {
        int systems = Peers.ALL.size();
        Options options = new OptionsBuilder()
                .include(KernelBenchmark.class.getName())
                .param("problem", problem.name())
                .forks(1)
                .jvmArgs(JVM)
                .threads(1)
                .syncIterations(false)
                .warmupIterations(systems * FIRST)
                .warmupTime(TURN)
                .measurementIterations(systems * TURNS)
                .measurementTime(TURN)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        try {
            Collection<RunResult> results = new Runner(options).run();
            return Timing.of(problem, seconds(results));
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH stopped in " + problem.name(), e);
        }
    }

    private static List<Double> seconds(Collection<RunResult> results) {
        return results.stream()
                .flatMap(result -> result.getBenchmarkResults().stream())
                .flatMap(result -> result.getIterationResults().stream())
                .map(KernelRun::seconds)
                .toList();
    }

    private static double seconds(IterationResult iteration) {
        return figure(iteration, "nanoseconds") / figure(iteration, "computations") * 1e-9;
    }

    private static double figure(IterationResult iteration, String counter) {
        return iteration.getSecondaryResults().get(counter).getScore();
    }
}
