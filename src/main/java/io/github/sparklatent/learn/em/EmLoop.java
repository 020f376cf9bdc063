package io.github.sparklatent.learn.em;

import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.em.ExpectationMaximization.Traversal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Alternates expectation and update until the objective stops growing.
 *
 * <p>An expectation gives the objective of the model that it was computed with. The loop therefore ends with an
 * expectation: the objective it returns is that of the model it returns. If the problem has {@link Coordinates},
 * updates are extrapolated ({@link Acceleration}).
 */
public final class EmLoop<M> {
    private final ExpectationMaximization<M> problem;
    private final RowBlocks data;
    private final StoppingRule rule;
    private final EmListener<M> listener;
    private final Acceleration<M> acceleration;

    /** Largest number of updates: that of the rule, or less if the listener has ended the loop. */
    private int maxRounds;

    private EmLoop(ExpectationMaximization<M> problem, RowBlocks data, StoppingRule rule, EmListener<M> listener) {
        this.problem = problem;
        this.data = data;
        this.rule = rule;
        this.listener = listener;
        this.acceleration = new Acceleration<>(problem, rule);
        this.maxRounds = rule.maxRounds();
    }

    /**
     * Runs the rounds.
     *
     * @param start initial state, or the state to resume from
     * @throws DivergedException if the objective is not a finite number
     */
    public static <M> EmResult<M> run(
            ExpectationMaximization<M> problem,
            RowBlocks data,
            EmState<M> start,
            StoppingRule rule,
            EmListener<M> listener) {
        return new EmLoop<>(problem, data, rule, listener).run(start);
    }

    private EmResult<M> run(EmState<M> start) {
        EmState<M> state = start;
        while (true) {
            int number = state.history().size();
            String description = "%s, round %d of %d".formatted(problem.description(), number, rule.maxRounds());
            ReducedSums reduced = data.sums(description, problem.expectation(state.model()));
            double objective = finite(problem.objective(state.model(), reduced.sums()), description);
            double change = state.reinitializedLast() ? Double.NaN : objective - state.objective();
            Secants<M> secants = state.secants();
            boolean extrapolated = secants != null && secants.plain() != null;
            if (extrapolated && change < 0) {
                state = withoutExtrapolation(state, record(state.model(), number, objective, change, reduced, 0));
                continue;
            }
            boolean converged = converged(state, objective, change, problem.weight(reduced.sums()));
            if (!converged && number < maxRounds && listener.isOver()) {
                maxRounds = isComplete(state) ? number : number + 1;
            }
            if (converged || number >= maxRounds) {
                return new EmResult<>(
                        state.model(),
                        objective,
                        converged,
                        number,
                        reduced.sums(),
                        with(state.history(), record(state.model(), number, objective, change, reduced, 0)),
                        state.warnings());
            }
            state = update(state, objective, change, reduced);
        }
    }

    /**
     * Returns whether the loop ends. After extrapolated rounds, the changes of two plain ones must agree: near a saddle
     * point an extrapolation can find nothing to gain, while EM moves away.
     */
    private boolean converged(EmState<M> state, double objective, double change, double weight) {
        Traversal traversal = problem.traversal(state.model());
        if (traversal != Traversal.EVALUATES) {
            return traversal == Traversal.ENDS && state.history().size() < maxRounds;
        }
        if (state.secants() != null) {
            return state.secants().plainRounds() == Acceleration.CONFIRMING
                    && rule.converged(new StoppingRule.Progress(objective, change, change(state, 1), 0), weight);
        }
        double last = change;
        for (int ago = 1; ago <= problem.confirmingRounds(); ago++) {
            double previous = change(state, ago);
            int rounds = state.history().size() + 1 - ago;
            if (!rule.converged(new StoppingRule.Progress(objective, last, previous, rounds), weight)) {
                return false;
            }
            last = previous;
        }
        return true;
    }

    /**
     * Returns whether the model of a state can be the result, once it is evaluated: an update has made it, it has no
     * new component, and the evaluation has left it as it was.
     */
    private boolean isComplete(EmState<M> state) {
        return !state.history().isEmpty()
                && !state.reinitializedLast()
                && problem.traversal(state.model()) == Traversal.EVALUATES;
    }

    /** Returns the change in a round before the current one; NaN if there was none. */
    private double change(EmState<M> state, int roundsAgo) {
        int number = state.history().size();
        return number < roundsAgo
                ? Double.NaN
                : state.history().get(number - roundsAgo).change();
    }

    private EmState<M> update(EmState<M> state, double objective, double change, ReducedSums reduced) {
        int number = state.history().size();
        boolean last = number + 1 >= maxRounds;
        double weight = problem.weight(reduced.sums());
        long began = System.nanoTime();
        ExpectationMaximization.Update<M> update =
                problem.update(state.model(), reduced.sums(), data, state.reinitialized(), last);
        Traversal traversal = problem.traversal(state.model());
        boolean comparable = traversal == problem.traversal(update.model());
        boolean smooth = traversal == Traversal.EVALUATES && update.warnings().isEmpty() && update.reinitialized() == 0;
        Optional<Acceleration.Step<M>> step =
                smooth && (state.secants() != null || Acceleration.begins(change, change(state, 1)))
                        ? acceleration.step(state.model(), change, weight, update.model(), state.secants(), last)
                        : Optional.empty();
        double seconds = (System.nanoTime() - began) / 1e9;
        List<String> warnings = new ArrayList<>(state.warnings());
        note(number + 1, update.warnings(), warnings);
        Round round = record(state.model(), number, objective, change, reduced, seconds);
        return reported(
                round,
                new EmState<>(
                        step.map(Acceleration.Step::model).orElse(update.model()),
                        with(state.history(), round),
                        warnings,
                        state.reinitialized() + update.reinitialized(),
                        update.reinitialized() > 0,
                        comparable ? objective : Double.NaN,
                        step.map(Acceleration.Step::secants).orElse(null)));
    }

    /** Returns to the plain update of the last model that was kept. */
    private EmState<M> withoutExtrapolation(EmState<M> state, Round round) {
        return reported(
                round,
                new EmState<>(
                        state.secants().plain(),
                        with(state.history(), round),
                        state.warnings(),
                        state.reinitialized(),
                        false,
                        state.objective(),
                        null));
    }

    /**
     * Reports a state. The one after an early last update is not reported: a training that resumes from there has
     * another end, and would not know that this update was made as the last.
     */
    private EmState<M> reported(Round round, EmState<M> state) {
        if (maxRounds == rule.maxRounds()) {
            listener.afterRound(round, state);
        }
        return state;
    }

    private static List<Round> with(List<Round> history, Round round) {
        List<Round> longer = new ArrayList<>(history);
        longer.add(round);
        return List.copyOf(longer);
    }

    /** Records warnings with their round. The same warning may recur in every round; it is recorded once. */
    private static void note(int round, List<String> found, List<String> warnings) {
        for (String warning : found) {
            if (warnings.stream().noneMatch(earlier -> earlier.endsWith(": " + warning))) {
                warnings.add("round " + round + ": " + warning);
            }
        }
    }

    private Round record(M model, int number, double objective, double change, ReducedSums reduced, double update) {
        return new Round(
                number,
                objective,
                change,
                problem.error(model, reduced.sums()),
                data.rows(),
                reduced.broadcast(),
                reduced.compute(),
                reduced.reduce(),
                update,
                reduced.traffic());
    }

    private static double finite(double objective, String description) {
        if (!Double.isFinite(objective)) {
            throw new DivergedException(description + ": the objective is " + objective + ", expected a finite number");
        }
        return objective;
    }
}
