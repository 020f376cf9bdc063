package io.github.sparklatent.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.training.LinearTrainer;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.apache.commons.math3.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;
import org.apache.commons.math3.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer.Formula;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** Gradient ascent on the marginal likelihood of PPCA, as a third way beside EM and closed form. */
class GradientAscentTest {
    private static final int D = 5;
    private static final int L = 2;
    private static final int ROWS = 150;
    private static final double STEP = 1e-5;

    private final RowBlocks data = InMemoryRowBlocks.of(rows(), ROWS);

    private static DMatrixRMaj rows() {
        DMatrixRMaj rows = TestMatrices.normal(ROWS, D, 2);
        DMatrixRMaj loadings = TestMatrices.normal(D, L, 3);
        CommonOps_DDRM.multAddTransB(TestMatrices.normal(ROWS, L, 4), loadings, rows);
        return rows;
    }

    /** Parameters: mean, loadings, and the logarithm of the noise variance. */
    private double logLikelihood(double[] point) {
        LinearGaussian model = new LinearGaussian(
                Arrays.copyOf(point, D),
                DMatrixRMaj.wrap(D, L, Arrays.copyOfRange(point, D, D + D * L)),
                Math.exp(point[D + D * L]));
        return Fits.meanLogLikelihood(model, data);
    }

    private double[] gradient(double[] point) {
        double[] gradient = new double[point.length];
        for (int i = 0; i < point.length; i++) {
            double[] moved = point.clone();
            moved[i] += STEP;
            double above = logLikelihood(moved);
            moved[i] -= 2 * STEP;
            gradient[i] = (above - logLikelihood(moved)) / (2 * STEP);
        }
        return gradient;
    }

    @Test
    void theThreeWaysAgree() {
        Random random = new Random(1);
        double[] start = random.doubles(D + D * L + 1, -0.5, 0.5).toArray();
        double ascent = new NonLinearConjugateGradientOptimizer(
                        Formula.POLAK_RIBIERE, new SimpleValueChecker(1e-14, 1e-11))
                .optimize(
                        new MaxEval(10_000),
                        GoalType.MAXIMIZE,
                        new InitialGuess(start),
                        new ObjectiveFunction(this::logLikelihood),
                        new ObjectiveFunctionGradient(this::gradient))
                .getValue();
        LinearOptions options = LinearOptions.PPCA.withLatent(L).withRegularization(0);
        double closed = LinearTrainer.fit(data, options).meanLogLikelihood();
        double em = LinearTrainer.fit(
                        data, options.withFit(LinearOptions.FitMethod.EM).withStopping(new StoppingRule(5000, 1e-10)))
                .meanLogLikelihood();
        assertThat(ascent).isCloseTo(closed, within(1e-6));
        assertThat(em).isCloseTo(closed, within(1e-6));
    }
}
