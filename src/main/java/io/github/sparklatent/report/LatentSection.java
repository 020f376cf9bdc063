package io.github.sparklatent.report;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.report.Chart.Axis;
import io.github.sparklatent.report.Chart.Kind;
import io.github.sparklatent.report.Chart.Series;
import io.github.sparklatent.report.ComponentsSection.Components;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Section;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** The section that shows where rows lie in the latent space, and which latent dimensions carry information. */
public final class LatentSection {

    /**
     * The latent codes of a sample of rows.
     *
     * @param rows name of the sampled rows, such as "held-out rows"
     * @param means m × l. The encoder's means of the rows. Not modified.
     * @param labels m. The label of each row; empty: there is no label
     * @param kl l. Mean KL divergence of each latent dimension, in nats per row; empty: the network is not variational.
     *     Not modified.
     */
    public record Latents(String rows, DMatrixRMaj means, List<String> labels, double[] kl) {
        public Latents {
            labels = List.copyOf(labels);
            if (!labels.isEmpty()) {
                Require.size("latents.labels", labels.size(), means.numRows);
            }
            if (kl.length > 0) {
                Require.size("latents.kl", kl.length, means.numCols);
            }
        }
    }

    /**
     * The K components of a network's latent space.
     *
     * @param sizes weights of the components in the prior, and the number of rows assigned to each
     * @param decoded K × d. The decoded mean of each component, in the units of the table. Not modified.
     * @param samples K matrices s × d. Rows drawn from each component, shown if the features are an image; empty: none.
     *     Not modified.
     * @param centres K × l. The components' means in the latent space; null: not marked. Not modified.
     * @param assigned the component of each row of the latent codes; empty: unknown. Not modified.
     */
    public record NetworkComponents(
            Components sizes, DMatrixRMaj decoded, List<DMatrixRMaj> samples, DMatrixRMaj centres, int[] assigned) {

        public NetworkComponents {
            samples = List.copyOf(samples);
            int components = sizes.weights().length;
            Require.size("rows of components.decoded", decoded.numRows, components);
            if (!samples.isEmpty()) {
                Require.size("components.samples", samples.size(), components);
            }
            for (DMatrixRMaj drawn : samples) {
                Require.size("columns of components.samples", drawn.numCols, decoded.numCols);
            }
            if (centres != null) {
                Require.size("rows of components.centres", centres.numRows, components);
            }
            for (int component : assigned) {
                Require.that(
                        component >= 0 && component < components,
                        "components.assigned has %s, expected 0 to %s",
                        component,
                        components - 1);
            }
        }

        /** Returns the number of components, K. */
        public int count() {
            return sizes.weights().length;
        }
    }

    /**
     * A latent dimension is active if the variance of its mean over the rows is above this number (Burda, Grosse and
     * Salakhutdinov 2016).
     */
    public static final double ACTIVE = 0.01;

    private static final int BARS = 100;
    private static final int HEIGHT = 260;

    private LatentSection() {}

    /** Returns the section. {@code components}: components of the latent space; null: there are none. */
    public static Section of(Latents latents, NetworkComponents components) {
        List<Block> blocks = new ArrayList<>();
        String text = "";
        if (latents.means().numRows > 1) {
            List<LatentMap> maps = maps(latents, components);
            maps.forEach(map -> blocks.add(map.chart()));
            text = maps.get(0).text();
        }
        if (latents.kl().length > 0) {
            double[] deviations = Deviations.of(latents.means());
            blocks.add(divergence(latents.kl(), deviations));
            text = (text + " " + active(deviations)).strip();
        }
        return new Section("latents", "The latent space", text, blocks);
    }

    /** Returns the maps by component and by label, or one map of a single colour if there are neither. */
    private static List<LatentMap> maps(Latents latents, NetworkComponents components) {
        List<LatentMap> maps = new ArrayList<>();
        boolean assigned = components != null && components.assigned().length > 0;
        if (assigned) {
            List<String> names = IntStream.of(components.assigned())
                    .mapToObj(Integer::toString)
                    .toList();
            maps.add(new LatentMap(latents, "component-map", "component", names, components.centres()));
        }
        if (!assigned || !latents.labels().isEmpty()) {
            maps.add(new LatentMap(latents, "latent-map", "label", latents.labels(), null));
        }
        return maps;
    }

    private static String active(double[] deviations) {
        long active =
                DoubleStream.of(deviations).filter(LatentSection::isActive).count();
        return "Active latent dimensions: %d of %d. The variance of their means over these rows is above %s."
                .formatted(active, deviations.length, Numbers.chosen(ACTIVE));
    }

