package io.github.sparklatent.app;

/** For tests of the commands with a small network. */
abstract class NetworkTest extends CommandTest {
    static final int STOPPED = 143;

    /** Rows of four numbers between 0 and 1 of two kinds, with a number of their own. */
    static String[] table(int rows) {
        return lines(
                "row,a,b,c,d,kind",
                rows,
                i -> "%d,%s,%s,%s,%s,%d".formatted(i, value(i, 0), value(i, 1), value(i, 2), value(i, 3), i % 2));
    }

    private static double value(int row, int column) {
        double centre = (row + column) % 2 == 0 ? 0.8 : 0.2;
        return centre + 0.15 * Math.sin(7 * row + 3 * column);
    }

    /** A training of a small network on {@link #table} in {@code table.csv} without a report, and further lines. */
    String[] network(String... further) {
        String[] lines = {
            "model { type = vae, latent = 2, encoder = [6] }",
            "data { path = \"DIR/table.csv\", format = csv, id = row }",
            "data { features = [a, b, c, d], label = kind, holdout.fraction =" + " 0.2 }",
            "train { maxEpochs = 2, roundsPerEpoch = 2, partitions = 2," + " batchSize = 8 }",
            "output { path = \"DIR/out\", overwrite = true, report = false }"
        };
        return with(lines, further);
    }
}
