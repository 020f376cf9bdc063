package io.github.sparklatent.nn.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows with missing cells, in floats; the gradients are checked in the twin. */
class ObservedCellsTest {
    private static final int ROWS = 5;

    private static final Composite MIXED = new Composite(List.of(
            new Composite.Group(List.of(4, 0), Gaussian.learnt(2)),
            new Composite.Group(List.of(1, 3, 5), new Categorical(3, false)),
            new Composite.Group(List.of(2), new Poisson(1)),
            Composite.Group.from(6, new Bernoulli(2, true))));

    static Stream<Likelihood> likelihoods() {
        return Stream.concat(
                Arrays.stream(ColumnFamily.values()).map(f -> new IndependentColumns(f, 5)),
                Stream.of(
                        new Bernoulli(5),
                        Gaussian.fixed(5, 0.3),
                        Gaussian.learnt(5),
                        new OutputGaussian(5, 0.05),
                        new Categorical(4, false),
                        new Poisson(5),
                        MIXED));
    }

    /** Parameters, outputs and rows of a likelihood, and its densities and derivatives. */
    private static final class Batch {
        final float[] parameters;
        final FMatrixRMaj outputs;
        final FMatrixRMaj x;
        final double[] density = new double[ROWS];
        final FMatrixRMaj slopes = new FMatrixRMaj(0, 0);
        final float[] gradient;
        final float[] scale = {1, 0.5f, 2, 1, 1};
        final Likelihood.Worker worker;

        Batch(Likelihood likelihood) {
            parameters = normal(1, Parameter.length(likelihood.parameters()), 1).data;
            outputs = normal(ROWS, likelihood.outputs(), 2);
            gradient = new float[parameters.length];
            worker = likelihood.worker(ROWS, 0);
            x = new FMatrixRMaj(0, 0);
            worker.sample(parameters, outputs, new SplittableRandom(4), x);
        }

        Batch compute() {
            worker.logDensity(parameters, outputs, x, density);
            Arrays.fill(gradient, 0);
            worker.gradient(outputs, x, scale, slopes, gradient);
            return this;
        }

        /** Keeps one row only. */
        Batch alone(int row) {
            for (FMatrixRMaj rows : List.of(outputs, x)) {
                System.arraycopy(rows.data, row * rows.numCols, rows.data, 0, rows.numCols);
                rows.reshape(1, rows.numCols);
            }
            scale[0] = scale[row];
            return this;
        }
    }

    private static FMatrixRMaj normal(int rows, int columns, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
        for (int at = 0; at < matrix.getNumElements(); at++) {
            matrix.data[at] = (float) random.nextGaussian();
        }
        return matrix;
    }

    /** Returns whether a column is removed from row 1: whole groups, about half of the cells. */
    private static boolean isRemoved(Likelihood likelihood, int column) {
        return likelihood.equals(MIXED)
                ? List.of(0, 1, 3, 5, 7).contains(column)
                : !(likelihood instanceof Categorical) && column % 2 == 0;
    }

    /**
     * The densities of a row's cells and of its other cells add up to that of the row. They are sums of at most 8 terms
     * computed in floats, so rounding is below 1e-5 of them.
     */
    @ParameterizedTest
    @MethodSource("likelihoods")
    void theDensityIsThatOfTheObservedCells(Likelihood likelihood) {
        Batch all = new Batch(likelihood).compute();
        Batch some = new Batch(likelihood);
        Batch others = new Batch(likelihood);
        for (int j = 0; j < likelihood.width(); j++) {
            Batch without = isRemoved(likelihood, j) ? some : others;
            without.x.set(1, j, Float.NaN);
        }
        some.compute();
        others.compute();
        assertThat(some.density[1] + others.density[1])
                .isCloseTo(all.density[1], within(1e-5 * (1 + Math.abs(all.density[1]))));
        for (int k = 0; k < likelihood.outputs(); k++) {
            float slope = some.slopes.get(1, k);
            float rest = others.slopes.get(1, k);
            assertThat(slope == 0 || rest == 0)
                    .as("output %d is of one cell", k)
                    .isTrue();
            assertThat(slope + rest).isCloseTo(all.slopes.get(1, k), within(1e-5f * (1 + Math.abs(slope + rest))));
        }
    }

