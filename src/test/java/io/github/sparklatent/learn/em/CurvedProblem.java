package io.github.sparklatent.learn.em;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * An objective of a vector whose plain update is a step of its gradient, and whose coordinates are the vector itself:
 * what EM is to first order.
 *
 * @param objective greater is better
 * @param gradient of the objective, with curvatures of at most 1
 */
record CurvedProblem(
        ToDoubleFunction<double[]> objective, Function<double[], double[]> gradient, boolean hasCoordinates)
        implements ExpectationMaximization<double[]> {
    /** Returns −½ Σ_i c_i x_i². */
    static CurvedProblem parabola(double... curvatures) {
        return new CurvedProblem(
                x -> {
                    double sum = 0;
                    for (int i = 0; i < x.length; i++) {
                        sum -= curvatures[i] * x[i] * x[i] / 2;
                    }
                    return sum;
                },
                x -> {
                    double[] gradient = new double[x.length];
                    for (int i = 0; i < x.length; i++) {
                        gradient[i] = -curvatures[i] * x[i];
                    }
                    return gradient;
                });
    }

    CurvedProblem(ToDoubleFunction<double[]> objective, Function<double[], double[]> gradient) {
        this(objective, gradient, true);
    }

    /** Returns the same problem without coordinates. */
    CurvedProblem plain() {
        return new CurvedProblem(objective, gradient, false);
    }

    @Override
    public String description() {
        return "curved";
    }

    @Override
    public Expectation expectation(double[] model) {
        return new Value(objective.applyAsDouble(model));
    }

    @Override
    public double objective(double[] sums) {
        return sums[0];
    }

    @Override
    public double weight(double[] sums) {
        return 1;
    }

    @Override
    public Update<double[]> update(double[] model, double[] sums, RowBlocks data, int reinitialized, boolean last) {
        return new Update<>(Acceleration.moved(model, 1, gradient.apply(model)), 0, List.of());
    }

    @Override
    public Optional<Coordinates<double[]>> coordinates(double[] reference) {
        Coordinates<double[]> whole = new Coordinates<>() {
            @Override
            public double[] of(double[] model) {
                return model.clone();
            }

            @Override
            public Optional<double[]> at(double[] point, double[] plain) {
                return Optional.of(point.clone());
            }
        };
        return hasCoordinates ? Optional.of(whole) : Optional.empty();
    }

    private record Value(double value) implements Expectation {
        @Override
        public int length() {
            return 1;
        }

        @Override
        public Accumulator accumulator() {
            return Accumulator.of(new double[] {value}, block -> {}); // The objective does not depend on the rows.
        }
    }
}
