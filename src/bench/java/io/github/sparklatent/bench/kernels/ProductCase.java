package io.github.sparklatent.bench.kernels;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A product of two matrices.
 *
 * @param precision of the numbers
 */
record ProductCase(Precision precision, Shape shape) implements KernelCase {
    private static final List<String> SYSTEMS =
            List.of(Peers.OURS, Peers.OPENBLAS, Peers.VECTORBLAS, Peers.JAVABLAS, Peers.EJML);

    /** Of the numbers in both matrices. */
    enum Precision {
        FLOAT,
        DOUBLE
    }

    static List<ProductCase> all() {
        return Stream.of(Precision.values())
                .flatMap(
                        precision ->
                                Shape.groups().stream()
                                        .flatMap(List::stream)
                                        .map(shape -> new ProductCase(precision, shape)))
                .toList();
    }

    @Override
    public String name() {
        return "product/" + precision.name().toLowerCase(Locale.ROOT) + "/" + shape.name();
    }

    @Override
    public long operations() {
        return shape.operations();
    }

    @Override
    public List<String> systems() {
        return SYSTEMS;
    }

    @Override
    public Map<String, Runnable> ready() {
        Map<String, Runnable> ready = new LinkedHashMap<>();
        double[] expected = null;
        for (String system : SYSTEMS) {
            Product product = product(system);
            product.run();
            double[] result = product.result();
            expected = expected == null ? result : expected;
            requireAgreement(system, result, expected);
            ready.put(system, product);
        }
        return ready;
    }

    private Product product(String system) {
        return switch (precision) {
            case FLOAT -> new FloatProduct(shape, system);
            case DOUBLE -> new DoubleProduct(shape, system);
        };
    }

    /** Two sums of k terms between −1 and 1 differ by at most 2 k u k, with u the unit roundoff. */
    private void requireAgreement(String system, double[] result, double[] expected) {
        double unit = precision == Precision.FLOAT ? 0x1p-24 : 0x1p-53;
        double bound = 2.0 * shape.k() * unit * shape.k();
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(result[i] - expected[i]) <= bound)) {
                throw new IllegalStateException(
                        "%s: element %d of %s is %s, expected %s as %s has it"
                                .formatted(name(), i, system, result[i], expected[i], Peers.OURS));
            }
        }
    }
}
