package io.github.sparklatent.learn.em;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Acceleration of EM by quasi-Newton steps (Jamshidian and Jennrich 1997, algorithm QN2, with limited memory).
 *
 * <p>In {@link Coordinates}, the step of EM is a gradient whose scale is right for complete data. So BFGS starts from
 * the identity, and a step along directions that it knows nothing about is that of EM. An extrapolated model whose
 * objective is lower than that of the last model costs its round: the loop then continues with the EM update that it
 * has kept, and the acceleration starts again.
 *
 * @param <M> the model's parameters, immutable
 */
final class Acceleration<M> {
    /**
     * Gain of a round, in nats per row, below which the acceleration starts. Earlier rounds decide which of several
     * maxima EM goes to, and extrapolation could change the decision.
     */
    private static final double BEGIN = 1e-2;

    /** Ratio of two successive changes below which EM takes too few rounds to be accelerated. */
    private static final double SLOW = 0.5;

    /** Number of rounds without extrapolation whose changes confirm that EM has converged. */
    static final int CONFIRMING = 2;

    private static final int MAX_PAIRS = 10;

    /** Most numbers in all pairs, 32 MiB: they are a part of each checkpoint. */
    private static final int MAX_NUMBERS = 1 << 22;

    /** Least curvature of a pair. Negative curvature would lead to a saddle point. */
    private static final double MIN_CURVATURE = 1e-6;

    private static final int HALVINGS = 4;

    /**
     * Factor of the expected gain in the test of convergence. The expected gain leaves out what the pairs have not
     * seen. With a factor of 5, one of 24 fits of {@code AcceleratedFitTest} ended at a saddle point; with 20, all of
     * them went on.
     */
    private static final double MARGIN = 20;

    private final ExpectationMaximization<M> problem;
    private final StoppingRule rule;
    private M reference;
    private Optional<Coordinates<M>> coordinates = Optional.empty();

    Acceleration(ExpectationMaximization<M> problem, StoppingRule rule) {
        this.problem = problem;
        this.rule = rule;
    }

    /**
     * Returns whether the acceleration starts: EM has chosen its maximum, and it is slow.
     *
     * @param change of the objective in the last round
     * @param previous change in the round before; NaN if there was none
     */
    static boolean begins(double change, double previous) {
        return change < BEGIN && change > SLOW * previous;
    }

    /** The next model and the next state. */
    record Step<M>(M model, Secants<M> secants) {}

    /**
     * Returns the next model; empty if this problem is not accelerated.
     *
     * @param model the current model, which is kept
     * @param change of the objective in the last round
     * @param weight total weight of the rows
     * @param plain EM update of the model
     * @param before the state; null if the acceleration starts
     * @param last whether this is the last update. It is not extrapolated, because its result must be kept.
     */
    Optional<Step<M>> step(M model, double change, double weight, M plain, Secants<M> before, boolean last) {
        M origin = before == null ? model : before.reference();
        if (origin != reference) {
            reference = origin;
            coordinates = problem.coordinates(origin);
        }
        return coordinates.map(space -> {
            Secants<M> next = next(space, model, plain, before);
            double gain = gain(next.residual(), next.steps(), next.falls());
            boolean expected = rule.isBelow(change, weight) && rule.isBelow(MARGIN * gain, weight);
            int rounds = before == null ? 0 : before.plainRounds();
            if (expected && rounds < CONFIRMING) {
                return new Step<>(plain, next.with(null, rounds + 1));
            }
            return last || next.steps().isEmpty() ? new Step<>(plain, next) : extrapolate(space, next, plain);
        });
    }

    /** Adds the pair of the last step. */
    private Secants<M> next(Coordinates<M> space, M model, M plain, Secants<M> before) {
        double[] point = space.of(model);
        double[] residual = minus(space.of(plain), point);
        List<double[]> steps = new ArrayList<>();
        List<double[]> falls = new ArrayList<>();
        if (before != null) {
            steps.addAll(before.steps());
            falls.addAll(before.falls());
            double[] step = minus(point, before.point());
            double[] fall = minus(before.residual(), residual);
            if (dot(step, fall) > MIN_CURVATURE * dot(step, step)) {
                steps.add(step);
                falls.add(fall);
            }
            if (steps.size() > Math.max(1, Math.min(MAX_PAIRS, MAX_NUMBERS / 2 / point.length))) {
                steps.remove(0);
                falls.remove(0);
            }
        }
        return new Secants<>(reference, point, residual, steps, falls, null, 0);
    }

    /** Takes the longest step that leads to a model: a whole one, a half, a quarter, an eighth. */
    private static <M> Step<M> extrapolate(Coordinates<M> space, Secants<M> secants, M plain) {
        double[] direction = direction(secants.residual(), secants.steps(), secants.falls());
        double share = 1;
        for (int i = 0; i < HALVINGS; i++, share /= 2) {
            Optional<M> model = space.at(moved(secants.point(), share, direction), plain);
            if (model.isPresent()) {
                return new Step<>(model.get(), secants.with(plain, 0));
            }
        }
        return new Step<>(plain, secants);
    }

    /**
     * Returns the ascent direction H r, where H is the limited-memory BFGS matrix of the pairs, started from the
     * identity (Nocedal and Wright 2006, algorithm 7.4). Without pairs it is r.
     *
     * @param residual r. Not modified.
     * @param steps oldest first. Not modified.
     * @param falls fall of the residual in each step; each product with its step must be above 0. Not modified.
     */
    static double[] direction(double[] residual, List<double[]> steps, List<double[]> falls) {
        double[] direction = residual.clone();
        double[] shares = new double[steps.size()];
        for (int i = shares.length - 1; i >= 0; i--) {
            shares[i] = dot(steps.get(i), direction) / dot(steps.get(i), falls.get(i));
            add(direction, -shares[i], falls.get(i));
        }
        for (int i = 0; i < shares.length; i++) {
            double share = dot(falls.get(i), direction) / dot(steps.get(i), falls.get(i));
            add(direction, shares[i] - share, steps.get(i));
        }
        return direction;
    }

    /**
     * Returns the gain still to come if the objective were a parabola that is as flat in all directions as in the
     * flattest of the steps: ½ |r|² / c.
     */
    static double gain(double[] residual, List<double[]> steps, List<double[]> falls) {
        // The complete data have curvature 1, and the rows alone have less.
        double curvature = 1;
        for (int i = 0; i < steps.size(); i++) {
            double[] step = steps.get(i);
            curvature = Math.min(curvature, dot(step, falls.get(i)) / dot(step, step));
        }
        return dot(residual, residual) / 2 / curvature;
    }

    static double[] minus(double[] a, double[] b) {
        double[] difference = a.clone();
        add(difference, -1, b);
        return difference;
    }

    /** Returns a + share b as a new array. */
    static double[] moved(double[] a, double share, double[] b) {
        double[] sum = a.clone();
        add(sum, share, b);
        return sum;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void add(double[] a, double share, double[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] += share * b[i];
        }
    }
}
