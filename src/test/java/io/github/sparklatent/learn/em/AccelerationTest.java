package io.github.sparklatent.learn.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class AccelerationTest {
    private static final RowBlocks DATA = InMemoryRowBlocks.of(new DMatrixRMaj(new double[][] {{0}}), 1);
    private static final CurvedProblem PARABOLA = CurvedProblem.parabola(1e-3, 1e-2, 0.1, 0.5, 1);
    private static final double[] START = {3, -2, 1, 1, 1};
    private static final StoppingRule RULE = new StoppingRule(20_000, 1e-8);

    /** Has its maximum −1 at 0, and a curvature that falls away from it. */
    private static final CurvedProblem HYPERBOLA =
            new CurvedProblem(x -> -Math.sqrt(1 + x[0] * x[0]), x -> new double[] {-x[0] / Math.sqrt(1 + x[0] * x[0])});

    /** Is −½ x² + ¼ y² − ¼ y⁴: a saddle point at 0, and maxima of 1/16 at y² = ½. */
    private static final CurvedProblem SADDLE =
            new CurvedProblem(x -> -0.1 * x[0] * x[0] / 2 + x[1] * x[1] / 4 - x[1] * x[1] * x[1] * x[1] / 4, x ->
                    new double[] {-0.1 * x[0], x[1] / 2 - x[1] * x[1] * x[1]});

    private static EmResult<double[]> run(
            ExpectationMaximization<double[]> problem, double[] start, StoppingRule rule) {
        return EmLoop.run(problem, DATA, EmState.start(start), rule, (round, state) -> {});
    }

    /** BFGS finds the maximum of a parabola of five columns in few rounds after the start. */
    @Test
    void aParabolaTakesFewRounds() {
        EmResult<double[]> plain = run(PARABOLA.plain(), START, RULE);
        EmResult<double[]> accelerated = run(PARABOLA, START, RULE);
        assertThat(plain.converged()).isTrue();
        assertThat(accelerated.converged()).isTrue();
        assertThat(plain.objective()).isCloseTo(0, within(2 * RULE.tolerance()));
        assertThat(accelerated.objective()).isCloseTo(0, within(2 * RULE.tolerance()));
        assertThat(plain.rounds()).isGreaterThan(1000);
        assertThat(accelerated.rounds()).isLessThan(40);
    }

    /** The plain step is the whole step if all curvatures are 1. */
    @Test
    void withoutPairsTheDirectionIsThePlainStep() {
        double[] residual = {1, -2};
        assertThat(Acceleration.direction(residual, List.of(), List.of())).containsExactly(residual);
    }

    /** With pairs along all axes, BFGS has the inverse of the curvatures. */
    @Test
    void withAllPairsTheDirectionIsThatOfNewton() {
        List<double[]> steps = List.of(new double[] {2, 0}, new double[] {0, 3});
        List<double[]> falls = List.of(new double[] {1, 0}, new double[] {0, 0.03});
        assertThat(Acceleration.direction(new double[] {1, 1}, steps, falls))
                .containsExactly(new double[] {2, 100}, within(1e-12));
        assertThat(Acceleration.gain(new double[] {1, 1}, steps, falls)).isCloseTo(100, within(1e-12));
    }

    /**
     * Where the curvature grows towards the maximum, a step is too long. The model is not kept, and the next one is the
     * plain update of the last model that was.
     */
    @Test
    void aLowerObjectiveCostsOneRound() {
        List<EmState<double[]>> states = new ArrayList<>();
        CurvedProblem slow = new CurvedProblem(
                x -> 1e-3 * HYPERBOLA.objective().applyAsDouble(x),
                x -> HYPERBOLA.gradient().apply(x));
        EmResult<double[]> result =
                EmLoop.run(slow, DATA, EmState.start(new double[] {8}), RULE, (round, state) -> states.add(state));
        assertThat(result.converged()).isTrue();
        assertThat(result.objective()).isCloseTo(-1e-3, within(2 * RULE.tolerance()));
        int rejected = 0;
        double kept = Double.NEGATIVE_INFINITY;
        for (int i = 1; i < states.size(); i++) {
            Round round = states.get(i).history().get(i);
            if (round.change() < 0) {
                rejected++;
                assertThat(states.get(i).model())
                        .containsExactly(states.get(i - 1).secants().plain());
                assertThat(states.get(i).objective()).isEqualTo(kept);
            } else {
                assertThat(round.objective()).isGreaterThanOrEqualTo(kept);
                kept = round.objective();
            }
        }
        assertThat(rejected).isPositive();
    }

    /** At the saddle point, no step gains anything; plain EM leaves it slowly. */
    @Test
    void aSaddlePointIsNotTheEnd() {
        for (double y : new double[] {1e-2, 1e-3, 1e-4}) {
            EmResult<double[]> result = run(SADDLE, new double[] {0.4, y}, RULE);
            assertThat(result.converged()).isTrue();
            assertThat(result.objective()).as("from y = %s", y).isCloseTo(1.0 / 16, within(2 * RULE.tolerance()));
        }
    }

    @Test
    void resumingFromAnyStateGivesTheSameBits() {
        List<EmState<double[]>> states = new ArrayList<>();
        EmResult<double[]> whole =
                EmLoop.run(PARABOLA, DATA, EmState.start(START), RULE, (round, state) -> states.add(state));
        assertThat(states).hasSize(whole.rounds());
        for (EmState<double[]> state : states) {
            EmResult<double[]> resumed = EmLoop.run(PARABOLA, DATA, state, RULE, (round, next) -> {});
            assertThat(resumed.model()).containsExactly(whole.model());
            assertThat(resumed.rounds()).isEqualTo(whole.rounds());
            assertThat(resumed.objective()).isEqualTo(whole.objective());
        }
    }

    /** Whatever the maximum of rounds, the model returned is one that was kept. */
    @Test
    void theLastUpdateIsNotExtrapolated() {
        for (int rounds = 1; rounds < 30; rounds++) {
            List<Double> objectives = new ArrayList<>();
            EmResult<double[]> result = EmLoop.run(
                    HYPERBOLA,
                    DATA,
                    EmState.start(new double[] {8}),
                    new StoppingRule(rounds, 0),
                    (round, state) -> objectives.add(state.objective()));
            double best =
                    objectives.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
            assertThat(result.rounds()).isEqualTo(rounds);
            assertThat(result.objective()).isGreaterThanOrEqualTo(best);
        }
    }

    /** The gain of the first rounds is large, so they are not extrapolated. */
    @Test
    void earlyRoundsArePlain() {
        double[] far = {200, 0, 0, 0, 0};
        List<EmState<double[]>> states = new ArrayList<>();
        EmLoop.run(
                PARABOLA, DATA, EmState.start(far), new StoppingRule(3000, 1e-8), (round, state) -> states.add(state));
        EmState<double[]> first = states.stream()
                .filter(state -> state.secants() != null)
                .findFirst()
                .orElseThrow();
        int rounds = first.history().size();
        assertThat(rounds).isGreaterThan(100);
        assertThat(first.model())
                .containsExactly(
                        run(PARABOLA.plain(), far, new StoppingRule(rounds, 0)).model());
        assertThat(first.history().get(rounds - 2).change()).isGreaterThan(1e-2);
        assertThat(first.history().get(rounds - 1).change()).isLessThan(1e-2);
    }
}
