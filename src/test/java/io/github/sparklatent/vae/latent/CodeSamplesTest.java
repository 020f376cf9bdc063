package io.github.sparklatent.vae.latent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeSamplesTest {
    /** 2²³ floats are 512 codes of a decoder whose widest layer has 2¹⁴ outputs. */
    @ParameterizedTest
    @CsvSource({
        "6, 4, 4096, 1024",
        "6, 5, 1024, 204",
        "6, 5000, 4096, 1",
        "16384, 4, 4096, 128",
        "16384, 4, 256, 64",
        "16384, 600, 4096, 1"
    })
    void codesThatGoTogetherAreBoundedByRowsAndByFloats(int width, int maxRows, int codes, int samples) {
        Networks networks = Samples.architecture(2, 4, new Bernoulli(width)).networks(Kind.VARIATIONAL);
        assertThat(CodeSamples.fitting(networks, maxRows, codes)).isEqualTo(samples);
    }
}
