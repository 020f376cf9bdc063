package io.github.sparklatent.vae.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.objective.StochasticObjective.Range;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.vae.Samples;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Weight decay acts on the weights of layers and on nothing else. */
class DecayedParametersTest {
    private static final Architecture ARCHITECTURE = Samples.architecture(3, 7, new Bernoulli(5))
            .withComponents(2)
            .withAuxiliary(List.of(new LayerSpec.Width(4)));

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyParameterThatDecaysIsAWeight(Kind kind) {
        Networks networks = ARCHITECTURE.networks(kind);
        boolean[] decays = new boolean[networks.parameterCount()];
        for (Range range : networks.weights()) {
            for (int i = range.from(); i < range.to(); i++) {
                decays[i] = true;
            }
        }
        assertThat(decays).contains(true).contains(false);
        for (Parameter parameter : networks.parameters()) {
            boolean expected =
                    parameter.name().matches("(encoder|decoder|discriminator|classifier)[.][0-9]+[.]weights");
            for (int i = 0; i < parameter.length(); i++) {
                assertThat(decays[parameter.offset() + i]).as(parameter.name()).isEqualTo(expected);
            }
        }
    }
}
