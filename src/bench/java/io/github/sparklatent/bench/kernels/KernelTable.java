package io.github.sparklatent.bench.kernels;

import io.github.sparklatent.bench.kernels.ProductCase.Precision;
import io.github.sparklatent.bench.kernels.Timing.Spread;
import java.util.List;
import java.util.Locale;

/** The figures of kernels as Markdown tables: products of floats and of doubles, functions. */
record KernelTable(List<Timing> timings) {
    String text() {
        StringBuilder text = new StringBuilder();
        for (Precision precision : Precision.values()) {
            List<Timing> some =
                    timings.stream()
                            .filter(
                                    one ->
                                            one.problem() instanceof ProductCase product
                                                    && product.precision() == precision)
                            .toList();
            if (!some.isEmpty()) {
                text.append(products(precision, some)).append('\n');
            }
        }
        List<Timing> functions =
                timings.stream().filter(one -> one.problem() instanceof FunctionCase).toList();
        if (!functions.isEmpty()) {
            text.append(functions(functions)).append('\n');
        }
        return text.toString();
    }

    private static String products(Precision precision, List<Timing> timings) {
        StringBuilder text = new StringBuilder();
        List<String> systems = timings.get(0).problem().systems();
        text.append("| %ss, GFLOP/s |".formatted(precision.name().toLowerCase(Locale.ROOT)));
        systems.forEach(system -> text.append(" %s |".formatted(Peers.title(system))));
        text.append(" ours / OpenBLAS | ours / VectorBLAS |\n| --- |")
                .append(" ---: |".repeat(systems.size() + 2))
                .append('\n');
        for (Timing timing : timings) {
            text.append("| %s |".formatted(shape(((ProductCase) timing.problem()).shape())));
            systems.forEach(system -> text.append(" %s |".formatted(digits(timing.rate(system)))));
            Spread share = timing.against(Peers.OPENBLAS);
            text.append(
                    " %.2f (%.2f to %.2f) | %.1f |%n"
                            .formatted(
                                    share.median(),
                                    share.low(),
                                    share.high(),
                                    timing.against(Peers.VECTORBLAS).median()));
        }
        return text.toString();
    }

    /** Sizes, and what stands transposed. */
    private static String shape(Shape shape) {
        return "%d x %d%s, %d x %d%s"
                .formatted(
                        shape.m(),
                        shape.k(),
                        shape.left() ? " (transposed)" : "",
                        shape.k(),
                        shape.n(),
                        shape.right() ? " (transposed)" : "");
    }

    private static String functions(List<Timing> timings) {
        StringBuilder text = new StringBuilder("| nanoseconds an element |");
        List<String> systems = timings.get(0).problem().systems();
        systems.forEach(system -> text.append(" %s |".formatted(Peers.title(system))));
        text.append("\n| --- |").append(" ---: |".repeat(systems.size())).append('\n');
        for (Timing timing : timings) {
            FunctionCase problem = (FunctionCase) timing.problem();
            text.append(
                    "| %s of %ss |"
                            .formatted(
                                    problem.function().title(),
                                    problem.precision().name().toLowerCase(Locale.ROOT)));
            for (String system : systems) {
                Spread seconds = timing.seconds(system);
                double scale = 1e9 / problem.operations();
                text.append(
                        " %s (%s to %s) |"
                                .formatted(
                                        digits(seconds.median() * scale),
                                        digits(seconds.low() * scale),
                                        digits(seconds.high() * scale)));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** Three digits, without an exponent. */
    private static String digits(double number) {
        return number >= 100
                ? "%.0f".formatted(number)
                : number >= 10 ? "%.1f".formatted(number) : "%.2f".formatted(number);
    }
}
