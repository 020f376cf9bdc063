package io.github.sparklatent.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.columns.ColumnSetting;
import io.github.sparklatent.columns.ColumnType;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.HoldoutSection;
import io.github.sparklatent.config.OutputSection.OutputMode;
import io.github.sparklatent.config.OutputSection.RowsSection;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.TrainSection;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.initialization.Initialization;
import io.github.sparklatent.mixture.training.Criterion;
import io.github.sparklatent.mixture.training.MixtureOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a file becomes. */
class JobConfigurationTest extends InSandbox {
    @Test
    void everyKeyIsRead() {
        JobConfiguration configuration = sandbox.load("""
                        model { type = gmm, path = m, components = [2, 3], covariance = tied, regularization = 0.5 }
                        model.priorRows = 2
                        model { initialization = random-rows, criterion = holdout }
                        data { path = [a, b], format = csv, features = [x, "y*"], label = l, weight = w, id = i }
                        data { header = false, separator = "\\t", schema = "x double, y1 int", columns { z { type = category, categories = 500 } }, missing = "-", decimal = ",", options { encoding = ISO-8859-1, multiLine = true }, scale = unit, invalid = skip }
                        data.holdout.path = held
                        train { seed = -7, maxRounds = 9, tolerance = 0, acceleration = true, restarts = 4, partitions = 6 }
                        train.checkpoint.every = 0
                        output { path = out, format = orc, overwrite = true, report = false }
                        output { table = db.t, mode = append, runId = r }
                        score.columns = [anomalyScore, prediction]
                        sample { rows = 50000000000, component = 1, seed = 8 }
                        """);

        assertThat(configuration.modelPath()).contains("m");
        Settings settings = configuration.settings();
        assertThat(settings.bind(MixtureOptions.DEFAULT))
                .isEqualTo(MixtureOptions.DEFAULT
                        .withComponents(List.of(2, 3))
                        .withCovariance(CovarianceType.TIED)
                        .withRegularization(0.5)
                        .withPriorRows(2)
                        .withInitialization(Initialization.RANDOM_ROWS)
                        .withRestarts(4)
                        .withStopping(new StoppingRule(9, 0))
                        .withAcceleration(true)
                        .withCriterion(Criterion.HOLDOUT)
                        .withSeed(-7));
        DataSection data = configuration.data();
        assertThat(data.paths()).containsExactly("a", "b");
        assertThat(data.format()).isEqualTo(DataFormat.CSV);
        assertThat(data.features()).containsExactly("x", "y*");
        assertThat(data.columns()).containsOnly(Map.entry("z", new ColumnSetting(ColumnType.CATEGORY, 500)));
        assertThat(data.separator()).isEqualTo("\t");
        assertThat(data.scale()).isEqualTo(Scale.UNIT);
        assertThat(data.invalid()).isEqualTo(Invalid.SKIP);
        assertThat(data.holdout()).isEqualTo(new HoldoutSection(0, List.of("held"), List.of()));
        assertThat(configuration.train())
                .isEqualTo(new TrainSection(
                        -7, Optional.of(6), Optional.empty(), Optional.empty(), 0, Optional.empty(), 0));
        assertThat(configuration.output().rows())
                .isEqualTo(new RowsSection(
                        Optional.of(DataFormat.ORC),
                        Optional.of("db.t"),
                        Optional.of(OutputMode.APPEND),
                        Optional.of("r")));
        assertThat(configuration.score().columns()).containsExactly(ScoreColumn.ANOMALY, ScoreColumn.COMPONENT);
        assertThat(configuration.sample().rows()).isEqualTo(50_000_000_000L);
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
                .startsWith("model {\n" + "  type = gmm  # default\n")
                .contains(
                        "  components = [4, 5]  # job.conf:2\n",
                        "  # path is absent: the registry's champion, or output.path\n")
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

    private Settings settings(String text) {
        return sandbox.load(Sandbox.COMPLETE + text).settings();
    }
}
