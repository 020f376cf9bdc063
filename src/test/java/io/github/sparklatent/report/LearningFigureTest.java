package io.github.sparklatent.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.report.TrainingRounds.Stage;
import java.awt.Color;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearningFigureTest {
    private static final List<Stage> STAGES = List.of(new Stage("autoencoder", 0, 4), new Stage("joint", 4, 10));
    private static final double[] EPOCHS =
            IntStream.rangeClosed(1, 10).asDoubleStream().toArray();

    /** Falls from 1 to 0.4, then from 5 to 2.5. */
    private static final double[] LOSSES = {1, 0.8, 0.6, 0.4, 5, 4.5, 4, 3.5, 3, 2.5};

    private static Chart chart(double[] losses, List<Stage> stages, double from) {
        LearningFigure figure = new LearningFigure("loss", "loss", "A loss.", true);
        figure.stages(stages);
        figure.from(from);
        figure.add("training", EPOCHS, losses, Color.BLUE, 1);
        return figure.chart();
    }

    @Test
    void aCurveBreaksWhereAStageEnds() {
        assertThat(chart(LOSSES, List.of(), 0).series().get(0).x()).isEqualTo(EPOCHS);
        assertThat(chart(LOSSES, STAGES, 0).series().get(0).x())
                .containsExactly(1, 2, 3, 4, Double.NaN, 5, 6, 7, 8, 9, 10);
    }

    /** The losses after the first epoch are from 1 to 2, so 3 is the most that stays in range. */
    @Test
    void firstValuesFarAboveTheRestAreCutOff() {
        double[] losses = {90, 2, 2, 2, 2, 2, 1, 1, 1, 1};
        Chart cut = chart(losses, List.of(), 0);
        assertThat(cut.y().largest()).isEqualTo(2);
        assertThat(cut.caption()).endsWith("The first values are above the range of the chart.");
        losses[0] = 2.4;
        Chart whole = chart(losses, List.of(), 0);
        assertThat(whole.y().largest()).isNaN();
        assertThat(whole.caption()).isEqualTo("A loss.");
    }
}
