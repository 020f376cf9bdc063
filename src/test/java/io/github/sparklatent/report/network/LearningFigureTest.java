package io.github.sparklatent.report.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.report.chart.ChartStyle;
import io.github.sparklatent.report.chart.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearningFigureTest {
    private static final List<TrainingStage> STAGES =
            List.of(new TrainingStage("autoencoder", 0, 4), new TrainingStage("joint", 4, 10));
    private static final double[] PASSES = IntStream.rangeClosed(1, 10).asDoubleStream().toArray();

    /** Falls from 1 to 0.4, then from 5 to 2.5. */
    private static final double[] LOSSES = {1, 0.8, 0.6, 0.4, 5, 4.5, 4, 3.5, 3, 2.5};

    private static String svg(List<TrainingStage> stages) {
        LearningFigure figure = new LearningFigure("loss", "loss", "A loss.", true);
        figure.stages(stages);
        figure.add("training", PASSES, LOSSES, LearningFigure.TRAINING);
        return figure.figure().svg();
    }

    /** Points of each line of the curve, as x and y in turn. */
    private static List<double[]> lines(String svg) {
        String group = svg.split("stroke=\"rgb\\(86,180,233\\)")[1].split("</g>")[0];
        Matcher lines = Pattern.compile("points=\"([^\"]+)\"").matcher(group);
        return lines.results()
                .map(
                        line ->
                                Arrays.stream(line.group(1).split("[ ,]"))
                                        .mapToDouble(Double::parseDouble)
                                        .toArray())
                .toList();
    }

    @Test
    void aCurveBreaksWhereAStageEnds() {
        assertThat(lines(svg(List.of()))).hasSize(1);
        List<double[]> lines = lines(svg(STAGES));
        assertThat(lines).extracting(line -> line.length / 2).containsExactly(4, 6);
    }

    /** Over all epochs, a curve of one stage would be a stroke. */
    @Test
    void theAxisMayBeginWhereTheValuesDo() {
        assertThat(width(0)).isLessThan(ChartStyle.WIDE / 2.0);
        assertThat(width(7)).isGreaterThan(ChartStyle.WIDE / 2.0);
    }

    /** How far a curve from epoch 7 to epoch 10 goes where the axis begins there. */
    private static double width(double from) {
        LearningFigure figure = new LearningFigure("loss", "loss", "A loss.", true);
        figure.from(from);
        figure.add(
                "training",
                new double[] {7, 8, 9, 10},
                new double[] {1, 2, 1, 2},
                LearningFigure.TRAINING);
        double[] line = lines(figure.figure().svg()).get(0);
        return line[line.length - 2] - line[0];
    }

    /** The highest point is 5; were the names among the points, it would be at the top. */
    @Test
    void theNamesOfTheStagesStandAboveAllPoints() {
        double top = Arrays.stream(lines(svg(List.of())).get(0)).skip(1).min().orElseThrow();
        double highest = lines(svg(STAGES)).get(1)[1];
        assertThat(highest - top).isGreaterThan(Tag.length(List.of("autoencoder")) - 1);
        assertThat(Tag.length(List.of("joint", "autoencoder"))).isBetween(50.0, 120.0);
    }
}
