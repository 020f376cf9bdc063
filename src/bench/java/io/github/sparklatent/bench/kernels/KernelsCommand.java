package io.github.sparklatent.bench.kernels;

import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.command.Globs;
import io.github.sparklatent.bench.race.Result;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.report.RunFile;
import io.github.sparklatent.bench.report.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Products of matrices. */
@Command(name = "kernels", description = "Products of matrices, by JMH; six minutes.")
public final class KernelsCommand extends BenchCommand {
    @Mixin
    private Globs only;

    @Option(names = "--json", description = "Also write the results there.")
    private Path json;

    @Override
    protected List<String> pages() {
        return List.of();
    }

    @Override
    protected Map<String, String> measure() throws IOException {
        Peers.openBlas(); // a missing library is reported before the measurements
        List<Timing> timings = new ArrayList<>();
        for (ProductCase problem : only.select(ProductCase.all(), ProductCase::name)) {
            Timing timing = KernelRun.of(problem);
            timings.add(timing);
            System.err.printf("%-34s", problem.name());
            for (String system : Peers.ALL) {
                Spread seconds = timing.of(system);
                System.err.printf(" %s %.4g", system, timing.figure(seconds.median()));
                if (json != null) {
                    String command = "jobs/bench kernels --only '%s'".formatted(problem.name());
                    new RunFile<>(json, Result.class, machine())
                            .put(Result.of(problem.name(), system, seconds, command));
                }
            }
            System.err.println();
        }
        StringBuilder text = new StringBuilder();
        for (Precision precision : Precision.values()) {
            text.append(products(precision, timings));
        }
        return page(text + caption());
    }

    private static String products(Precision precision, List<Timing> timings) {
        List<Timing> some = timings.stream()
                .filter(one -> one.problem().precision() == precision)
                .toList();
        if (some.isEmpty()) {
            return "";
        }
        List<String> header = new ArrayList<>(List.of(precision + "s, GFLOP/s"));
        Peers.ALL.forEach(system -> header.add(Peers.title(system)));
        header.addAll(List.of("ours / OpenBLAS", "ours / VectorBLAS"));
        MarkdownTable table = new MarkdownTable(1, header);
        for (Timing timing : some) {
            table.row(
                    timing.problem().shape().title(),
                    Peers.ALL.stream()
                            .map(one -> digits(timing.figure(timing.of(one).median())))
                            .toList(),
                    timing.against(Peers.OPENBLAS).ofMedian("%.2f"),
                    "%.1f".formatted(timing.against(Peers.VECTORBLAS).median()));
        }
        return table + "\n";
    }

    /** Three digits, without an exponent. */
    private static String digits(double number) {
        return (number >= 100 ? "%.0f" : number >= 10 ? "%.1f" : "%.2f").formatted(number);
    }

    private static String caption() {
        return """
        The figures are processor time of one thread, the median of %d turns. The systems work
        in turn in one JVM of JMH's for each line. The ratios are of each turn, with the least
        and the greatest. All matrices are stored row after row; operands and results are in the
        cache if they fit. OpenBLAS is called as MLlib calls it, through netlib's JNI class: rows
        and columns by `gemv`, other shapes by `gemm`. Nothing is copied. The call itself takes
        0.1 µs, a third of the time of 17 x 19, 19 x 23. JavaBLAS is netlib's choice without
        `jdk.incubator.vector`. This project adds the terms of each sum in an order that does not
        depend on the width of the vectors; the other systems do not have to.
        """.formatted(KernelRun.TURNS);
    }

    @Override
    protected String software() throws IOException {
        Path library = Peers.openBlas();
        int names = library.getNameCount();
        return "OpenBLAS from " + library.subpath(names - 2, names);
    }
}
