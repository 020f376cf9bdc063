package io.github.sparklatent.bench.networks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Adversarial trainings as tables in Markdown. */
final class AdversarialTable {
    private final RunFile<SampleRun> runs;

    AdversarialTable(RunFile<SampleRun> runs) {
        this.runs = runs;
    }

    String text() {
        return modes()
                + """

                Of %,d rows drawn; a mode is covered that has a fifth of its share of them, or more,
                within three deviations. Mean, least and greatest of the seeds run. The
                discriminator has a gradient penalty, of %s for the ring and %s for the grid.

                """
                        .formatted(Modes.DRAWN, Modes.RING.penalty(), Modes.GRID.penalty())
                + drawn(SampleSetting.DIGITS)
                + "\n"
                + drawn(SampleSetting.MNIST)
                + """

                Squared Fréchet distances of %,d drawn rows, each the mean that its code is decoded
                to, from the digits, or from MNIST's test images: of the scores of %d and %d
                principal components, and of the codes of an autoencoder, 64-256-256-10 and
                784-500-500-2000-10. Reconstructions are of the same rows; SSIM has a window of 7 x 7
                on images of 8 x 8, of 11 x 11 on MNIST's. The two rows of the MoG-VAE go on from the
                same network, with the same passes of the decoder alone. The GAN's discriminator has
                spectral normalisation, the others' labels are smoothed by 0.1. Fields without a figure were
                not measured.
                """
                        .formatted(
                                SampleSetting.MNIST.drawn(),
                                SampleSetting.DIGITS.features(),
                                SampleSetting.MNIST.features());
    }

    private String modes() {
        StringBuilder out =
                new StringBuilder(
                        "| GAN 2-128-128-2 | partitions | seeds | modes covered | rows within three"
                                + " deviations of a mode, % | seconds |\n"
                                + "| --- | ---: | ---: | ---: | ---: | ---: |\n");
        for (Modes modes : Modes.values()) {
            for (int partitions : ModeGame.PARTITIONS) {
                List<SampleRun> seeds = seeds(seed -> new ModeGame(modes, partitions, seed).name());
                out.append(
                        "| %s | %d | %s | %s | %s | %s |\n"
                                .formatted(
                                        modes.title(),
                                        partitions,
                                        seeds.isEmpty() ? "" : seeds.size(),
                                        range("%.1f", 1, seeds, SampleRun.MODES),
                                        range("%.1f", 100, seeds, SampleRun.QUALITY),
                                        mean("%.0f", seeds, SampleRun.SECONDS)));
            }
        }
        return out.toString();
    }

    private String drawn(SampleSetting setting) {
        StringBuilder out =
                new StringBuilder(
                        "| %s | seeds | Fréchet distance, principal components | codes | mean squared error of reconstructions | SSIM | seconds |\n"
                                        .formatted(setting.title())
                                + "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        if (setting == SampleSetting.MNIST) {
            line(
                    out,
                    "10,000 images of those trained on",
                    seeds(seed -> setting.realRun()).stream().limit(1).toList());
        }
        for (SampleMethod method : setting.methods()) {
            line(out, method.title(), seeds(seed -> setting.run(method, seed)));
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String title, List<SampleRun> seeds) {
        out.append(
                "| %s | %s | %s | %s | %s | %s | %s |\n"
                        .formatted(
                                title,
                                seeds.isEmpty() ? "" : seeds.size(),
                                range("%.3f", 1, seeds, SampleRun.COMPONENTS),
                                range("%.3f", 1, seeds, SampleRun.CODES),
                                range("%.5f", 1, seeds, SampleRun.ERROR),
                                range("%.3f", 1, seeds, SampleRun.SIMILARITY),
                                mean("%.0f", seeds, SampleRun.SECONDS)));
    }

    private List<SampleRun> seeds(LongFunction<String> name) {
        return LongStream.rangeClosed(1, SampleSetting.SEEDS)
                .mapToObj(name)
                .map(runs::find)
                .flatMap(Optional::stream)
                .toList();
    }

    private static double[] values(List<SampleRun> seeds, String figure) {
        return seeds.stream()
                .map(run -> run.figures().get(figure))
                .filter(Objects::nonNull)
                .mapToDouble(value -> value)
                .sorted()
                .toArray();
    }

    private static String mean(String format, List<SampleRun> seeds, String figure) {
        double[] values = values(seeds, figure);
        return values.length == 0
                ? ""
                : String.format(Locale.ROOT, format, Arrays.stream(values).average().orElseThrow());
    }

    /** Mean, least and greatest. */
    private static String range(
            String format, double factor, List<SampleRun> seeds, String figure) {
        double[] values = values(seeds, figure);
        return values.length == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%s (%s to %s)".replace("%s", format),
                        factor * Arrays.stream(values).average().orElseThrow(),
                        factor * values[0],
                        factor * values[values.length - 1]);
    }
}
