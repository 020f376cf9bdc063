package io.github.sparklatent.report.format;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Which of many things a page shows. */
public final class Order {

    /** Components shown one by one. */
    public static final int COMPONENTS = 50;

    /** Features shown one by one. */
    public static final int FEATURES = 40;

    private Order() {}

    /** The places of the count largest values, in the order of the list. */
    public static int[] largest(double[] values, int count) {
        return IntStream.of(descending(values)).limit(count).sorted().toArray();
    }

    /** All places, the largest value first; equal values in the order of the list. */
    public static int[] descending(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** At most count of the numbers 0 ... size − 1, evenly, the first and the last among them. */
    public static int[] evenly(int size, int count) {
        if (size <= count) {
            return IntStream.range(0, size).toArray();
        }
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * (size - 1) / (count - 1)))
                .toArray();
    }

    /** A remark that not all are shown; empty where they are. */
    public static String remark(int shown, int all, String which) {
        return shown == all
                ? ""
                : " Shown are the %s %s of %s."
                        .formatted(Numbers.count(shown), which, Numbers.count(all));
    }
}
