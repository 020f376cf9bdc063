package io.github.sparklatent.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.config.HoldoutSection;
import io.github.sparklatent.config.value.Hocon;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --set key=value}. */
class OverridesTest extends InSandbox {
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    data.path=hdfs://host:8020/rows          ~ "hdfs://host:8020/rows"
                    data.path = a path with spaces           ~ "a path with spaces"
                    data.path=["a", "b"]                     ~ [a, b]
                    data.path="[odd"                         ~ "[odd"
                    data.features=sensor_*                   ~ "sensor_*"
                    data.label=007                           ~ "007"
                    data.label=true                          ~ "true"
                    data.separator=;                         ~ ";"
                    model.initialization=k-means||           ~ "k-means||"
                    model.components=[3, 4]                  ~ [3, 4]
                    model.components=12                      ~ 12
                    model.components="12"                    ~ 12
                    train.tolerance=1e-3                     ~ 0.001
                    train.tolerance=0                        ~ 0
                    train.seed=-5                            ~ -5
                    output.overwrite=true                    ~ true
                    """)
    void valuesNeedNoQuotes(String override, String value) {
        JobConfiguration configuration = sandbox.load(Sandbox.COMPLETE, override);
        String name = override.substring(override.indexOf('.') + 1, override.indexOf('='))
                .strip();
        String section = override.substring(0, override.indexOf('.'));

        assertThat(Hocon.text(((Map<?, ?>) configuration.settings().asMap().get(section)).get(name)))
                .isEqualTo(value);
        assertThat(configuration.settings().text()).contains(name + " = " + value + "  # --set");
    }

    @Test
    void theLastOfAKeyHolds() {
        JobConfiguration configuration = sandbox.load(Sandbox.COMPLETE, "train.seed=3", "train.seed=4");

        assertThat(configuration.train().seed()).isEqualTo(4);
    }

    @Test
    void nullTakesAValueBack() {
        String text = Sandbox.COMPLETE + "data { label = class, holdout.fraction = 0.3 }";

        JobConfiguration configuration =
                sandbox.load(text, "data.label=null", "data.holdout.fraction=null", "data.holdout.path=held");

        assertThat(configuration.data().label()).isEmpty();
        assertThat(configuration.data().holdout()).isEqualTo(new HoldoutSection(0, List.of("held"), List.of()));
    }

    @Test
    void aWrongValueInTheFileIsHealedByAnOverride() {
        assertThat(sandbox.problems("model.components = 0", "model.components=3"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    model.componets=3      ~ model.componets is not a key
                    train.tolerance=-1     ~ train.tolerance is -1
                    train=3                ~ train is 3
                    train.seed             ~ "train.seed" has no =
                    =3                     ~ "=3" does not begin with a key
                    data.path=[a           ~ "data.path=[a" has a value that is not HOCON
                    data.path=${none}      ~ ${none} has no value
                    """)
    void mistakesAreTold(String override, String beginning) {
        assertThat(sandbox.problems("", override)).singleElement().asString().startsWith("--set: " + beginning);
    }

    @Test
    void allThatAreNoOverrideAreToldAtOnce() {
        assertThat(sandbox.problems("", "a", "train.seed=1", "b")).hasSize(2);
    }

    /** One command line may serve all commands, so it is no mistake, but it is told. */
    @ParameterizedTest
    @EnumSource(names = {"EVALUATE", "SCORE", "SAMPLE", "INSPECT"})
    void whatASavedModelHasAlreadyIsTold(Job job) {
        List<String> overrides = List.of("train.restarts=3", "model.components=8", "model.path=m", "data.id=x");
        assertThat(sandbox.problems(job, Sandbox.COMPLETE, overrides.toArray(String[]::new)))
                .isEmpty();
        assertThat(JobConfiguration.withoutEffect(overrides, job))
                .containsExactly(
                        "--set: model.components has no effect on %s, which uses the model as it was saved"
                                .formatted(job),
                        "--set: train.restarts has no effect on %s, which uses the model as it was saved"
                                .formatted(job));
        assertThat(JobConfiguration.withoutEffect(overrides, Job.TRAIN)).isEmpty();
    }

    /** Its measures depend on them; the other jobs' results do not. */
    @ParameterizedTest
    @ValueSource(strings = {"model.image=[1,2,2]", "model.importanceSamples=9", "train.partitions=3"})
    void whatOnlyAnEvaluationReads(String override) {
        for (Job job : List.of(Job.SCORE, Job.SAMPLE, Job.INSPECT)) {
            assertThat(JobConfiguration.withoutEffect(List.of(override), job)).hasSize(1);
        }
        assertThat(JobConfiguration.withoutEffect(List.of(override), Job.EVALUATE))
                .isEmpty();
        assertThat(JobConfiguration.withoutEffect(List.of("train.seed=3"), Job.EVALUATE))
                .hasSize(1);
    }
}
