package io.github.sparklatent.learn.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.objective.StochasticObjective.ParameterGroup;
import io.github.sparklatent.learn.objective.StochasticObjective.Range;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OptimizerSteps;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterGroupsTest {
    private static final Optimizer SGD = Optimizer.of(Optimizer.Type.SGD);

    /** Only who moves what, of ten parameters. */
    private record Moves(List<ParameterGroup> parameterGroups) implements StochasticObjective {
        @Override
        public int parameterCount() {
            return 10;
        }

        @Override
        public List<String> measures() {
            return List.of("loss");
        }

        @Override
        public Worker worker(int maxRows) {
            throw new UnsupportedOperationException("nothing is computed here");
        }
    }

    private static ParameterGroup group(String name, Range... ranges) {
        return new ParameterGroup(name, List.of(ranges));
    }

    private static ParameterGroups groups(ParameterGroup... groups) {
        return ParameterGroups.of(new Moves(List.of(groups)));
    }

    @Test
    void withoutAWordThereIsOnePlayerThatMovesAll() {
        ParameterGroups all = ParameterGroups.of(new ToyRegression(3, 0));
        float[] vector = {1, 2, 3};
        assertThat(all.updated()).isEqualTo(3);
        assertThat(all.pack(vector)).isSameAs(vector);
        assertThat(all.unpack(vector, new float[3])).isSameAs(vector);
        assertThat(all.moments(AveragingOptions.DEFAULT)).isEqualTo(6);
    }

    @Test
    void whatIsMovedIsPackedAsItLies() {
        ParameterGroups some = groups(
                group("late", new Range(8, 2), new Range(3, 1)), group("early", new Range(1, 2), new Range(6, 0)));
        float[] vector = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        assertThat(some.updated()).isEqualTo(5);
        float[] packed = some.pack(vector);
        assertThat(packed).containsExactly(1, 2, 3, 8, 9);
        float[] others = new float[10];
        assertThat(some.unpack(packed, others)).containsExactly(0, 1, 2, 3, 0, 0, 0, 0, 8, 9);
        assertThat(others).containsOnly(0);
        AveragingOptions options = AveragingOptions.DEFAULT.withOptimizers(List.of(Optimizer.DEFAULT, SGD));
        assertThat(some.moments(options)).isEqualTo(2 * 3 + 2);
    }

    /** By hand: at the rate 1 the velocity is the gradient, and so much is taken off. */
    @Test
    void momentsArePackedGroupAfterGroupRangeAfterRange() {
        ParameterGroups some = groups(group("late", new Range(8, 2), new Range(3, 1)), group("early", new Range(1, 2)));
        AveragingOptions options = AveragingOptions.DEFAULT.withOptimizer(SGD);
        float[] parameters = new float[10];
        float[] gradient = {10, 11, 12, 13, 14, 15, 16, 17, 18, 19};
        float[] moments = new float[7];
        for (OptimizerSteps steps : some.steps(options, new float[0], 5)) {
            steps.take(parameters, gradient, 1);
            assertThat(steps.steps()).isEqualTo(1);
        }
        int at = 1;
        for (OptimizerSteps steps : some.steps(options, new float[] {18, 19, 13, 11, 12}, 5)) {
            assertThat(steps.steps()).isEqualTo(5);
            at = steps.copyMoments(moments, at);
        }
        assertThat(parameters).containsExactly(0, -11, -12, -13, 0, 0, 0, 0, -18, -19);
        assertThat(moments).containsExactly(0, 18, 19, 13, 11, 12, 0);
    }
}
