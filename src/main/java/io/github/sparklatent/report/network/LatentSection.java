package io.github.sparklatent.report.network;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.report.Chart;
import io.github.sparklatent.report.Chart.Axis;
import io.github.sparklatent.report.Chart.Kind;
import io.github.sparklatent.report.Chart.Series;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.chart.Palette;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.format.Order;
import io.github.sparklatent.report.format.Words;
import java.util.ArrayList;
import java.util.List;
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

    /** A latent dimension with a divergence of at most this many nats carries no information about the rows. */
    private static final double ACTIVE = 0.01;

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
            blocks.add(divergence(latents.kl()));
            text = (text + " " + active(latents.kl())).strip();
        }
        return new Section("latents", "The latent space", text, blocks);
    }

    /** Returns the maps by component and by label, or one map of a single colour if there are neither. */
    private static List<LatentMap> maps(Latents latents, NetworkComponents components) {
        List<LatentMap> maps = new ArrayList<>();
        boolean assigned = components != null && components.assigned().length > 0;
        if (assigned) {
            maps.add(LatentMap.byComponent(latents, components));
        }
        if (!assigned || !latents.labels().isEmpty()) {
            maps.add(LatentMap.byLabel(latents));
        }
        return maps;
    }

    private static String active(double[] kl) {
        long active = IntStream.range(0, kl.length).filter(j -> kl[j] > ACTIVE).count();
        return "%s of %s %s in use: %s divergence from the prior is above %s nats."
                .formatted(
                        Words.capitalised(Numbers.count(active)),
                        Words.counted(kl.length, "latent dimension"),
                        active == 1 ? "is" : "are",
                        active == 1 ? "its" : "their",
                        Numbers.chosen(ACTIVE));
    }

    private static Chart divergence(double[] kl) {
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
                .with(Series.over(Kind.STACKED, "in use", Palette.series(0), select(kl, shown, true)));
        return IntStream.of(shown).allMatch(j -> kl[j] > ACTIVE)
                ? chart
                : chart.with(Series.over(Kind.STACKED, "not in use", Palette.OTHER, select(kl, shown, false)));
    }

    private static double[] select(double[] kl, int[] shown, boolean active) {
        return IntStream.of(shown)
                .mapToDouble(j -> kl[j] > ACTIVE == active ? Math.max(0, kl[j]) : Double.NaN)
                .toArray();
    }
}
