package io.github.sparklatent.bench.kernels;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** An elementary function of many numbers. */
record FunctionCase(ProductCase.Precision precision, Function function) implements KernelCase {
    /** Fits the first-level cache, in and out. */
    static final int LENGTH = 1024;

    /** Of one row of which log-sum-exp is taken. */
    static final int ROW = 16;

    private static final List<String> SYSTEMS = List.of(Peers.OURS, Peers.MATH, Peers.STRICTMATH);

    /** What is computed of each number x. */
    enum Function {
        EXP,
        LOG,
        TANH,
        SOFTPLUS,
        /** In rows of 16; responsibilities and their sum. */
        LOGSUMEXP;

        /** As in tables. */
        String title() {
            return this == LOGSUMEXP ? "log-sum-exp" : name().toLowerCase(Locale.ROOT);
        }
    }

    static List<FunctionCase> all() {
        return Stream.of(ProductCase.Precision.values())
                .flatMap(
                        precision ->
                                Stream.of(Function.values())
                                        .filter(one -> exists(precision, one))
                                        .map(one -> new FunctionCase(precision, one)))
                .toList();
    }

    /** Mixtures are computed in doubles only. */
    private static boolean exists(ProductCase.Precision precision, Function function) {
        return precision == ProductCase.Precision.DOUBLE || function != Function.LOGSUMEXP;
    }

    @Override
    public String name() {
        return "function/%s/%s"
                .formatted(
                        precision.name().toLowerCase(Locale.ROOT),
                        function.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public long operations() {
        return LENGTH;
    }

    @Override
    public List<String> systems() {
        return SYSTEMS;
    }

    @Override
    public Map<String, Runnable> ready() {
        Map<String, Runnable> ready = new LinkedHashMap<>();
        for (String system : SYSTEMS) {
            ready.put(
                    system,
                    switch (precision) {
                        case FLOAT -> FloatFunction.of(function, system);
                        case DOUBLE -> DoubleFunction.of(function, system);
                    });
        }
        return ready;
    }
}
