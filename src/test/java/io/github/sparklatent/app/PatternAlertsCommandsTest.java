package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** A model that does not fit its table: the alerts of rows with a missing cell. */
class PatternAlertsCommandsTest extends CommandTest {
    private static final int ROWS = 12_000;

    /** Two nearly equal columns and one of their size, which one factor cannot explain. */
    private String[] rows(long seed, int missing) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("row,x,y,z"));
        for (int i = 0; i < ROWS; i++) {
            double x = random.nextGaussian();
            double[] row = {x, x + 0.01 * random.nextGaussian(), random.nextGaussian()};
            StringBuilder line = new StringBuilder().append(i);
            for (int j = 0; j < row.length; j++) {
                line.append(',').append(j == missing ? "" : String.format(Locale.ROOT, "%.6f", row[j]));
            }
            lines.add(line.toString());
        }
        return lines.toArray(String[]::new);
    }

    private String[] job(String table) {
        return new String[] {
            "data { path = \"DIR/" + table + "\", format = csv, id = row, features = [x, y, z] }",
            "data.invalid = keep",
            "model { type = ppca, latent = 1, fit = em }",
            "model.path = \"DIR/out\", output { path = \"DIR/out\", report = false }",
            "score { columns = [isAnomaly], alertRate = 0.01 }"
        };
    }

    @Test
    void copiesOfKnownRowsWithoutACellGiveItsThreshold() {
        write("train.csv", rows(1, -1));
        String[] training = job("train.csv");
        training[3] = "output { path = \"DIR/out\", report = false }";
        done(run("train", training));
        for (int missing = 0; missing < 3; missing++) {
            write("fresh.csv", rows(2, missing));
            String[] scoring = job("fresh.csv");
            scoring[3] = "model.path = \"DIR/out\", output.path = \"DIR/scored-" + missing + "\"";
            done(run("score", scoring));
            Row share = spark.read()
                    .option("header", true)
                    .csv(folder.resolve("scored-" + missing).toString())
                    .selectExpr("avg(if(isAnomaly = 'true', 1, 0))")
                    .first();
            // Three standard errors of the known and the fresh rows.
            assertThat(share.getDouble(0)).isBetween(0.006, 0.014);
        }
    }
}
