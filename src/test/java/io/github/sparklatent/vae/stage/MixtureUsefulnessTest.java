package io.github.sparklatent.vae.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.averaging.Averaging;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.metrics.Contingency;
import io.github.sparklatent.metrics.RankedPairs;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.vae.NetworkSampler;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What a network with mixtures is good for, on rows of three kinds, each along a line of its own in ten dimensions. */
class MixtureUsefulnessTest {
    private static final int KINDS = 3;
    private static final int WIDTH = 10;
    private static final int ROWS = 600;
    private static final double NOISE = 0.2;

    private static final Architecture ARCHITECTURE =
            Samples.architecture(2, 20, Gaussian.fixed(WIDTH, NOISE * NOISE)).withComponents(KINDS);
    private static final FMatrixRMaj CLEAN = clean();
    private static final FMatrixRMaj TABLE = noisy(CLEAN, 3);
    private static final TrainedNetwork NETWORK = best();

    /** Row i is of kind i mod 3. */
    private static FMatrixRMaj clean() {
        RandomGenerator random = RandomStreams.of(1, Purpose.NOISE);
        double[][] centre = new double[KINDS][WIDTH];
        double[][] line = new double[KINDS][WIDTH];
        for (int k = 0; k < KINDS; k++) {
            for (int j = 0; j < WIDTH; j++) {
                centre[k][j] = random.nextGaussian();
                line[k][j] = 0.3 * random.nextGaussian();
            }
        }
        FMatrixRMaj rows = new FMatrixRMaj(ROWS, WIDTH);
        for (int i = 0; i < ROWS; i++) {
            double along = random.nextGaussian();
            for (int j = 0; j < WIDTH; j++) {
                rows.set(i, j, (float) (centre[i % KINDS][j] + along * line[i % KINDS][j]));
            }
        }
        return rows;
    }

    private static FMatrixRMaj noisy(FMatrixRMaj clean, long seed) {
        RandomGenerator random = RandomStreams.of(seed, Purpose.NOISE);
        FMatrixRMaj rows = clean.copy();
        for (int i = 0; i < rows.getNumElements(); i++) {
            rows.data[i] += (float) (NOISE * random.nextGaussian());
        }
        return rows;
    }

    /**
     * Of three starts that of the best bound. A start may leave two kinds in one component, which the bound tells: of
     * eight starts the three that did so had the three worst.
     */
    private static TrainedNetwork best() {
        TrainedNetwork best = null;
        double least = Double.POSITIVE_INFINITY;
        double[] score = new double[ROWS];
        for (long seed = 1; seed <= 3; seed++) {
            TrainedNetwork network = trained(seed);
            network.scorer(ROWS, ScoringOptions.DEFAULT.withSamples(5)).anomaly(TABLE, score);
            double mean = Arrays.stream(score).average().orElseThrow();
            if (mean < least) {
                least = mean;
                best = network;
            }
        }
        return best;
    }

    private static TrainedNetwork trained(long seed) {
        AveragingOptions averaging = AveragingOptions.DEFAULT
                .withMaxEpochs(5)
                .withRoundsPerEpoch(1)
                .withBatchSize(20)
                .withOptimizer(Optimizer.DEFAULT.withLearningRate(5e-3));
        VaeStages made = new VaeStages(Kind.MIXTURE, ARCHITECTURE, ClusteringRecipe.DEFAULT);
        List<Stage> stages = List.of(
                made.stage(VaeStage.ENCODER, averaging),
                made.stage(VaeStage.DECODER, averaging),
                made.stage(VaeStage.JOINT, averaging.withMaxEpochs(30)));
        float[] start = ARCHITECTURE.initialize(Kind.MIXTURE, seed);
        float[] parameters =
                Averaging.run(stages, InMemoryShards.of(TABLE, 1), null, start).parameters();
        return new TrainedNetwork(Kind.MIXTURE, ARCHITECTURE, parameters);
    }

    /** The lines are far apart against the noise. */
    @Test
    void findsTheKinds() {
        int[] component = new int[ROWS];
        NETWORK.scorer(ROWS, ScoringOptions.DEFAULT).component(TABLE, component);
        double[][] counts = new double[KINDS][KINDS];
        for (int i = 0; i < ROWS; i++) {
            counts[i % KINDS][component[i]]++;
        }
        assertThat(Contingency.of(counts, null).accuracy()).isGreaterThan(0.99);
    }

    /** Rows half way between two kinds are on no line. */
    @Test
    void rowsBetweenTheKindsAreStrange() {
        FMatrixRMaj rows = noisy(CLEAN, 7);
        boolean[] outlier = new boolean[ROWS];
        for (int i = 0; i + 1 < ROWS; i += 20) {
            outlier[i] = true;
            for (int j = 0; j < WIDTH; j++) {
                rows.set(i, j, (rows.get(i, j) + rows.get(i + 1, j)) / 2);
            }
        }
        double[] score = new double[ROWS];
        NETWORK.scorer(ROWS, ScoringOptions.DEFAULT.withSamples(10)).anomaly(rows, score);
        assertThat(RankedPairs.areaUnderRoc(score, outlier)).isGreaterThan(0.95);
    }

    /** A component's rows are of one kind, and all kinds are drawn. */
    @Test
    void drawsRowsOfEachKind() {
        NetworkScorer scorer = NETWORK.scorer(ROWS, ScoringOptions.DEFAULT);
        double[] values = new double[WIDTH];
        int[] component = new int[1];
        FMatrixRMaj row = new FMatrixRMaj(1, WIDTH);
        for (int k = 0; k < KINDS; k++) {
            NetworkSampler sampler = NETWORK.sampler(1).fromComponent(k);
            int same = 0;
            for (int i = 0; i < 100; i++) {
                sampler.sample(i, values);
                for (int j = 0; j < WIDTH; j++) {
                    row.data[j] = (float) values[j];
                }
                scorer.component(row, component);
                same += component[0] == k ? 1 : 0;
            }
            assertThat(same).isGreaterThanOrEqualTo(90);
        }
    }
}
