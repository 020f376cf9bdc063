package io.github.sparklatent.nn.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.nn.Parameter;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Families of columns at the ends of single precision: nothing is infinite, drawn rows are valid. */
class ExtremesTest {
    private static final float[] OUTPUTS = {-3e38f, -1e18f, -50, 0, 50, 1e18f, 3e38f};
    private static final float[] COUNTS = {0, 1, 1000, 1 << 24};
    private static final float[] NUMBERS = {-1e18f, 0, 1e18f};

    private static float[] cells(ColumnFamily family) {
        return family.support() == Support.COUNTS ? COUNTS : NUMBERS;
    }

    @ParameterizedTest
    @EnumSource(ColumnFamily.class)
    void everyNumberIsFinite(ColumnFamily family) {
        Likelihood likelihood = new IndependentColumns(family, 1);
        float[] own = new float[Parameter.length(likelihood.parameters())];
        for (float output : OUTPUTS) {
            for (float raw : OUTPUTS) {
                Arrays.fill(own, raw);
                FMatrixRMaj outputs = new FMatrixRMaj(1, likelihood.outputs());
                outputs.fill(output);
                for (float cell : cells(family)) {
                    checkDensity(likelihood, own, outputs, cell);
                }
                checkRows(likelihood, own, outputs);
            }
        }
    }

    /** The slope of the shape is that of the density for counts that occur, and bounded for others. */
    @Test
    void oneLargeCountDoesNotRuleTheShape() {
        Likelihood likelihood = new IndependentColumns(ColumnFamily.NEGATIVE_BINOMIAL, 1);
        for (float count : new float[] {0, 5, 30, 1e7f}) {
            FMatrixRMaj x = new FMatrixRMaj(1, 1, true, count);
            FMatrixRMaj outputs = new FMatrixRMaj(1, 1, true, 1.6f);
            float[] gradient = new float[1];
            double[] density = new double[1];
            Likelihood.Worker worker = likelihood.worker(1, 0);
            worker.logDensity(new float[] {0.1f}, outputs, x, density);
            double above = density[0];
            worker.logDensity(new float[] {-0.1f}, outputs, x, density);
            double slope = (above - density[0]) / 0.2;
            worker.logDensity(new float[] {0}, outputs, x, density);
            worker.gradient(outputs, x, new float[] {1}, new FMatrixRMaj(0, 0), gradient);
            assertThat((double) gradient[0]).isCloseTo(Math.max(-20, slope), within(0.1));
        }
    }

    private static void checkDensity(Likelihood likelihood, float[] own, FMatrixRMaj outputs, float cell) {
        String where = "%s, outputs %s, parameters %s".formatted(cell, outputs, Arrays.toString(own));
        Likelihood.Worker worker = likelihood.worker(1, 0);
        FMatrixRMaj x = new FMatrixRMaj(1, 1, true, cell);
        double[] density = new double[1];
        FMatrixRMaj slopes = new FMatrixRMaj(0, 0);
        float[] gradient = new float[own.length];
        worker.logDensity(own, outputs, x, density);
        worker.gradient(outputs, x, new float[] {1}, slopes, gradient);
        assertThat(density[0]).as(where).isFinite();
        for (float slope : slopes.data) {
            assertThat(slope).as(where).isFinite();
        }
        for (float slope : gradient) {
            assertThat(slope).as(where).isFinite();
        }
    }

    private static void checkRows(Likelihood likelihood, float[] own, FMatrixRMaj outputs) {
        Likelihood.Worker worker = likelihood.worker(1, 0);
        FMatrixRMaj row = new FMatrixRMaj(1, 1);
        FMatrixRMaj one = new FMatrixRMaj(1, 1, true, 1);
        FMatrixRMaj slopes = new FMatrixRMaj(0, 0);
        worker.mean(own, outputs, row);
        assertThat(row.data[0]).isFinite();
        worker.generate(own, outputs, new RandomGenerator[] {new SplittableRandom(1)}, row);
        assertThat(likelihood.flaw(new double[] {row.data[0]}, j -> j)).isNull();
        worker.generatedGradient(row, one, slopes);
        for (float slope : slopes.data) {
            assertThat(slope).isFinite();
        }
        for (int seed = 0; seed < 10; seed++) {
            worker.sample(own, outputs, new SplittableRandom(seed), row);
            assertThat(likelihood.flaw(new double[] {row.data[0]}, j -> j)).isNull();
        }
    }
}
