package io.github.sparklatent.bench.networks;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.AveragingListener;
import io.github.sparklatent.learn.AveragingLoop;
import io.github.sparklatent.learn.AveragingState;
import io.github.sparklatent.learn.InMemoryShards;
import io.github.sparklatent.learn.Optimizer;
import io.github.sparklatent.learn.Schedule;
import io.github.sparklatent.nn.Gaussian;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.adversarial.AdversarialGame;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/**
 * A generative adversarial network of Gaussians in the plane.
 *
 * @param modes to be found
 * @param partitions that it is trained in
 */
record ModeGame(Modes modes, int partitions, long seed) {
    static final List<Integer> PARTITIONS = List.of(1, 4);
    static final int SEEDS = 5;
    static final int ROWS = 10_000;

    private static final double HALF = 0.5;
    private static final int BATCH = 128;
    private static final double RATE = 1e-3;
    private static final int LATENT = 2;
    private static final int WIDTH = 128;

    /** Both rates fall over the second half. */
    private List<Optimizer> optimizers() {
        Schedule falling = Schedule.of(Schedule.Type.LINEAR).withShare(HALF);
        return List.of(
                GameSetting.adam(modes.haste() * RATE).withSchedule(falling),
                GameSetting.adam(RATE).withSchedule(falling));
    }

    String name() {
        return "%s-p%d-s%d".formatted(modes, partitions, seed);
    }

    /** Trains and draws. */
    SampleRun run(NetworkOptions limits) {
        List<Integer> widths = List.of(WIDTH, WIDTH);
        Architecture architecture =
                GameSetting.architecture(Gaussian.fixed(2, 1), LATENT, widths, widths);
        AdversarialOptions options =
                AdversarialOptions.DEFAULT.withGradientPenalty(modes.penalty());
        long began = System.nanoTime();
        float[] parameters =
                AveragingLoop.run(
                                name(),
                                AdversarialGame.of(architecture, options),
                                InMemoryShards.of(modes.draw(ROWS, seed), partitions),
                                null,
                                AveragingState.start(
                                        architecture.initialize(Kind.ADVERSARIAL, seed)),
                                GameSetting.averaging(
                                                limits.limit(modes.passes()),
                                                BATCH,
                                                partitions,
                                                seed)
                                        .withOptimizers(optimizers()),
                                AveragingListener.NONE)
                        .parameters();
        double seconds = (System.nanoTime() - began) / 1e9;
        FMatrixRMaj drawn =
                DrawnRows.of(
                        new TrainedNetwork(Kind.ADVERSARIAL, architecture, parameters),
                        Modes.DRAWN,
                        seed);
        int[] near = modes.near(drawn);
        double share = (double) Modes.DRAWN / modes.count();
        Map<String, Double> figures = new LinkedHashMap<>();
        double covered = Arrays.stream(near).filter(n -> n >= Modes.LEAST * share).count();
        figures.put(SampleRun.MODES, covered);
        figures.put(
                SampleRun.QUALITY,
                Training.rounded((double) Arrays.stream(near).sum() / Modes.DRAWN));
        figures.put(SampleRun.SECONDS, Training.rounded(seconds));
        return new SampleRun(name(), figures);
    }
}
