package io.github.sparklatent.learn.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.learn.Require;
import org.junit.jupiter.api.Test;

class StoppingRuleTest {
    @Test
    void atLeastOneRound() {
        assertThatThrownBy(() -> new StoppingRule(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxRounds is 0, expected at least 1");
    }

    @Test
    void notANumberIsNoTolerance() {
        assertThatThrownBy(() -> new StoppingRule(1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tolerance is NaN, expected a number not below 0");
        assertThatThrownBy(() -> new StoppingRule(1, -1e-9))
                .hasMessage("tolerance is -1.0E-9, expected a number not below 0");
    }

    @Test
    void aChangeOfEitherSignBelowTheToleranceIsConvergence() {
        StoppingRule rule = new StoppingRule(1, 1e-4);
        assertThat(rule.converged(0.99e-4)).isTrue();
        assertThat(rule.converged(-0.99e-4)).isTrue();
        assertThat(rule.converged(1e-4)).isFalse();
        assertThat(rule.converged(-1e-4)).isFalse();
        assertThat(rule.converged(Double.NaN)).isFalse();
        assertThat(new StoppingRule(1, 0).converged(0)).isFalse();
    }

    @Test
    void requireSaysItsSentenceInPlainNumbers() {
        Require.that(true, "never formatted: %d", "not a number");
        assertThatThrownBy(
                        () -> Require.that(false, "found %.1f of %d, expected \"%s\"", 1.5, 3, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("found 1.5 of 3, expected \"x\"");
    }
}
