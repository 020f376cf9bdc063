package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.vae.latent.Corruption;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VariationalOptionsTest {
    static Stream<Arguments> faults() {
        return Stream.of(
                fault(o -> o.withSamples(0), "samples is 0, expected at least 1"),
                fault(o -> o.withBeta(-1), "beta is -1.0, expected a finite number not below 0"),
                fault(o -> o.withBeta(Double.NaN), "beta is NaN"),
                fault(
                        o -> o.withBetaWarmUpEpochs(Double.POSITIVE_INFINITY),
                        "betaWarmUpEpochs is Infinity"),
                fault(o -> o.withFreeBits(-0.1), "freeBits is -0.1"),
                fault(
                        o -> o.withGradient(GradientEstimator.SCORE_FUNCTION),
                        "samples is 1, expected at least 2 for the score-function gradient"),
                fault(
                        o ->
                                o.withSamples(2)
                                        .withGradient(GradientEstimator.SCORE_FUNCTION)
                                        .withBound(Bound.IWAE),
                        "the score-function gradient is of the elbo"),
                fault(
                        o -> o.withFreeBits(1).withBound(Bound.IWAE),
                        "freeBits is 1.0, expected 0 with the objective iwae"));
    }

    private static Arguments fault(UnaryOperator<VariationalOptions> change, String sentence) {
        return Arguments.of(change, sentence);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void refusesWithASentence(UnaryOperator<VariationalOptions> change, String sentence) {
        assertThatThrownBy(() -> change.apply(VariationalOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void betaRisesLinearly() {
        VariationalOptions options =
                VariationalOptions.DEFAULT.withBeta(4).withBetaWarmUpEpochs(10);
        assertThat(options.betaAt(0)).isZero();
        assertThat(options.betaAt(2.5)).isEqualTo(1);
        assertThat(options.betaAt(10)).isEqualTo(4);
        assertThat(options.betaAt(11)).isEqualTo(4);
        assertThat(VariationalOptions.DEFAULT.betaAt(0)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("levels")
    void corruptionsHaveLevelsOfTheirKind(Corruption.Type type, double level, String sentence) {
        assertThatThrownBy(() -> new Corruption(type, level))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    static Stream<Arguments> levels() {
        return Stream.of(
                Arguments.of(
                        Corruption.Type.NONE,
                        0.1,
                        "corruption level is 0.1, expected 0, as there is no corruption"),
                Arguments.of(
                        Corruption.Type.GAUSSIAN,
                        0,
                        "corruption level is 0.0, expected a finite standard deviation above 0"),
                Arguments.of(
                        Corruption.Type.MASKING,
                        1,
                        "corruption level is 1.0, expected a probability between 0 and 1"));
    }
}
