package io.github.sparklatent.bench.kernels;

import java.util.ArrayList;
import java.util.List;

/**
 * Sizes of a product c = a b, all matrices row after row.
 *
 * @param m rows of c
 * @param k summed over
 * @param n columns of c
 * @param left whether a is stored transposed, k × m
 * @param right whether b is stored transposed, n × k
 */
record Shape(int m, int k, int n, boolean left, boolean right) {
    /** Products of a network's layers: two batches forwards, a hidden layer, weight gradients. */
    private static final List<Shape> LAYERS = List.of(
            of(128, 784, 512),
            of(512, 784, 512),
            new Shape(128, 512, 784, true, false),
            new Shape(784, 128, 512, true, false),
            of(512, 512, 512));

    /** Primes, one row, one column, one term, and results or operands with a short side. */
    private static final List<Shape> ODD = List.of(
            of(127, 131, 137),
            new Shape(131, 257, 67, false, true),
            of(17, 19, 23),
            of(1, 784, 512),
            of(784, 512, 1),
            of(509, 1, 521),
            of(3, 10007, 3),
            of(10007, 3, 3),
            of(3, 3, 10007),
            of(1009, 17, 5),
            of(5, 509, 7),
            of(7, 1021, 509),
            of(1021, 7, 509));

    private static final List<Shape> TRANSPOSED = List.of(of(128, 784, 512), of(127, 131, 137), of(7, 1021, 509));

    private static Shape of(int m, int k, int n) {
        return new Shape(m, k, n, false, false);
    }

    /** Returns the layers, the odd shapes, and the other transpositions of a few. */
    static List<Shape> all() {
        List<Shape> all = new ArrayList<>(LAYERS);
        all.addAll(ODD);
        for (Shape shape : TRANSPOSED) {
            all.add(new Shape(shape.m, shape.k, shape.n, true, false));
            all.add(new Shape(shape.m, shape.k, shape.n, false, true));
            all.add(new Shape(shape.m, shape.k, shape.n, true, true));
        }
        return all;
    }

    /** For example 128x784x512, and 128x784x512-AtB if a is stored transposed. */
    String name() {
        String form = left || right ? "-A%sB%s".formatted(left ? "t" : "", right ? "t" : "") : "";
        return "%dx%dx%d%s".formatted(m, k, n, form);
    }

    /** Name in tables. */
    String title() {
        String first = left ? " (transposed)" : "";
        return "%d x %d%s, %d x %d%s".formatted(m, k, first, k, n, right ? " (transposed)" : "");
    }
}
