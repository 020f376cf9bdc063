package io.github.sparklatent.report;

import io.github.sparklatent.report.LatentSection.Latents;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Picture;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.ReconstructionSection.Columns;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** The section that shows what each latent dimension changes in a row. */
public final class TraversalSection {
    private static final int DIMENSIONS = 8;

    /** The codes of a dimension: from −2 to 2 standard deviations, in steps of a half. */
    private static final int STEPS = 9;

    private TraversalSection() {}

    /** Returns the latent dimensions that are shown, the one whose codes vary most first. */
    private static int[] dimensions(double[] deviations) {
        return IntStream.of(Order.descending(deviations)).limit(DIMENSIONS).toArray();
    }

    private static double step(int number) {
        return number / 2.0 - 2;
    }

    /** Returns the codes to decode: {@code STEPS} of each dimension, while the others are at the mean of the codes. */
    public static DMatrixRMaj codes(Latents latents) {
        DMatrixRMaj means = latents.means();
        double[] deviations = Deviations.of(means);
        double[] equal = new double[means.numRows];
        Arrays.fill(equal, 1);
        double[] centre = Projection.centre(equal, means);
        int[] shown = dimensions(deviations);
        DMatrixRMaj codes = new DMatrixRMaj(shown.length * STEPS, means.numCols);
        for (int i = 0; i < codes.numRows; i++) {
            System.arraycopy(centre, 0, codes.data, i * means.numCols, means.numCols);
            int changed = shown[i / STEPS];
            codes.add(i, changed, step(i % STEPS) * deviations[changed]);
        }
        return codes;
    }

    /**
     * Returns the section.
     *
     * @param decoded the rows decoded from {@link #codes}. Not modified.
     * @param rows rows of the table, which determine shades and deviations. Not modified.
     */
    public static Section of(Latents latents, DMatrixRMaj decoded, Columns columns, DMatrixRMaj rows) {
        int[] shown = dimensions(Deviations.of(latents.means()));
        int count = columns.image() == null ? RowPairs.shown(shown.length, false) : shown.length;
        String text = "Decoded codes: one latent dimension goes from −2 to 2 standard deviations of its codes, and the"
                + " others stay at their means."
                + Order.remark(count, latents.means().numCols, "dimensions that vary most");
        Block block = columns.image() == null
                ? table(shown, decoded, columns.names(), Deviations.of(rows))
                : pictures(shown, decoded, columns.image(), rows);
        return new Section("traversal", "What the latent dimensions change", text, List.of(block));
    }

    private static Block pictures(int[] shown, DMatrixRMaj decoded, Image image, DMatrixRMaj rows) {
        RowPictures drawn = RowPictures.small(image, rows);
        List<Picture> pictures = IntStream.range(0, STEPS)
                .mapToObj(s -> new Picture(
                        IntStream.range(0, shown.length)
                                .mapToObj(d -> drawn.of(decoded, d * STEPS + s, "Latent dimension " + shown[d]))
                                .toList(),
                        Numbers.chosen(step(s))))
                .toList();
        String caption = "Latent dimensions %s, from top to bottom, the one that varies most first."
                .formatted(IntStream.of(shown).mapToObj(Integer::toString).collect(Collectors.joining(", ")));
        return drawn.block("traversal-pictures", caption, "small", pictures);
    }

    private static Block table(int[] shown, DMatrixRMaj decoded, List<String> names, double[] deviations) {
        double[] changes = Deviations.of(decoded);
        Arrays.setAll(changes, j -> deviations[j] > 0 ? changes[j] / deviations[j] : 0);
        int[] columns = Order.largest(changes, Order.FEATURES);
        String caption =
                "Decoded columns at −2 → 2, of the dimension that varies most first. Orange is a rise, blue is a fall."
                        + Order.remark(columns.length, names.size(), "columns that change most");
        List<String> heads = IntStream.of(shown).mapToObj(k -> "Dimension " + k).toList();
        return new RowPairs(ends(decoded, 0), ends(decoded, STEPS - 1))
                .table("traversal-table", caption, names, heads, columns, new double[0], deviations);
    }

    /** Returns the rows of one step of each dimension. */
    private static DMatrixRMaj ends(DMatrixRMaj decoded, int step) {
        DMatrixRMaj rows = new DMatrixRMaj(decoded.numRows / STEPS, decoded.numCols);
        for (int d = 0; d < rows.numRows; d++) {
            System.arraycopy(
                    decoded.data, (d * STEPS + step) * rows.numCols, rows.data, d * rows.numCols, rows.numCols);
        }
        return rows;
    }
}
