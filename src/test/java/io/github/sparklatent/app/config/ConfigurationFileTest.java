package io.github.sparklatent.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.config.ConfigurationException;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.training.MixtureOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files, includes, environment variables: what is read, and what is said when it cannot be. */
class ConfigurationFileTest extends InSandbox {
    @Test
    void aMissingFileIsTold() {
        assertThat(sandbox.problems(Job.TRAIN, directory.resolve("none.conf")))
                .containsExactly("none.conf: does not exist, expected a configuration file");
    }

    @Test
    void whatIsNotHoconIsToldWithItsLine() {
        assertThat(sandbox.problems("model { components = 3"))
                .singleElement()
                .asString()
                .startsWith("job.conf:2: not HOCON: ");
        assertThat(sandbox.problems("data.path = hdfs://host/rows"))
                .singleElement()
                .asString()
                .startsWith("job.conf:2: not HOCON: ");
        assertThat(sandbox.problems(Job.TRAIN, "[1, 2]"))
                .singleElement()
                .asString()
                .isEqualTo("job.conf:1: is not a configuration, expected sections and keys");
    }

    @Test
    void charactersThatATerminalWouldActOnAreNotPrinted() {
        assertThat(sandbox.problems("model.covariance = \"\\u001b[31mred\""))
                .containsExactly("job.conf:2: model.covariance is \"?[31mred\", must be one of full, tied,"
                        + " diagonal, spherical, factor, ppca");
    }

    @Test
    void jsonIsReadToo() {
        Path file = sandbox.write("job.json", "{\"data\": {\"path\": \"in\"}, \"output\": {\"path\": 3}, \"x\": 1}");

        assertThat(sandbox.problems(Job.TRAIN, file)).containsExactly("job.json:1: x is not a key");
    }

    @Test
    void aSubstitutionWithoutAValueIsTold() {
        assertThat(sandbox.problems("model.components = ${LATENT_K}"))
                .containsExactly("job.conf:2: ${LATENT_K} has no value: neither a key nor an environment"
                        + " variable has this name (write ${?LATENT_K} if it is optional)");
    }

    @Test
    void theEnvironmentOverridesWhatStandsBefore() {
        String text = Sandbox.COMPLETE + "model.components = 3\nmodel.components = ${?LATENT_K}\n";

        assertThat(components(sandbox.load(Map.of(), text))).isEqualTo("3");
        assertThat(components(sandbox.load(Map.of("LATENT_K", "7"), text))).isEqualTo("7");
    }

    @Test
    void aWrongEnvironmentVariableIsNamed() {
        String text = Sandbox.COMPLETE + "model.components = ${?LATENT_K}\n";

        assertThatThrownBy(() -> sandbox.load(Map.of("LATENT_K", "many"), text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("environment variable LATENT_K: model.components is \"many\","
                        + " must be an integer >= 1, or a list of these, or auto");
    }

    @Test
    void substitutionsSeeOverrides() {
        JobConfiguration configuration =
                sandbox.load("data.path = in\noutput.path = ${data.path}-out", "data.path=other");

        assertThat(configuration.output().path()).contains("other-out");
    }

    @Test
    void includesAreReadBesideTheFileAndTellTheirOwnLine() {
        sandbox.write("base.conf", "# shared\nmodel { components = 4, covarance = full }\n");

        assertThat(sandbox.problems("include \"base.conf\"\ntrain.seed = x"))
                .containsExactly(
                        "base.conf:2: model.covarance is not a key (did you mean" + " model.covariance?)",
                        "job.conf:3: train.seed is \"x\", must be an integer of 64 bits");
    }

    @Test
    void whatStandsAfterAnIncludeOverridesIt() {
        sandbox.write("base.conf", "model { components = 4, covariance = tied }\n");

        JobConfiguration configuration = sandbox.load("include \"base\"\n" + Sandbox.COMPLETE + "model.components = 5");

        assertThat(components(configuration)).isEqualTo("5");
        assertThat(configuration.settings().bind(MixtureOptions.DEFAULT).covariance())
                .isEqualTo(CovarianceType.TIED);
    }

    @Test
    void aMissingIncludeIsTold() {
        sandbox.write("outer.conf", "include \"bsae.conf\"");
        for (String include : List.of("\"bsae.conf\"", "file(\"bsae.conf\")", "\"outer.conf\"")) {
            assertThat(sandbox.problems("include " + include))
                    .singleElement()
                    .asString()
                    .startsWith("job.conf: include \"bsae.conf\" refers to a file that does not exist");
        }
    }

    private static String components(JobConfiguration configuration) {
        return configuration.settings().show("model.components");
    }
}
