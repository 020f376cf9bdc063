package io.github.sparklatent.twin.vae.adversarial;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.twin.GradientCheck;
import io.github.sparklatent.twin.gan.AdversarialOptions;
import io.github.sparklatent.twin.learn.objective.StochasticObjective;
import io.github.sparklatent.twin.learn.objective.StochasticObjective.ParameterGroup;
import io.github.sparklatent.twin.learn.objective.StochasticObjective.Position;
import io.github.sparklatent.twin.learn.objective.StochasticObjective.Range;
import io.github.sparklatent.twin.nn.LayerSpec;
import io.github.sparklatent.twin.nn.likelihood.Bernoulli;
import io.github.sparklatent.twin.nn.likelihood.Gaussian;
import io.github.sparklatent.twin.nn.likelihood.Likelihood;
import io.github.sparklatent.twin.vae.model.Architecture;
import io.github.sparklatent.twin.vae.model.Kind;
import io.github.sparklatent.twin.vae.model.Networks;
import io.github.sparklatent.twin.vae.objective.BoundStage;
import io.github.sparklatent.twin.vae.objective.Small;
import io.github.sparklatent.twin.vae.objective.VariationalObjective;
import io.github.sparklatent.twin.vae.objective.VariationalOptions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both players' gradients against central differences, every parameter that each moves. */
class MixtureAdversarialGradientTest {
    private static final double WEIGHT = 0.7;

    private final DMatrixRMaj rows = Small.rows();

    static Stream<Arguments> games() {
        return Arrays.stream(AdversarialTarget.values())
                .flatMap(target -> Stream.of(
                        Arguments.of(new Bernoulli(Small.WIDTH), target),
                        Arguments.of(Gaussian.learnt(Small.WIDTH), target)));
    }

    @ParameterizedTest
    @MethodSource("games")
    void discriminatorFollowsItsOwnLoss(Likelihood likelihood, AdversarialTarget target) {
        check(likelihood, target, BoundStage.DECODER, 0);
    }

    @ParameterizedTest
    @MethodSource("games")
    void decoderFollowsReconstructionAndGame(Likelihood likelihood, AdversarialTarget target) {
        check(likelihood, target, BoundStage.DECODER, 1);
    }

    @ParameterizedTest
    @MethodSource("games")
    void onlyTheDecoderOfAllFollowsTheGame(Likelihood likelihood, AdversarialTarget target) {
        check(likelihood, target, BoundStage.JOINT, 1);
    }

    private void check(Likelihood likelihood, AdversarialTarget target, BoundStage stage, int player) {
        Architecture architecture =
                Small.architecture(likelihood).withComponents(2).withAuxiliary(List.of(new LayerSpec.Width(3)));
        StochasticObjective objective = new MixtureAdversarialObjective(
                new VariationalObjective(Kind.MIXTURE, architecture, VariationalOptions.DEFAULT.withSamples(2), stage),
                WEIGHT,
                target,
                AdversarialOptions.DEFAULT.withLabelSmoothing(0.1));
        double[] parameters = Small.parameters(architecture, Kind.MIXTURE);
        assertThat(parameters).hasSize(objective.parameterCount());
        StochasticObjective.Worker worker = objective.worker(rows.numRows);
        Position position = new Position(77, 2, player);
        int measures = objective.measures().size();
        double[] gradient = new double[parameters.length];
        double[] other = new double[parameters.length];
        worker.gradient(parameters, rows, Small.WEIGHTS, position, gradient, new double[measures]);
        ParameterGroup moving = objective.parameterGroups().get(player);
        Networks networks = architecture.networks(Kind.MIXTURE);
        int decoder = networks.decoderOffset();
        int prior = networks.priorOffset();
        List<Range> parts = moving.ranges().stream()
                .flatMap(range -> IntStream.of(0, decoder, prior, networks.auxiliaryOffset())
                        .filter(from -> from >= range.from() && from < range.to())
                        .mapToObj(from ->
                                new Range(from, (from < decoder ? decoder : from < prior ? prior : range.to()) - from)))
                .toList();
        assertThat(parts.stream().mapToInt(Range::length).sum())
                .isEqualTo(moving.ranges().stream().mapToInt(Range::length).sum());
        for (Range range : parts) {
            double weight = range.from() == decoder ? WEIGHT : 0;
            GradientCheck.check(
                    moving.name() + " from " + range.from(),
                    parameters,
                    range.from(),
                    Arrays.copyOfRange(gradient, range.from(), range.to()),
                    () -> {
                        double[] sums = new double[measures];
                        worker.gradient(parameters, rows, Small.WEIGHTS, position, other, sums);
                        double loss = player == 0 ? sums[4] : sums[0] + weight * sums[3];
                        return loss / Arrays.stream(Small.WEIGHTS).sum();
                    });
        }
    }
}
