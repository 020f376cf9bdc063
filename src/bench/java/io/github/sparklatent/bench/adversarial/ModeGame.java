package io.github.sparklatent.bench.adversarial;

import io.github.sparklatent.bench.adversarial.SampleRun.Figure;
import io.github.sparklatent.bench.command.RunOptions;
import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.learn.averaging.AveragingListener;
import io.github.sparklatent.learn.averaging.AveragingLoop;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.AveragingState;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.optimizer.Schedule;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.adversarial.AdversarialGame;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A generative adversarial network of Gaussians in the plane, in so many partitions. */
record ModeGame(Modes modes, int partitions, long seed) {
    static final List<Integer> PARTITIONS = List.of(1, 4);

    private static final int ROWS = 10_000;
    private static final double HALF = 0.5;
    private static final int BATCH = 128;
    private static final double RATE = 1e-3;
    private static final int LATENT = 2;
    private static final int WIDTH = 128;

    String name() {
        return "%s-p%d-s%d".formatted(modes, partitions, seed);
    }

    /** Trains and draws. */
    SampleRun run(RunOptions limits) {
        List<Integer> widths = List.of(WIDTH, WIDTH);
        Architecture architecture = Games.architecture(Gaussian.fixed(2, 1), LATENT, widths, widths);
        AdversarialOptions loss = AdversarialOptions.DEFAULT.withGradientPenalty(modes.penalty);
        // both rates fall over the second half
        Schedule falling = Schedule.of(Schedule.Type.LINEAR).withShare(HALF);
        AveragingOptions options = Games.averaging(limits.limit(modes.epochs), BATCH, partitions, seed)
                .withOptimizers(List.of(
                        Games.adam(modes.rateFactor * RATE).withSchedule(falling),
                        Games.adam(RATE).withSchedule(falling)));
        long began = System.nanoTime();
        float[] parameters = AveragingLoop.run(
                        name(),
                        AdversarialGame.of(architecture, loss),
                        InMemoryShards.of(modes.draw(ROWS, seed), partitions),
                        null,
                        AveragingState.start(architecture.initialize(Kind.ADVERSARIAL, seed)),
                        options,
                        AveragingListener.NONE)
                .parameters();
        double seconds = (System.nanoTime() - began) / 1e9;
        TrainedNetwork network = new TrainedNetwork(Kind.ADVERSARIAL, architecture, parameters);
        int[] near = modes.near(DrawnRows.of(network, Modes.DRAWN, seed));
        double share = (double) Modes.DRAWN / modes.count;
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        double covered =
                Arrays.stream(near).filter(n -> n >= Modes.LEAST * share).count();
        figures.put(Figure.MODES, covered);
        figures.put(Figure.QUALITY, (double) Arrays.stream(near).sum() / Modes.DRAWN);
        figures.put(Figure.SECONDS, seconds);
        return SampleRun.of(name(), figures);
    }
}
