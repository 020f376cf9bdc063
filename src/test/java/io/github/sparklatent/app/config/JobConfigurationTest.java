package io.github.sparklatent.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.columns.ColumnSetting;
import io.github.sparklatent.columns.ColumnType;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.columns.TextFormat;
import io.github.sparklatent.config.CheckpointSection;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.HoldoutSection;
import io.github.sparklatent.config.OutputMode;
import io.github.sparklatent.config.OutputSection;
import io.github.sparklatent.config.RowsSection;
import io.github.sparklatent.config.SampleSection;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.TrainSection;
import io.github.sparklatent.gmm.bayes.BayesOptions;
import io.github.sparklatent.gmm.bayes.InferenceOptions;
import io.github.sparklatent.gmm.initialization.Initialization;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.robust.RobustOptions;
import io.github.sparklatent.gmm.stochastic.StochasticOptions;
import io.github.sparklatent.gmm.training.Criterion;
import io.github.sparklatent.gmm.training.FitMethod;
import io.github.sparklatent.gmm.training.MixtureOptions;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.ml.mixture.MixtureModelType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file becomes. */
class JobConfigurationTest {
    @TempDir
    private Path directory;

    private Sandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new Sandbox(directory);
    }

    @Test
    void everythingButThePathsHasADefault() {
        JobConfiguration configuration = sandbox.load(Sandbox.COMPLETE);

        assertThat(configuration.type()).isEqualTo(MixtureModelType.GMM);
        isRead(configuration.settings(), MixtureOptions.DEFAULT);
        assertThat(configuration.data())
                .isEqualTo(new DataSection(
                        List.of("in"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        DataFormat.PARQUET,
                        List.of(),
                        Map.of(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        ",",
                        Optional.empty(),
                        TextFormat.DEFAULT.missing(),
                        ".",
                        Map.of(),
                        Scale.NONE,
                        Invalid.ERROR,
                        List.of(),
                        Optional.empty(),
                        new HoldoutSection(0.1, List.of(), List.of())));
        assertThat(configuration.train())
                .isEqualTo(new TrainSection(
                        1,
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        new CheckpointSection(5, Optional.of("out.checkpoint"))));
        assertThat(configuration.output())
                .isEqualTo(new OutputSection(Optional.of("out"), RowsSection.DEFAULT, false, false, true));
        assertThat(configuration.score().columns()).isEqualTo(MixtureModelType.SCORE_COLUMNS.preset());
        assertThat(configuration.sample())
                .isEqualTo(new SampleSection(1000, 1, Optional.empty(), false, true, Optional.empty()));
    }

    @Test
    void everyKeyIsRead() {
        JobConfiguration configuration = sandbox.load("""
                        model { type = gmm, path = m, components = [2, 3], covariance = tied, regularization = 0.5 }
                        model.covariancePrior = 2
                        model { initialization = random-rows, criterion = aic }
                        data { path = [a, b], format = csv, features = [x, "y*"], label = l, weight = w, id = i }
                        data { header = false, separator = "\\t", schema = "x double, y1 int", columns { z { type = category, levels = 500 } }, missing = "-", decimal = ",", options { encoding = ISO-8859-1, multiLine = true }, scale = unit, invalid = skip }
                        data.holdout.path = held
                        train { seed = -7, maxRounds = 9, tolerance = 0, acceleration = true, restarts = 4, partitions = 6 }
                        train.checkpoint { every = 0, path = c }
                        output { path = out, format = orc, overwrite = true, report = false }
                        output { table = db.t, mode = append, runId = r }
                        score.columns = [anomalyScore, prediction]
                        sample { rows = 50000000000, component = 1, seed = 8 }
                        """);

        assertThat(configuration.modelPath()).contains("m");
        isRead(
                configuration.settings(),
                new MixtureOptions(
                        FitMethod.EM,
                        BayesOptions.DEFAULT,
                        InferenceOptions.DEFAULT,
                        StochasticOptions.DEFAULT,
                        RobustOptions.DEFAULT,
                        List.of(2, 3),
                        CovarianceType.TIED,
                        2,
                        0.5,
                        2,
                        Initialization.RANDOM_ROWS,
                        4,
                        new StoppingRule(9, 0),
                        true,
                        Criterion.AIC,
                        -7));
        assertThat(configuration.data())
                .isEqualTo(new DataSection(
                        List.of("a", "b"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        DataFormat.CSV,
                        List.of("x", "y*"),
                        Map.of("z", new ColumnSetting(ColumnType.CATEGORY, 500)),
                        Optional.of("l"),
                        List.of(),
                        Optional.of("w"),
                        Optional.of("i"),
                        false,
                        "\t",
                        Optional.of("x double, y1 int"),
                        List.of("-"),
                        ",",
                        Map.of("encoding", "ISO-8859-1", "multiLine", "true"),
                        Scale.UNIT,
                        Invalid.SKIP,
                        List.of(),
                        Optional.empty(),
                        new HoldoutSection(0, List.of("held"), List.of())));
        assertThat(configuration.train())
                .isEqualTo(new TrainSection(
                        -7, Optional.of(6), 0, Optional.empty(), new CheckpointSection(0, Optional.of("c"))));
        assertThat(configuration.output())
                .isEqualTo(new OutputSection(
                        Optional.of("out"),
                        new RowsSection(
                                Optional.of(DataFormat.ORC),
                                Optional.of("db.t"),
                                Optional.of(OutputMode.APPEND),
                                Optional.of("r")),
                        true,
                        false,
                        false));
        assertThat(configuration.score().columns()).containsExactly(ScoreColumn.ANOMALY, ScoreColumn.COMPONENT);
        assertThat(configuration.sample())
                .isEqualTo(new SampleSection(50_000_000_000L, 8, Optional.of(1), false, true, Optional.empty()));
    }

    @Test
    void integersMayBeWrittenAsTextOrWithAnExponent() {
        assertThat(settings("model.components = \"10\"")
                        .bind(MixtureOptions.DEFAULT)
                        .components())
                .containsExactly(10);
        assertThat(settings("train.maxRounds = 1e3").show("train.maxRounds")).isEqualTo("1000");
        assertThat(settings("train.maxRounds = 10.0").show("train.maxRounds")).isEqualTo("10");
    }

    @Test
    void columnsMayLookLikeNumbers() {
        assertThat(sandbox.load(Sandbox.COMPLETE + "data { label = 1, features = [2, 3] }")
                        .data())
                .satisfies(data -> {
                    assertThat(data.label()).contains("1");
                    assertThat(data.features()).containsExactly("2", "3");
                });
    }

    @Test
    void theDryRunTellsEveryValueAndItsPlace() {
        String text = sandbox.load(Sandbox.COMPLETE + "model.components = [4, 5]", "train.seed=9")
                .settings()
                .text();

        assertThat(text.replace(directory + "/", ""))
                .startsWith("model {\n"
                        + "  type = gmm  # default\n"
                        + "  # path is absent: the registry's champion, or output.path\n")
                .contains("  components = [4, 5]  # job.conf:2\n")
                .contains("  seed = 9  # --set\n")
                .contains("  holdout {\n    fraction = 0.1  # default\n")
                .endsWith("}\n");
    }

    @Test
    void theDryRunIsAConfigurationOfTheSameValues() {
        JobConfiguration first = sandbox.load(Sandbox.COMPLETE
                + "data { label = \"a \\\"b\\\"\", separator = \"\\t\" }\n"
                + "train.tolerance = 3e-7");

        JobConfiguration second = sandbox.load(first.settings().text());

        assertThat(second.settings().asMap()).isEqualTo(first.settings().asMap());
    }

    @Test
    void theOptionsArePlainValuesInSections() {
        Map<String, Object> options = sandbox.load(Sandbox.COMPLETE + "data.holdout.fraction = 0.25")
                .settings()
                .asMap();

        assertThat(options).containsOnlyKeys("model", "data", "train", "output", "score", "sample", "registry", "gate");
        assertThat(options.get("model"))
                .isEqualTo(Map.ofEntries(
                        Map.entry("type", "gmm"),
                        Map.entry("components", List.of(10)),
                        Map.entry("fit", "em"),
                        Map.entry("weightPrior", "dirichlet-process"),
                        Map.entry("posterior", "mean-field"),
                        Map.entry("gradient", "reparameterized"),
                        Map.entry("weightConcentration", 0.0),
                        Map.entry("robust", "none"),
                        Map.entry("trim", 0.3),
                        Map.entry("covariance", "full"),
                        Map.entry("factors", 2),
                        Map.entry("regularization", 1e-6),
                        Map.entry("covariancePrior", 1.0),
                        Map.entry("initialization", "varied"),
                        Map.entry("criterion", "bic")));
        assertThat(((Map<?, ?>) options.get("data")).get("holdout")).isEqualTo(Map.of("fraction", 0.25));
    }

    @Test
    void whetherAKeyIsGivenCanBeAskedFor() {
        Settings settings =
                sandbox.load(Sandbox.COMPLETE + "model.components = 10").settings();

        assertThat(settings.isGiven("model.components")).isTrue();
        assertThat(settings.isGiven("model.covariance")).isFalse();
    }

    private Settings settings(String text) {
        return sandbox.load(Sandbox.COMPLETE + text).settings();
    }

    private static void isRead(Settings settings, MixtureOptions options) {
        assertThat(settings.bind(MixtureOptions.DEFAULT)).isEqualTo(options);
    }
}
