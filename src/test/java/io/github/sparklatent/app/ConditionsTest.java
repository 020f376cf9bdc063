package io.github.sparklatent.app;

import static org.apache.spark.sql.functions.avg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that are given to a network: x = 3 and y = age in the town a, x = -3 and y = -age in b. */
class ConditionsTest extends CommandTest {
    private static final int ROWS = 240;

    @BeforeEach
    void table() {
        write("table.csv", lines("x,y,age,town", ROWS, i -> row(i + 1)));
    }

    /** Two rows of three are of the town a; the noise of x has the deviation 0.5, that of y none. */
    private static String row(int i) {
        boolean first = i % 3 < 2;
        double noise = (i * 7 % 11 - 5) / 6.3;
        int age = i * 5 % 7;
        return "%s,%s,%d,%s"
                .formatted((first ? 3 : -3) + noise, (first ? age : -age) + noise / 10, age, first ? "a" : "b");
    }

    private String model(String type) {
        return """
                model { type = %s, latent = 2, decoder = [16], condition = [town, age] }
                data { path = DIR/table.csv, format = csv, columns { town = category, age = number }, scale = standard }
                train { seed = 1, maxEpochs = 60, batchSize = 16, partitions = 1, optimizer.learningRate = 5e-3 }
                output { path = DIR/out, overwrite = true, report = false }
                """.formatted(type);
    }

    private Dataset<Row> drawn() {
        return readCsv("out-sample");
    }

    private double mean(String column, String where) {
        return drawn().where(where).agg(avg(column)).first().getDouble(0);
    }

    private void sample(String type, String given) {
        done(run(
                "sample",
                model(type),
                "output.format = csv, sample.rows = 400",
                "output.path = DIR/out-sample",
                given));
    }

    @Test
    void rowsFollowTheirConditions() {
        String encoder = "model { encoder = [16], likelihood = { type = gaussian, variance = learnt } }";
        done(run("train", model("vae"), encoder));
        sample("vae", "model.path = DIR/out/model, sample.given { town = b, age = 5 }");
        assertThat(drawn().where("town = 'b' and age = 5").count()).isEqualTo(400);
        assertThat(mean("x", "true")).isCloseTo(-3, within(0.3));
        assertThat(mean("y", "true")).isCloseTo(-5, within(0.3));
        sample("vae", "model.path = DIR/out/model, sample.given { age = 5 }");
        // 267 of 400 are expected, with a standard error of 9
        assertThat(drawn().where("town = 'a'").count()).isBetween(230L, 304L);
        assertThat(mean("x", "town = 'a'")).isCloseTo(3, within(0.3));
        assertThat(mean("y", "town = 'a'")).isCloseTo(5, within(0.3));
        sample("vae", "model.path = DIR/out/model");
        assertThat(drawn().select("age").distinct().count()).isEqualTo(7);
        done(run("score", model("vae"), "score.columns = [latent, reconstruction, reconstructionError]"));
        assertRefused(
                run("sample", model("vae"), "model.path = DIR/out/model, output.path = DIR/o, sample.given.x = 1"),
                2,
                "x",
                "town");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mog-vae", "gan"})
    void othersTakeConditions(String type) {
        String stages = type.equals("mog-vae")
                ? "train.stages = [{ name = autoencoder, maxEpochs = 2 }, { name = joint, maxEpochs = 2 }], model { encoder = [8], components = 2 }"
                : "train.maxEpochs = 4, model.discriminator = [8]";
        String cut = model(type).replace("maxEpochs = 60, ", "");
        done(run("train", cut, stages));
        done(run(
                "sample",
                cut,
                "model.path = DIR/out/model, output.format = csv, output.path = DIR/out-sample",
                "sample { rows = 30, given { town = a } }"));
        assertThat(drawn().where("town = 'a'").count()).isEqualTo(30);
        done(run("score", cut, "score.columns = [anomalyScore]"));
    }

    @Test
    void mistakesAreNamed() {
        assertRefused(run("train", model("vae"), "model.condition = [city]"), 2, "city", "data.features");
        assertRefused(run("train", model("vade"), "model.components = 2"), 2, "model.condition");
        assertRefused(
                run("train", model("vae"), "model.corruption { type = masking, level = 0.1 }"), 2, "model.condition");
    }
}
