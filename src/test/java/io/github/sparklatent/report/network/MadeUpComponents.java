package io.github.sparklatent.report.network;

import io.github.sparklatent.report.Components;
import io.github.sparklatent.report.Confusion;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Components of a latent space, of which nine rows of ten have the one of their label. */
final class MadeUpComponents {
    private MadeUpComponents() {}

    /**
     * @param components K
     * @param rows as many as have codes
     * @param labels how many there are; 0: none
     * @param assigned whether the rows' components are told
     */
    static NetworkComponents of(MadeUpRows drawn, int components, int rows, int labels, boolean assigned) {
        double[] weights = IntStream.range(0, components)
                .mapToDouble(k -> 1 + 2 * MadeUpRows.hash(k))
                .toArray();
        double all = Arrays.stream(weights).sum();
        int[] own = IntStream.range(0, rows)
                .map(i -> labels == 0 || MadeUpRows.hash(i + 77) < 0.1 ? i / 3 : i % labels)
                .map(i -> i % components)
                .toArray();
        double[] counts = new double[components];
        Arrays.stream(own).forEach(k -> counts[k]++);
        return new NetworkComponents(
                new Components(Arrays.stream(weights).map(w -> w / all).toArray(), counts),
                drawn.of(11_000, components, 0.9),
                IntStream.range(0, components)
                        .mapToObj(k -> drawn.of(12_000 + 100 * k, 7, 0.8))
                        .toList(),
                drawn.codes(components, components),
                assigned ? own : new int[0],
                labels == 0 ? null : confusion(own, components, labels));
    }

    private static Confusion confusion(int[] assigned, int components, int labels) {
        List<String> names = IntStream.range(0, labels)
                .mapToObj(i -> MadeUpRows.label(i, labels))
                .toList();
        double[][] counts = new double[labels][components];
        for (int i = 0; i < assigned.length; i++) {
            counts[i % labels][assigned[i]]++;
        }
        return new Confusion("held-out rows", names, counts, 0.9375, 0.875, 0.8125);
    }
}
