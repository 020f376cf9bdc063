package io.github.sparklatent.bench.networks;

import io.github.sparklatent.nn.Bernoulli;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * With what networks digits are drawn.
 *
 * @param title of the table
 * @param prefix of the names of its runs
 * @param side of an image
 * @param partitions that networks are trained in
 * @param batch rows of a step, over all partitions
 * @param latent columns of a code
 * @param widths of the encoder's hidden layers; the decoder mirrors them
 * @param judging widths of the discriminator's
 * @param passes of each network; where stages follow one another, of the first
 * @param sharpening passes of a mixture's decoder after these
 * @param rate of the game
 * @param features principal components that rows are compared in
 * @param drawn rows to be compared
 */
record SampleSetting(
        String title,
        String prefix,
        int side,
        int partitions,
        int batch,
        int latent,
        List<Integer> widths,
        List<Integer> judging,
        double passes,
        double sharpening,
        double rate,
        int features,
        int drawn) {
    static final int SEEDS = 5;

    /** Components of the mixtures. */
    static final int COMPONENTS = 10;

    static final SampleSetting DIGITS =
            new SampleSetting(
                    "the embedded digits, 64-128-8",
                    "digits-",
                    8,
                    1,
                    32,
                    8,
                    List.of(128),
                    List.of(128, 64),
                    100,
                    20,
                    1e-3,
                    20,
                    10_000);

    static final SampleSetting MNIST =
            new SampleSetting(
                    "MNIST, 784-500-500-20",
                    "mnist-",
                    28,
                    2,
                    128,
                    20,
                    List.of(500, 500),
                    List.of(500, 250),
                    50,
                    10,
                    5e-4,
                    50,
                    10_000);

    /** Leaky networks on values in [0, 1]. */
    Architecture architecture() {
        return GameSetting.architecture(new Bernoulli(side * side), latent, widths, judging)
                .withComponents(COMPONENTS);
    }

    /** A run's name. */
    String run(SampleMethod method, long seed) {
        return "%s%s-s%d".formatted(prefix, method, seed);
    }

    /** The name of the run that compares rows with real ones. */
    String realRun() {
        return prefix + "real-s1";
    }

    /** A mixture decodes as many codes of a row as it has components: on few rows only. */
    List<SampleMethod> methods() {
        return Arrays.stream(SampleMethod.values())
                .filter(method -> this == DIGITS || method.kind() != Kind.MIXTURE)
                .toList();
    }

    /** Whether any of its runs is asked for. */
    boolean isWanted(NetworkOptions options, RunFile<?> runs) {
        return this == MNIST && options.wants(realRun(), runs)
                || methods().stream()
                        .anyMatch(
                                method ->
                                        LongStream.rangeClosed(1, SEEDS)
                                                .anyMatch(
                                                        seed ->
                                                                options.wants(
                                                                        run(method, seed), runs)));
    }
}