    private static boolean isActive(double deviation) {
        return deviation * deviation > ACTIVE;
    }

    private static Chart divergence(double[] kl, double[] deviations) {
        int[] order = Order.descending(kl);
        int[] shown = IntStream.of(order).limit(BARS).toArray();
        Chart chart = Chart.of(
                        "divergence-by-dimension",
                        "Mean divergence KL(q(z | x) || p(z)) of each latent dimension, the largest first."
                                + Order.remark(shown.length, kl.length, "largest"),
                        "Bar chart of the divergence by latent dimension, from %s to %s nats."
                                .formatted(Numbers.figure(kl[order[order.length - 1]]), Numbers.figure(kl[order[0]])),
                        Axis.ofNames(
                                "latent dimension",
                                IntStream.of(shown).mapToObj(Integer::toString).toList()),
                        Axis.of("nats").range(0, Double.NaN))
                .sized(shown.length > 1, HEIGHT)
                .with(Series.over(Kind.STACKED, "active", Palette.series(0), select(kl, shown, deviations, true)));
        return IntStream.of(shown).allMatch(j -> isActive(deviations[j]))
                ? chart
                : chart.with(
                        Series.over(Kind.STACKED, "not active", Palette.OTHER, select(kl, shown, deviations, false)));
    }

    private static double[] select(double[] kl, int[] shown, double[] deviations, boolean active) {
        return IntStream.of(shown)
                .mapToDouble(j -> isActive(deviations[j]) == active ? Math.max(0, kl[j]) : Double.NaN)
                .toArray();
    }

    /** The chart of latent means in the plane, coloured by label or by component. */
    private static final class LatentMap {

        private static final int POINTS = 3000;
        private static final int HEIGHT = 560;

        /** The most rows for which dots are larger. */
        private static final int FEW = 600;

        /** The most components for which numbers mark the means; more would overlap. */
        private static final int MARKED = 20;

        private final Latents latents;
        private final String id;
        private final String noun;
        private final LabelColours labels;
        private final DMatrixRMaj points;
        private final DMatrixRMaj centres;
        private final double kept;

        /**
         * Creates the map of rows in the colours of their groups.
         *
         * @param groups name of each row's group, a {@code noun}; empty: there are no groups
         * @param marked means of the groups, which their numbers mark; null: none
         */
        private LatentMap(Latents latents, String id, String noun, List<String> groups, DMatrixRMaj marked) {
            this.latents = latents;
            this.id = id;
            this.noun = noun;
            labels = new LabelColours(groups);
            DMatrixRMaj means = latents.means();
            Projection plane = means.numCols <= 2 ? null : Projection.principal(means);
            points = plane == null ? means : plane.project(means);
            centres = plane == null || marked == null ? marked : plane.project(marked);
            kept = variance(points) / variance(means);
        }

        String text() {
            int rows = latents.means().numRows;
            String which = Words.capitalised(latents.rows()) + " by their latent means";
            int dimensions = latents.means().numCols;
            String share = kept > 0 ? ", which explain %s of the variance".formatted(Numbers.percent(kept)) : "";
            String plane = dimensions <= 2
                    ? "."
                    : ", in the plane of the first two principal components of %s dimensions%s."
                            .formatted(Numbers.count(dimensions), share);
            int shown = Math.min(POINTS, rows);
            return which + plane + Order.remark(shown, rows, "evenly chosen rows");
        }

        Chart chart() {
            boolean line = points.numCols == 1;
            int height = line ? Math.min(HEIGHT, 120 + 40 * labels.count()) : HEIGHT;
            int[] chosen = Order.evenly(points.numRows, POINTS);
            int[] marked = line ? new int[0] : marked();
            String caption = labels.named.isEmpty()
                    ? "Rows in the latent space."
                    : "Rows in the latent space, in the colour of their %s%s."
                            .formatted(noun, marked.length == 0 ? "" : "; numbers mark the components' means");
            String words = "Scatter chart of the latent means of %s with %s."
                    .formatted(
                            Words.counted(
                                    IntStream.of(chosen)
                                            .filter(row -> IntStream.range(0, points.numCols)
                                                    .allMatch(j -> Double.isFinite(points.get(row, j))))
                                            .count(),
                                    "row"),
                            labels.named.isEmpty()
                                    ? "no " + noun
                                    : Words.counted(labels.named.size() + labels.others, noun));
            Chart chart = Chart.of(
                            id,
                            caption,
                            words,
                            Axis.of(axis(1)),
                            line ? Axis.of("").range(-0.6, Math.max(1, labels.count() - 0.4)) : Axis.of(axis(2)))
                    .sized(true, height);
            for (int group = 0; group < labels.count(); group++) {
                chart = chart.with(dots(chosen, group));
            }
            for (int k : marked) {
                String label = Integer.toString(k);
                chart = chart.with(Series.badge(
                        labels.named.contains(label) ? label : others(),
                        labels.colour(label),
                        label,
                        centres.get(k, 0),
                        centres.get(k, 1)));
            }
            return chart;
        }

