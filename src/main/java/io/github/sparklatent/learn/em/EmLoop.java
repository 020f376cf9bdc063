package io.github.sparklatent.learn.em;

import io.github.sparklatent.learn.DivergedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Alternates expectation and update until the objective stops growing.
 *
 * <p>An expectation gives the objective of the model that it was computed with. The loop therefore
 * ends with an expectation: the loop returns the objective of the model that it returns.
 */
public final class EmLoop {
    private EmLoop() {}

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
        M model = start.model();
        List<Round> history = new ArrayList<>(start.history());
        List<String> events = new ArrayList<>(start.events());
        int reinitialized = start.reinitialized();
        boolean reinitializedLast = start.reinitializedLast();
        while (true) {
            int number = history.size();
            String description =
                    "%s, round %d of %d".formatted(problem.description(), number, rule.maxRounds());
            ReducedSums reduced = data.sums(description, problem.expectation(model));
            double objective = finite(problem.objective(reduced.sums()), description);
            double change =
                    number == 0 || reinitializedLast
                            ? Double.NaN
                            : objective - history.get(number - 1).objective();
            boolean converged = rule.converged(change);
            if (converged || number >= rule.maxRounds()) {
                history.add(record(number, objective, change, data, reduced, 0));
                return new EmResult<>(
                        model,
                        objective,
                        converged,
                        number,
                        reduced.sums(),
                        List.copyOf(history),
                        List.copyOf(events));
            }
            long began = System.nanoTime();
            ExpectationMaximization.Update<M> update =
                    number + 1 < rule.maxRounds()
                            ? problem.update(model, reduced.sums(), data, reinitialized)
                            : problem.lastUpdate(model, reduced.sums(), data, reinitialized);
            Round round =
                    record(
                            number,
                            objective,
                            change,
                            data,
                            reduced,
                            (System.nanoTime() - began) / 1e9);
            model = update.model();
            history.add(round);
            note(number + 1, update.events(), events);
            reinitialized += update.reinitialized();
            reinitializedLast = update.reinitialized() > 0;
            listener.afterRound(
                    round, new EmState<>(model, history, events, reinitialized, reinitializedLast));
        }
    }

    /**
     * Records events with their round. The same event may recur in every round; it is recorded
     * once.
     */
    private static void note(int round, List<String> found, List<String> events) {
        for (String event : found) {
            if (events.stream().noneMatch(earlier -> earlier.endsWith(": " + event))) {
                events.add("round " + round + ": " + event);
            }
        }
    }

    private static Round record(
            int number,
            double objective,
            double change,
            RowBlocks data,
            ReducedSums reduced,
            double update) {
        return new Round(
                number,
                objective,
                change,
                data.rows(),
                reduced.broadcast(),
                reduced.compute(),
                reduced.reduce(),
                update);
    }

    private static double finite(double objective, String description) {
        if (!Double.isFinite(objective)) {
            throw new DivergedException(
                    description + ": the objective is " + objective + ", expected a finite number");
        }
        return objective;
    }
}
