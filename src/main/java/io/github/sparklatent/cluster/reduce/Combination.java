package io.github.sparklatent.cluster.reduce;

import io.github.sparklatent.learn.OrderedSum;
import io.github.sparklatent.learn.averaging.WeightedAverage;

/**
 * Combines partial results one by one. All parts are counted first and added afterwards, because the total weight must
 * be known before the first part is added to an average. Both happen in partition order, so the result always has the
 * same bits.
 */
final class Combination {
    private final boolean parallel;
    private double weight;
    private long start = Long.MAX_VALUE;
    private long end = Long.MIN_VALUE;
    private WeightedAverage average;
    private OrderedSum sum;

    /**
     * Creates a combination without parts.
     *
     * @param parallel whether all cores may be used, see {@link WeightedAverage}
     */
    Combination(boolean parallel) {
        this.parallel = parallel;
    }

    /** Counts the weight and the time of a part; its entries are not read. */
    void count(Partial part) {
        weight += part.weight;
        start = Math.min(start, part.start);
        end = Math.max(end, part.end);
    }

    /** Adds the entries of a part. All parts have been counted before. */
    void add(Partial part) {
        begin(part.averaged.length(), part.values.length());
        average.add(part.averaged.values(), part.weight);
        sum.add(part.values.values());
    }

    /** Makes room for the result, unless there is room. */
    private void begin(int averaged, int added) {
        if (average == null) {
            average = new WeightedAverage(averaged, weight, parallel);
            sum = new OrderedSum(added);
        }
    }

    /** Returns the combined parts, of which there is at least one. */
    Reduced reduced() {
        return new Reduced(average.values(), sum.values(), start, end);
    }

    /** Returns the combined parts, or zeros if there are none. */
    Reduced reduced(int averaged, int added) {
        begin(averaged, added);
        return reduced();
    }
}
