package io.github.sparklatent.learn;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Numbers of weighted rows. A number of weight w counts as w equal numbers.
 *
 * @param values numbers in ascending order
 * @param weights weight of each number, above 0
 */
public record WeightedNumbers(double[] values, double[] weights) {
    /** A share that is met up to the rounding errors of sums counts as met. */
    private static final double ROUNDING = 1e-12;

    /** The least and the greatest number that count as they are. */
    public record Limits(double least, double greatest) {
        public double winsorised(double number) {
            return Math.max(least, Math.min(greatest, number));
        }
    }

    /** Sorts numbers. */
    public static WeightedNumbers of(double[] values, double[] weights) {
        if (Arrays.stream(weights).allMatch(w -> w == weights[0])) {
            return new WeightedNumbers(Arrays.stream(values).sorted().toArray(), weights);
        }
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> values[i]).thenComparingDouble(i -> weights[i]))
                .mapToInt(i -> i)
                .toArray();
        return new WeightedNumbers(values, weights).picked(order);
    }

    /** Returns the other numbers than some, which are in ascending order. */
    public WeightedNumbers without(double[] numbers) {
        return picked(IntStream.range(0, values.length)
                .filter(i -> Arrays.binarySearch(numbers, values[i]) < 0)
                .toArray());
    }

    private WeightedNumbers picked(int[] places) {
        return new WeightedNumbers(
                IntStream.of(places).mapToDouble(i -> values[i]).toArray(),
                IntStream.of(places).mapToDouble(i -> weights[i]).toArray());
    }

    /** Returns Σ w. */
    public double weight() {
        return Arrays.stream(weights).sum();
    }

    /** Returns the number of rows for which the numbers count. */
    public SampleSize size() {
        return new SampleSize(
                weight(), values.length, Arrays.stream(weights).map(w -> w * w).sum());
    }

    /**
     * Returns the least number up to which there is more than a share of the weight.
     *
     * @param share from 0 up to, but not including 1
     */
    public double quantile(double share) {
        return quantile(share, i -> i);
    }

    /**
     * Returns the quantiles beyond which there is at most a share of the weight on either side. If the share is one
     * half, either of the two may be the lower one.
     */
    public Limits limits(double share) {
        double one = quantile(share);
        double other = quantile(share, i -> values.length - 1 - i);
        return new Limits(Math.min(one, other), Math.max(one, other));
    }

    /** Returns the quantile from one end. {@code place}: index of the number that comes after some others. */
    private double quantile(double share, IntUnaryOperator place) {
        double most = share * weight() * (1 + ROUNDING);
        double sum = weights[place.applyAsInt(0)];
        int i = 0;
        while (i < values.length - 1 && sum <= most) {
            sum += weights[place.applyAsInt(++i)];
        }
        return values[place.applyAsInt(i)];
    }
}
