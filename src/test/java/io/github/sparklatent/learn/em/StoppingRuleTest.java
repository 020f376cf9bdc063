package io.github.sparklatent.learn.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StoppingRuleTest {
    @Test
    void aChangeOfEitherSignBelowTheToleranceIsConvergence() {
        StoppingRule rule = new StoppingRule(1, 1e-4);
        assertThat(converged(rule, 0.99e-4)).isTrue();
        assertThat(converged(rule, -0.99e-4)).isTrue();
        assertThat(converged(rule, 1e-4)).isFalse();
        assertThat(converged(rule, -1e-4)).isFalse();
        assertThat(converged(rule, Double.NaN)).isFalse();
        assertThat(converged(new StoppingRule(1, 0), 0)).isFalse();
    }

    private static boolean converged(StoppingRule rule, double change) {
        return converged(rule, change, Double.NaN, 1);
    }

    private static boolean converged(StoppingRule rule, double change, double previous, double weight) {
        return rule.converged(new StoppingRule.Progress(0, change, previous, 0), weight);
    }

    /** Changes a, a q, a q², ... have the sum a q / (1 − q) after the first. */
    @Test
    void smallChangesThatHardlyFallHaveMuchToCome() {
        StoppingRule rule = new StoppingRule(1, 1);
        assertThat(converged(rule, 0.60, 0.98, 1)).isTrue();
        assertThat(converged(rule, 0.62, 0.98, 1)).isFalse();
        assertThat(converged(rule, 0.009, 0.00909, 1)).isTrue();
        assertThat(converged(rule, 0.011, 0.01109, 1)).isFalse();
    }

    @Test
    void changesThatGrowAreNoConvergence() {
        StoppingRule rule = new StoppingRule(1, 1);
        assertThat(converged(rule, 1e-3, 1e-3, 1)).isFalse();
        assertThat(converged(rule, 1e-3, 0.9e-3, 1)).isFalse();
        assertThat(converged(rule, 1e-3, -1e-3, 1)).isFalse();
        assertThat(converged(rule, 0, -1e-3, 1)).isTrue();
        assertThat(converged(rule, 0, 0, 1)).isTrue();
    }

    @Test
    void theTotalToleranceIsOfTheSumOverAllRows() {
        StoppingRule rule = new StoppingRule(1, 1).withTotalTolerance(0.5);
        assertThat(converged(rule, 0.049, Double.NaN, 10)).isTrue();
        assertThat(converged(rule, 0.051, Double.NaN, 10)).isFalse();
        assertThat(converged(rule, 0.03, 0.05, 10)).isTrue();
        assertThat(converged(rule, 0.033, 0.05, 10)).isFalse();
        assertThatThrownBy(() -> rule.withTotalTolerance(Double.NaN))
                .hasMessage("totalTolerance is NaN, expected a number not below 0");
    }

    /** A gain to come of a / t after t rounds falls by a / t² in a round: t times the change. Margin: 2. */
    @Test
    void theTotalToleranceKnowsTheSlowestRateOfEm() {
        StoppingRule mean = new StoppingRule(1, 1e-4);
        StoppingRule total = mean.withTotalTolerance(0.5);
        StoppingRule.Progress at = new StoppingRule.Progress(-3, 1e-6, 2e-6, 100);
        assertThat(total.converged(at, 2450)).isTrue();
        assertThat(total.converged(at, 2550)).isFalse();
        assertThat(mean.converged(at, 2550)).isTrue();
    }

    /** One unit in the last place of 3 is 4.4e-16. */
    @Test
    void changesOfRoundingEndTheRounds() {
        StoppingRule rule = new StoppingRule(1, 1e-12).withTotalTolerance(1e-9);
        assertThat(rule.converged(new StoppingRule.Progress(-3, 3e-14, 2e-14, 1000), 100))
                .isTrue();
        assertThat(rule.converged(new StoppingRule.Progress(-3, 6e-14, 5e-14, 1000), 100))
                .isFalse();
        assertThat(new StoppingRule(1, 0).converged(new StoppingRule.Progress(-3, 0, 0, 1000), 100))
                .isFalse();
    }
}
