package io.github.sparklatent.learn.em;

import java.util.List;

/**
 * A problem whose every number is known: the model is a guess m of the mean of the rows −1 and 1; each update halves
 * its distance to 0. The objective is minus the mean squared distance, −1 − m², exact in binary for powers of two.
 *
 * @param reseedingRound the update of this number says that it re-initialised two components, and a third when it is
 *     told of them in the next; −1: none
 */
record HalvingProblem(int reseedingRound) implements ExpectationMaximization<Double> {
    static final double START = 8;

    /** −1 − (8 / 2^t)². */
    static double objectiveAfter(int rounds) {
        return -1 - Math.pow(START / Math.pow(2, rounds), 2);
    }

    static double modelAfter(int rounds) {
        return START / Math.pow(2, rounds);
    }

    @Override
    public String description() {
        return "halving";
    }

    @Override
    public Expectation expectation(Double model) {
        return new Distances(model);
    }

    @Override
    public double objective(double[] sums) {
        return -sums[1] / sums[2];
    }

    @Override
    public double weight(double[] sums) {
        return sums[2];
    }

    @Override
    public Update<Double> update(Double model, double[] sums, RowBlocks data, int reinitialized, boolean last) {
        double next = model + sums[0] / sums[2] / 2;
        boolean reseeds = next == modelAfter(reseedingRound);
        int count = reseeds ? 2 : reinitialized == 2 ? 1 : 0;
        return new Update<>(next, count, count == 0 ? List.of() : List.of("re-initialised after " + reinitialized));
    }

    /** Σ (x − m), Σ (x − m)², Σ 1. */
    private record Distances(double model) implements Expectation {
        @Override
        public int length() {
            return 3;
        }

        @Override
        public Accumulator accumulator() {
            double[] sums = new double[3];
            return Accumulator.of(sums, block -> {
                for (int i = 0; i < block.size(); i++) {
                    double distance = block.rows().get(i, 0) - model;
                    sums[0] += distance;
                    sums[1] += distance * distance;
                    sums[2]++;
                }
            });
        }
    }
}
