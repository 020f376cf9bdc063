package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.SavedContent;
import io.github.sparklatent.ml.bayesian.OwnDensities;
import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands with densities of the library and of a user. */
class BayesianCommandsTest extends CommandTest {
    private static final String OWN = OwnDensities.class.getName() + "$";

    @BeforeEach
    void tables() {
        write("groups.csv", groups(120));
        write(
                "numbers.csv",
                Stream.concat(Stream.of("x"), IntStream.range(0, 99).mapToObj(i -> "" + (2 + Math.sin(i))))
                        .toArray(String[]::new));
    }

    private String[] mixture(String... further) {
        return Stream.concat(
                        Stream.of(
                                "data { path = \"DIR/groups.csv\", format = csv, id = row }",
                                "data { features = [x, y], label = group, scale = standard }",
                                "model { type = bayesian, settings { components = 2 } }," + " train.partitions = 1",
                                "output { path = \"DIR/out\", overwrite = true }"),
                        Stream.of(further))
                .toArray(String[]::new);
    }

    private String[] own(String density, String... further) {
        return Stream.concat(
                        Stream.of(
                                "data { path = \"DIR/numbers.csv\", format = csv, features = x }",
                                "model { type = bayesian, density = \"" + density + "\" }",
                                "data.holdout.fraction = 0, output.path = \"DIR/out\"",
                                "train.partitions = " + (density.endsWith("Failing") ? 2 : 1)),
                        Stream.of(further))
                .toArray(String[]::new);
    }

    @Test
    void theCommandsKnowTheMixture() throws IOException {
        done(run("train", mixture()));
        Map<String, Object> metrics = metrics("out");
        assertThat(section(metrics, "model"))
                .containsEntry("type", "bayesian")
                .containsEntry("density", "bayesian-mixture")
                .containsEntry("parameters", 11);
        assertThat(section(metrics, "train")).containsEntry("converged", true);
        assertThat((double) section(metrics, "train").get("elboError")).isGreaterThan(0);
        List<String> rounds = Files.readAllLines(folder.resolve("out/rounds.jsonl"));
        assertThat(rounds)
                .allSatisfy(line ->
                        assertThat((double) Json.parse(line).get("error")).isPositive());
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("Bayesian inference report", "weight[1]", "mean[0].x");

        done(run("evaluate", mixture("model.path = \"DIR/out\"", "output.path = \"DIR/eval\"")));
        double mean = (double) section(metrics("eval"), "evaluation").get("meanLogPredictiveDensity");
        done(run("score", mixture("model.path = \"DIR/out\"", "output.path = \"DIR/scored\"")));
        List<Row> scored = spark.read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(folder.resolve("scored").toString())
                .collectAsList();
        assertThat(scored)
                .hasSize(120)
                .allSatisfy(row ->
                        assertThat(row.<Double>getAs("anomalyScore")).isEqualTo(-row.<Double>getAs("logDensity")));
        double ofScores = scored.stream()
                        .mapToDouble(row -> row.<Double>getAs("logDensity"))
                        .sum()
                / 120;
        assertThat(ofScores).isCloseTo(mean, within(1e-9));

        done(run(
                "sample",
                mixture(
                        "model.path = \"DIR/out\"",
                        "output { path = \"DIR/drawn\", format = csv }",
                        "sample.rows = 400")));
        // The groups are around x = 0 and x = 10, and each draws about half of the rows.
        long right = spark
                .read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(folder.resolve("drawn").toString())
                .collectAsList()
                .stream()
                .filter(row -> row.<Double>getAs("x") > 5)
                .count();
        assertThat(right).isBetween(150L, 250L); // 5 deviations of a binomial number

        Ended inspected = done(run("inspect", mixture()));
        assertThat(inspected.out()).contains("weight[0] 0.4", "precision[1].cholesky[1,1]");
        Ended json = done(latent("inspect", "--json", "--config", configuration(mixture())));
        assertThat(json.out()).contains("\"name\" : \"mean[1].y\"".replace(" : ", ":"));
    }

