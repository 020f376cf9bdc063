package io.github.sparklatent.bench.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A table of readings of three kinds of machines, as it arrives in one night.
 *
 * @param rows number of rows
 * @param moved distance by which the third kind has moved, in deviations
 * @param missing share of missing values of the second column
 */
record Readings(int rows, double moved, double missing) {
    static final Readings USUAL = new Readings(6000, 0, 0);

    Readings rows(int value) {
        return new Readings(value, moved, missing);
    }

    Readings moved(double value) {
        return new Readings(rows, value, missing);
    }

    Readings missing(double value) {
        return new Readings(rows, moved, value);
    }

    /** Returns the lines of the file; each night has its own noise. */
    List<String> lines(long night) {
        Random random = new Random(night);
        List<String> lines = new ArrayList<>();
        lines.add("row,heat,noise,load");
        for (int i = 0; i < rows; i++) {
            int kind = i % 3;
            double heat = 4 * kind + (kind == 2 ? moved : 0) + random.nextGaussian();
            double noise = (kind == 1 ? 3 : 0) + random.nextGaussian();
            boolean isMissing = random.nextDouble() < missing;
            double load = -Math.log(1 - random.nextDouble());
            lines.add("%d,%.5f,%s,%.5f".formatted(i, heat, isMissing ? "" : "%.5f".formatted(noise), load));
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
