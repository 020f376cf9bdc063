package io.github.sparklatent.ml.network.options;

import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.nn.Missing;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.Likelihood;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Computes the centre of each column, sinh (Σ w_i asinh x_ij / Σ w_i). It is near the mean if a column is within a few
 * units of 0 or far from 0 compared to its spread, else near the geometric mean. Unlike the mean, it hardly depends on
 * single outliers. Missing cells are left out.
 *
 * @param width d
 */
public record ColumnCentres(int width) implements PartitionWork {
    private static final int BATCH = 128;

    /**
     * Centres and variances of the columns.
     *
     * @param centres centre of each column
     * @param variances variance of each column, whose missing cells are left out; empty if the rows were not read
     */
    public record Found(double[] centres, double[] variances) {
        private static final double WIDE = 5;
        private static final double NARROW = 0.1;
        private static final int SHOWN = 3;

        /**
         * Returns a warning if columns with a {@link Gaussian} of fixed variance are not of its scale, of a table that
         * is not scaled; usually none. Their loss is the squared error only up to ten of its deviations. A column of
         * more than five deviations has cells beyond that. If the columns have a tenth of a deviation, the decoder need
         * not reproduce them at all.
         *
         * @param likelihood distribution of a row
         * @param names names of the columns
         */
        public Optional<String> warning(Likelihood likelihood, List<String> names) {
            if (variances.length == 0) {
                return Optional.empty();
            }
            List<Composite.Group> groups = likelihood instanceof Composite composite
                    ? composite.groups()
                    : List.of(Composite.Group.from(0, likelihood));
            return groups.stream()
                    .flatMap(group -> ofGroup(group, names).stream())
                    .findFirst();
        }

        private Optional<String> ofGroup(Composite.Group group, List<String> names) {
            if (!(group.likelihood() instanceof Gaussian gaussian) || gaussian.learnt()) {
                return Optional.empty();
            }
            int[] columns = group.columns().stream().mapToInt(j -> j).toArray();
            double unit = Math.sqrt(gaussian.variance());
            int[] wide = IntStream.of(columns)
                    .filter(j -> Math.sqrt(variances[j]) > WIDE * unit)
                    .toArray();
            double mean = IntStream.of(columns)
                    .mapToDouble(j -> variances[j])
                    .average()
                    .orElse(1);
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

    /**
     * Returns the centres and variances of the columns of all rows. If no output and no weight of a mask starts at a
     * centre, they are 0 and the rows are not read.
     *
     * @param mask whether an encoder reads the mask of missing cells
     */
    public static Found find(Shards rows, Likelihood likelihood, boolean mask) {
        int width = rows.width();
        if (!mask && !likelihood.isUnbounded()) {
            return new Found(new double[width], new double[0]);
        }
        Shards.Result result = rows.run("centres of the columns", new ColumnCentres(width));
        double[] sums = result.sums();
        double[] centres = new double[width];
        double[] variances = new double[width];
        for (int j = 0; j < width; j++) {
            // A difference of both weights could cancel to 0.
            double weight = sums[width + j] == 0 ? sums[5 * width] : sums[2 * width + j];
            centres[j] = StrictMath.sinh(sums[j] / weight);
            double mean = sums[3 * width + j] / weight;
            variances[j] = Math.max(0, sums[4 * width + j] / weight - mean * mean);
        }
        return new Found(centres, variances);
    }

    @Override
    public int sums() {
        return 5 * width + 1;
    }

    @Override
    public PartitionResult run(int partition, PartitionRows rows) {
        double[] sums = new double[sums()];
        rows.forEachBatch(BATCH, (batch, weights) -> add(batch, weights, sums));
        sums[5 * width] = rows.weight();
        return new PartitionResult(rows.weight(), new float[0], sums);
    }

    /** Adds each cell to the sum of its column, and its weight to the missing or observed weight. */
    private void add(FMatrixRMaj batch, float[] weights, double[] sums) {
        for (int i = 0; i < batch.numRows; i++) {
            for (int j = 0; j < width; j++) {
                float cell = batch.data[i * width + j];
                if (Missing.is(cell)) {
                    sums[width + j] += weights[i];
                } else {
                    sums[j] += weights[i] * inverseSinh(cell);
                    sums[2 * width + j] += weights[i];
                    sums[3 * width + j] += (double) weights[i] * cell;
                    sums[4 * width + j] += (double) weights[i] * cell * cell;
                }
            }
        }
    }

    /** Returns asinh x, also of numbers near 0. */
    private static double inverseSinh(double x) {
        double magnitude = Math.abs(x);
        double square = magnitude * magnitude;
        double inverse = StrictMath.log1p(magnitude + square / (1 + Math.sqrt(square + 1)));
        return Math.copySign(inverse, x);
    }
}
