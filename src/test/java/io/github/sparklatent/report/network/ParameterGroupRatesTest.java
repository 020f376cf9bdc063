package io.github.sparklatent.report.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.report.Chart.Series;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.network.LearningSection.Losses;
import io.github.sparklatent.report.network.LearningSection.Round;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterGroupRatesTest {
    private static Round round(LearningRate... rates) {
        return new Round(1, 1, Losses.NONE, Losses.NONE, Double.NaN, List.of(rates), 9, 0, 0, 0, 0, 0);
    }

    private static LearningRate rate(String group, double value) {
        return new LearningRate(group, value);
    }

    @Test
    void eachPlayersRateIsSaid() {
        Round round = round(rate("discriminator", 2e-4), rate("generator", 1e-3));
        ParameterGroupRates rates = new ParameterGroupRates(List.of(round, round));
        assertThat(rates.change()).isFalse();
        assertThat(rates.text())
                .isEqualTo("learning rates %s for the discriminator, %s for the generator throughout"
                        .formatted(Numbers.chosen(2e-4), Numbers.chosen(1e-3)));
    }

    @Test
    void oneRateOfAllIsSaidOnce() {
        Round alone = round(rate("model", 1e-3));
        Round both = round(rate("discriminator", 1e-3), rate("decoder", 1e-3));
        ParameterGroupRates rates = new ParameterGroupRates(List.of(alone, both, alone));
        assertThat(rates.change()).isFalse();
        assertThat(rates.text()).isEqualTo("learning rate 0.001 throughout");
        assertThat(new ParameterGroupRates(List.of(round())).text()).isEmpty();
    }

    /** ParameterGroups of one rate: of three the third lay over the second as it was. */
    @Test
    void noCurveHidesTheOnesBelow() {
        List<Round> rounds = List.of(
                round(rate("encoder", 1), rate("decoder", 1), rate("discriminator", 1)),
                round(rate("encoder", 2), rate("decoder", 2), rate("discriminator", 2)));
        LearningFigure figure = new LearningFigure("rate", "rate", "Rates.", true);
        new ParameterGroupRates(rounds).addTo(figure, new double[] {1, 2});
        assertThat(figure.chart().series())
                .hasSize(3)
                .extracting(Series::size)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void theSecondPlayersScheduleIsAChangeToo() {
        ParameterGroupRates rates = new ParameterGroupRates(List.of(
                round(rate("discriminator", 1e-3), rate("generator", 1e-3)),
                round(rate("discriminator", 1e-3), rate("generator", 5e-4))));
        assertThat(rates.change()).isTrue();
    }
}