        private String others() {
            return labels.others > 0 ? "the other %s".formatted(Numbers.count(labels.others)) : "no rows";
        }

        private Series dots(int[] chosen, int group) {
            int[] own =
                    IntStream.of(chosen).filter(i -> labels.group(i) == group).toArray();
            double[] y = points.numCols == 1
                    ? IntStream.of(own).mapToDouble(i -> group).toArray()
                    : column(own, 1);
            String name =
                    labels.named.isEmpty() ? "" : group < labels.named.size() ? labels.named.get(group) : others();
            return Series.dots(name, labels.colour(group), chosen.length > FEW ? 5 : 7, column(own, 0), y);
        }

        /** Returns the components whose means are marked: all with finite means, or none if there are too many. */
        private int[] marked() {
            return centres == null || centres.numRows > MARKED
                    ? new int[0]
                    : IntStream.range(0, centres.numRows)
                            .filter(k -> Double.isFinite(centres.get(k, 0) + centres.get(k, 1)))
                            .toArray();
        }

        private String axis(int number) {
            String name = latents.means().numCols <= 2 ? "latent dimension " : "principal component ";
            return latents.means().numCols <= 2 ? name + (number - 1) : name + number;
        }

        private double[] column(int[] rows, int column) {
            return IntStream.of(rows).mapToDouble(i -> points.get(i, column)).toArray();
        }

        /** Returns the sum of the columns' variances. */
        private static double variance(DMatrixRMaj rows) {
            return Arrays.stream(Deviations.of(rows)).map(s -> s * s).sum();
        }

        /**
         * Assigns a colour to each label. Labels are sorted as numbers if all are numbers, else by name. If there are
         * more labels than colours, the most frequent ones get a colour each and the rest share one.
         */
        static final class LabelColours {

            private final List<String> labels;

            /** The labels that have their own colour. */
            private final List<String> named;

            private final Map<String, Integer> groups = new HashMap<>();

            /** The number of labels that share the common colour. */
            private final int others;

            /** Assigns the colours by the label of each row; without labels all rows have one colour. */
            public LabelColours(List<String> labels) {
                this.labels = labels;
                Map<String, Long> counts =
                        labels.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
                boolean numbers = counts.keySet().stream().allMatch(LabelColours::isNumber);
                Comparator<String> byName = numbers
                        ? Comparator.<String>comparingDouble(Double::parseDouble)
                                .thenComparing(Comparator.naturalOrder())
                        : Comparator.naturalOrder();
                named = counts.keySet().stream()
                        .sorted(Comparator.<String>comparingLong(label -> -counts.get(label))
                                .thenComparing(byName))
                        .limit(Palette.size())
                        .sorted(byName)
                        .toList();
                others = counts.size() - named.size();
                for (int i = 0; i < named.size(); i++) {
                    groups.put(named.get(i), i);
                }
            }

            /**
             * Returns the number of groups of rows: one for each label with its own colour, and one for the rest if
             * there is any.
             */
            public int count() {
                return named.size() + (named.isEmpty() || others > 0 ? 1 : 0);
            }

            /** Returns the index of a row's group. */
            public int group(int row) {
                return labels.isEmpty() ? 0 : groups.getOrDefault(labels.get(row), named.size());
            }

            /** Returns the colour of a group. */
            public Color colour(int group) {
                return group < named.size() || named.isEmpty() ? Palette.series(group) : Palette.OTHER;
            }

            /** Returns the colour of a label, which may be a label that no row has. */
            public Color colour(String label) {
                return colour(groups.getOrDefault(label, named.size()));
            }

            private static boolean isNumber(String label) {
                try {
                    return Double.isFinite(Double.parseDouble(label));
                } catch (NumberFormatException e) {
                    return false;
                }
            }
        }
    }
}
