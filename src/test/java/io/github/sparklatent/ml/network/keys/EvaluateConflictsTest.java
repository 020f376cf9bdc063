package io.github.sparklatent.ml.network.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.app.config.Sandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of the section evaluate that are right one by one and wrong together. */
class EvaluateConflictsTest {
    @TempDir private Path directory;
    private Sandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new Sandbox(directory);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\'',
            textBlock =
                    """
                    vae ~ evaluate.features.type = network                                    ~ 'evaluate.features.type is network, but evaluate.features.model is not set'
                    vae ~ evaluate.features.components = 5                                    ~ 'evaluate.features.components is 5, but has no effect because evaluate.features.type is none'
                    vae ~ evaluate.features { type = principal-components, model = x }        ~ 'evaluate.features.model is x, but has no effect because evaluate.features.type is principal-components'
                    vae ~ evaluate.features { type = network, model = x, components = 3 }     ~ 'evaluate.features.components is 3, but has no effect because evaluate.features.type is network'
                    gan ~ evaluate.features { type = principal-components, layer = encoder.0 } ~ 'evaluate.features.layer is "encoder.0", but has no effect because evaluate.features.type is principal-components'
                    gan ~ evaluate.features.rows = 100                                        ~ 'evaluate.features.rows is 100, but has no effect because evaluate.features.type is none'
                    ae ~ evaluate.features { type = network, model = x, components = 3 }      ~ 'evaluate.features.components is for vae, dlgm, mog-vae, vade, cluster-vae, gan and vae-gan, not for ae'
                    ae ~ evaluate.features.type = principal-components                        ~ 'evaluate.features.type is principal-components, which compares drawn rows, but an ae draws none: must be network, which compares reconstructions, or none'
                    ae ~ evaluate.features { type = network, model = x, rows = 100 }          ~ 'evaluate.features.rows is for vae, dlgm, mog-vae, vade, cluster-vae, gan and vae-gan, not for ae'
                    gan ~ evaluate.imageRange = 255                                           ~ 'evaluate.imageRange is for ae, vae, dlgm, mog-vae, vade, cluster-vae and vae-gan, not for gan'
                    gmm ~ evaluate.features.type = principal-components                       ~ 'evaluate.features is for ae, vae, dlgm, mog-vae, vade, cluster-vae, gan and vae-gan, not for gmm'
                    """)
    void areTold(String type, String line, String sentence) {
        assertThat(sandbox.problems("model.type = " + type + ", " + line))
                .containsExactly("job.conf:2: " + sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.type = ae, evaluate.features { type = network, model = x, layer = encoder.0"
                        + " }",
                "model.type = vae, evaluate { imageRange = 255, features { type ="
                        + " principal-components, components = 5, rows = 6 } }",
                "model.type = gan, evaluate.features { type = network, model = x }",
                // Rows of 8 numbers have 8 components: what the rows are is not known here.
                "model.type = vade, evaluate.features { type = principal-components, rows = 15 }",
            })
    void areOnlyWhatContradictsItself(String line) {
        assertThat(sandbox.problems(line)).isEmpty();
    }
}
