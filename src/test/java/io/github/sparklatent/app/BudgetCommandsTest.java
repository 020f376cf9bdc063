package io.github.sparklatent.app;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.ml.io.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Thresholds by a number of alerts and by costs. Each row of the table is there twice, so all scores are ties. */
class BudgetCommandsTest extends CommandTest {
    private static final String COSTS = "score.costs { missed = 5, review = 1 }";

    private String[] job(String... further) {
        return with(
                new String[] {
                    "data { path = \"DIR/table.csv\", format = csv, features = [x, y], label = odd, id = row }",
                    "data { holdout.fraction = 0.2, invalid = keep }",
                    "model { type = gmm, components = 2 }, model.path = \"DIR/model\"",
                    "output { path = \"DIR/evaluate\", report = false, overwrite = true }",
                    "score.columns = [anomalyScore, standardizedScore, isAnomaly]"
                },
                further);
    }

    private void train() {
        Random random = new Random(3);
        List<String> rows = new ArrayList<>(List.of("row,x,y,odd"));
        for (int i = 0; i < 200; i++) {
            int odd = i % 10 == 0 ? 1 : 0;
            String cells = String.format(
                    Locale.ROOT,
                    "%s,%s,%s",
                    random.nextGaussian() + 2 * odd,
                    i % 20 == 3 ? "" : random.nextGaussian() - odd,
                    i % 7 == 5 ? "" : odd);
            rows.add(2 * i + "," + cells);
            rows.add(2 * i + 1 + "," + cells);
        }
        write("table.csv", rows.toArray(String[]::new));
        done(run("train", with(job(), "output.path = \"DIR/model\"", "model.path = null")));
    }

    private Map<String, Object> json(String command, String... lines) {
        return Json.parse(done(latent(
                        command,
                        "--json",
                        "--config",
                        configuration(with(job(lines), "output.path = \"DIR/" + command + "\""))))
                .out());
    }

    private Dataset<Row> scored(String... lines) {
        json("score", lines);
        return spark.read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(folder.resolve("score").toString());
    }

    private static List<Row> flagged(Dataset<Row> rows) {
        return rows.where("isAnomaly").select("row").orderBy("row").collectAsList();
    }

    @Test
    @SuppressWarnings("unchecked") // a JSON list
    void aNumberOfRowsIsFlagged() {
        train();
        Dataset<Row> rows = scored("score.alerts = 9").where("y is not null"); // scores of other rows do not compare
        List<Row> flagged = flagged(rows);
        assertThat(flagged).hasSize(10); // the tenth has the score of the ninth
        assertThat(flagged)
                .isEqualTo(flagged(rows.orderBy(col("standardizedScore").desc()).limit(10)));

        Map<String, Object> metrics = json("score", "score.alerts = 9");
        assertThat(metrics).containsEntry("anomalies", 10).doesNotContainKeys("expectedAlertShare", "alertRatio");
        assertThat(flagged(scored("score.threshold = " + metrics.get("threshold"))))
                .isEqualTo(flagged);
        assertThat(flagged(scored("score.alerts = 1000"))).hasSize(400);
        assertRefused(
                run("score", job("score.alerts = 9", "score.columns = [severity]", "output.path = \"DIR/score\"")),
                2,
                "alerts and maxAlertRate need the column isAnomaly");

        Map<String, Object> evaluated = json("evaluate", "score.alerts = 9", "score.budgets = [1, 0.001]");
        List<Map<String, Object>> budgets =
                (List<Map<String, Object>>) section(evaluated, "evaluation").get("budgets");
        assertThat(budgets.get(0))
                .containsEntry("alerts", 9)
                .containsEntry("rows", 10)
                .containsEntry("threshold", metrics.get("threshold"));
        assertThat(budgets).extracting(budget -> budget.get("alertRate")).endsWith(0.001, 1.0);
        assertThat((List<String>) evaluated.get("warnings"))
                .anyMatch(warning -> warning.startsWith("an alert rate of 0.001 is one row in 1000"));
    }

    @Test
    void theThresholdOfLeastCostIsOneThatCanBeSet() {
        train();
        assertThat(done(run("evaluate", job(COSTS))).out()).containsPattern("costs     threshold \\S+, lower");
        Map<String, Object> costs = section(section(json("evaluate", COSTS), "evaluation"), "costs");
        Dataset<Row> rows =
                scored("score.threshold = " + costs.get("threshold")).where("odd is not null");
        assertThat(flagged(rows)).hasSize((int) costs.get("rows"));
        long missed = rows.where("odd = 1 and not isAnomaly").count();
        assertThat(costs)
                .containsEntry("cost", 5.0 * missed + (int) costs.get("rows"))
                .containsEntry("costOfNone", 5.0 * rows.where("odd = 1").count())
                .containsEntry("costOfAll", (double) rows.count());
        assertRefused(
                run("evaluate", job(COSTS, "data { id = null, label = row }")),
                3,
                "score.costs needs a label that is 1 for some known anomalies");
    }
}
