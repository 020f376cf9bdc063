package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VariationalOptionsTest {
    @Test
    void betaRisesLinearly() {
        VariationalOptions options = VariationalOptions.DEFAULT.withBeta(4).withBetaWarmUpEpochs(10);
        assertThat(options.betaAt(0)).isZero();
        assertThat(options.betaAt(2.5)).isEqualTo(1);
        assertThat(options.betaAt(10)).isEqualTo(4);
        assertThat(options.betaAt(11)).isEqualTo(4);
        assertThat(VariationalOptions.DEFAULT.betaAt(0)).isEqualTo(1);
    }
}
