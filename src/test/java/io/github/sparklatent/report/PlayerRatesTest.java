package io.github.sparklatent.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.LearningRate;
import io.github.sparklatent.report.NetworkReport.Losses;
import io.github.sparklatent.report.NetworkReport.Round;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlayerRatesTest {
    private static Round round(LearningRate... rates) {
        return new Round(
                1, 1, Losses.NONE, Losses.NONE, Double.NaN, List.of(rates), 9, 0, 0, 0, 0, 0);
    }

    private static LearningRate rate(String player, double value) {
        return new LearningRate(player, value);
    }

    @Test
    void eachPlayersRateIsSaid() {
        Round round = round(rate("discriminator", 2e-4), rate("generator", 1e-3));
        PlayerRates rates = new PlayerRates(List.of(round, round));
        assertThat(rates.change()).isFalse();
        assertThat(rates.text())
                .isEqualTo(
                        "learning rates %s of the discriminator, %s of the generator throughout"
                                .formatted(Numbers.chosen(2e-4), Numbers.chosen(1e-3)));
    }

    @Test
    void oneRateOfAllIsSaidOnce() {
        Round alone = round(rate("model", 1e-3));
        Round both = round(rate("discriminator", 1e-3), rate("decoder", 1e-3));
        PlayerRates rates = new PlayerRates(List.of(alone, both, alone));
        assertThat(rates.change()).isFalse();
        assertThat(rates.text()).isEqualTo("learning rate 0.001 throughout");
        assertThat(new PlayerRates(List.of(round())).text()).isEmpty();
    }

    @Test
    void theSecondPlayersScheduleIsAChangeToo() {
        PlayerRates rates =
                new PlayerRates(
                        List.of(
                                round(rate("discriminator", 1e-3), rate("generator", 1e-3)),
                                round(rate("discriminator", 1e-3), rate("generator", 5e-4))));
        assertThat(rates.change()).isTrue();
    }
}
