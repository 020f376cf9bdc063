package io.github.sparklatent.learn.em;

import io.github.sparklatent.learn.DivergedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Alternates expectation and update until the objective stops growing.
 *
 * <p>An expectation gives the objective of the model it was taken under, so the loop ends on an
 * expectation: the objective returned is that of the model returned.
 */
public final class EmLoop {
    private EmLoop() {}

    /**
     * Runs the rounds.
     *
     * @param start where to begin or to go on
     * @throws DivergedException when the objective is not a finite number
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
            ReducedSums pass = data.sums(description, problem.expectation(model));
            double objective = finite(problem.objective(pass.sums()), description);
            double change =
                    number == 0 || reinitializedLast
                            ? Double.NaN
                            : objective - history.get(number - 1).objective();
            boolean converged = rule.converged(change);
            if (converged || number >= rule.maxRounds()) {
                history.add(record(number, objective, change, data, pass, 0));
                return new EmResult<>(
                        model,
                        objective,
                        converged,
                        number,
                        pass.sums(),
                        List.copyOf(history),
                        List.copyOf(events));
            }
            long began = System.nanoTime();
            ExpectationMaximization.Update<M> update =
                    problem.update(model, pass.sums(), data, reinitialized);
            Round round =
                    record(
                            number,
                            objective,
                            change,
                            data,
                            pass,
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

    /** A column that is constant is repaired in every round; once is enough to say so. */
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
            ReducedSums pass,
            double update) {
        return new Round(
                number,
                objective,
                change,
                data.rows(),
                pass.broadcast(),
                pass.compute(),
                pass.reduce(),
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
