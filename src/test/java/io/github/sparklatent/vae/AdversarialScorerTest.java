package io.github.sparklatent.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What a generative adversarial network says of rows, by a discriminator σ(w · x + b). */
class AdversarialScorerTest {
    private static final Architecture LINEAR = new Architecture(
            2, null, 1, List.of(), List.of(), Activation.RELU, Gaussian.fixed(2, 1), Initialization.HE_UNIFORM);

    private static NetworkScorer scorer(boolean normalized) {
        float[] parameters = LINEAR.initialize(Kind.ADVERSARIAL, 1);
        for (Parameter p : LINEAR.parameters(Kind.ADVERSARIAL)) {
            if (p.name().startsWith("discriminator") && p.length() == 2) {
                parameters[p.offset()] = 3;
                parameters[p.offset() + 1] = -4;
            } else if (p.name().startsWith("discriminator")) {
                parameters[p.offset()] = 0.5f;
            }
        }
        float[] kept = LINEAR.networks(Kind.ADVERSARIAL)
                .game(AdversarialOptions.DEFAULT.withSpectralNormalization(normalized))
                .normalized(parameters);
        return new TrainedNetwork(Kind.ADVERSARIAL, LINEAR, kept).scorer(8, ScoringOptions.DEFAULT);
    }

    private static double[] anomaly(boolean normalized, float[] rows) {
        double[] score = new double[rows.length / 2];
        scorer(normalized).anomaly(new FMatrixRMaj(rows.length / 2, 2, true, rows), score);
        return score;
    }

    @Test
    void isMinusTheLogarithmOfTheProbabilityOfARowBeingReal() {
        double[] score = anomaly(false, new float[] {1, 0.5f, -1, 1, 1000, 0, -1000, 0});
        // Sums of small integers and halves are exact in floats.
        assertThat(score[0]).isCloseTo(Math.log(1 + Math.exp(-1.5)), within(1e-12));
        assertThat(score[1]).isCloseTo(Math.log(1 + Math.exp(6.5)), within(1e-12));
        // The discriminator reads 1000 as 16 + log(1 + 1000 − 16), rounded to a float.
        double large = 3 * (16 + Math.log(985));
        assertThat(score[2]).isCloseTo(Math.exp(-large - 0.5), within(1e-34));
        assertThat(score[3]).isCloseTo(large - 0.5, within(1e-5));
    }

    @Test
    void theProbabilityOfARowBeingRealIsThatOfTheDiscriminator() {
        double[] probability = new double[3];
        scorer(false).realProbability(new FMatrixRMaj(3, 2, true, 1, 0.5f, -1, 1, -1000, 0), probability);
        assertThat(probability[0]).isCloseTo(1 / (1 + Math.exp(-1.5)), within(1e-12));
        assertThat(probability[1]).isCloseTo(1 / (1 + Math.exp(6.5)), within(1e-12));
        // The discriminator reads numbers beyond 16 by their logarithm, as a float.
        double logit = 0.5 - 3 * (16 + Math.log1p(1000 - 16));
        assertThat(probability[2]).isCloseTo(Math.exp(logit), withinPercentage(0.01));
    }

    @Test
    void normalisedAsItWasTrained() {
        double[] score = anomaly(true, new float[] {1, 0.5f});
        // |w| = 5, so that a = 1/5 + 1/2, with a float's rounding of each.
        assertThat(score[0]).isCloseTo(Math.log(1 + Math.exp(-0.7)), within(1e-6));
    }
}
