package io.github.sparklatent.twin.nn.likelihood;

import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.twin.GradientCheck;
import io.github.sparklatent.twin.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each likelihood's derivatives, by every output and own parameter, against differences. */
class LikelihoodGradientTest {
    private static final int ROWS = 4;
    private static final int OFFSET = 2;

    private static Stream<Likelihood> families() {
        return Arrays.stream(ColumnFamily.values()).map(f -> new IndependentColumns(f, 3));
    }

    static Stream<Likelihood> likelihoods() {
        return Stream.concat(families(), plain());
    }

    private static Stream<Likelihood> plain() {
        return Stream.of(
                new Bernoulli(3),
                Gaussian.fixed(3, 0.3),
                Gaussian.learnt(3),
                new OutputGaussian(3, 0.05),
                new Categorical(4, false),
                new Categorical(3, true),
                new Poisson(3),
                new Composite(List.of(
                        new Composite.Group(List.of(4, 0), Gaussian.learnt(2)),
                        new Composite.Group(List.of(1, 3, 5), new Categorical(3, false)),
                        new Composite.Group(List.of(2), new Categorical(1, true)),
                        Composite.Group.from(6, new Poisson(2)),
                        Composite.Group.from(8, Gaussian.learnt(1)),
                        new Composite.Group(
                                List.of(11, 9, 10), new IndependentColumns(ColumnFamily.NEGATIVE_BINOMIAL, 3)))));
    }

    @ParameterizedTest
    @MethodSource("likelihoods")
    void everyOutputAndParameterAlsoWithMissingCells(Likelihood likelihood) {
        int own = Parameter.length(likelihood.parameters());
        double[] parameters = TestMatrices.normal(1, OFFSET + own, 1).data;
        DMatrixRMaj outputs = TestMatrices.normal(ROWS, likelihood.outputs(), 2);
        double[] scale = TestMatrices.normal(1, ROWS, 3).data;
        Likelihood.Worker worker = likelihood.worker(ROWS + 2, OFFSET);
        DMatrixRMaj x = new DMatrixRMaj(ROWS, likelihood.width());
        worker.sample(parameters, outputs, new SplittableRandom(4), x);
        check(worker, parameters, outputs, x, scale);
        for (int at = 0; at < x.getNumElements(); at += 1 + at % 4) {
            x.data[at] = Double.NaN;
        }
        Arrays.fill(x.data, 0, x.numCols, Double.NaN);
        check(worker, parameters, outputs, x, scale);
    }

    private static void check(
            Likelihood.Worker worker, double[] parameters, DMatrixRMaj outputs, DMatrixRMaj x, double[] scale) {
        double[] gradient = new double[parameters.length];
        DMatrixRMaj slope = new DMatrixRMaj(ROWS, outputs.numCols);
        worker.logDensity(parameters, outputs, x, new double[ROWS]);
        worker.gradient(outputs, x, scale, slope, gradient);

        GradientCheck.check(
                "the outputs", outputs.data, 0, slope.data, () -> total(worker, parameters, outputs, x, scale));
        GradientCheck.check(
                "the parameters", parameters, 0, gradient, () -> total(worker, parameters, outputs, x, scale));
    }

    static Stream<Likelihood> continuous() {
        return Stream.of(
                new Bernoulli(3),
                Gaussian.fixed(3, 0.3),
                Gaussian.learnt(3),
                new OutputGaussian(3, 0.05),
                new IndependentColumns(ColumnFamily.STUDENT_T, 3),
                new Composite(List.of(
                        new Composite.Group(List.of(4, 0), Gaussian.learnt(2)),
                        new Composite.Group(List.of(1, 3), new Bernoulli(2)),
                        new Composite.Group(List.of(2), new OutputGaussian(1, 0.1)))));
    }

    /** Σ_ij slope_ij x_ij by every output, of generated rows x without draws. */
    @ParameterizedTest
    @MethodSource("continuous")
    void everyOutputThroughGeneratedRows(Likelihood likelihood) {
        int own = Parameter.length(likelihood.parameters());
        double[] parameters = TestMatrices.normal(1, OFFSET + own, 1).data;
        DMatrixRMaj outputs = TestMatrices.normal(ROWS, likelihood.outputs(), 2);
        DMatrixRMaj slope = TestMatrices.normal(ROWS, likelihood.width(), 3);
        Likelihood.Worker worker = likelihood.worker(ROWS + 2, OFFSET);
        DMatrixRMaj rows = new DMatrixRMaj(0, 0);
        DMatrixRMaj gradient = new DMatrixRMaj(0, 0);
        RandomGenerator[] unused = new RandomGenerator[ROWS];
        worker.generate(parameters, outputs, unused, rows);
        worker.generatedGradient(rows.copy(), slope, gradient);

        GradientCheck.check("the outputs", outputs.data, 0, gradient.data, () -> {
            worker.generate(parameters, outputs, unused, rows);
            CommonOps_DDRM.elementMult(rows, slope);
            return CommonOps_DDRM.elementSum(rows);
        });
    }

    private static double total(
            Likelihood.Worker worker, double[] parameters, DMatrixRMaj outputs, DMatrixRMaj x, double[] scale) {
        double[] density = new double[ROWS];
        worker.logDensity(parameters, outputs, x, density);
        Arrays.setAll(density, i -> density[i] * scale[i]);
        return Arrays.stream(density).sum();
    }
}
