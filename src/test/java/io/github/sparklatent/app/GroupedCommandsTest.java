package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A model for each group, from training to publishing. */
class GroupedCommandsTest extends CommandTest {
    private static final int ROWS = 240;

    /** Two shops with prices of their own, and a shop with few rows. */
    @BeforeEach
    void table() {
        Random random = new Random(5);
        write("sales.csv", lines("row,shop,price,visits", ROWS, i -> line(i, shop(i), random)));
        write("new.csv", "row,shop,price,visits", line(0, "north", random), line(1, "x", random));
    }

    private static String shop(int i) {
        return i % 40 == 7 ? "small" : i % 2 == 0 ? "north" : "south";
    }

    private static String line(int i, String shop, Random random) {
        double centre = shop.equals("north") ? 10 : 50;
        return "%d,%s,%s,%s".formatted(i, shop, centre + random.nextGaussian(), centre / 10 + random.nextGaussian());
    }

    private String[] job(String... further) {
        String[] lines = {
            "model.components = [1, 2], train { maxRounds = 5, partitions = 1 }",
            "data { path = \"DIR/sales.csv\", format = csv, id = row }",
            "data { groupBy = shop, holdout.fraction = 0.2 }",
            "output { path = \"DIR/out\", report = false }"
        };
        return with(lines, further);
    }

    @Test
    void trainEvaluateInspectScoreAndSample() throws IOException {
        Ended trained = done(run("train", job()));
        assertThat(trained.err()).contains("3 groups by shop; 1 of fewer than 20 rows");
        assertThat(trained.out()).contains("2 models of 3 groups by shop; without one: {few-rows=1}");
        Map<String, Object> groups = section(metrics("out"), "groups");
        assertThat(groups)
                .containsEntry("groups", 3)
                .containsEntry("models", 2)
                .containsEntry("reasons", Map.of("few-rows", 1));
        assertThat((double) groups.get("holdoutMeanLogLikelihood"))
                .isGreaterThan((double) groups.get("allHoldoutMeanLogLikelihood"));
        List<Row> table = spark.read()
                .parquet(folder.resolve("out/groups").toString())
                .orderBy("shop")
                .collectAsList();
        assertThat(table).extracting(row -> row.<String>getAs("shop")).containsExactly("north", "small", "south");
        assertThat(table.get(1).<String>getAs("fallback")).isEqualTo("few-rows");
        assertRefused(run("evaluate", job("data.holdout.fraction = 0")), 2, "evaluate");
        done(run("score", job("score.columns = [logDensity, severity, ownModel, contributions]")));
        List<Row> scored = rows("out-scores");
        assertThat(scored).hasSize(ROWS);
        for (Row row : scored) {
            assertThat(row.<Boolean>getAs("ownModel"))
                    .isEqualTo(!row.getAs("shop").equals("small"));
            assertThat(row.<Double>getAs("severity")).isBetween(0.0, 100.0);
            assertThat(row.<String>getAs("contribution_1_column")).isIn("price", "visits");
            assertThat(row.<Double>getAs("contribution_1")).isNotNegative();
        }

        scoreAnUnseenGroup();
        assertThat(done(latent("inspect", "--config", configuration(job()))).out())
                .contains("2 models of 3 groups by shop");

        done(run("sample", job("sample.rows = 400")));
        List<Row> drawn =
                spark.read().parquet(folder.resolve("out-sample").toString()).collectAsList();
        assertThat(drawn).hasSize(400);
        long north =
                drawn.stream().filter(row -> "north".equals(row.getAs("shop"))).count();
        assertThat(north / 400.0).isBetween(0.4, 0.6); // 0.5 with a standard error of 0.025
        assertThat(drawn)
                .filteredOn(row -> "north".equals(row.getAs("shop")))
                .allSatisfy(row -> assertThat(row.<Double>getAs("price")).isBetween(0.0, 20.0));
        assertThat(drawn) // the rows of small groups have no name
                .extracting(row -> row.<String>getAs("shop"))
                .containsOnly("north", "south", null);
        assertRefused(
                run("sample", job("sample.component = 0", "output.overwrite = true")),
                2,
                "sample.component is 0, but each group has a mixture");
    }

    /** The model of all rows scores a group that the training has not seen. */
    private void scoreAnUnseenGroup() {
        done(run(
                "score",
                job(
                        "data.path = \"DIR/new.csv\", output.overwrite = true",
                        "score.columns = [prediction, probability, ownModel]")));
        assertThat(rows("out-scores"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.<Boolean>getAs("ownModel"))
                        .isEqualTo(row.getAs("shop").equals("north")));
    }

    private List<Row> rows(String result) {
        return readCsv(result).collectAsList();
    }

    @Test
    void badInputIsRefused() {
        assertThat(done(latent("train", "--dry-run", "--config", configuration(job())))
                        .err())
                .contains("3 groups by shop; 1 of fewer than 20 rows; the largest has 120 rows");
        assertRefused(run("train", job("data.groupBy = store")), 3, "data.groupBy");
        assertRefused(run("train", job("data.groupBy = price")), 3, "data.groupRows");
        assertRefused(run("train", job("data.features = [shop, price]")), 2, "data.groupBy");
        assertRefused(run("train", job("model { type = ppca, components = 1 }")), 2, "data.groupBy");
        assertRefused(run("train", job("model.fit = gradient")), 2, "model.fit");
        assertRefused(
                run("train", job("train.initialModel = \"DIR/other\"", "model.components = 2")),
                2,
                "train.initialModel");
    }
}
