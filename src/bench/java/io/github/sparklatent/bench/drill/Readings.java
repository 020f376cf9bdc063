package io.github.sparklatent.bench.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A table of readings of three kinds of machines, as it arrives in one night.
 *
 * @param rows number of rows
 * @param unit factor of the first column
 * @param moved distance by which the third kind has moved, in deviations
 * @param missing share of missing values of the second column
 * @param columns names of the columns after the key
 */
record Readings(int rows, double unit, double moved, double missing, List<String> columns) {
    static final Readings USUAL = new Readings(6000, 1, 0, 0, List.of("heat", "noise", "load"));

    Readings rows(int value) {
        return new Readings(value, unit, moved, missing, columns);
    }

    Readings unit(double value) {
        return new Readings(rows, value, moved, missing, columns);
    }

    Readings moved(double value) {
        return new Readings(rows, unit, value, missing, columns);
    }

    Readings missing(double value) {
        return new Readings(rows, unit, moved, value, columns);
    }

    Readings columns(String... names) {
        return new Readings(rows, unit, moved, missing, List.of(names));
    }

    /** Returns the lines of the file; each night has its own noise. */
    List<String> lines(long night) {
        Random random = new Random(night);
        List<String> lines = new ArrayList<>();
        lines.add("row," + String.join(",", columns));
        for (int i = 0; i < rows; i++) {
            int kind = i % 3;
            double heat = 4 * kind + (kind == 2 ? moved : 0) + random.nextGaussian();
            double noise = (kind == 1 ? 3 : 0) + random.nextGaussian();
            boolean isMissing = random.nextDouble() < missing;
            double load = -Math.log(1 - random.nextDouble());
            lines.add("%d,%.5f,%s,%.5f".formatted(i, unit * heat, isMissing ? "" : "%.5f".formatted(noise), load));
        }
        return lines;
    }

    /** Returns the configuration of a training on a file. */
    static List<String> training(String table) {
        return List.of(
                "model { type = gmm, components = 3 }",
                "data { path = \"%s\", format = csv, id = row, invalid = skip }".formatted(table),
                "train.checkpoint.every = 1",
                "output.report = false");
    }

    /** Returns the configuration of a retraining on a file. */
    static List<String> configuration(String table, String registry) {
        List<String> lines = new ArrayList<>(training(table));
        lines.add("registry { path = \"%s\", keep = 1000 }".formatted(registry));
        return lines;
    }
}
