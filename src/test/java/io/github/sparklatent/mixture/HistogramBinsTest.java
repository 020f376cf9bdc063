package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.QuantileKnots;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistogramBinsTest {
    private static final int ROWS = 4000;

    /** Amounts of which nine in ten are 0 and a few others are frequent. */
    private static double[] amounts() {
        Random random = new Random(5);
        return IntStream.range(0, ROWS)
                .mapToDouble(i -> i % 10 > 0 ? 0 : i % 50 == 0 ? 7298 : Math.exp(7 + random.nextGaussian()))
                .toArray();
    }

    private static double[] gaussian() {
        Random random = new Random(6);
        return IntStream.range(0, ROWS)
                .mapToDouble(i -> 3 + random.nextGaussian())
                .toArray();
    }

    /** Returns the bins of all rows, as the rows of a table have them. */
    static HistogramBins bins(double[] rows) {
        double[] knots = QuantileKnots.choose(rows.clone(), HistogramBins.MOST, QuantileKnots.MOST);
        double[] masses = new double[knots.length - 1];
        for (double x : rows) {
            masses[QuantileKnots.interval(knots, x)]++;
        }
        return HistogramBins.of(new QuantileKnots(knots, masses), HistogramBins.MOST);
    }

    private static double[] shares(HistogramBins bins, double[] rows) {
        double[] shares = new double[bins.count()];
        for (double x : rows) {
            shares[bins.bin(x)] += 1.0 / rows.length;
        }
        return shares;
    }

    /**
     * The midpoint rule is exact between the edges, where the density is constant. Outside, with u = s / (s + δ), the
     * integrand is constant too.
     */
    @Test
    void theDensityIntegratesToOne() {
        for (double[] rows : new double[][] {amounts(), gaussian(), {1, 2, 2, 5}, {4, 4}}) {
            HistogramBins bins = bins(rows);
            double[] shares = shares(bins, rows);
            double least = bins.knots().least();
            double upper = bins.knots().greatest();
            while (!bins.isBeyond(upper)) { // a last bin of one number is wider than its number
                upper += 1e-6 * Math.max(1, upper - least);
            }
            int cells = 400_000;
            double sum = 0;
            for (int c = 0; c < cells; c++) {
                double x = least + (c + 0.5) / cells * (upper - least);
                sum += shares[bins.bin(x)] * Math.exp(bins.logDensity(x)) * (upper - least) / cells;
            }
            double range = upper - least;
            for (int c = 0; c < 1000; c++) {
                double u = (c + 0.5) / 1000;
                double distance = range / u - range;
                double step = range / (u * u) / 1000;
                sum += step * shares[0] * Math.exp(bins.logDensity(least - distance));
                sum += step * shares[shares.length - 1] * Math.exp(bins.logDensity(upper + distance));
            }
            assertThat(sum).isCloseTo(1, within(2e-3)); // an edge is within one of the cells
        }
    }

    @Test
    void farNumbersHaveALowDensityThatFallsWithTheDistance() {
        HistogramBins bins = bins(gaussian());
        double inside = bins.logDensity(3.0);
        double near = bins.logDensity(9.0);
        assertThat(near).isLessThan(inside - 5);
        assertThat(bins.logDensity(90.0)).isLessThan(near);
        assertThat(bins.logDensity(-1e300)).isFinite().isLessThan(bins.logDensity(90.0));
    }

    /** A frequent number has a bin of its own, and leaves the other bins to the others. */
    @Test
    void binsAreCutWhereTheRowsAre() {
        double[] rows = amounts();
        HistogramBins bins = bins(rows);
        double[] shares = shares(bins, rows);
        assertThat(shares[bins.bin(0)]).isCloseTo(0.9, within(1e-12));
        assertThat(shares[bins.bin(7298)]).isCloseTo(0.02, within(1e-3));
        assertThat(bins.count()).isBetween(50, 80);
        Arrays.sort(shares);
        assertThat(shares[shares.length - 3]).isLessThan(3 * 0.08 / HistogramBins.MOST);
        assertThat(bins(gaussian()).count()).isBetween(60, 66);
    }

    /** The distance of two empirical distributions is above 1.63 √(2/n) in 1% of the cases. */
    @Test
    void drawsHaveTheDistributionOfTheRows() {
        for (double[] rows : new double[][] {amounts(), gaussian()}) {
            HistogramBins bins = bins(rows);
            double[] shares = shares(bins, rows);
            Random random = new Random(7);
            double[] drawn = IntStream.range(0, ROWS)
                    .mapToDouble(i -> {
                        double left = random.nextDouble();
                        int bin = 0;
                        while (bin < shares.length - 1 && left >= shares[bin]) {
                            left -= shares[bin++];
                        }
                        double x = bins.draw(bin, random);
                        assertThat(bins.bin(x)).isEqualTo(bin);
                        return x;
                    })
                    .toArray();
            double distance = 0;
            for (double at : rows) {
                distance = Math.max(distance, Math.abs(below(rows, at) - below(drawn, at)));
            }
            assertThat(distance).isLessThan(1.63 * Math.sqrt(2.0 / ROWS));
        }
    }

    private static double below(double[] numbers, double at) {
        return Arrays.stream(numbers).filter(x -> x <= at).count() / (double) numbers.length;
    }

    @Test
    void fewDifferentNumbersAreDrawnAsTheyAre() {
        double[] grades = {1, 1.3, 1.7, 2, 2, 5};
        HistogramBins bins = bins(grades);
        assertThat(bins.count()).isEqualTo(5);
        Random random = new Random(1);
        for (double grade : grades) {
            assertThat(bins.draw(bins.bin(grade), random)).isEqualTo(grade);
            assertThat(bins.mean(bins.bin(grade))).isEqualTo(grade);
            assertThat(bins.variance(bins.bin(grade))).isZero();
        }
    }

    @Test
    void wholeNumbersAreDrawnWhole() {
        double[] rows =
                IntStream.range(0, 3000).mapToDouble(i -> (i * 7919L) % 100_003).toArray();
        HistogramBins bins = bins(rows);
        Random random = new Random(2);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 20_000; i++) {
            double x = bins.draw(3, random);
            assertThat(x).isEqualTo(Math.rint(x));
            sum += x / 20_000;
            squares += x * x / 20_000;
        }
        double error = Math.sqrt(bins.variance(3) / 20_000);
        assertThat(sum).isCloseTo(bins.mean(3), within(4 * error));
        assertThat(squares - sum * sum).isCloseTo(bins.variance(3), within(bins.variance(3) / 20));
    }

    /** A number that fills its bin is every quantile of it; others divide the mass of their bin. */
    @Test
    void quantilesOfABinAreThoseOfItsNumbers() {
        HistogramBins bins = bins(amounts());
        int zeros = bins.bin(0);
        assertThat(bins.quantile(zeros, 0.5)).isEqualTo(0);
        assertThat(bins.quantile(zeros, 0.99)).isEqualTo(0);
        int last = bins.count() - 1;
        assertThat(bins.quantile(last, 1)).isLessThanOrEqualTo(bins.knots().greatest());
        HistogramBins two = bins(new double[] {0, 0, 0, 100});
        assertThat(two.quantile(1, 0.9)).isEqualTo(100);
        int bin = bins.bin(1100);
        Random random = new Random(7);
        double median = bins.quantile(bin, 0.5);
        long below = IntStream.range(0, 4000)
                .filter(i -> bins.draw(bin, random) < median)
                .count();
        assertThat(below / 4000.0).isCloseTo(0.5, within(5 * 0.5 / Math.sqrt(4000)));
    }

    /** The tail from the distance at which it has a density, by the density itself on a grid. */
    @Test
    void theTailOfADensityIsItsIntegral() {
        HistogramBins bins = bins(gaussian());
        int last = bins.count() - 1;
        double x = bins.knots().greatest() + 40;
        double expected = 0;
        double step = 0.01;
        for (double y = x + step / 2; y < x + 20_000; y += step) {
            expected += step * Math.exp(bins.logDensity(y));
        }
        // Beyond the grid are less than 0.3% of this tail.
        double found = Math.exp(bins.logTail(0, bins.logDensity(x)));
        assertThat(found).isCloseTo(expected, within(0.005 * found));
        assertThat(bins.bin(x)).isEqualTo(last);
        assertThat(bins.logTail(0, 0)).isCloseTo(Math.log(1e-3), within(1e-12));
    }
}
