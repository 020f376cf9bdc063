package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The columns that explain an anomaly, on a table with columns of several types. */
class ExplanationCommandsTest extends CommandTest {
    private static final int ROWS = 160;
    private static final int PLANTED = 17;

    /** Weight and size follow the kind; the weight of one heavy thing is that of a light one. */
    private void table() {
        Random random = new Random(11);
        List<String> lines = new ArrayList<>();
        lines.add("row;kind;weight;size;visits;day");
        for (int i = 0; i < ROWS; i++) {
            boolean heavy = i == PLANTED || random.nextBoolean();
            double weight = (heavy && i != PLANTED ? 40 : 10) + random.nextGaussian();
            lines.add("%d;%s;%.2f;%.2f;%s;2024-%02d-%02d"
                    .formatted(
                            i,
                            heavy ? "heavy" : "light",
                            weight,
                            (heavy ? 9 : 3) + 0.3 * random.nextGaussian(),
                            random.nextInt(9) == 0 ? "" : random.nextInt(40),
                            1 + random.nextInt(12),
                            1 + random.nextInt(28)));
        }
        write("table.csv", lines.toArray(String[]::new));
    }

    private static String[] job(String model, String... further) {
        String[] lines = {
            "data { path = \"DIR/table.csv\", format = csv, separator = \";\","
                    + " id = row, invalid = keep, scale = standard,"
                    + " holdout.fraction = 0 }",
            model,
            "output { path = \"DIR/out\", report = false, overwrite = true }"
        };
        return with(lines, further);
    }

    private Dataset<Row> scored() {
        return spark.read().parquet(folder.resolve("out-scores").toString());
    }

    private Row planted() {
        return scored().where("row = " + PLANTED).head();
    }

    private static final String GMM = "model { components = 2, regularization = 1e-3 }";

    @Test
    void trainAndScore() throws IOException {
        table();
        done(run("train", job(GMM, "output.report = true")));
        // 159 of 160 rows have a lower score, of these rows and the row itself.
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("Why rows are anomalies", "The most anomalous of the training rows.")
                .containsPattern(PLANTED
                        + "</th><td>99.4%</td><td>weight [\\d.]+, expected 3[\\d.]+"
                        + " \\([\\d.]+ to [\\d.]+\\)(;|</td>)");
        everyRowNamesItsColumnsWithWhatWasExpected();
        csvHasAColumnForEachField();
    }

    /** A date gives several numbers, a category too: each is one column of the table. */
    private void everyRowNamesItsColumnsWithWhatWasExpected() {
        done(run(
                "score",
                job(GMM, "score { columns = contributions, explainedColumns = 9 }", "output.format = parquet")));
        Row first =
                planted().<Row>getList(planted().fieldIndex("contributions")).get(0);
        assertThat(first.<String>getAs("column")).isEqualTo("weight");
        assertThat(Double.parseDouble(first.getAs("value"))).isBetween(5.0, 15.0);
        assertThat(Double.parseDouble(first.getAs("expected"))).isBetween(30.0, 43.0);
        assertThat(Double.parseDouble(first.getAs("low"))).isBetween(20.0, 39.0);
        assertThat(Double.parseDouble(first.getAs("high"))).isBetween(40.0, 46.0);
        for (Row row : scored().collectAsList()) {
            List<Row> cells = row.getList(row.fieldIndex("contributions"));
            List<String> names = new ArrayList<>(List.of("kind", "weight", "size", "day"));
            if (!row.isNullAt(row.fieldIndex("visits"))) {
                names.add("visits");
            }
            assertThat(cells)
                    .extracting(cell -> cell.<String>getAs("column"))
                    .containsExactlyInAnyOrderElementsOf(names);
            assertThat(cells)
                    .extracting(cell -> cell.<Double>getAs("contribution"))
                    .isSortedAccordingTo((a, b) -> Double.compare(b, a))
                    .allMatch(contribution -> contribution >= 0);
            for (Row cell : cells) {
                if (cell.<String>getAs("column").equals("day")) {
                    assertThat(cell.<String>getAs("value"))
                            .isEqualTo(row.get(row.fieldIndex("day")).toString());
                    assertThat(cell.<String>getAs("expected")).matches("2024-\\d\\d-\\d\\d");
                }
                if (cell.<String>getAs("column").equals("kind")) {
                    assertThat(cell.<String>getAs("expected")).isIn("heavy", "light");
                    assertThat(cell.<String>getAs("low")).isNull();
                }
            }
        }
    }

    private void csvHasAColumnForEachField() {
        done(run(
                "score",
                job(
                        GMM,
                        "score { columns = [severity, isAnomaly, contributions],"
                                + " explainedColumns = 2, alertRate = 0.03 }")));
        Dataset<Row> scores = spark.read()
                .option("header", true)
                .option("sep", ";")
                .csv(folder.resolve("out-scores").toString());
        assertThat(scores.columns())
                .endsWith(
                        "isAnomaly",
                        "contribution_1_column",
                        "contribution_1",
                        "contribution_1_value",
                        "contribution_1_expected",
                        "contribution_1_low",
                        "contribution_1_high",
                        "contribution_2_column",
                        "contribution_2",
                        "contribution_2_value",
                        "contribution_2_expected",
                        "contribution_2_low",
                        "contribution_2_high");
        Row row = scores.where("row = " + PLANTED).head();
        assertThat(row.<String>getAs("contribution_1_column")).isEqualTo("weight");
        assertThat(row.<String>getAs("contribution_1_value")).isEqualTo(row.getAs("weight"));
        for (Row each : scores.collectAsList()) {
            boolean isAnomaly = Boolean.parseBoolean(each.getAs("isAnomaly"));
            assertThat(each.<String>getAs("contribution_1") == null).isEqualTo(!isAnomaly);
        }
    }
}
