package io.github.sparklatent.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Against scikit-learn 1.2.1:
 *
 * <pre>
 * from sklearn.metrics import roc_auc_score
 * s = [0.3, 0.7, 0.7, 0.1, 0.9, 0.3, 0.5, 0.7, 0.2, 0.5]
 * p = [0, 1, 0, 0, 1, 1, 0, 1, 0, 1]
 * w = [1, 2, 0.5, 3, 1, 4, 2, 0.25, 1, 1.5]
 * roc_auc_score(p, s), roc_auc_score(p, s, sample_weight=w)
 *
 * s = [(i * 37 % 101) // 3 for i in range(200)]
 * p = [(i * i) % 7 &lt; 3 for i in range(200)]
 * w = [1 + i % 5 for i in range(200)]
 * roc_auc_score(p, s), roc_auc_score(p, s, sample_weight=w)
 * </pre>
 */
class AreaUnderRocTest {
    /** Some two hundred sums and products of numbers of like size. */
    private static final double ROUNDING = 1e-13;

    private static final double[] SCORES = {0.3, 0.7, 0.7, 0.1, 0.9, 0.3, 0.5, 0.7, 0.2, 0.5};
    private static final boolean[] POSITIVE = {false, true, false, false, true, true, false, true, false, true};
    private static final double[] WEIGHTS = {1, 2, 0.5, 3, 1, 4, 2, 0.25, 1, 1.5};

    @Test
    void agreesWithScikitLearn() {
        assertThat(AreaUnderRoc.of(SCORES, POSITIVE)).isCloseTo(0.8, within(ROUNDING));
        assertThat(AreaUnderRoc.of(SCORES, POSITIVE, WEIGHTS)).isCloseTo(0.7742857142857142, within(ROUNDING));
    }

    @Test
    void agreesWithScikitLearnWhereMostScoresAreTied() {
        double[] scores =
                IntStream.range(0, 200).mapToDouble(i -> i * 37 % 101 / 3).toArray();
        double[] weights = IntStream.range(0, 200).mapToDouble(i -> 1 + i % 5).toArray();
        boolean[] positive = new boolean[200];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = i * i % 7 < 3;
        }
        assertThat(AreaUnderRoc.of(scores, positive)).isCloseTo(0.45718316770948353, within(ROUNDING));
        assertThat(AreaUnderRoc.of(scores, positive, weights)).isCloseTo(0.47277686778302724, within(ROUNDING));
    }

    @Test
    void knowsTheEndsAndTheMiddle() {
        boolean[] positive = {false, false, true};
        double infinity = Double.POSITIVE_INFINITY;
        assertThat(AreaUnderRoc.of(new double[] {-infinity, 1, infinity}, positive))
                .isEqualTo(1);
        assertThat(AreaUnderRoc.of(new double[] {infinity, 3, 2}, positive)).isEqualTo(0);
        assertThat(AreaUnderRoc.of(new double[] {0.0, -0.0, 0.0}, positive)).isEqualTo(0.5);
    }

    @Test
    void aWeightIsSoManyRows() {
        double[] scores = {1, 2, 2, 3, 3, 3};
        boolean[] positive = {false, true, false, true, true, false};
        double[] twice = Arrays.copyOf(scores, 7);
        boolean[] twicePositive = Arrays.copyOf(positive, 7);
        twice[6] = scores[1];
        twicePositive[6] = positive[1];
        assertThat(AreaUnderRoc.of(scores, positive, new double[] {1, 2, 1, 1, 1, 1}))
                .isCloseTo(AreaUnderRoc.of(twice, twicePositive), within(ROUNDING));
    }

    @Test
    void refusesWhatHasNoArea() {
        assertThatThrownBy(() -> AreaUnderRoc.of(new double[] {1, 2}, new boolean[] {true, true}))
                .hasMessage("the positive rows weigh 2.0 and the negative rows 0.0, expected both above" + " 0");
        assertThatThrownBy(() -> AreaUnderRoc.of(new double[] {1, Double.NaN}, new boolean[] {true, false}))
                .hasMessage("a score is NaN, expected a number or an infinity");
        assertThatThrownBy(() -> AreaUnderRoc.of(new double[] {1, 2}, new boolean[] {true}))
                .hasMessage("there are 1 labels for 2 scores, expected one for each");
        assertThatThrownBy(
                        () -> AreaUnderRoc.of(new double[] {1, 2}, new boolean[] {true, false}, new double[] {1, -1}))
                .hasMessage("a weight is -1.0, expected a finite number not below 0");
    }
}
