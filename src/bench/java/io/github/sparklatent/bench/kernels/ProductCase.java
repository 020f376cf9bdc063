package io.github.sparklatent.bench.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A product of two matrices in one precision. */
record ProductCase(Precision precision, Shape shape) {
    /** All cases, in the order of the tables. */
    static List<ProductCase> all() {
        return Stream.of(Precision.values())
                .flatMap(p -> Shape.all().stream().map(shape -> new ProductCase(p, shape)))
                .toList();
    }

    static ProductCase of(String name) {
        return all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    /** Name, as in {@code --only}, for example product/float/128x784x512. */
    String name() {
        return "product/%s/%s".formatted(precision, shape.name());
    }

    /** Floating-point operations. */
    long operations() {
        return 2L * shape.m() * shape.k() * shape.n();
    }

    /** Returns one computation of each system, to be run many times. Results have been compared. */
    List<Runnable> ready() {
        Product product = new Product(shape);
        List<Runnable> ready = new ArrayList<>();
        double[] expected = null;
        for (String system : Peers.ALL) {
            Runnable work = product.by(system, precision);
            work.run();
            ready.add(work);
            double[] result = product.result(precision);
            expected = expected == null ? result : expected;
            requireAgreement(system, result, expected);
        }
        return ready;
    }

    /** Two sums of k terms between -1 and 1 differ by at most 2 k u k, with the unit roundoff u. */
    private void requireAgreement(String system, double[] result, double[] expected) {
        double bound = 2.0 * shape.k() * precision.roundoff * shape.k();
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(result[i] - expected[i]) <= bound)) {
                throw new IllegalStateException("%s: element %d of %s is %s, expected %s as %s computes it"
                        .formatted(name(), i, system, result[i], expected[i], Peers.OURS));
            }
        }
    }
}
