package io.github.sparklatent.ml.network.options;

import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.Likelihood;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Warns if columns with a {@link Gaussian} of fixed variance are not of its scale. Their loss is the squared error only
 * up to ten of its deviations. A column of more than five deviations has cells beyond that. If the columns have a tenth
 * of a deviation, the decoder need not reproduce them at all.
 */
public final class UnitScale {
    private static final double WIDE = 5;
    private static final double NARROW = 0.1;
    private static final int SHOWN = 3;

    private UnitScale() {}

    /**
     * Returns a warning about the columns of a table that is not scaled; usually none.
     *
     * @param likelihood distribution of a row
     * @param variances variance of each column of the training rows; empty if they are not known. Not modified.
     * @param names names of the columns
     */
    public static Optional<String> warning(Likelihood likelihood, double[] variances, List<String> names) {
        if (variances.length == 0) {
            return Optional.empty();
        }
        if (likelihood instanceof Composite composite) {
            return composite.groups().stream()
                    .flatMap(
                            group -> ofGroup(
                                    group.likelihood(),
                                    group.columns().stream().mapToInt(j -> j).toArray(),
                                    variances,
                                    names)
                                    .stream())
                    .findFirst();
        }
        int[] all = IntStream.range(0, variances.length).toArray();
        return ofGroup(likelihood, all, variances, names);
    }

    private static Optional<String> ofGroup(
            Likelihood likelihood, int[] columns, double[] variances, List<String> names) {
        if (!(likelihood instanceof Gaussian gaussian) || gaussian.learnt()) {
            return Optional.empty();
        }
        double unit = Math.sqrt(gaussian.variance());
        int[] wide = IntStream.of(columns)
                .filter(j -> Math.sqrt(variances[j]) > WIDE * unit)
                .toArray();
        double mean =
                IntStream.of(columns).mapToDouble(j -> variances[j]).average().orElse(1);
        boolean isNarrow = Math.sqrt(mean) < NARROW * unit;
        if (wide.length == 0 && !isNarrow) {
            return Optional.empty();
        }
        String found = isNarrow
                ? String.format(
                        Locale.ROOT,
                        "the mean variance of its columns is %.3g, so the decoder need not reproduce them",
                        mean)
                : IntStream.of(wide)
                                .limit(SHOWN)
                                .mapToObj(j -> String.format(
                                        Locale.ROOT, "\"%s\" has the variance %.3g", names.get(j), variances[j]))
                                .collect(Collectors.joining(", "))
                        + (wide.length > SHOWN
                                ? " and %d other columns are as wide".formatted(wide.length - SHOWN)
                                : "")
                        + ", so the loss is not the squared error: beyond 10 deviations it grows as a logarithm";
        return Optional.of(String.format(
                Locale.ROOT,
                "the variance of model.likelihood = gaussian is %s and data.scale is none, but %s; set data.scale = standard, or let the variance be learnt: { type = gaussian, variance = learnt }",
                gaussian.variance(),
                found));
    }
}
