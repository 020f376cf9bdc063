package io.github.sparklatent.bench.kernels;

import java.util.List;
import java.util.stream.Stream;

/** An elementary function in one precision. */
record FunctionCase(Precision precision, Function function) implements KernelCase {
    static List<FunctionCase> all() {
        return Stream.of(Precision.values())
                .flatMap(precision -> Stream.of(Function.values())
                        .filter(one -> one.has(precision))
                        .map(one -> new FunctionCase(precision, one)))
                .toList();
    }

    @Override
    public String name() {
        return "function/%s/%s".formatted(precision, function);
    }

    @Override
    public String title() {
        return "%s of %ss".formatted(function.title(), precision);
    }

    @Override
    public long operations() {
        return Function.LENGTH;
    }

    @Override
    public List<String> systems() {
        return List.of(Peers.OURS, Peers.MATH, Peers.STRICTMATH);
    }

    @Override
    public List<Runnable> ready() {
        return systems().stream().map(system -> function.of(precision, system)).toList();
    }
}
