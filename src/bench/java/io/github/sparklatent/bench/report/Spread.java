package io.github.sparklatent.bench.report;

import java.util.Arrays;
import java.util.Collection;

/** Mean, median, least and greatest of some numbers. */
public record Spread(double mean, double median, double low, double high) {
    /** @throws java.util.NoSuchElementException if there are no numbers */
    public static Spread of(Collection<Double> numbers) {
        double[] sorted = numbers.stream().mapToDouble(x -> x).sorted().toArray();
        int n = sorted.length;
        return new Spread(
                Arrays.stream(sorted).average().orElseThrow(),
                (sorted[(n - 1) / 2] + sorted[n / 2]) / 2,
                sorted[0],
                sorted[n - 1]);
    }

    /** Returns for example "0.52 (0.41 to 0.60)": the mean, the least and the greatest number; of one, 0.52. */
    public static String ofMean(String format, Collection<Double> numbers) {
        return numbers.isEmpty() ? "" : of(numbers).text(format, of(numbers).mean);
    }

    /** Returns the median, the least and the greatest number. */
    public String ofMedian(String format) {
        return text(format, median);
    }

    private String text(String format, double middle) {
        return low == high
                ? format.formatted(middle)
                : "%s (%s to %s)".formatted(format.formatted(middle), format.formatted(low), format.formatted(high));
    }
}
