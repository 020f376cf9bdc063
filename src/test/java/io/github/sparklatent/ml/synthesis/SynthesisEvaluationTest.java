package io.github.sparklatent.ml.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.metrics.synthesis.ComparedRows;
import io.github.sparklatent.ml.synthesis.SynthesisEvaluation.Utility;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SynthesisEvaluationTest {
    private static final int[] LEVELS = {0, 0, 2};
    private static final int ROWS = 1_200;

    private final SparkSession spark = LocalSpark.session();

    /**
     * Rows of two numbers, of which the second depends on the first by {@code slope}, and a category by the sign of
     * their sum.
     */
    private static ComparedRows drawn(long seed, double slope) {
        Random random = new Random(seed);
        DMatrixRMaj cells = new DMatrixRMaj(ROWS, 3);
        for (int i = 0; i < ROWS; i++) {
            double x = random.nextGaussian();
            double y = slope * x + Math.sqrt(1 - slope * slope) * random.nextGaussian();
            cells.set(i, 0, i % 50 == 0 ? Double.NaN : x);
            cells.set(i, 1, y);
            cells.set(i, 2, i % 70 == 0 ? Double.NaN : x + y > 0 ? 1 : 0);
        }
        return new ComparedRows(LEVELS, cells);
    }

    private SynthesisEvaluation evaluation(ComparedRows generated) {
        return new SynthesisEvaluation(spark, LEVELS, drawn(1, 0.8), Optional.of(drawn(2, 0.8)), generated, 1);
    }

    @Test
    void rowsOfTheSameDistributionCannotBeToldApart() {
        SynthesisEvaluation same = evaluation(drawn(3, 0.8));

        // the standard error of the area is about 1 / sqrt(12 * 600) = 0.012
        assertThat(same.detection()).isCloseTo(0.5, within(0.05));
        assertThat(same.copies().orElseThrow().areCopies()).isFalse();
        for (int target : new int[] {0, 2}) {
            Utility utility = same.utility(target).orElseThrow();
            assertThat(utility.generated()).isCloseTo(utility.real(), within(0.06));
            assertThat(utility.measure()).isEqualTo(target == 2 ? "auc" : "r2");
        }
        assertThat(same.utility(2).orElseThrow().real()).isGreaterThan(0.95);
    }

    @Test
    void rowsOfAnotherDistributionAreToldApart() {
        SynthesisEvaluation other = evaluation(drawn(3, -0.8));

        assertThat(other.detection()).isGreaterThan(0.8);
        assertThat(other.trends().get(0, 1)).isCloseTo(0.2, within(0.05));
        Utility utility = other.utility(1).orElseThrow();
        assertThat(utility.real()).isGreaterThan(0.5);
        assertThat(utility.generated()).isNegative();
    }

    @Test
    void theSameSeedGivesTheSameFigures() {
        assertThat(evaluation(drawn(3, 0.7)).detection())
                .isEqualTo(evaluation(drawn(3, 0.7)).detection());
    }

    @Test
    void withoutHeldOutRowsCopiesAndUtilityAreNotMeasured() {
        SynthesisEvaluation alone =
                new SynthesisEvaluation(spark, LEVELS, drawn(1, 0.8), Optional.empty(), drawn(3, 0.8), 1);

        assertThat(alone.copies()).isEmpty();
        assertThat(alone.utility(2)).isEmpty();
        assertThat(alone.detection()).isCloseTo(0.5, within(0.05));
    }
}
