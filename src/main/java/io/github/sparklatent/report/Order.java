package io.github.sparklatent.report;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Chooses the items that a page shows if there are too many. */
public final class Order {

    /** The most components that a page shows individually. */
    public static final int COMPONENTS = 50;

    /** The most features that a page shows individually. */
    public static final int FEATURES = 40;

    private Order() {}

    /** Returns the indices of the {@code count} largest values, in ascending order of index. */
    public static int[] largest(double[] values, int count) {
        return IntStream.of(descending(values)).limit(count).sorted().toArray();
    }

    /** Returns all indices in descending order of value; equal values keep their order. */
    public static int[] descending(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Returns at most {@code count} evenly spaced numbers of 0 ... size − 1, including the first and the last. */
    public static int[] evenly(int size, int count) {
        if (size <= count) {
            return IntStream.range(0, size).toArray();
        }
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * (size - 1) / (count - 1)))
                .toArray();
    }

    /** Returns a sentence about the number of items that are shown, or an empty text if all items are shown. */
    public static String remark(int shown, int all, String which) {
        return shown == all
                ? ""
                : " Only the %s %s of %s are shown.".formatted(Numbers.count(shown), which, Numbers.count(all));
    }
}
