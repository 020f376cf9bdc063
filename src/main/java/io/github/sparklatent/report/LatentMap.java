package io.github.sparklatent.report;

import io.github.sparklatent.report.Chart.Axis;
import io.github.sparklatent.report.Chart.Series;
import io.github.sparklatent.report.LatentSection.Latents;
import io.github.sparklatent.report.LatentSection.NetworkComponents;
import java.awt.Color;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** The chart of latent means in the plane, coloured by label or by component. */
final class LatentMap {

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

    /** Returns the map with each row in the colour of its label. */
    static LatentMap byLabel(Latents latents) {
        return new LatentMap(latents, "latent-map", "label", latents.labels(), null);
    }

    /** Returns the map with each row in the colour of its component, and the components' numbers at their means. */
    static LatentMap byComponent(Latents latents, NetworkComponents components) {
        return new LatentMap(
                latents,
                "component-map",
                "component",
                IntStream.of(components.assigned()).mapToObj(Integer::toString).toList(),
                components.centres());
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
        String caption = labels.named().isEmpty()
                ? "Rows in the latent space."
                : "Rows in the latent space, in the colour of their %s%s."
                        .formatted(noun, marked.length == 0 ? "" : "; numbers mark the components' means");
        String words = "Scatter chart of the latent means of %s with %s."
                .formatted(
                        Words.counted(IntStream.of(chosen).filter(this::finite).count(), "row"),
                        labels.named().isEmpty()
                                ? "no " + noun
                                : Words.counted(labels.named().size() + labels.others(), noun));
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
                    labels.named().contains(label) ? label : others(),
                    labels.colour(label),
                    label,
                    centres.get(k, 0),
                    centres.get(k, 1)));
        }
        return chart;
    }

    private String others() {
        return labels.others() > 0 ? "the other %s".formatted(Numbers.count(labels.others())) : "no rows";
    }

    private Series dots(int[] chosen, int group) {
        int[] own = IntStream.of(chosen).filter(i -> labels.group(i) == group).toArray();
        double[] y =
                points.numCols == 1 ? IntStream.of(own).mapToDouble(i -> group).toArray() : column(own, 1);
        String name = labels.named().isEmpty()
                ? ""
                : group < labels.named().size() ? labels.named().get(group) : others();
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

    private boolean finite(int row) {
        return IntStream.range(0, points.numCols).allMatch(j -> Double.isFinite(points.get(row, j)));
    }

    private double[] column(int[] rows, int column) {
        return IntStream.of(rows).mapToDouble(i -> points.get(i, column)).toArray();
    }

    /** Returns the sum of the columns' variances. */
    private static double variance(DMatrixRMaj rows) {
        return Arrays.stream(Deviations.of(rows)).map(s -> s * s).sum();
    }

    /**
     * Assigns a colour to each label. Labels are sorted as numbers if all are numbers, else by name. If there are more
     * labels than colours, the most frequent ones get a colour each and the rest share one.
     */
    static final class LabelColours {

        private final List<String> labels;
        private final List<String> named;
        private final Map<String, Integer> groups = new HashMap<>();
        private final int others;

        /** Assigns the colours by the label of each row; without labels all rows have one colour. */
        public LabelColours(List<String> labels) {
            this.labels = labels;
            Map<String, Long> counts =
                    labels.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            boolean numbers = counts.keySet().stream().allMatch(LabelColours::isNumber);
            Comparator<String> byName = numbers
                    ? Comparator.<String>comparingDouble(Double::parseDouble).thenComparing(Comparator.naturalOrder())
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

        /** Returns the labels that have their own colour. */
        public List<String> named() {
            return named;
        }

        /** Returns the number of labels that share the common colour. */
        public int others() {
            return others;
        }

        /**
         * Returns the number of groups of rows: one for each label with its own colour, and one for the rest if there
         * is any.
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
