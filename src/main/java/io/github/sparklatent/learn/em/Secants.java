package io.github.sparklatent.learn.em;

import java.util.List;
import java.util.function.Function;

/**
 * The state of the acceleration of an EM loop.
 *
 * @param reference model that the coordinates refer to
 * @param point coordinates of the last model that was kept
 * @param residual coordinates of its EM update minus the point
 * @param steps differences between successive points, oldest first
 * @param falls for each step, the residual before it minus the residual after it
 * @param plain EM update of the last model that was kept, if the current model is an extrapolation; otherwise null
 * @param plainRounds number of rounds without extrapolation since convergence was expected
 */
public record Secants<M>(
        M reference,
        double[] point,
        double[] residual,
        List<double[]> steps,
        List<double[]> falls,
        M plain,
        int plainRounds) {
    public Secants {
        steps = List.copyOf(steps);
        falls = List.copyOf(falls);
    }

    /** Returns the same state with the models in another form. */
    <N> Secants<N> map(Function<M, N> form) {
        return new Secants<>(
                form.apply(reference),
                point,
                residual,
                steps,
                falls,
                plain == null ? null : form.apply(plain),
                plainRounds);
    }

    /** Returns the state after another update. */
    Secants<M> with(M update, int rounds) {
        return new Secants<>(reference, point, residual, steps, falls, update, rounds);
    }
}
