package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mixture of columns of several types, from training to scoring. */
class MixedMixtureCommandsTest extends CommandTest {
    private static final int ROWS = 240;

    /** Two groups with a number, a level and a count; each tenth row misses the level. */
    @BeforeEach
    void table() {
        Random random = new Random(3);
        write("shop.csv", lines("row,price,colour,visits,group", ROWS, i -> line(i, random)));
    }

    private static String line(int i, Random random) {
        boolean odd = i % 2 == 1;
        int own = random.nextDouble() < 0.9 ? 2 : random.nextInt(2);
        String colour = i % 10 == 3 ? "" : String.valueOf(odd ? own : 2 - own);
        return "%d,%s,%s,%d,%s"
                .formatted(
                        i,
                        (odd ? 10 : 0) + random.nextGaussian(),
                        colour,
                        random.nextInt(odd ? 12 : 4),
                        odd ? "odd" : "even");
    }

    private String[] job(String... further) {
        String[] lines = {
            "model { type = mixture, components = 2 }",
            "model.families { colour = categorical, visits = poisson }",
            "data { path = \"DIR/shop.csv\", format = csv, id = row }",
            "data { label = group, features = [price, colour, visits] }",
            "output { path = \"DIR/out\", report = false }"
        };
        return with(lines, further);
    }

    @Test
    void trainEvaluateInspectScoreAndSample() throws IOException {
        done(run("train", job("output.report = true")));
        Map<String, Object> metrics = metrics("out");
        assertThat(section(metrics, "model")).containsEntry("type", "mixture").containsEntry("covariance", "full");
        assertThat((double) section(metrics, "train").get("accuracy")).isGreaterThan(0.99);
        assertThat(section(metrics, "missing").get("colour")).isNotEqualTo(0.0);
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("Set apart by", "all rows", "colour = ");

        done(run("evaluate", job("data.holdout.fraction = 0")));
        double evaluated =
                (double) section(metrics("out-evaluation"), "evaluation").get("meanLogLikelihood");
        done(run("score", job("score.columns = [prediction, logDensity, anomalyScore, imputed]")));
        List<Row> scores = readCsv("out-scores").orderBy("row").collectAsList();
        assertThat(scores).hasSize(ROWS);
        double sum = 0;
        for (Row row : scores) {
            sum += row.<Double>getAs("logDensity");
            double expected = -row.<Double>getAs("logDensity");
            assertThat(row.<Double>getAs("anomalyScore")).isEqualTo(expected);
            if (row.isNullAt(row.fieldIndex("colour"))) {
                int odd = row.<Integer>getAs("row") % 2;
                assertThat(row.<Integer>getAs("colour_imputed")).isEqualTo(odd == 1 ? 2 : 0);
            }
        }
        assertThat(evaluated).isCloseTo(sum / ROWS, within(1e-12));

        Ended inspected = done(latent("inspect", "--config", configuration(job())));
        assertThat(inspected.out())
                .contains("mixed-type mixture, 2 components, full covariance, 3 features")
                .contains("component 0", "colour = ");

        done(run("sample", job("sample { rows = 300, given { colour = 2 } }")));
        List<Row> drawn =
                spark.read().parquet(folder.resolve("out-sample").toString()).collectAsList();
        assertThat(drawn).hasSize(300);
        long high = drawn.stream().filter(row -> row.<Double>getAs("price") > 5).count();
        assertThat(high).isGreaterThan(250);
        assertThat(drawn).allSatisfy(row -> {
            assertThat(row.<Number>getAs("colour").intValue()).isEqualTo(2);
            double visits = row.<Number>getAs("visits").doubleValue();
            assertThat(visits).isEqualTo(Math.rint(visits)).isNotNegative();
        });
    }

    /** Trees have pseudo-rows, too, but no prior in their objective. */
    @Test
    void theReportOfTreesNamesTheLikelihood() throws IOException {
        String[] trees = Stream.of(job("model.within = trees", "output.report = true"))
                .map(line -> line.replace("components = 2", "components = 1"))
                .filter(line -> !line.contains("families"))
                .toArray(String[]::new);
        done(run("train", trees));
        assertThat(Files.readString(folder.resolve("out/report.html"))).contains("the mean log-likelihood changed by");
    }

    /** Every tenth colour is missing; 5 standard errors of 2,000 rows are 0.034. */
    @Test
    void drawnRowsHaveMissingCells() {
        String[] job = job(
                "model.numbers = histogram",
                "data.columns.colour = category",
                "data.holdout.fraction = 0",
                "train.maxRounds = 10",
                "sample.rows = 2000");
        String[] without =
                Stream.of(job).filter(line -> !line.contains("families")).toArray(String[]::new);
        done(run("train", without));
        done(run("sample", without));
        assertThat(missing()).isCloseTo(0.1, within(0.034));
        done(latent(
                "sample",
                "--config",
                configuration(without),
                "--set",
                "sample.missing=false",
                "--set",
                "output.overwrite=true"));
        assertThat(missing()).isZero();
    }

    private double missing() {
        Dataset<Row> drawn = spark.read().parquet(folder.resolve("out-sample").toString());
        return drawn.where("colour is null").count() / 2000.0;
    }

    @Test
    void mistakesAreSentences() {
        assertRefused(
                run("train", job("data.scale = unit")),
                2,
                "data.scale is unit, but categories and counts have no length");
        assertRefused(
                run("train", job("model.families.colour = ordinal")),
                2,
                "model.families has colour that is \"ordinal\", must be one of gaussian");
        assertRefused(
                run("train", job("model.families.color = poisson")),
                2,
                "model.families names column \"color\", which is not a feature");
    }
}
