package io.github.sparklatent.bench.networks;

import io.github.sparklatent.bench.networks.Curve.Point;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The trainings on MNIST as tables in Markdown. */
final class MnistTable {
    private static final List<Integer> SHOWN = List.of(1, 2, 3, 4, 8, 10);

    private final Curves curves;
    private final String torch;

    MnistTable(Curves curves, String torch) {
        this.curves = curves;
        this.torch = torch;
    }

    String text() {
        return beside()
                + """

                With one core ours is plain training in one piece, as PyTorch's; with two cores it
                is two partitions with the defaults. PyTorch with one thread has its BLAS take both
                cores. Held out: the 10,000 test images. Seconds are measured apart (`--seconds`);
                fields without a figure were not measured.
                """
                + towards();
    }

    private String beside() {
        StringBuilder out =
                new StringBuilder("| network, who | seconds an epoch | held-out bound after 1 |");
        SHOWN.stream().skip(1).forEach(epoch -> out.append(" %d |".formatted(epoch)));
        out.append(" moving average, at the end |\n| --- | ---: |")
                .append(" ---: |".repeat(SHOWN.size() + 1));
        out.append("\n");
        for (String network : List.of("dense", "convolution")) {
            String title =
                    network.equals("dense")
                            ? "784-500-500-20"
                            : "convolutions of 16 and 32 channels, 20";
            for (int cores = 1; cores <= 2; cores++) {
                String where = cores == 1 ? "1 core" : "2 cores";
                String threads = cores == 1 ? "1 thread" : "2 threads";
                line(out, "%s, spark-latent, %s".formatted(title, where), network + "-" + cores);
                line(
                        out,
                        "%s, %s, %s".formatted(title, torch, threads),
                        network + "-torch-" + cores);
            }
        }
        return out.toString();
    }

    private void line(StringBuilder out, String title, String run) {
        Optional<Curve> curve = curves.find(run);
        if (curve.isEmpty()) {
            return;
        }
        out.append("| %s | %s |".formatted(title, curve.get().secondsText()));
        for (int epoch : SHOWN) {
            Optional<Point> point = curve.get().at(epoch);
            out.append(" %s |".formatted(point.map(p -> format("%.2f", p.elbo())).orElse("")));
        }
        Double average = curve.get().last().averageElbo();
        out.append(" %s |\n".formatted(average == null ? "" : format("%.2f", average)));
    }

    private String towards() {
        StringBuilder out =
                new StringBuilder(
                        "\n| 784-200-200-50, tanh, binarised anew | epochs | seconds an epoch | bound | −log p(x), %,d samples | Burda et al. 2016, 3,280 epochs |\n"
                                        .formatted(Mnist.SAMPLES)
                                + "| --- | ---: | ---: | ---: | ---: | ---: |\n");
        towards(out, "VAE", Mnist.VAE, "86.76");
        towards(out, "IWAE, 5 samples", Mnist.iwae(5), "85.54");
        towards(out, "IWAE, 50 samples", Mnist.iwae(50), "84.78");
        return curves.find(Mnist.VAE).isPresent()
                ? out
                        + """

                        log p(x) of the VAE is of all 10,000 test images, of the IWAEs of 2,000, along
                        the curve of 500 of them (standard error 1 nat); the rate falls over the last
                        30% of the epochs.
                        """
                : "";
    }

    private void towards(StringBuilder out, String title, String run, String paper) {
        curves.find(run)
                .ifPresent(
                        curve ->
                                out.append(
                                        "| %s | %.0f | %s | %s | %s | %s |\n"
                                                .formatted(
                                                        title,
                                                        curve.last().passes(),
                                                        curve.secondsText(),
                                                        format("%.2f", curve.last().elbo()),
                                                        measured(curve.last()),
                                                        paper)));
    }

    private static String measured(Point point) {
        return point.logLikelihood() == null ? "" : format("%.2f", -point.logLikelihood());
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value).replace('-', '−');
    }
}
