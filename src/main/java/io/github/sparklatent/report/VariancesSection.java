package io.github.sparklatent.report;

import io.github.sparklatent.report.Chart.Axis;
import io.github.sparklatent.report.Chart.Kind;
import io.github.sparklatent.report.Chart.Series;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The variance along each principal axis, as a chart (scree plot) and as a table. */
public final class VariancesSection {
    /** Largest number of axes in the chart. */
    private static final int CHARTED = 50;

    /** Largest number of axes in the table. The table is then as high as the chart. */
    private static final int LISTED = 12;

    private VariancesSection() {}

    /**
     * Builds the section.
     *
     * @param variances variances along the axes, greatest first. Not modified.
     * @param latent number of axes that the model has latent variables for
     * @param noise noise variance of the model: the mean of the other variances, or its lower bound
     */
    public static Section of(double[] variances, int latent, double noise) {
        double others =
                Arrays.stream(variances, latent, variances.length).average().orElse(0);
        return new Section(
                "axes",
                "Variance by axis",
                "The variances along the principal axes are the eigenvalues of the covariance of"
                        + " the training rows. The model has latent variables along the first %d;".formatted(latent)
                        + (noise > others * (1 + 1e-9)
                                ? " its noise variance is %s, which is above the mean %s of the others."
                                        .formatted(Numbers.figure(noise), Numbers.figure(others))
                                : " the mean of the others is its noise variance."),
                List.of(
                        chart(variances, latent),
                        table(variances, latent, Arrays.stream(variances).sum())));
    }

    /**
     * Builds the section of a fit that knows the variances along its own axes only.
     *
     * @param variances variances along the axes of the latent variables, greatest first. Not modified.
     * @param total sum of the variances of the columns
     * @param words explanation of the variances, in whole sentences
     */
    public static Section ofLatent(double[] variances, double total, String words) {
        int latent = variances.length;
        return new Section(
                "axes", "Variance by axis", words, List.of(chart(variances, latent), table(variances, latent, total)));
    }

    private static Chart chart(double[] variances, int latent) {
        int shown = Math.min(CHARTED, variances.length);
        double[] explained = Arrays.copyOf(variances, shown);
        Arrays.fill(explained, Math.min(latent, shown), shown, Double.NaN);
        double[] noise = Arrays.copyOf(variances, shown);
        Arrays.fill(noise, 0, Math.min(latent, shown), Double.NaN);
        Chart chart = Chart.of(
                        "scree",
                        "Variance along each axis"
                                + (shown < variances.length
                                        ? ", the first %d of %d.".formatted(shown, variances.length)
                                        : "."),
                        "Bar chart of the variances of %s, from %s down to %s."
                                .formatted(
                                        Numbers.count(shown) + (shown == 1 ? " axis" : " axes"),
                                        Numbers.figure(Arrays.stream(variances, 0, shown)
                                                .max()
                                                .orElseThrow()),
                                        Numbers.figure(Arrays.stream(variances, 0, shown)
                                                .min()
                                                .orElseThrow())),
                        Axis.ofNames(
                                "axis",
                                IntStream.rangeClosed(1, shown)
                                        .mapToObj(Integer::toString)
                                        .toList()),
                        Axis.of("variance").range(0, Double.NaN))
                .with(Series.over(Kind.STACKED, "latent variables", Palette.series(0), explained));
        return latent < shown ? chart.with(Series.over(Kind.STACKED, "noise", Palette.series(5), noise)) : chart;
    }

    private static Table table(double[] variances, int latent, double total) {
        List<List<Cell>> rows = new ArrayList<>();
        double sum = 0;
        for (int j = 0; j < Math.min(LISTED, variances.length); j++) {
            sum += variances[j];
            rows.add(List.of(
                    Cell.of((j + 1) + (j < latent ? "" : " (noise)")),
                    Cell.of(Numbers.figure(variances[j])),
                    Cell.of(Numbers.percent(variances[j] / total)),
                    Cell.of(Numbers.percent(sum / total))));
        }
        return new Table(
                "variances",
                "Variance along each axis, its share of the total, and the sum of the shares.",
                "",
                List.of("Axis", "Variance", "Share", "Together"),
                rows,
                false);
    }
}
