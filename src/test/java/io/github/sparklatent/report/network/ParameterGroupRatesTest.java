package io.github.sparklatent.report.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.report.chart.Palette;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.network.NetworkReport.Losses;
import io.github.sparklatent.report.network.NetworkReport.Round;
import java.awt.Color;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParameterGroupRatesTest {
    private static Round round(LearningRate... rates) {
        return new Round(
                1, 1, Losses.NONE, Losses.NONE, Double.NaN, List.of(rates), 9, 0, 0, 0, 0, 0);
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
                .isEqualTo(
                        "learning rates %s for the discriminator, %s for the generator throughout"
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
        List<Round> rounds =
                List.of(
                        round(rate("encoder", 1), rate("decoder", 1), rate("discriminator", 1)),
                        round(rate("encoder", 2), rate("decoder", 2), rate("discriminator", 2)));
        LearningFigure figure = new LearningFigure("rate", "rate", "Rates.", true);
        new ParameterGroupRates(rounds).addTo(figure, new double[] {1, 2});
        String svg = figure.figure().svg();
        List<Double> widths = IntStream.range(0, 3).mapToObj(i -> width(svg, i)).toList();
        assertThat(widths).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());
    }

    /** Of the line of a group's colour. */
    private static double width(String svg, int group) {
        Color colour = Palette.series(group);
        String stroke =
                "stroke=\"rgb\\(%d,%d,%d\\)"
                        .formatted(colour.getRed(), colour.getGreen(), colour.getBlue());
        Matcher line = Pattern.compile("<[^>]*" + stroke + "[^>]*>").matcher(svg);
        assertThat(line.find()).isTrue();
        Matcher width = Pattern.compile("stroke-width=\"([0-9.]+)").matcher(line.group());
        assertThat(width.find()).as(line.group()).isTrue();
        return Double.parseDouble(width.group(1));
    }

    @Test
    void theSecondPlayersScheduleIsAChangeToo() {
        ParameterGroupRates rates =
                new ParameterGroupRates(
                        List.of(
                                round(rate("discriminator", 1e-3), rate("generator", 1e-3)),
                                round(rate("discriminator", 1e-3), rate("generator", 5e-4))));
        assertThat(rates.change()).isTrue();
    }
}
