package io.github.sparklatent.report;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.report.Chart.Axis;
import io.github.sparklatent.report.Chart.Kind;
import io.github.sparklatent.report.Chart.Series;
import io.github.sparklatent.report.ComponentsSection.Components;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Section;
import java.util.ArrayList;
import java.util.List;
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
            maps.add(LatentMap.byComponent(latents, components));
        }
        if (!assigned || !latents.labels().isEmpty()) {
            maps.add(LatentMap.byLabel(latents));
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
}
