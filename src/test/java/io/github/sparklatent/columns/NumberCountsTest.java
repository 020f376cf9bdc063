package io.github.sparklatent.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumberCountsTest {
    private static final int ROWS = 5000;

    private static NumberCounts of(int most, double... numbers) {
        NumberCounts counts = new NumberCounts(most);
        for (double number : numbers) {
            counts.add(number);
        }
        return counts;
    }

    /** Numbers of both signs and of many sizes, many of which are equal. */
    private static double[] numbers() {
        Random random = new Random(4);
        double[] numbers = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            double size = Math.exp(3 * random.nextGaussian());
            numbers[i] = i % 3 == 0 ? 0 : i % 3 == 1 ? -size : size;
        }
        return numbers;
    }

    @Test
    void fewNumbersAreCountedExactly() {
        double[] numbers = numbers();
        double[] sorted = of(ROWS, numbers).sorted(ROWS);
        Arrays.sort(numbers);
        assertThat(sorted).containsExactly(numbers);
        assertThat(of(2, 3, Double.NaN, -0.0, Double.NEGATIVE_INFINITY, 0).sorted(9))
                .containsExactly(0, 0, 3);
        assertThat(of(2).sorted(9)).isEmpty();
    }

    @Test
    void ranksAreEvenlySpaced() {
        double[] numbers = numbers();
        double[] sorted = of(ROWS, numbers).sorted(501);
        Arrays.sort(numbers);
        for (int r = 0; r <= 500; r++) {
            assertThat(sorted[r]).isEqualTo(numbers[r * (ROWS - 1) / 500]);
        }
    }

    /** 256 counts of numbers from 1 to 2 are of 2⁻⁸ each. */
    @Test
    void manyNumbersAreCountedTogether() {
        Random random = new Random(6);
        double[] numbers = new double[ROWS];
        Arrays.setAll(numbers, i -> 1 + random.nextDouble());
        double[] sorted = of(256, numbers).sorted(ROWS);
        Arrays.sort(numbers);
        for (int i = 0; i < ROWS; i++) {
            assertThat(sorted[i]).isCloseTo(numbers[i], within(0x1p-8));
        }
        assertThat(sorted[0]).isEqualTo(numbers[0]);
        assertThat(sorted[ROWS - 1]).isEqualTo(numbers[ROWS - 1]);
    }

    /** 40 bytes for each of 256 counts, and nothing of the numbers that were added. */
    @Test
    void countsAreSmallWhenTheyAreSent() throws Exception {
        NumberCounts counts = of(256, numbers());
        counts.compact();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(sent)) {
            out.writeObject(counts);
        }
        assertThat(sent.size()).isLessThan(40 * 256 + 700);
    }

    /**
     * 30% of 100,000 numbers are 1.5, whose bucket begins with it, and 20% are the greatest one. The others share their
     * buckets.
     */
    @Test
    void frequentNumbersAtTheEndsOfBucketsAreCountedExactly() {
        Random random = new Random(8);
        double[] numbers = new double[100_000];
        Arrays.setAll(numbers, i -> i % 10 < 3 ? 1.5 : i % 10 < 5 ? 1.9 : 1 + 0.9 * random.nextDouble());
        double[] sorted = of(256, numbers).sorted(numbers.length);
        for (double atom : new double[] {1.5, 1.9}) {
            assertThat(Arrays.stream(sorted).filter(x -> x == atom).count())
                    .isEqualTo(Arrays.stream(numbers).filter(x -> x == atom).count());
        }
    }

    @Test
    void theOrderOfTheRowsChangesNothing() {
        List<Double> numbers = Arrays.stream(numbers()).boxed().toList();
        double[] expected = null;
        for (int parts : new int[] {1, 2, 7}) {
            List<Double> shuffled = new ArrayList<>(numbers);
            Collections.shuffle(shuffled, new Random(parts));
            NumberCounts all = new NumberCounts(100);
            for (int part = 0; part < parts; part++) {
                int from = part * ROWS / parts;
                int to = (part + 1) * ROWS / parts;
                all.merge(of(
                        100,
                        shuffled.subList(from, to).stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()));
            }
            double[] sorted = all.sorted(ROWS);
            expected = expected == null ? sorted : expected;
            assertThat(sorted).containsExactly(expected);
        }
        assertThat(Arrays.stream(expected).filter(x -> x == 0).count()).isEqualTo((ROWS + 2) / 3);
    }
}
