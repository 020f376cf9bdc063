package io.github.sparklatent.learn.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.averaging.Shards.Result;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.learn.stage.StagedResult;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** A training whose rounds are all worse than its start returns its start. */
class StartIsCandidateTest {
    /** The best start for the held-out rows, and a plane of the opposite sign for the training. */
    private static final float[] BEST = {1, 2};

    private static final Shards HOLDOUT = InMemoryShards.of(ToyRegression.rows(40, 2, 1), 1);
    private static final AveragingOptions OPTIONS = AveragingOptions.DEFAULT
            .withMaxEpochs(4)
            .withRoundsPerEpoch(1)
            .withBatchSize(10)
            .withOptimizer(Optimizer.of(Optimizer.Type.SGD).withMomentum(0));

    private static InMemoryShards opposite() {
        FMatrixRMaj rows = ToyRegression.rows(100, 2, 2);
        for (int i = 0; i < rows.numRows; i++) {
            rows.set(i, 2, -rows.get(i, 2));
        }
        return InMemoryShards.of(rows, 2);
    }

    private static StagedResult run(AveragingOptions options, float[] start) {
        return Averaging.run(List.of(Stage.of("only", new ToyRegression(2, 0), options)), opposite(), HOLDOUT, start);
    }

    @Test
    void theStartIsTheResultIfEveryRoundIsWorse() {
        StagedResult result = run(OPTIONS, BEST);
        assertThat(result.parameters()).containsExactly(BEST);
        assertThat(result.last().kept().round()).isZero();
        assertThat(result.last().history()).hasSize(4);
        assertThat(result.last().kept().measures())
                .isEqualTo(Evaluation.of(new ToyRegression(2, 0), List.of(BEST))
                        .means(held(BEST))
                        .get(0));
        assertThat(result.stages().get(0).warnings())
                .containsExactly("no round has a smaller held-out loss than the parameters it started from,"
                        + " so these are the result; use a smaller learning rate or more rows");
    }

    private static Result held(float[] parameters) {
        return HOLDOUT.run("held out", Evaluation.of(new ToyRegression(2, 0), List.of(parameters)));
    }

    @Test
    void aWorseStartIsNotTheResult() {
        StagedResult result = run(OPTIONS, new float[] {-9, 9});
        assertThat(result.last().kept().round()).isPositive();
        assertThat(result.stages().get(0).warnings()).isEmpty();
    }
}