    /** θ | x is N(n x̄ / (n + 1), 1 / (n + 1)); a density without gradients has none to use. */
    @Test
    void aDensityOfTheUser() throws IOException {
        done(run("train", own(OWN + "Mean")));
        Ended json = done(latent("inspect", "--json", "--config", configuration(own(OWN + "Mean"))));
        Map<?, ?> first = (Map<?, ?>) ((List<?>) Json.parse(json.out()).get("parameters")).get(0);
        double sum = IntStream.range(0, 99).mapToDouble(i -> 2 + Math.sin(i)).sum();
        assertThat(first.get("name")).isEqualTo("mean");
        // 2,000 draws give the mean and the deviation within 5 standard errors of these sizes.
        assertThat((double) first.get("mean")).isCloseTo(sum / 100, within(5 * 0.1 / 44));
        assertThat((double) first.get("deviation")).isCloseTo(0.1, within(5 * 0.1 / 63));
        assertRefused(
                run("sample", own(OWN + "Mean", "output.path = \"DIR/drawn\"", "model.path = \"DIR/out\"")),
                2,
                "has a density that does not implement io.github.sparklatent.inference.RowSampler",
                "; implement it in this class, or train with a density that draws rows"
                        + " (bayesian-mixture, logistic-normal-factors)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    no.such.Density    ~ model.density is "no.such.Density", which is no class that can be loaded: must be bayesian-mixture, logistic-normal-factors, or a class in a jar of the job
                    OWN$NoDensity      ~ which is not a public class that implements io.github.sparklatent.inference.BayesianModel: must be bayesian-mixture, logistic-normal-factors, or a class of your own
                    java.lang.String   ~ which is not a public class that implements io.github.sparklatent.inference.BayesianModel: must be
                    OWN$Unmakeable     ~ which has no public constructor without arguments, and none of (List<String> columns, ModelSettings settings)
                    OWN$Refusing       ~ OWN$Refusing cannot be created: needs one column, found [x]
                    OWN$Failing        ~ the class OWN$Failing failed in its method evaluate: java.lang.ArrayIndexOutOf
                    bayesian-mixtur    ~ "bayesian-mixtur", which is no class
                    """)
    void mistakesOfADensityAreOneSentence(String density, String sentence) {
        String name = density.replace("OWN$", OWN);
        Ended ended = run("train", own(name));
        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains(sentence.replace("OWN$", OWN)).doesNotContain("\tat ", "internal error");
        assertThat(System.getProperty("sparklatent.test.noDensity")).isNull();
    }

    @Test
    void mistakesOfTheConfigurationAreOneSentence() {
        assertRefused(
                run("train", own(OWN + "Mean", "model.gradient = reparameterized")),
                2,
                "the model has no gradients, which the reparameterized estimator needs");
        assertRefused(
                run("train", own(OWN + "Mean", "model.settings.width = 3")),
                2,
                "its constructor takes no settings, remove model.settings");
        assertRefused(
                run("train", mixture("model.settings.component = 3")),
                2,
                "the density bayesian-mixture cannot be created: there is no setting component");
        assertRefused(
                run("train", mixture("data.invalid = keep")),
                2,
                "data.invalid is keep, but a density has no missing values");
        assertRefused(
                run("train", mixture("model.density = logistic-normal-factors, model.settings = null")),
                3,
                "has values other than 0 and 1");
        assertRefused(
                run(
                        "train",
                        mixture("model.density = logistic-normal-factors, model.settings = null,"
                                + " model.settings.factors = 2,"
                                + " model.settings.loadingDeviation = 100")),
                2,
                "the density logistic-normal-factors cannot be trained: factors is 2 with ");
    }

    /** The class that a saved model names is not run unless it is a density. */
    @Test
    void aSavedModelRunsNoOtherClass() throws IOException {
        done(run("train", own(OWN + "Mean")));
        SavedContent.change(
                folder.resolve("out/model/stages/1_bayesian"), content -> content.put("density", OWN + "NoDensity"));
        Files.delete(folder.resolve("out/model/_CHECKSUMS")); // as a stranger would
        assertRefused(run("inspect", own(OWN + "Mean")), 2, "NoDensity is not a public class that implements");
        assertThat(System.getProperty("sparklatent.test.noDensity")).isNull();
    }
}