    /** Rows are scored in other batches than they are trained in. */
    @ParameterizedTest
    @MethodSource("likelihoods")
    void aRowHasTheSameBitsAlone(Likelihood likelihood) {
        for (int i = 0; i < ROWS; i++) {
            Batch all = incomplete(likelihood).compute();
            Batch one = incomplete(likelihood).alone(i).compute();
            assertThat(one.density[0]).isEqualTo(all.density[i]);
            for (int k = 0; k < likelihood.outputs(); k++) {
                assertThat(one.slopes.get(0, k)).isEqualTo(all.slopes.get(i, k));
            }
        }
    }

    /** Creates a batch whose rows 1 and 3 have missing cells. */
    private static Batch incomplete(Likelihood likelihood) {
        Batch batch = new Batch(likelihood);
        batch.x.set(1, 0, Float.NaN);
        batch.x.set(3, likelihood.width() - 1, Float.NaN);
        return batch;
    }

    /** A network that has diverged must be noticed. */
    @ParameterizedTest
    @MethodSource("likelihoods")
    void anOutputThatIsNoNumberIsNoMissingCell(Likelihood likelihood) {
        Batch batch = new Batch(likelihood);
        batch.outputs.set(0, 0, Float.NaN);
        assertThat(batch.compute().density[0]).isNaN();
    }

    @ParameterizedTest
    @MethodSource("likelihoods")
    void rowsWithoutAnyValueSayNothing(Likelihood likelihood) {
        Batch none = new Batch(likelihood);
        Arrays.fill(none.x.data, Float.NaN);
        none.compute();
        assertThat(Arrays.stream(none.density)).allMatch(density -> density == 0);
        assertThat(none.slopes.data).startsWith(new float[ROWS * likelihood.outputs()]);
        assertThat(none.gradient).isEqualTo(new float[none.gradient.length]);
    }

    @Test
    void aCategoryIsMissingAsAWhole() {
        Batch one = new Batch(new Categorical(4, false));
        one.x.set(1, 2, Float.NaN);
        one.compute();
        assertThat(one.density[1]).isZero();
        assertThat(IntStream.range(0, 4).allMatch(k -> one.slopes.get(1, k) == 0))
                .isTrue();
        assertThat(one.density[0]).isNegative();
    }

    @ParameterizedTest
    @MethodSource("likelihoods")
    void aMissingCellIsNoFlaw(Likelihood likelihood) {
        double[] row = new double[likelihood.width()];
        Arrays.fill(row, Double.NaN);
        assertThat(likelihood.flaw(row, j -> j)).isNull();
        row[0] = -2;
        boolean numbers = likelihood.numbers().contains(0);
        assertThat(likelihood.flaw(row, j -> j) == null).isEqualTo(numbers);
    }

    @ParameterizedTest
    @MethodSource("likelihoods")
    void aCompletedRowIsInTheSupport(Likelihood likelihood) {
        double[] row = new double[likelihood.width()];
        double[] mean = new double[row.length];
        Arrays.fill(row, Double.NaN);
        Arrays.setAll(mean, j -> 0.26 * (j + 1));
        likelihood.complete(row, mean, j -> j);
        assertThat(row).doesNotContain(Double.NaN);
        assertThat(likelihood.flaw(row, j -> j)).isNull();
    }

    /** One column of the category is missing, so the category is replaced as a whole. */
    @Test
    void theNearestValuesComplete() {
        double nan = Double.NaN;
        double[] row = {nan, 0, nan, nan, 2.5, 0, 1, nan};
        double[] mean = {-1.25, 0.4, 3.7, 0.5, 9, 0.1, 0, 0.51};
        MIXED.complete(row, mean, j -> j);
        assertThat(row).containsExactly(-1.25, 0, 4, 1, 2.5, 0, 1, 1);
        assertThat(new Bernoulli(1).nearest(0.51)).isEqualTo(0.51);
        assertThat(new Poisson(1).nearest(1e9)).isEqualTo(1 << 24);
    }
}
