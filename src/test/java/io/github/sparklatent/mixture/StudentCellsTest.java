package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Test;

class StudentCellsTest {
    private static final double[] PARAMETERS = {1.5, 0.49, 3};

    @Test
    void theDensityIsThatOfALocationAndAScale() {
        TDistribution t = new TDistribution(3);
        for (double x : new double[] {-40, 0, 1.5, 2, 300}) {
            assertThat(StudentCells.logDensity(PARAMETERS, x))
                    .isCloseTo(t.logDensity((x - 1.5) / 0.7) - Math.log(0.7), within(1e-11));
        }
    }

    /** Sums about one m, moved to another, are the sums about the other: eight digits are left. */
    @Test
    void movedSumsAreThoseAboutTheOtherLocation() {
        double[] sums = new double[2 + StudentCells.STATISTICS];
        double[] expected = new double[sums.length];
        Random random = new Random(4);
        for (int i = 0; i < 50; i++) {
            double x = 100 + random.nextGaussian();
            double u = random.nextDouble();
            add(x - 1.5, u, sums);
            add(x - 99, u, expected);
        }
        StudentCells.moveCentre(sums, 2, 99 - 1.5);
        assertThat(sums).containsExactly(expected, within(1e-8));
    }

    private static void add(double y, double u, double[] sums) {
        sums[2]++;
        sums[3] += u;
        sums[4] += u * y;
        sums[5] += u * y * y;
        sums[6] += Math.log(u) - u;
    }

    /** The draws, and the steps of EM on them, give back the parameters. */
    @Test
    void estimatesOfDrawsAreTheParameters() {
        Random random = new Random(3);
        double[] x = new double[20_000];
        Arrays.setAll(x, i -> StudentCells.draw(PARAMETERS, random));
        double[] found = {0, 1, StudentCells.START_DEGREES};
        double before = Double.NEGATIVE_INFINITY;
        for (int round = 0; round < 200; round++) {
            double[] sums = new double[StudentCells.STATISTICS];
            double logLikelihood = 0;
            for (double value : x) {
                double y = value - found[0];
                double u = (found[2] + 1) / (found[2] + y * y / found[1]);
                sums[0]++;
                sums[1] += u;
                sums[2] += u * y;
                sums[3] += u * y * y;
                sums[4] += StudentCells.meanLog(0.5 * (found[2] + 1)) + Math.log(u) - u;
                logLikelihood += StudentCells.logDensity(found, value);
            }
            assertThat(logLikelihood).isGreaterThanOrEqualTo(before - 1e-6);
            before = logLikelihood;
            found = StudentCells.fit(sums, found, 0, 1);
        }
        assertThat(found[0]).isCloseTo(1.5, within(0.02));
        assertThat(found[1]).isCloseTo(0.49, within(0.02));
        assertThat(found[2]).isCloseTo(3, within(0.25));
    }
}
