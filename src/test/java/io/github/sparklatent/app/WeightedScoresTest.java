package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.ml.io.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A row of weight 3 counts as three equal rows, also in the figures of anomaly scores. */
class WeightedScoresTest extends CommandTest {
    private void writeTables() {
        Random random = new Random(3);
        List<String> weighted = new ArrayList<>(List.of("row,x,y,odd,weight"));
        List<String> repeated = new ArrayList<>(weighted);
        for (int i = 0; i < 300; i++) {
            double x = random.nextGaussian();
            double y = random.nextGaussian();
            // Rows far out have large weights, so a figure without weights is another one.
            int weight = x * x + y * y > 3 ? 3 : 1;
            int odd = x + random.nextGaussian() > 1.5 ? 1 : 0;
            String row = String.format(Locale.ROOT, "%d,%s,%s,%d,", i, x, y, odd);
            weighted.add(row + weight);
            for (int copy = 0; copy < weight; copy++) {
                repeated.add(row + 1);
            }
        }
        write("weighted.csv", weighted.toArray(String[]::new));
        write("repeated.csv", repeated.toArray(String[]::new));
    }

    private static String[] lines(String name) {
        return new String[] {
            "data { path = \"DIR/" + name + ".csv\", format = csv, features = [x, y] }",
            "data { id = row, label = odd, weight = weight }",
            "model { type = gmm, components = 1, covariance = full }",
            "output { path = \"DIR/" + name + "\", report = false }"
        };
    }

    @Test
    @SuppressWarnings("unchecked") // a JSON list
    void thresholdsAndAreasOfAWeightedTableAreThoseOfTheRepeatedOne() throws Exception {
        writeTables();
        List<Map<String, Object>> alerts = new ArrayList<>();
        List<Double> areas = new ArrayList<>();
        List<List<Map<String, Object>>> budgets = new ArrayList<>();
        for (String name : List.of("weighted", "repeated")) {
            done(run("train", lines(name)));
            alerts.add(section(metrics(name), "alerts"));
            Map<String, Object> metrics =
                    Json.parse(done(latent("evaluate", "--json", "--config", configuration(lines(name))))
                            .out());
            areas.add((double) section(metrics, "evaluation").get("auc"));
            budgets.add(
                    (List<Map<String, Object>>) section(metrics, "evaluation").get("budgets"));
        }

        // Scores are cut into buckets of 2^-16 of their size.
        double threshold = (double) alerts.get(1).get("threshold");
        assertThat((double) alerts.get(0).get("threshold")).isCloseTo(threshold, within(1e-4 * threshold));
        assertThat(alerts.get(0)).containsEntry("referenceRows", alerts.get(1).get("referenceRows"));
        assertThat(areas.get(0)).isCloseTo(areas.get(1), within(1e-9));
        assertThat(budgets.get(0)).hasSize(5);
        for (int i = 0; i < 5; i++) {
            assertThat(budgets.get(0).get(i).get("rows"))
                    .isEqualTo(budgets.get(1).get(i).get("rows"));
            assertThat((double) budgets.get(0).get(i).get("recall")).isBetween(0.0, 1.0);
        }
    }
}
