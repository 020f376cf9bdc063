package io.github.sparklatent.twin.vae.objective;

import io.github.sparklatent.twin.nn.likelihood.Bernoulli;
import io.github.sparklatent.twin.nn.likelihood.Gaussian;
import io.github.sparklatent.twin.vae.model.Architecture;
import io.github.sparklatent.twin.vae.model.Kind;
import io.github.sparklatent.twin.vae.model.PriorCovariance;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Variational deep embedding against central differences, the noise of the batch frozen: what each loss adds to the
 * bound is written out here from the assignments themselves.
 */
class MixtureTermGradientTest {
    private static final int COMPONENTS = 3;
    private static final ClusteringOptions PLAIN = ClusteringOptions.DEFAULT;

    /** More rows than the window of 10 K rows of {@link ClusterBalance}, so J is of the batch. */
    private static final double[] WEIGHTS = Small.weights(32);

    private static final double TOTAL = Arrays.stream(WEIGHTS).sum();

    private static final Architecture ARCHITECTURE =
            Small.architecture(new Bernoulli(Small.WIDTH)).withComponents(COMPONENTS);

    /** Responsibilities that are no one's own. */
    private static final DMatrixRMaj TARGETS = Small.columns(
            new double[][] {
                {0.7, 0.1, 0, 0.3}, {0.2, 0.1, 1, 0.3}, {0.1, 0.8, 0, 0.4},
            },
            WEIGHTS.length);

    private final DMatrixRMaj rows = Small.rows(WEIGHTS.length);

    static Stream<ClusteringOptions> options() {
        return Stream.of(
                PLAIN,
                PLAIN.withSamples(3),
                PLAIN.withBinarize(true),
                PLAIN.withInformation(20),
                PLAIN.withInformation(5).withSamples(2));
    }

    @ParameterizedTest
    @MethodSource("options")
    void boundAndInformation(ClusteringOptions options) {
        check(
                new ClusteringObjective(Kind.EMBEDDING, ARCHITECTURE, options),
                found -> -options.information() * balance(found));
    }

    @Test
    void likelihoodWithParametersOfItsOwn() {
        Architecture architecture =
                Small.architecture(Gaussian.learnt(Small.WIDTH)).withComponents(COMPONENTS);
        check(new ClusteringObjective(Kind.EMBEDDING, architecture, PLAIN.withSamples(2)), architecture, w -> 0);
    }

    @ParameterizedTest
    @EnumSource(PriorCovariance.class)
    void variances(PriorCovariance covariance) {
        Architecture with = ARCHITECTURE.withPriorCovariance(covariance);
        check(new ClusteringObjective(Kind.EMBEDDING, with, PLAIN.withSamples(2)), with, found -> 0);
    }

    @Test
    void withoutHiddenLayersAndOneComponent() {
        Architecture one = ARCHITECTURE.withComponents(1).withAuxiliary(List.of());
        check(new ClusteringObjective(Kind.EMBEDDING, one, PLAIN), one, found -> 0);
    }

    /** With soft targets the sums over y are under the targets, and γ follows them. */
    @ParameterizedTest
    @MethodSource("withTargets")
    void softTargets(ClusteringOptions options) {
        SoftTargets targets = maxRows -> batch -> TARGETS;
        check(new ClusteringObjective(Kind.EMBEDDING, ARCHITECTURE, options, targets), found -> {
            double value = 0;
            for (int i = 0; i < rows.numRows; i++) {
                double share = WEIGHTS[i] / TOTAL;
                value -= share * found.divergence(i);
                value += share * found.divergence(i, TARGETS);
                for (int k = 0; k < COMPONENTS; k++) {
                    double own = found.own().get(k, i);
                    value -= share * ComponentTerm.CROSS_ENTROPY * TARGETS.get(k, i) * StrictMath.log(own);
                }
            }
            return value;
        });
    }

    static Stream<ClusteringOptions> withTargets() {
        return Stream.of(PLAIN, PLAIN.withSamples(3));
    }

    /** log K − KL(γ̄ || ρ) − mean H(γ), from γ. */
    private static double balance(MixtureTerm found) {
        DMatrixRMaj assignments = found.own();
        double value = StrictMath.log(COMPONENTS);
        for (int k = 0; k < COMPONENTS; k++) {
            double mean = 0;
            for (int i = 0; i < WEIGHTS.length; i++) {
                double own = assignments.get(k, i);
                mean += WEIGHTS[i] / TOTAL * own;
                value += WEIGHTS[i] / TOTAL * own * StrictMath.log(own);
            }
            value -= mean * StrictMath.log(mean * COMPONENTS);
        }
        return value;
    }

    private void check(ClusteringObjective objective, ToDoubleFunction<MixtureTerm> added) {
        check(objective, ARCHITECTURE, added);
    }

    private void check(ClusteringObjective objective, Architecture architecture, ToDoubleFunction<MixtureTerm> added) {
        Small.check(
                objective,
                Small.parameters(architecture, Kind.EMBEDDING),
                rows,
                rows.numRows,
                (sums, worker) -> sums[0] / TOTAL + added.applyAsDouble(Small.divergence(worker)));
    }
}
