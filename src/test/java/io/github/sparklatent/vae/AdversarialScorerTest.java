package io.github.sparklatent.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Gaussian;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.Parameter;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What a generative adversarial network says of rows, by a discriminator σ(w · x + b). */
class AdversarialScorerTest {
    private static final Architecture LINEAR =
            new Architecture(
                    2,
                    null,
                    1,
                    List.of(),
                    List.of(),
                    Activation.RELU,
                    Gaussian.fixed(2, 1),
                    Initialization.HE_UNIFORM);

    private static NetworkScorer scorer() {
        float[] parameters = LINEAR.initialize(Kind.ADVERSARIAL, 1);
        for (Parameter p : LINEAR.parameters(Kind.ADVERSARIAL)) {
            if (p.name().startsWith("discriminator") && p.length() == 2) {
                parameters[p.offset()] = 3;
                parameters[p.offset() + 1] = -4;
            } else if (p.name().startsWith("discriminator")) {
                parameters[p.offset()] = 0.5f;
            }
        }
        return new TrainedNetwork(Kind.ADVERSARIAL, LINEAR, parameters)
                .scorer(4, ScoringOptions.DEFAULT);
    }

    @Test
    void isMinusTheLogarithmOfTheProbabilityOfARowBeingReal() {
        double[] score = new double[4];
        float[] rows = {1, 0.5f, -1, 1, 1000, 0, -1000, 0};
        scorer().anomaly(new FMatrixRMaj(4, 2, true, rows), score);
        // Sums of small integers and halves are exact in floats.
        assertThat(score[0]).isCloseTo(Math.log(1 + Math.exp(-1.5)), within(1e-12));
        assertThat(score[1]).isCloseTo(Math.log(1 + Math.exp(6.5)), within(1e-12));
        assertThat(score[2]).isZero();
        assertThat(score[3]).isEqualTo(2999.5);
    }

    @Test
    void hasNoCodes() {
        assertThatThrownBy(() -> scorer().encode(new FMatrixRMaj(1, 2), new FMatrixRMaj(0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found a generative adversarial network");
    }
}
