package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The share of alerts among rows with a missing cell. */
class PatternAlertsCommandsTest extends CommandTest {
    private static final int ROWS = 12_000;

    /**
     * Two nearly equal columns, and one of their size; a share of the cells is missing, and a column, or none if -1.
     */
    private String[] rows(long seed, double share, int missing) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("row,x,y,z"));
        for (int i = 0; i < ROWS; i++) {
            double x = random.nextGaussian();
            double[] row = {x, x + 0.01 * random.nextGaussian(), random.nextGaussian()};
            StringBuilder line = new StringBuilder().append(i);
            for (int j = 0; j < row.length; j++) {
                line.append(',')
                        .append(
                                j == missing || share > 0 && random.nextDouble() < share
                                        ? ""
                                        : String.format(Locale.ROOT, "%.6f", row[j]));
            }
            lines.add(line.toString());
        }
        return lines.toArray(String[]::new);
    }

    private String[] job(String table, String model) {
        return new String[] {
            "data { path = \"DIR/" + table + "\", format = csv, id = row, features = [x, y, z] }",
            "data.invalid = keep",
            "model { " + model + " }",
            "model.path = \"DIR/out\", output { path = \"DIR/out\", report = false }",
            "score { columns = [isAnomaly], alertRate = 0.01 }"
        };
    }

    /**
     * Returns the share of alerts among rows that miss each of the columns.
     *
     * @param missing share of the cells of the training rows that are missing
     */
    private List<Double> shares(String model, double missing) {
        write("train.csv", rows(1, missing, -1));
        String[] training = job("train.csv", model);
        training[3] = "output { path = \"DIR/out\", report = false }";
        done(run("train", training));
        List<Double> shares = new ArrayList<>();
        for (int column = 0; column < 3; column++) {
            write("fresh.csv", rows(2, 0, column));
            String[] scoring = job("fresh.csv", model);
            scoring[3] = "model.path = \"DIR/out\", output.path = \"DIR/scored-" + column + "\"";
            done(run("score", scoring));
            shares.add(spark.read()
                    .option("header", true)
                    .csv(folder.resolve("scored-" + column + "").toString())
                    .selectExpr("avg(if(isAnomaly = 'true', 1, 0))")
                    .first()
                    .getDouble(0));
        }
        return shares;
    }

    private static final String NETWORK =
            "type = vae, latent = 1, encoder = [16], likelihood = gaussian }, train { maxEpochs = 6";

    /** x and y have nearly the same loss, so their sum has a larger variance than that of independent ones. */
    @Test
    void aNetworkAddsTheLossesOfCells() {
        List<Double> shares = shares(NETWORK, 0.2);
        assertThat(shares.subList(0, 2)).allMatch(share -> share > 0.002 && share < 0.0145);
        assertThat(shares.get(2)).isBetween(0.01, 0.04);
    }
}
