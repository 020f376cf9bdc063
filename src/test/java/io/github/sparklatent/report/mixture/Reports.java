package io.github.sparklatent.report.mixture;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.training.Candidate;
import io.github.sparklatent.gmm.training.Criterion;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.report.Components;
import io.github.sparklatent.report.Confusion;
import io.github.sparklatent.report.FurtherFigure;
import io.github.sparklatent.report.JobSeconds;
import io.github.sparklatent.report.Means;
import io.github.sparklatent.report.ProgressSection.Curve;
import io.github.sparklatent.report.RunOrigin;
import io.github.sparklatent.report.chart.Image;
import io.github.sparklatent.report.group.GroupProfile;
import io.github.sparklatent.report.mixture.MixtureReport.Choice;
import io.github.sparklatent.report.mixture.MixtureReport.Fit;
import io.github.sparklatent.report.mixture.MixtureReport.Scatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** Made-up reports of any size; the same arguments give the same report. */
public final class Reports {
    /** Of every row. */
    private static final double WEIGHT = 2.5;

    /** Of the scaling. */
    private static final double LOG_JACOBIAN = -12.25;

    public static final String NASTY = "a <b>column</b> & its \"name\" 'x' \u0007 \uD800 ]]> €";

    private Reports() {}

    /** All parts there, features the pixels of an image where d is a square. */
    static MixtureReport typical() {
        return new Builder(10, 64, 37).image(8).choice().label(10).build();
    }

    static Builder of(int components, int features, int rounds) {
        return new Builder(components, features, rounds);
    }

    /** What a test wants of a report. */
    static final class Builder {
        private final int k;
        private final int d;
        private final int rounds;
        private double scale = 1;
        private boolean converged = true;
        private List<String> events = List.of();
        private Image image;
        private Choice choice;
        private List<Curve> curves = List.of();
        private Confusion confusion;

        private Builder(int components, int features, int rounds) {
            k = components;
            d = features;
            this.rounds = rounds;
        }

        Builder image(int side) {
            image = new Image(1, side, side);
            return this;
        }

        Builder times(double factor) {
            scale = factor;
            return this;
        }

        Builder troubled(List<String> sentences) {
            converged = false;
            events = sentences;
            return this;
        }

        Builder choice() {
            List<Candidate> candidates =
                    IntStream.of(2, 5, k, 20, k)
                            .mapToObj(
                                    n ->
                                            new Candidate(
                                                    n,
                                                    0,
                                                    9 + n,
                                                    n != 20,
                                                    -200 + n,
                                                    Double.NaN,
                                                    Double.NaN,
                                                    1e5 + 50 * (n - k) * (n - k),
                                                    9e4 - n,
                                                    -200 + n))
                            .toList();
            choice = new Choice(Criterion.BIC, candidates);
            curves =
                    List.of(
                            new Curve("restart 1", new double[] {-140, -125, -124}),
                            new Curve("restart 2", new double[] {-126}));
            return this;
        }

        Builder label(int labels) {
            double[][] counts = new double[labels][k];
            for (int label = 0; label < labels; label++) {
                for (int c = 0; c < k; c++) {
                    counts[label][c] =
                            (label + c) % labels == 3 ? 150 : Math.floor(4 * hash(label * k + c));
                }
            }
            List<String> names =
                    IntStream.range(0, labels)
                            .mapToObj(i -> i == 0 ? NASTY : "class " + i)
                            .toList();
            confusion = new Confusion("held-out rows", names, counts, 0.8364, 0.7312, 0.6418);
            return this;
        }

        MixtureReport build() {
            Fit fit =
                    new Fit(
                            k,
                            CovarianceType.FACTOR,
                            7,
                            d,
                            1617,
                            180,
                            3,
                            "4 (the smallest number)",
                            1617 * WEIGHT,
                            180 * WEIGHT,
                            20809,
                            rounds,
                            "mean log-likelihood",
                            k,
                            converged,
                            1e-4,
                            -123.4567 * scale,
                            -130.21 * scale,
                            412345.6 * scale,
                            400123.4 * scale,
                            confusion == null
                                    ? List.of()
                                    : List.of(new FurtherFigure("Accuracy", 0.8125, 0.8364)),
                            "standard",
                            LOG_JACOBIAN,
                            Map.of("feature 1", 0.25));
            DMatrixRMaj means = matrix(k, d, 5 * scale);
            double[] deviations =
                    IntStream.range(0, d).mapToDouble(j -> (0.5 + hash(j)) * scale).toArray();
            double[] weights = IntStream.range(0, k).mapToDouble(i -> 0.2 + hash(i)).toArray();
            double sum = IntStream.range(0, k).mapToDouble(i -> weights[i]).sum();
            IntStream.range(0, k).forEach(i -> weights[i] /= sum);
            double[] counted =
                    IntStream.range(0, k).mapToDouble(i -> Math.round(1617 * weights[i])).toArray();
            List<String> names =
                    IntStream.range(0, d).mapToObj(j -> j == 0 ? NASTY : "feature " + j).toList();
            Means all = new Means(names, means, deviations, image);
            return new MixtureReport(
                    "readings <of> " + NASTY,
                    fit,
                    events,
                    rounds(),
                    curves,
                    choice,
                    new Components(weights, counted),
                    all,
                    image == null ? GroupProfile.of(all, weights) : null,
                    scatter(),
                    confusion,
                    new JobSeconds(0.8, 14.2, 0.2, Double.NaN),
                    new RunOrigin(entries(), "path = \"<a&b>\""));
        }

        private List<Round> rounds() {
            return IntStream.range(0, rounds)
                    .mapToObj(
                            i ->
                                    new Round(
                                            i,
                                            objective(i),
                                            i == 0 ? Double.NaN : objective(i) - objective(i - 1),
                                            1617,
                                            0.01,
                                            0.2 + 0.1 * hash(i),
                                            0.05,
                                            0.001))
                    .toList();
        }

        private double objective(int round) {
            return scale * (-120 - 40 * Math.exp(-round / 4.0));
        }

        private Scatter scatter() {
            DMatrixRMaj points = matrix(400, 2, 8);
            int[] components = IntStream.range(0, 400).map(i -> i % k).toArray();
            DMatrixRMaj unit = new DMatrixRMaj(new double[][] {{1, 0.3}, {0.3, 0.5}});
            if (d == 1) {
                IntStream.range(0, 400).forEach(i -> points.set(i, 1, 0));
            }
            DMatrixRMaj means = matrix(k, 2, d == 1 ? 0 : 6);
            return new Scatter(points, components, means, Collections.nCopies(k, unit), 1617);
        }

        private static Map<String, String> entries() {
            Map<String, String> entries = new LinkedHashMap<>();
            entries.put("Version", "0.1.0");
            entries.put("Data fingerprint", NASTY);
            return entries;
        }
    }

    private static DMatrixRMaj matrix(int rows, int columns, double scale) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = scale * (2 * hash(i) - 1);
        }
        return matrix;
    }

    /** Evenly scattered in [0, 1). */
    private static double hash(int i) {
        double value = Math.abs(Math.sin(i * 12.9898 + 4.1414) * 43758.5453);
        return value - Math.floor(value);
    }
}
