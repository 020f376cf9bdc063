package io.github.sparklatent.learn.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.PackedFloats;
import io.github.sparklatent.learn.optimizer.Optimizer;
import org.junit.jupiter.api.Test;

/** What a round sends and needs. */
class LocalStepsTest {
    private static LocalSteps steps(int parameters, Optimizer optimizer) {
        PackedFloats none = PackedFloats.of(new float[0]);
        return new LocalSteps(
                new ToyRegression(parameters, 0),
                AveragingOptions.DEFAULT.withOptimizer(optimizer),
                0,
                none,
                none,
                0,
                0,
                0,
                100,
                2);
    }

    /** Adam has two moments for each parameter. */
    @Test
    void moreThanOneArrayHoldsIsRefused() {
        Optimizer adam = Optimizer.of(Optimizer.Type.ADAM);
        assertThat(steps(715_827_879, adam).length()).isEqualTo(Integer.MAX_VALUE - 10);
        assertThatThrownBy(() -> steps(715_827_880, adam).length())
                .isInstanceOf(DataException.class)
                .hasMessage("each partition sends 2,147,483,640 numbers in a round, parameters and"
                        + " moments, expected at most 2,147,483,639, because they are one"
                        + " array; use a smaller model, or an optimizer with fewer"
                        + " moments");
    }
}
