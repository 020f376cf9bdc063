package io.github.sparklatent.twin.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.twin.nn.LayerSpec;
import io.github.sparklatent.twin.nn.likelihood.Bernoulli;
import io.github.sparklatent.twin.nn.likelihood.Gaussian;
import io.github.sparklatent.twin.nn.likelihood.Likelihood;
import io.github.sparklatent.twin.vae.model.Architecture;
import io.github.sparklatent.twin.vae.model.Kind;
import io.github.sparklatent.twin.vae.model.Networks;
import io.github.sparklatent.twin.vae.model.PriorCovariance;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The classifier form against central differences, the noise of the batch frozen. */
class ClassTermGradientTest {
    private static final ClusteringOptions PLAIN = ClusteringOptions.DEFAULT;

    /** More rows than the window of 10 K rows of {@link ClusterBalance}, so J is of the batch. */
    private static final double[] WEIGHTS = Small.weights(32);

    private static final double TOTAL = Arrays.stream(WEIGHTS).sum();

    private final DMatrixRMaj rows = Small.rows(WEIGHTS.length);

    /** Responsibilities that are no one's own. */
    private static final DMatrixRMaj TARGETS = Small.columns(
            new double[][] {
                {0.7, 0.1, 0, 0.3}, {0.2, 0.1, 1, 0.3}, {0.1, 0.8, 0, 0.4},
            },
            WEIGHTS.length);

    static Stream<ClusteringOptions> options() {
        return Stream.of(
                PLAIN,
                PLAIN.withSamples(3),
                PLAIN.withBinarize(true),
                PLAIN.withInformation(20),
                PLAIN.withInformation(5).withSamples(3),
                PLAIN.withInformation(3));
    }

    @ParameterizedTest
    @MethodSource("options")
    void bound(ClusteringOptions options) {
        check(new Bernoulli(Small.WIDTH), List.of(new LayerSpec.Width(4)), options, rows.numRows);
    }

    @Test
    void likelihoodWithParametersOfItsOwnAndNoHiddenLayer() {
        check(Gaussian.learnt(Small.WIDTH), List.of(), PLAIN.withSamples(2), rows.numRows);
    }

    /** Variances within the bound of their logarithms, and beyond it. */
    @ParameterizedTest
    @CsvSource({"DIAGONAL, 3, 0", "TIED, 1, 0", "IDENTITY, 0, 0", "DIAGONAL, 3, 12", "DIAGONAL, 3, -12"})
    void variances(PriorCovariance covariance, int trained, double beyond) {
        Architecture architecture = architecture(new Bernoulli(Small.WIDTH), List.of(new LayerSpec.Width(4)))
                .withPriorCovariance(covariance);
        double[] parameters = Small.parameters(architecture, Kind.CLASSIFYING);
        Networks networks = architecture.networks(Kind.CLASSIFYING);
        int from = networks.priorOffset() + networks.prior().logVariances();
        assertThat(networks.auxiliaryOffset() - from).isEqualTo(trained * Small.LATENT);
        for (int i = from; i < networks.auxiliaryOffset(); i++) {
            parameters[i] += beyond;
        }
        ClusteringObjective objective = new ClusteringObjective(Kind.CLASSIFYING, architecture, PLAIN.withSamples(2));
        check(parameters, objective, rows.numRows, found -> 0);
    }

    /** With buffers for 4000 rows two samples do not go through the decoder together. */
    @Test
    void passesThroughTheDecoderAddUp() {
        check(new Bernoulli(Small.WIDTH), List.of(), PLAIN.withSamples(3), 4000);
    }

    /** With soft targets the sums over y are under the targets, and q(y|z) follows them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void softTargets(int samples) {
        Architecture architecture = architecture(new Bernoulli(Small.WIDTH), List.of(new LayerSpec.Width(4)));
        check(
                architecture,
                new ClusteringObjective(
                        Kind.CLASSIFYING, architecture, PLAIN.withSamples(samples), rows -> batch -> TARGETS),
                rows.numRows,
                ClassTermGradientTest::withTargets);
    }

    /** The loss of all codes with targets, less the model's own. */
    private static double withTargets(ClassTerm classes) {
        DMatrixRMaj shares = classes.shares();
        int samples = shares.numCols / WEIGHTS.length;
        double value = 0;
        for (int code = 0; code < shares.numCols; code++) {
            int row = code % WEIGHTS.length;
            double share = WEIGHTS[row] / TOTAL / samples;
            value -= share * classes.cost(code);
            for (int k = 0; k < shares.numRows; k++) {
                double log = StrictMath.log(shares.get(k, code));
                double cost = classes.costs().get(k, code) - log;
                value += share * TARGETS.get(k, row) * (cost - ComponentTerm.CROSS_ENTROPY * log);
            }
        }
        return value;
    }

    /** log K − KL(mean of q(y|z) || 1 / K) − mean H(q(y|z)) over all codes of the batch. */
    private static double balance(ClassTerm classes) {
        DMatrixRMaj assignments = classes.shares();
        int samples = assignments.numCols / WEIGHTS.length;
        double value = StrictMath.log(assignments.numRows);
        for (int k = 0; k < assignments.numRows; k++) {
            double mean = 0;
            for (int code = 0; code < assignments.numCols; code++) {
                double own = assignments.get(k, code);
                double share = WEIGHTS[code % WEIGHTS.length] / TOTAL / samples;
                mean += share * own;
                value += share * own * StrictMath.log(own);
            }
            value -= mean * StrictMath.log(mean * assignments.numRows);
        }
        return value;
    }

    private static Architecture architecture(Likelihood likelihood, List<LayerSpec> classifier) {
        return Small.architecture(likelihood).withComponents(3).withAuxiliary(classifier);
    }

    private void check(Likelihood likelihood, List<LayerSpec> classifier, ClusteringOptions options, int maxRows) {
        Architecture architecture = architecture(likelihood, classifier);
        check(
                architecture,
                new ClusteringObjective(Kind.CLASSIFYING, architecture, options),
                maxRows,
                found -> options.information() == 0 ? 0 : -options.information() * balance(found));
    }

    private void check(
            Architecture architecture, ClusteringObjective objective, int maxRows, ToDoubleFunction<ClassTerm> added) {
        check(Small.parameters(architecture, Kind.CLASSIFYING), objective, maxRows, added);
    }

    private void check(
            double[] parameters, ClusteringObjective objective, int maxRows, ToDoubleFunction<ClassTerm> added) {
        Small.check(
                objective,
                parameters,
                rows,
                maxRows,
                (sums, worker) -> sums[0] / TOTAL + added.applyAsDouble(Small.classes(worker)));
    }
}
