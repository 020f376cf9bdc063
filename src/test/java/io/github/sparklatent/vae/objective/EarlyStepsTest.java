package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.objective.StochasticObjective.Position;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OptimizerSteps;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.VariationalOptions.Bound;
import io.github.sparklatent.vae.objective.VariationalOptions.GradientEstimator;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps that are taken while derivatives are computed are the steps that are taken afterwards, bit for bit. */
class EarlyStepsTest {
    /** So wide that the weights of a layer are handed over in three parts. */
    private static final Architecture WIDE =
            Samples.architecture(2, 3000, Gaussian.learnt(20)).withComponents(2);

    private static final FMatrixRMaj ROWS = Samples.rows(3, 20, 1);

    private static final DMatrixRMaj TARGETS = new DMatrixRMaj(new double[][] {{0.2, 0.5, 1}, {0.8, 0.5, 0}});
    private static final int BATCHES = 2;

    private static final VariationalOptions OPTIONS = VariationalOptions.DEFAULT;

    static Stream<Named<StochasticObjective>> objectives() {
        return Stream.of(
                Named.of("autoencoder", new AutoencoderObjective(WIDE, AutoencoderOptions.DEFAULT)),
                Named.of("bound", new VariationalObjective(WIDE, OPTIONS)),
                Named.of("samples in two parts", new VariationalObjective(WIDE, OPTIONS.withSamples(1000))),
                Named.of(
                        "importance",
                        new VariationalObjective(
                                WIDE, OPTIONS.withBound(Bound.IWAE).withSamples(3))),
                Named.of(
                        "score function",
                        new VariationalObjective(
                                WIDE, OPTIONS.withSamples(3).withGradient(GradientEstimator.SCORE_FUNCTION))),
                Named.of("chains", new HamiltonianObjective(WIDE, HamiltonianOptions.DEFAULT)),
                Named.of("mixture", mixture(BoundStage.JOINT)),
                Named.of("encoder", mixture(BoundStage.ENCODER)),
                Named.of("decoder", mixture(BoundStage.DECODER)),
                Named.of("classes", new ClusteringObjective(Kind.CLASSIFYING, WIDE, ClusteringOptions.DEFAULT)),
                Named.of("clusters", new ClusteringObjective(Kind.EMBEDDING, WIDE, ClusteringOptions.DEFAULT)),
                Named.of(
                        "clusters with targets",
                        new ClusteringObjective(
                                Kind.EMBEDDING, WIDE, ClusteringOptions.DEFAULT, maxRows -> rows -> TARGETS)));
    }

    private static StochasticObjective mixture(BoundStage stage) {
        return new VariationalObjective(Kind.MIXTURE, WIDE, OPTIONS, stage);
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void givesTheSameBits(StochasticObjective objective) {
        double[] later = train(objective, false);
        assertThat(train(objective, true)).containsExactly(later);
    }

    /** Returns the parameters after some batches, and the measures. */
    private static double[] train(StochasticObjective objective, boolean early) {
        float[] parameters = new float[objective.parameterCount()];
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) random.nextGaussian(0, 0.02);
        }
        float[] gradient = new float[parameters.length];
        double[] sums = new double[objective.measures().size()];
        int[] taken = {0};
        OptimizerSteps steps =
                Optimizer.DEFAULT.withWeightDecay(0.1).steps(parameters.length, new float[2 * parameters.length], 0);
        StochasticObjective.Worker worker = objective.worker(ROWS.numRows);
        if (early) {
            worker.stepEarly((from, length, derivatives, at) -> {
                steps.take(parameters, from, from + length, derivatives, at);
                taken[0] += length;
            });
        }
        for (int batch = 0; batch < BATCHES; batch++) {
            steps.begin(1e-3);
            worker.gradient(
                    parameters, ROWS, Samples.ones(ROWS.numRows), new Position(batch, batch, 0), gradient, sums);
            steps.finish(parameters, gradient);
        }
        assertThat(taken[0] > parameters.length / 2).as("steps are taken early").isEqualTo(early);
        assertThat(parameters).as("parameters").doesNotContain(Float.NaN);
        return DoubleStream.concat(
                        IntStream.range(0, parameters.length).mapToDouble(i -> parameters[i]), DoubleStream.of(sums))
                .toArray();
    }
}
