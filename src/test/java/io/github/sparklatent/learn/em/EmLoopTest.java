package io.github.sparklatent.learn.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.github.sparklatent.learn.DivergedException;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class EmLoopTest {
    private static final RowBlocks DATA = InMemoryRowBlocks.of(new DMatrixRMaj(new double[][] {{-1}, {1}}), 1);
    private static final HalvingProblem PROBLEM = new HalvingProblem(-1);
    private static final EmListener<Double> NONE = (round, state) -> {};

    @Test
    void theMaximumOfRoundsIsTheNumberOfUpdates() {
        EmResult<Double> result = run(PROBLEM, new StoppingRule(3, 0), NONE);
        assertThat(result.rounds()).isEqualTo(3);
        assertThat(result.converged()).isFalse();
        assertThat(result.model()).isEqualTo(HalvingProblem.modelAfter(3));
        assertThat(result.history()).hasSize(4);
    }

    @Test
    void theObjectiveIsThatOfTheModelReturned() {
        for (int rounds = 1; rounds < 6; rounds++) {
            EmResult<Double> result = run(PROBLEM, new StoppingRule(rounds, 0), NONE);
            assertThat(result.objective()).isEqualTo(HalvingProblem.objectiveAfter(rounds));
            assertThat(PROBLEM.objective(result.sums())).isEqualTo(result.objective());
        }
    }

    /** Changes are 48, 12, 3, 3/4, ...: the first below 1 is that of round 4. */
    @Test
    void theFirstChangeBelowTheToleranceEndsTheRounds() {
        EmResult<Double> result = run(PROBLEM, new StoppingRule(100, 1), NONE);
        assertThat(result.converged()).isTrue();
        assertThat(result.rounds()).isEqualTo(4);
        assertThat(result.model()).isEqualTo(HalvingProblem.modelAfter(4));
        assertThat(result.history()).extracting(Round::change).containsExactly(Double.NaN, 48.0, 12.0, 3.0, 0.75);
        assertThat(result.history()).extracting(Round::objective).containsExactly(-65.0, -17.0, -5.0, -2.0, -1.25);
        assertThat(result.history()).extracting(Round::number).containsExactly(0, 1, 2, 3, 4);
        assertThat(result.history()).allMatch(round -> round.rows() == 2);
    }

    @Test
    void aChangeAsLargeAsTheToleranceDoesNot() {
        assertThat(run(PROBLEM, new StoppingRule(100, 0.75), NONE).rounds()).isEqualTo(5);
    }

    /** From the answer itself no round changes anything. */
    @Test
    void withToleranceZeroOnlyTheMaximumEndsTheRounds() {
        EmResult<Double> result = EmLoop.run(PROBLEM, DATA, EmState.start(0.0), new StoppingRule(7, 0), NONE);
        assertThat(result.rounds()).isEqualTo(7);
        assertThat(result.converged()).isFalse();
    }

    @Test
    void theSmallestToleranceEndsWhereNothingChanges() {
        EmResult<Double> result =
                EmLoop.run(PROBLEM, DATA, EmState.start(0.0), new StoppingRule(7, Double.MIN_VALUE), NONE);
        assertThat(result.rounds()).isEqualTo(1);
        assertThat(result.converged()).isTrue();
    }

    @Test
    void theRoundAfterAReSeedingHasNoChange() {
        List<Integer> reinitialized = new ArrayList<>();
        EmResult<Double> result = run(
                new HalvingProblem(3),
                new StoppingRule(100, 4),
                (round, state) -> reinitialized.add(state.reinitialized()));
        // Without the re-initialising in update 3 the change of 3 would end round 3.
        assertThat(result.history())
                .extracting(Round::change)
                .containsExactly(Double.NaN, 48.0, 12.0, Double.NaN, Double.NaN, 0.1875);
        assertThat(result.warnings())
                .containsExactly("round 3: re-initialised after 0", "round 4: re-initialised after 2");
        assertThat(reinitialized).containsExactly(0, 0, 2, 3, 3);
        assertThat(result.converged()).isTrue();
    }

    @Test
    void whatIsMendedInEveryRoundIsSaidOnce() {
        ExpectationMaximization<Double> mending = new Telling(PROBLEM, false);
        List<EmState<Double>> states = new ArrayList<>();
        EmResult<Double> result = EmLoop.run(
                mending,
                DATA,
                EmState.start(HalvingProblem.START),
                new StoppingRule(5, 0),
                (round, state) -> states.add(state));
        assertThat(result.warnings()).containsExactly("round 1: always", "round 1: even 0", "round 2: even 1");
        EmResult<Double> resumed = EmLoop.run(mending, DATA, states.get(1), new StoppingRule(5, 0), NONE);
        assertThat(resumed.warnings()).isEqualTo(result.warnings());
    }

    /** Says the same in every round and something else by turns, or something in the last round only. */
    private record Telling(HalvingProblem problem, boolean lastOnly) implements ExpectationMaximization<Double> {
        @Override
        public String description() {
            return "telling";
        }

        @Override
        public Expectation expectation(Double model) {
            return problem.expectation(model);
        }

        @Override
        public double objective(double[] sums) {
            return problem.objective(sums);
        }

        @Override
        public double weight(double[] sums) {
            return problem.weight(sums);
        }

        @Override
        public Update<Double> update(Double model, double[] sums, RowBlocks data, int reinitialized, boolean last) {
            double next = problem.update(model, sums, data, reinitialized, last).model();
            int turn = Math.getExponent(model) % 2 == 0 ? 1 : 0;
            return new Update<>(
                    next, 0, !lastOnly ? List.of("always", "even " + turn) : last ? List.of("the last") : List.of());
        }
    }

    @Test
    void theLastPermittedRoundIsTheLastUpdate() {
        ExpectationMaximization<Double> marking = new Telling(PROBLEM, true);
        List<EmState<Double>> states = new ArrayList<>();
        EmResult<Double> result = EmLoop.run(
                marking,
                DATA,
                EmState.start(HalvingProblem.START),
                new StoppingRule(3, 0),
                (round, state) -> states.add(state));
        assertThat(result.model()).isEqualTo(HalvingProblem.modelAfter(3));
        assertThat(result.warnings()).containsExactly("round 3: the last");
        EmResult<Double> resumed = EmLoop.run(marking, DATA, states.get(1), new StoppingRule(3, 0), NONE);
        assertThat(resumed.warnings()).isEqualTo(result.warnings());
    }

    @Test
    void theListenerHearsOfEachUpdateInOrder() {
        List<Integer> numbers = new ArrayList<>();
        List<Double> models = new ArrayList<>();
        run(PROBLEM, new StoppingRule(4, 0), (round, state) -> {
            numbers.add(round.number());
            models.add(state.model());
            assertThat(state.history()).endsWith(round).hasSize(round.number() + 1);
        });
        assertThat(numbers).containsExactly(0, 1, 2, 3);
        assertThat(models).containsExactly(4.0, 2.0, 1.0, 0.5);
    }

    @Test
    void aListenerThatThrowsEndsTheLoop() {
        IllegalStateException stop = new IllegalStateException("stop");
        assertThatThrownBy(() -> run(PROBLEM, new StoppingRule(4, 0), (round, state) -> {
                    throw stop;
                }))
                .isSameAs(stop);
    }

    @Test
    void goingOnFromAnyStateIsAsIfItHadNeverStopped() {
        HalvingProblem problem = new HalvingProblem(3);
        StoppingRule rule = new StoppingRule(100, 4);
        List<EmState<Double>> states = new ArrayList<>();
        EmResult<Double> whole = run(problem, rule, (round, state) -> states.add(state));
        assertThat(states).hasSize(whole.rounds());
        for (EmState<Double> state : states) {
            EmResult<Double> resumed = EmLoop.run(problem, DATA, state, rule, NONE);
            assertThat(resumed.model()).isEqualTo(whole.model());
            assertThat(resumed.objective()).isEqualTo(whole.objective());
            assertThat(resumed.converged()).isEqualTo(whole.converged());
            assertThat(resumed.rounds()).isEqualTo(whole.rounds());
            assertThat(resumed.sums()).containsExactly(whole.sums());
            assertThat(resumed.warnings()).isEqualTo(whole.warnings());
            assertThat(resumed.history().stream().map(EmLoopTest::withoutSeconds))
                    .isEqualTo(whole.history().stream()
                            .map(EmLoopTest::withoutSeconds)
                            .toList());
        }
    }

    /** The maximum may have been lowered before the loop goes on. */
    @Test
    void aStateBeyondTheMaximumEndsAtOnce() {
        List<EmState<Double>> states = new ArrayList<>();
        run(PROBLEM, new StoppingRule(5, 0), (round, state) -> states.add(state));
        EmResult<Double> result = EmLoop.run(
                PROBLEM,
                DATA,
                states.get(3),
                new StoppingRule(2, 0),
                (round, state) -> fail("an update in round " + round.number()));
        assertThat(result.rounds()).isEqualTo(4);
        assertThat(result.model()).isEqualTo(HalvingProblem.modelAfter(4));
    }

    @Test
    void anObjectiveThatIsNotFiniteIsDivergence() {
        for (double start : new double[] {Double.NaN, 1e200, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> EmLoop.run(PROBLEM, DATA, EmState.start(start), new StoppingRule(9, 0), NONE))
                    .isInstanceOf(DivergedException.class)
                    .hasMessageMatching(
                            "halving, round 0 of 9: the objective is (NaN|-Infinity), expected a" + " finite number");
        }
    }

    /** The loop asks after each expectation: of the initial model first. */
    @Test
    void aListenerEndsTheRoundsAfterAtLeastOne() {
        for (int asked = 1; asked <= 4; asked++) {
            int[] left = {asked};
            EmResult<Double> result =
                    run(PROBLEM, new StoppingRule(100, 0), EmListener.endingWhen(() -> --left[0] <= 0));
            int rounds = Math.max(1, asked - 1);
            assertThat(result.rounds()).isEqualTo(rounds);
            assertThat(result.converged()).isFalse();
            assertThat(result.model()).isEqualTo(HalvingProblem.modelAfter(rounds));
            assertThat(result.objective()).isEqualTo(HalvingProblem.objectiveAfter(rounds));
            assertThat(result.history()).hasSize(rounds + 1);
        }
    }

    private static EmResult<Double> run(HalvingProblem problem, StoppingRule rule, EmListener<Double> listener) {
        return EmLoop.run(problem, DATA, EmState.start(HalvingProblem.START), rule, listener);
    }

    private static Round withoutSeconds(Round round) {
        return new Round(
                round.number(), round.objective(), round.change(), 0, round.rows(), 0, 0, 0, 0, round.traffic());
    }
}
