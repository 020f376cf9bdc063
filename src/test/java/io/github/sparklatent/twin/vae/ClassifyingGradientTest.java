package io.github.sparklatent.twin.vae;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.twin.GradientCheck;
import io.github.sparklatent.twin.learn.StochasticObjective;
import io.github.sparklatent.twin.nn.Bernoulli;
import io.github.sparklatent.twin.nn.Gaussian;
import io.github.sparklatent.twin.nn.LayerSpec;
import io.github.sparklatent.twin.nn.Likelihood;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classifier form against central differences, the noise of the batch frozen. */
class ClassifyingGradientTest {
    private static final ClassifyingOptions PLAIN = ClassifyingOptions.DEFAULT;
    private static final StochasticObjective.Position POSITION =
            new StochasticObjective.Position(77, 2);
    private static final double TOTAL = Arrays.stream(Small.WEIGHTS).sum();

    private final DMatrixRMaj rows = Small.rows();

    static Stream<ClassifyingOptions> options() {
        return Stream.of(PLAIN, PLAIN.withSamples(3), PLAIN.withBinarize(true));
    }

    @ParameterizedTest
    @MethodSource("options")
    void bound(ClassifyingOptions options) {
        check(new Bernoulli(Small.WIDTH), List.of(new LayerSpec.Width(4)), options, rows.numRows);
    }

    @Test
    void likelihoodWithParametersOfItsOwnAndNoHiddenLayer() {
        check(Gaussian.learnt(Small.WIDTH), List.of(), PLAIN.withSamples(2), rows.numRows);
    }

    /** With buffers for 4000 rows two samples do not go through the decoder together. */
    @Test
    void passesThroughTheDecoderAddUp() {
        check(new Bernoulli(Small.WIDTH), List.of(), PLAIN.withSamples(3), 4000);
    }

    private void check(
            Likelihood likelihood,
            List<LayerSpec> classifier,
            ClassifyingOptions options,
            int maxRows) {
        Architecture architecture =
                Small.architecture(likelihood).withComponents(3).withAuxiliary(classifier);
        double[] parameters = Small.parameters(architecture, Kind.CLASSIFYING);
        ClassifyingObjective objective = new ClassifyingObjective(architecture, options);
        assertThat(parameters).hasSize(objective.parameterCount());
        StochasticObjective.Worker worker = objective.worker(maxRows);
        double[] gradient = new double[parameters.length];
        double[] other = new double[parameters.length];
        Arrays.fill(gradient, Double.NaN); // it is overwritten
        worker.gradient(parameters, rows, Small.WEIGHTS, POSITION, gradient, new double[3]);
        GradientCheck.check(
                "all parameters",
                parameters,
                0,
                gradient,
                () -> {
                    double[] sums = new double[3];
                    worker.gradient(parameters, rows, Small.WEIGHTS, POSITION, other, sums);
                    return sums[0] / TOTAL;
                });
    }
}
