package io.github.sparklatent.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The variance of both estimators against the number of parameters. {@code -Dpicture.write} writes the picture of the
 * guide.
 */
class GradientVarianceTest {
    private static final int[] PARAMETERS = {1, 2, 4, 8, 16, 32, 64};
    private static final int ROUNDS = 2000;
    private static final int DRAWS = 10;
    private static final double MEAN = 0.5;
    private static final double DEVIATION = 0.5;

    /** The mean variance of the derivatives with respect to the means, in units of a deviation. */
    private static double variance(GradientEstimator estimator, int p) {
        double[] means = new double[p];
        Arrays.fill(means, MEAN);
        GaussianPosterior q = GaussianPosterior.of(PosteriorForm.MEAN_FIELD, means, DEVIATION);
        double[] sum = new double[p];
        double[] squares = new double[p];
        for (int round = 0; round < ROUNDS; round++) {
            DMatrixRMaj noise = GaussianPosterior.noise(DRAWS, p, 3, Purpose.PARAMETER_DRAW, round);
            DMatrixRMaj draws = q.draws(noise);
            double[] densities = new double[DRAWS];
            double[] gradients = new double[p * DRAWS];
            for (int s = 0; s < DRAWS; s++) {
                for (int i = 0; i < p; i++) {
                    gradients[s * p + i] = -draws.get(s, i);
                    densities[s] -= 0.5 * draws.get(s, i) * draws.get(s, i);
                }
                densities[s] -= q.logDensity(noise, s);
            }
            double[] g = estimator.gradient(q, noise, densities, gradients, 0);
            for (int i = 0; i < p; i++) {
                sum[i] += g[i] / ROUNDS;
                squares[i] += g[i] * g[i] / ROUNDS;
            }
        }
        double variance = 0;
        for (int i = 0; i < p; i++) {
            variance += (squares[i] - sum[i] * sum[i]) / p;
        }
        return variance;
    }

    /**
     * A derivative of the reparameterised estimator is a mean of S terms (1 − σ²) ε − σ μ, so its variance is (1 − σ²)²
     * / S for any p. The score function has Cov(f, ε)² and Var(f) more: f is a sum over the parameters, so the variance
     * grows in proportion to p. A sample variance of 2,000 rounds has an error of √(2 / 2000) = 3%.
     */
    @Test
    void theVarianceOfTheScoreFunctionGrowsWithTheParameters() throws IOException {
        double[] path = new double[PARAMETERS.length];
        double[] score = new double[PARAMETERS.length];
        for (int i = 0; i < PARAMETERS.length; i++) {
            path[i] = variance(GradientEstimator.REPARAMETERIZED, PARAMETERS[i]);
            score[i] = variance(GradientEstimator.SCORE_FUNCTION, PARAMETERS[i]);
            double exact = Math.pow(1 - DEVIATION * DEVIATION, 2) / DRAWS;
            assertThat(path[i] / exact).isCloseTo(1, within(0.15));
        }
        int last = PARAMETERS.length - 1;
        assertThat(score[last] / score[last - 1]).isCloseTo(2, within(0.3));
        assertThat(score[last]).isGreaterThan(30 * path[last]);
        if (System.getProperty("picture.write") != null) {
            write(path, score);
        }
    }

    private static void write(double[] path, double[] score) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(760)
                .height(420)
                .xAxisTitle("number of parameters")
                .yAxisTitle("variance of a derivative")
                .build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        double[] x = Arrays.stream(PARAMETERS).asDoubleStream().toArray();
        chart.addSeries("score function", x, score).setMarker(SeriesMarkers.CIRCLE);
        chart.addSeries("reparameterised", x, path).setMarker(SeriesMarkers.DIAMOND);
        BufferedImage image = new BufferedImage(760, 420, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        chart.paint(graphics, 760, 420);
        graphics.dispose();
        ImageIO.write(image, "png", new File("src/site/markdown/images/gradient-variance.png"));
    }
}
