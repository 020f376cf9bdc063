package io.github.sparklatent.report;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * The table of means, features by components. The number and the shade of a cell show the standardised deviation:
 *
 * <pre>
 *   z_kj = (μ_kj − Σ_l π_l μ_lj) / s_j          s_j: standard deviation within a component
 * </pre>
 *
 * If there are too many features, the table keeps the ones with the largest Σ_k π_k z_kj².
 */
public final class MeansTable {

    /**
     * The most components for which cells have numbers. A number needs about 40 pixels; with more components, cells
     * have only shades.
     */
    static final int NUMBERED = 16;

    /** The deviation |z| at which a shade reaches full strength. */
    private static final double STRONGEST = 3;

    /**
     * The means of K components in d features.
     *
     * @param features d. Names.
     * @param means K x d, in the units of the table. Not modified.
     * @param deviations d. Standard deviations within a component, pooled over the components. Not modified.
     * @param image layout of the features if they are the pixels of an image, else null
     */
    public record Means(List<String> features, DMatrixRMaj means, double[] deviations, Image image) {
        public Means {
            features = List.copyOf(features);
            Require.size("means.features", features.size(), means.numCols);
            Require.size("means.deviations", deviations.length, means.numCols);
            if (image != null) {
                Require.size("pixels of means.image", image.size(), means.numCols);
            }
        }
    }

    private MeansTable() {}

    /** Returns the table of means of the components {@code shown}. */
    public static Table of(Means means, double[] weights, int[] shown) {
        int features = means.features().size();
        double[] overall = Projection.centre(weights, means.means());
        double[] separation = separation(means, weights, overall);
        int[] chosen = features <= Order.FEATURES
                ? IntStream.range(0, features).toArray()
                : Arrays.copyOf(Order.descending(separation), Order.FEATURES);
        boolean numbered = shown.length <= NUMBERED;
        List<String> head = new ArrayList<>(numbered ? List.of("Feature", "Mean", "Deviation") : List.of("Feature"));
        IntStream.of(shown).forEach(k -> head.add(Integer.toString(k)));
        List<List<Cell>> rows = new ArrayList<>();
        if (numbered) {
            rows.add(weights(weights, shown));
        }
        for (int j : chosen) {
            rows.add(row(means, overall[j], j, shown, numbered));
        }
        return new Table(
                "mean-table",
                caption(features, chosen.length, numbered),
                numbered ? "shades means" : bare(shown),
                head,
                rows,
                true);
    }

    /** Returns the style of a table without numbers. Component numbers of three digits are set vertically. */
    static String bare(int[] components) {
        return IntStream.of(components).anyMatch(k -> k >= 100) ? "shades bare steep" : "shades bare";
    }

    private static String caption(int features, int chosen, boolean numbered) {
        String text = "Means by feature and component, in standard deviations from the mean of all"
                + (numbered ? "." : " (as shades only; numbers would not fit).");
        return chosen == features
                ? text
                : text
                        + " Of %s features, these %s separate the components best, in descending order."
                                .formatted(Numbers.count(features), chosen);
    }

    private static List<Cell> weights(double[] weights, int[] shown) {
        List<Cell> row = new ArrayList<>(List.of(Cell.of("weight"), Cell.of(""), Cell.of("")));
        IntStream.of(shown).forEach(k -> row.add(Cell.of(Numbers.deviation(100 * weights[k]) + "%")));
        return row;
    }

    private static List<Cell> row(Means means, double overall, int feature, int[] shown, boolean numbered) {
        double deviation = means.deviations()[feature];
        List<Cell> row = new ArrayList<>();
        row.add(Cell.of(means.features().get(feature)));
        if (numbered) {
            row.add(Cell.of(Numbers.figure(overall)));
            row.add(Cell.of(Numbers.figure(deviation)));
        }
        for (int k : shown) {
            double z = standardised(means.means().get(k, feature), overall, deviation);
            String shade = Palette.wash(Palette.series(z > 0 ? 4 : 0), Math.abs(z) / STRONGEST);
            row.add(new Cell(Numbers.deviation(z), shade));
        }
        return row;
    }

    private static double standardised(double mean, double overall, double deviation) {
        return deviation > 0 ? (mean - overall) / deviation : 0;
    }

    private static double[] separation(Means means, double[] weights, double[] overall) {
        double[] separation = new double[overall.length];
        for (int k = 0; k < weights.length; k++) {
            for (int j = 0; j < separation.length; j++) {
                double z = standardised(means.means().get(k, j), overall[j], means.deviations()[j]);
                separation[j] += weights[k] * z * z;
            }
        }
        return separation;
    }
}
