package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.averaging.Averaging;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.nn.likelihood.OutputGaussian;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One row with a cell far from all others, in the training part and in the held-out part, changes nothing else. */
@Tag("slow")
class OutlierTrainingTest {
    private static final int ROWS = 500;
    private static final int HELD_OUT = 200;
    private static final int WIDTH = 6;
    private static final int LATENT = 2;
    private static final double EPOCHS = 20;

    private final FMatrixRMaj ordinary = rows(ROWS, 1);
    private final FMatrixRMaj heldOut = rows(HELD_OUT, 2);

    static Stream<Arguments> outliers() {
        List<Arguments> all = new ArrayList<>();
        for (float cell : new float[] {1e18f, 100}) {
            for (Kind kind : List.of(Kind.VARIATIONAL, Kind.DEEP_LATENT_GAUSSIAN, Kind.MIXTURE, Kind.EMBEDDING)) {
                all.add(Arguments.of(kind, Gaussian.fixed(WIDTH, 1), cell));
            }
            all.add(Arguments.of(Kind.AUTOENCODER, Gaussian.fixed(WIDTH, 1), cell));
            all.add(Arguments.of(Kind.VARIATIONAL, Gaussian.learnt(WIDTH), cell));
            all.add(Arguments.of(Kind.VARIATIONAL, new OutputGaussian(WIDTH, 1e-3), cell));
        }
        return all.stream();
    }

    /**
     * The scores of new rows differ from those of a training without the outlier by less than those of trainings with
     * two seeds differ (medians, which rare rows do not change).
     */
    @ParameterizedTest
    @MethodSource("outliers")
    void scoresOfOrdinaryRowsStay(Kind kind, Likelihood likelihood, float cell) {
        double[] without = scores(kind, likelihood, ordinary, 1);
        double[] another = scores(kind, likelihood, ordinary, 2);
        double[] with = scores(kind, likelihood, withOutlier(ordinary, cell), 1);
        assertThat(medianDifference(with, without)).isLessThan(1.5 * medianDifference(another, without));
    }

    /**
     * The kept round is as good for the ordinary held-out rows as the best of all rounds: their mean loss is within
     * 0.01 nats.
     */
    @ParameterizedTest
    @MethodSource("outliers")
    void theBestRoundIsThatOfOrdinaryRows(Kind kind, Likelihood likelihood, float cell) {
        Architecture architecture = architecture(kind, likelihood);
        AveragingResult result = train(kind, architecture, ordinary, withOutlier(heldOut, cell), 1);
        AveragingResult ofOrdinary = train(kind, architecture, ordinary, heldOut, 1);
        List<NetworkRound> rounds = ofOrdinary.history().stream()
                .filter(r -> !r.heldOut().isEmpty())
                .toList();
        double best = rounds.stream().mapToDouble(r -> r.heldOut().get(0)).min().orElseThrow();
        double kept =
                ofOrdinary.history().get(result.kept().round() - 1).heldOut().get(0);
        assertThat(kept).isLessThan(best + 0.01);
    }

    private double[] scores(Kind kind, Likelihood likelihood, FMatrixRMaj rows, long seed) {
        Architecture architecture = architecture(kind, likelihood);
        float[] parameters =
                train(kind, architecture, rows, heldOut, seed).kept().parameters();
        double[] scores = new double[HELD_OUT];
        new TrainedNetwork(kind, architecture, parameters)
                .scorer(HELD_OUT, ScoringOptions.DEFAULT)
                .anomaly(heldOut, scores);
        return scores;
    }

    private static double medianDifference(double[] first, double[] second) {
        double[] sorted = IntStream.range(0, first.length)
                .mapToDouble(i -> Math.abs(first[i] - second[i]))
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private static AveragingResult train(
            Kind kind, Architecture architecture, FMatrixRMaj rows, FMatrixRMaj held, long seed) {
        return Averaging.run(
                objective(kind, architecture),
                InMemoryShards.of(rows, 2),
                InMemoryShards.of(held, 1),
                architecture.initialize(kind, seed),
                AveragingOptions.DEFAULT.withMaxEpochs(EPOCHS).withSeed(seed));
    }

    private static StochasticObjective objective(Kind kind, Architecture architecture) {
        return switch (kind) {
            case VARIATIONAL -> new VariationalObjective(architecture, VariationalOptions.DEFAULT);
            case DEEP_LATENT_GAUSSIAN -> new HamiltonianObjective(architecture, HamiltonianOptions.DEFAULT);
            case MIXTURE ->
                new VariationalObjective(Kind.MIXTURE, architecture, VariationalOptions.DEFAULT, BoundStage.JOINT);
            case EMBEDDING -> new ClusteringObjective(kind, architecture, ClusteringOptions.DEFAULT);
            default -> new AutoencoderObjective(architecture, AutoencoderOptions.DEFAULT);
        };
    }

    private static Architecture architecture(Kind kind, Likelihood likelihood) {
        List<LayerSpec> hidden = List.of(new LayerSpec.Width(64), new LayerSpec.Width(64));
        Architecture architecture = new Architecture(
                WIDTH, null, LATENT, hidden, hidden, Activation.RELU, likelihood, Initialization.HE_UNIFORM);
        return kind.hasComponents() ? architecture.withComponents(3) : architecture;
    }

    private static FMatrixRMaj withOutlier(FMatrixRMaj rows, float cell) {
        FMatrixRMaj changed = rows.copy();
        changed.set(17, 2, cell);
        return changed;
    }

    /** Two factors and noise: columns of variance 1. */
    private static FMatrixRMaj rows(int count, long seed) {
        RandomGenerator random = RandomStreams.of(seed, Purpose.NOISE);
        FMatrixRMaj rows = new FMatrixRMaj(count, WIDTH);
        for (int i = 0; i < count; i++) {
            double[] factors = new double[LATENT];
            Arrays.setAll(factors, k -> random.nextGaussian());
            for (int j = 0; j < WIDTH; j++) {
                double value = Math.sqrt(0.9) * factors[j % LATENT];
                rows.set(i, j, (float) (value + Math.sqrt(0.1) * random.nextGaussian()));
            }
        }
        return rows;
    }
}
