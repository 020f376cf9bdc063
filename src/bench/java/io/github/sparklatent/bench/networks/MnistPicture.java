package io.github.sparklatent.bench.networks;

import io.github.sparklatent.bench.LineChart;
import io.github.sparklatent.bench.networks.Curve.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** The trainings on MNIST as lines. */
final class MnistPicture {
    private MnistPicture() {}

    static void write(Curves curves, Path file) throws IOException {
        LineChart dense =
                new LineChart(
                        "784-500-500-20",
                        "epochs",
                        "held-out bound, nats a row",
                        Mnist.EPOCHS,
                        -122,
                        -100);
        line(dense, "ours, 1 core", 0, curves, "dense-1", Point::elbo);
        line(dense, "ours, 2 cores", 1, curves, "dense-2", Point::elbo);
        line(dense, "PyTorch", 4, curves, "dense-torch-1", Point::elbo);
        double passes = last(curves, Mnist.VAE);
        LineChart burda =
                new LineChart(
                        "784-200-200-50, binarised",
                        "epochs",
                        "held out, nats a row",
                        passes,
                        -130,
                        -85);
        line(burda, "VAE, bound", 0, curves, Mnist.VAE, Point::elbo);
        line(burda, "VAE, log p", 1, curves, Mnist.VAE, Point::logLikelihood);
        int colour = 2;
        for (int samples : Mnist.IWAE_SAMPLES) {
            String run = Mnist.iwae(samples);
            line(burda, "IWAE %d, bound".formatted(samples), colour++, curves, run, Point::elbo);
            line(
                    burda,
                    "IWAE %d, log p".formatted(samples),
                    colour++,
                    curves,
                    run,
                    Point::logLikelihood);
        }
        LineChart.write(file, dense, burda);
    }

    private static double last(Curves curves, String name) {
        return curves.find(name).map(curve -> curve.last().passes()).orElse(1.0);
    }

    private static void line(
            LineChart chart,
            String name,
            int colour,
            Curves curves,
            String run,
            Function<Point, Double> figure) {
        List<double[]> points =
                curves.find(run).map(Curve::points).orElse(List.of()).stream()
                        .filter(point -> figure.apply(point) != null)
                        .map(point -> new double[] {point.passes(), figure.apply(point)})
                        .toList();
        chart.line(name, colour, points);
    }
}
