package io.github.sparklatent.learn.em;

import io.github.sparklatent.learn.SampleSize;

/** Sums the row weights: Σ w, the number of rows of the table, and Σ w². */
public record RowWeights() implements Expectation {
    /** Returns the sample size of a data set, in one traversal. */
    public static SampleSize of(RowBlocks data) {
        double[] sums = data.sums("weights of the rows", new RowWeights()).sums();
        return new SampleSize(sums[0], sums[1], sums[2]);
    }

    @Override
    public Accumulator accumulator() {
        double[] sums = new double[3];
        return Accumulator.of(sums, block -> {
            for (int i = 0; i < block.size(); i++) {
                sums[0] += block.weight(i);
            }
            sums[1] += block.count();
            sums[2] += block.squaredWeights();
        });
    }
}
