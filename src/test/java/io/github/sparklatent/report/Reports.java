package io.github.sparklatent.report;

import io.github.sparklatent.learn.Traffic;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.mixture.training.Candidate;
import io.github.sparklatent.mixture.training.Criterion;
import io.github.sparklatent.ml.core.Origin;
import io.github.sparklatent.report.ComponentsSection.Components;
import io.github.sparklatent.report.ConfusionSection.Confusion;
import io.github.sparklatent.report.MeansTable.Means;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.ProgressSection.Curve;
import io.github.sparklatent.report.ScatterSection.Scatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Made-up pages of any size; the same arguments give the same page. */
public final class Reports {
    /** Of the scaling. */
    private static final double LOG_JACOBIAN = -12.25;

    public static final String NASTY = "a <b>column</b> & its \"name\" 'x' \u0007 \uD800 ]]> €";

    private Reports() {}

    /** All sections, features the pixels of an image where d is a square. */
    static Page typical() {
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
        private List<String> warnings = List.of();
        private Image image;
        private List<Candidate> candidates = List.of();
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
            warnings = sentences;
            return this;
        }

        Builder choice() {
            candidates = IntStream.of(2, 5, k, 20, k)
                    .mapToObj(n -> new Candidate(
                            n,
                            0,
                            9 + n,
                            n != 20,
                            -200 + n,
                            Double.NaN,
                            Double.NaN,
                            1e5 + 50 * (n - k) * (n - k),
                            -200 + n))
                    .toList();
            curves = List.of(
                    new Curve("restart 1", new double[] {-140, -125, -124}),
                    new Curve("restart 2", new double[] {-126}));
            return this;
        }

        Builder label(int labels) {
            double[][] counts = new double[labels][k];
            for (int label = 0; label < labels; label++) {
                for (int c = 0; c < k; c++) {
                    counts[label][c] = (label + c) % labels == 3 ? 150 : Math.floor(4 * hash(label * k + c));
                }
            }
            List<String> names = IntStream.range(0, labels)
                    .mapToObj(i -> i == 0 ? NASTY : "class " + i)
                    .toList();
            confusion = new Confusion("held-out rows", names, counts, 0.8364, 0.7312, 0.6418);
            return this;
        }

        Page build() {
            DMatrixRMaj means = matrix(k, d, 5 * scale);
            double[] deviations = IntStream.range(0, d)
                    .mapToDouble(j -> (0.5 + hash(j)) * scale)
                    .toArray();
            double[] weights =
                    IntStream.range(0, k).mapToDouble(i -> 0.2 + hash(i)).toArray();
            double sum = IntStream.range(0, k).mapToDouble(i -> weights[i]).sum();
            IntStream.range(0, k).forEach(i -> weights[i] /= sum);
            double[] counted = IntStream.range(0, k)
                    .mapToDouble(i -> Math.round(1617 * weights[i]))
                    .toArray();
            List<String> names = IntStream.range(0, d)
                    .mapToObj(j -> j == 0 ? NASTY : "feature " + j)
                    .toList();
            Means all = new Means(names, means, deviations, image);
            return Page.head(
                            "Mixture report",
                            "readings <of> " + NASTY,
                            "A summary.",
                            "converged",
                            true,
                            warnings,
                            confusion == null ? List.of() : List.of(ConfusionSection.tile(confusion)))
                    .with(sections(all, weights, counted), technical());
        }

        private static GroupProfile profile(Means means, double[] weights) {
            List<GroupProfile.Column> columns = new ArrayList<>();
            for (int j = 0; j < means.means().numCols; j++) {
                double[] ofGroups = CommonOps_DDRM.extractColumn(means.means(), j, null).data;
                columns.add(new GroupProfile.NumberColumn(means.features().get(j), ofGroups, 0, means.deviations()[j]));
            }
            return new GroupProfile(weights, columns);
        }

        private List<Section> sections(Means means, double[] weights, double[] counted) {
            List<Section> sections = new ArrayList<>();
            if (image == null) {
                sections.add(GroupsSection.of(profile(means, weights)));
            }
            sections.add(ComponentsSection.of(new Components(weights, counted), 1617, "training rows"));
            sections.add(MeansSection.of(means, weights));
            sections.add(ScatterSection.of(scatter(), weights));
            if (confusion != null) {
                sections.add(ConfusionSection.of(confusion, k));
            }
            return sections;
        }

        private List<Section> technical() {
            List<Section> sections = new ArrayList<>();
            if (!candidates.isEmpty()) {
                sections.add(ChoiceSection.of(Criterion.BIC, candidates, k));
            }
            sections.add(ProgressSection.of("mean log-likelihood", 1e-4, rounds(), curves));
            Measures measures = new Measures(1617, 180)
                    .add("meanLogLikelihood", "Mean log-likelihood, nats per row", -123.4567 * scale, -130.21 * scale);
            sections.add(Measures.section(
                    List.of(measures.table("Fit to the rows.")),
                    Map.of("feature 1", 0.25),
                    Measures.scaled("standard", LOG_JACOBIAN)));
            sections.add(new Origin(entries()).section("path = \"<a&b>\""));
            return sections;
        }

        private List<Round> rounds() {
            return IntStream.range(0, rounds)
                    .mapToObj(i -> new Round(
                            i,
                            objective(i),
                            i == 0 ? Double.NaN : objective(i) - objective(i - 1),
                            0,
                            1617,
                            0.01,
                            0.2 + 0.1 * hash(i),
                            0.05,
                            0.001,
                            Traffic.inMemory(1)))
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

        private static Map<String, Object> entries() {
            Map<String, Object> entries = new LinkedHashMap<>();
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
