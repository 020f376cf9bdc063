package io.github.sparklatent.report;

import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Picture;
import io.github.sparklatent.report.Page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Shows rows and their reconstructions: images one above the other, or a table of columns by rows. A cell of the table
 * is "original → reconstruction", shaded by the error in standard deviations.
 */
final class RowPairs {

    private static final int PICTURES = 39;
    private static final int TABLE = 5;
    private static final double STRONGEST = 2;

    private final DMatrixRMaj originals;
    private final DMatrixRMaj reconstructions;

    /**
     * Creates the pairs.
     *
     * @param originals m × d. Not modified.
     * @param reconstructions m × d; null: only the originals are shown. Not modified.
     */
    RowPairs(DMatrixRMaj originals, DMatrixRMaj reconstructions) {
        this.originals = originals;
        this.reconstructions = reconstructions;
    }

    /** Returns the number of rows that are shown, as images or in a table. */
    static int shown(int rows, boolean images) {
        return Math.min(rows, images ? PICTURES : TABLE);
    }

    /** Returns the first rows as images. {@code labels}: m. Texts under the images; empty: none. */
    Block pictures(String id, String caption, RowPictures drawn, List<String> labels) {
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < shown(originals.numRows, true); i++) {
            String name = labels.isEmpty() ? "Row " + i : "Row " + i + " (" + labels.get(i) + ")";
            pictures.add(new Picture(
                    reconstructions == null
                            ? List.of(drawn.of(originals, i, name))
                            : List.of(
                                    drawn.of(originals, i, name),
                                    drawn.of(reconstructions, i, name + " reconstructed")),
                    labels.isEmpty() ? "" : labels.get(i)));
        }
        return drawn.block(id, caption, "small", pictures);
    }

    /**
     * Returns the first rows as a table.
     *
     * @param heads m. Column headings for the rows
     * @param columns indices of the columns that are shown
     * @param explained d. Share of each column's variance that is kept; empty: not shown
     * @param deviations d. Standard deviation of each column; empty: unknown, no shades
     */
    Block table(
            String id,
            String caption,
            List<String> names,
            List<String> heads,
            int[] columns,
            double[] explained,
            double[] deviations) {
        int shown = shown(originals.numRows, false);
        List<String> head = new ArrayList<>(List.of("Column"));
        if (explained.length > 0) {
            head.add("Explained");
        }
        head.addAll(heads.subList(0, shown));
        List<List<Cell>> rows = new ArrayList<>();
        for (int j : columns) {
            List<Cell> row = new ArrayList<>(List.of(Cell.of(names.get(j))));
            if (explained.length > 0) {
                row.add(Cell.of(Numbers.percent(explained[j])));
            }
            double deviation = deviations.length > 0 ? deviations[j] : 0;
            IntStream.range(0, shown).forEach(i -> row.add(cell(i, j, deviation)));
            rows.add(row);
        }
        return new Table(id, caption, "shades pairs", head, rows, true);
    }

    private Cell cell(int row, int column, double deviation) {
        double original = originals.get(row, column);
        if (reconstructions == null) {
            return Cell.of(Numbers.brief(original));
        }
        double made = reconstructions.get(row, column);
        double error = deviation > 0 ? (made - original) / deviation : 0;
        return new Cell(
                Numbers.brief(original) + " → " + Numbers.brief(made),
                Palette.wash(Palette.series(error > 0 ? 4 : 0), Math.abs(error) / STRONGEST));
    }
}
