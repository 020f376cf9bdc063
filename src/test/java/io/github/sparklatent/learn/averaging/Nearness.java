package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.objective.StochasticObjective;
import java.util.List;

/**
 * A row's loss is half its squared distance to the parameters, so a step of plain gradient descent on a batch of mean m
 * is θ ← (1 − η) θ + η m: by hand.
 *
 * @param isComparable whether the loss says which parameters are better
 */
public record Nearness(int width, boolean isComparable) implements StochasticObjective {
    public Nearness(int width) {
        this(width, true);
    }

    @Override
    public int parameterCount() {
        return width;
    }

    @Override
    public List<String> measures() {
        return List.of("loss");
    }

    @Override
    public Worker worker(int maxRows) {
        ToyWorker.Measures measures = (parameters, rows, weights, sums) -> {
            for (int i = 0; i < rows.numRows; i++) {
                for (int j = 0; j < width; j++) {
                    double distance = parameters[j] - rows.get(i, j);
                    sums[0] += weights[i] * distance * distance / 2;
                }
            }
        };
        return new ToyWorker(
                (parameters, rows, weights, position, gradient, sums) -> {
                    double weight = 0;
                    double[] exact = new double[width];
                    for (int i = 0; i < rows.numRows; i++) {
                        weight += weights[i];
                        for (int j = 0; j < width; j++) {
                            exact[j] += weights[i] * (double) (parameters[j] - rows.get(i, j));
                        }
                    }
                    for (int j = 0; j < width; j++) {
                        gradient[j] = (float) (exact[j] / weight);
                    }
                    measures.evaluate(parameters, rows, weights, sums);
                },
                measures);
    }
}
