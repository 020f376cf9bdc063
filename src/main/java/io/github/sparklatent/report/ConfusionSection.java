package io.github.sparklatent.report;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import io.github.sparklatent.report.Page.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The section that compares components with labels. Components are sorted by their most frequent label. */
public final class ConfusionSection {

    /** The most components for which the cells show numbers as well as shades. */
    private static final int NUMBERED = 20;

    private final Confusion confusion;
    private final int all;
    private final int[] labels;
    private final int[] components;

    /**
     * The agreement of K components with the labels of the rows.
     *
     * @param rows the rows that were counted, such as "held-out rows"
     * @param labels the distinct labels
     * @param counts labels x K. Number of rows of each label in each component. Not modified.
     * @param accuracy share of the rows whose component is matched to their label, under the best matching
     * @param nmi normalised mutual information
     * @param ari adjusted Rand index
     */
    public record Confusion(
            String rows, List<String> labels, double[][] counts, double accuracy, double nmi, double ari) {
        public Confusion {
            labels = List.copyOf(labels);
            Require.size("rows of confusion.counts", counts.length, labels.size());
        }
    }

    private ConfusionSection(Confusion confusion, int all) {
        this.confusion = confusion;
        this.all = all;
        labels = Order.largest(
                Arrays.stream(confusion.counts())
                        .mapToDouble(r -> Arrays.stream(r).sum())
                        .toArray(),
                Order.COMPONENTS);
        double[] sizes = IntStream.range(0, all).mapToDouble(this::size).toArray();
        components = IntStream.of(Order.largest(sizes, Order.COMPONENTS))
                .boxed()
                .sorted(Comparator.comparingInt(this::mainLabel).thenComparing(k -> -largest(k)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Returns the key metric of the page: the accuracy under the best matching of components and labels. */
    public static Tile tile(Confusion confusion) {
        return new Tile(
                Numbers.percent(confusion.accuracy()),
                "accuracy",
                "of the %s, under the best matching".formatted(confusion.rows()));
    }

    public static Section of(Confusion confusion, int components) {
        return new ConfusionSection(confusion, components).section();
    }

    private Section section() {
        String text =
                ("The training did not use the labels. Of the %s, %s lie in the component matched to their label (accuracy under the best matching); normalised mutual information %s, adjusted Rand index %s.")
                                .formatted(
                                        confusion.rows(), Numbers.percent(confusion.accuracy()),
                                        Numbers.figure(confusion.nmi()), Numbers.figure(confusion.ari()))
                        + Order.remark(labels.length, confusion.labels().size(), "most frequent labels")
                        + Order.remark(components.length, all, "largest components");
        return new Section("confusion", "Components and labels", text, List.of(table()));
    }

    private Table table() {
        List<String> head = new ArrayList<>(List.of("Label"));
        IntStream.of(components).forEach(k -> head.add(Integer.toString(k)));
        double strongest = IntStream.of(labels)
                .boxed()
                .flatMapToDouble(label -> IntStream.of(components).mapToDouble(k -> share(label, k)))
                .max()
                .orElse(0);
        List<List<Cell>> rows =
                IntStream.of(labels).mapToObj(label -> row(label, strongest)).toList();
        boolean numbered = components.length <= NUMBERED;
        String caption = "Rows of each label (down) in each component (across), shaded by their share of the label"
                + (numbered ? "." : " (numbers would not fit).");
        return new Table(
                "confusion-table", caption, numbered ? "shades counts" : MeansTable.bare(components), head, rows, true);
    }

    private List<Cell> row(int label, double strongest) {
        List<Cell> row = new ArrayList<>();
        row.add(Cell.of(confusion.labels().get(label)));
        for (int k : components) {
            double count = confusion.counts()[label][k];
            String shade = Palette.wash(Palette.series(0), strongest > 0 ? share(label, k) / strongest : 0);
            row.add(new Cell(count == 0 ? "·" : Numbers.amount(count), shade));
        }
        return row;
    }

    /** The component's share of the label's rows. */
    private double share(int label, int component) {
        double all = Arrays.stream(confusion.counts()[label]).sum();
        return all > 0 ? confusion.counts()[label][component] / all : 0;
    }

    private double size(int component) {
        return Arrays.stream(confusion.counts())
                .mapToDouble(row -> row[component])
                .sum();
    }

    private int mainLabel(int component) {
        int best = 0;
        for (int label : labels) {
            best = confusion.counts()[label][component] > confusion.counts()[best][component] ? label : best;
        }
        return best;
    }

    private double largest(int component) {
        return confusion.counts().length == 0 ? 0 : confusion.counts()[mainLabel(component)][component];
    }
}
