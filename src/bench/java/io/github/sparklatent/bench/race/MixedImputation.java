package io.github.sparklatent.bench.race;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparklatent.bench.data.CsvLines;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.report.Python;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedOptions;
import io.github.sparklatent.mixture.MixedScores;
import io.github.sparklatent.mixture.MixedTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Errors of imputed cells of the horse-colic table (300 horses, UCI Machine Learning Repository), of which three of ten
 * cells are missing. Some of the known cells are hidden and compared.
 */
final class MixedImputation {
    static final String SCRIPT = "missing.py";

    private static final String FILE = "horse-colic.csv.gz";
    private static final String MISSING = "?";
    private static final List<Integer> NUMBERS = List.of(3, 4, 5, 15, 18, 19, 21);

    /** The number of the hospital, and codes of lesions, of which there are as many as horses. */
    private static final List<Integer> LEFT_OUT = List.of(2, 24, 25, 26);

    private static final List<Integer> COMPONENTS = List.of(1, 2, 3, 4, 5);
    private static final List<Integer> PERCENTS = List.of(10, 30);
    private static final int SEEDS = 10;
    private static final int HEIGHT = 64;

    private final MixedColumns columns;
    private final DMatrixRMaj rows;

    private MixedImputation(MixedColumns columns, DMatrixRMaj rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /** Sums of the errors of a method over all hidden cells. */
    private static final class Errors {
        private double squares;
        private int numbers;
        private int wrong;
        private int levels;

        void add(boolean isLevel, double imputed, double known) {
            if (isLevel) {
                wrong += Math.rint(imputed) == known ? 0 : 1;
                levels++;
            } else {
                squares += (imputed - known) * (imputed - known);
                numbers++;
            }
        }

        List<String> cells() {
            return List.of("%.3f".formatted(Math.sqrt(squares / numbers)), "%.1f%%".formatted(100.0 * wrong / levels));
        }
    }

    /** Measures all shares of hidden cells and returns the table of the page. */
    static String measure(Path folder, Python peers) throws IOException {
        MixedImputation table = read(folder.resolve(FILE));
        MarkdownTable text = new MarkdownTable(2, "hidden", "imputed by", "error of numbers", "wrong levels");
        for (int percent : PERCENTS) {
            table.errors(percent, peers).forEach((name, errors) -> text.row(percent + "%", name, errors.cells()));
        }
        return text
                + """

                Horse colic: %d rows, %d numbers and %d categories, %.0f%% of the cells missing. Of the known cells,
                the given share is hidden and imputed. `error of numbers` is the root mean squared error in deviations
                of the columns. `mixture` has 1 to %d components, chosen by BIC. scikit-learn's imputers
                have the codes of the levels as numbers, which are rounded; `SimpleImputer` has the mean or the most
                frequent level. `IterativeImputer` makes up to 100 iterations. Figures are of all hidden cells of %d sets.
                """.formatted(
                                table.rows.numRows,
                                NUMBERS.size(),
                                table.columns.size() - NUMBERS.size(),
                                100 * table.missing(),
                                COMPONENTS.get(COMPONENTS.size() - 1),
                                SEEDS);
    }

    private Map<String, Errors> errors(int percent, Python peers) throws IOException {
        Map<String, Errors> errors = new LinkedHashMap<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            DMatrixRMaj incomplete = incomplete(rows, percent / 100.0, seed);
            DMatrixRMaj imputed = new DMatrixRMaj(0, 0);
            MixedScores scores = new MixedScores(new MixedDensity(mixture(incomplete, seed)));
            scores.evaluate(incomplete);
            scores.impute(imputed);
            add(errors, "`mixture`", imputed, incomplete);
            JsonNode answer = peers.ask(
                    "{\"rows\": %s, \"levels\": %s}".formatted(json(incomplete), Arrays.toString(columns.discrete())));
            for (Map.Entry<String, JsonNode> peer : answer.properties()) {
                double[][] cells = new double[rows.numRows][rows.numCols];
                for (int i = 0; i < cells.length; i++) {
                    for (int j = 0; j < cells[i].length; j++) {
                        cells[i][j] = peer.getValue().get(i).get(j).asDouble();
                    }
                }
                add(errors, "`" + peer.getKey() + "`", new DMatrixRMaj(cells), incomplete);
            }
        }
        return errors;
    }

    private void add(Map<String, Errors> errors, String name, DMatrixRMaj imputed, DMatrixRMaj incomplete) {
        Errors sums = errors.computeIfAbsent(name, any -> new Errors());
        for (int i = 0; i < rows.numRows; i++) {
            for (int j = 0; j < rows.numCols; j++) {
                if (Double.isNaN(incomplete.get(i, j)) && !Double.isNaN(rows.get(i, j))) {
                    boolean isLevel = columns.get(j).family().isDiscrete();
                    sums.add(isLevel, imputed.get(i, j), rows.get(i, j));
                }
            }
        }
    }

    private MixedMixture mixture(DMatrixRMaj incomplete, long seed) {
        MixedOptions options = MixedOptions.DEFAULT.withComponents(COMPONENTS).withSeed(seed);
        return new MixedTrainer(
                        InMemoryRowBlocks.of(incomplete, HEIGHT),
                        null,
                        columns,
                        options,
                        null,
                        (description, round, maxRounds, state) -> {})
                .fit()
                .best()
                .mixture();
    }

    private double missing() {
        return Arrays.stream(rows.data).filter(Double::isNaN).count() / (double) rows.getNumElements();
    }

    /** Reads the table; numbers have mean 0 and variance 1, levels are codes from 0 on. */
    private static MixedImputation read(Path file) throws IOException {
        List<String[]> lines = CsvLines.read(file, 0);
        int[] used = IntStream.range(0, lines.get(0).length)
                .filter(j -> !LEFT_OUT.contains(j))
                .toArray();
        DMatrixRMaj rows = new DMatrixRMaj(lines.size(), used.length);
        List<MixedColumns.Column> columns = new ArrayList<>();
        for (int j = 0; j < used.length; j++) {
            int source = used[j];
            List<String> cells = lines.stream().map(line -> line[source]).toList();
            if (NUMBERS.contains(source)) {
                numbers(cells, rows, j);
                columns.add(new MixedColumns.Column(CellFamily.GAUSSIAN, 0));
            } else {
                List<String> levels = cells.stream()
                        .filter(cell -> !cell.equals(MISSING))
                        .distinct()
                        .sorted()
                        .toList();
                for (int i = 0; i < rows.numRows; i++) {
                    String cell = cells.get(i);
                    rows.set(i, j, cell.equals(MISSING) ? Double.NaN : levels.indexOf(cell));
                }
                columns.add(new MixedColumns.Column(CellFamily.CATEGORICAL, levels.size()));
            }
        }
        return new MixedImputation(new MixedColumns(columns), rows);
    }

    /** Returns a copy in which a share of the values is NaN. */
    private static DMatrixRMaj incomplete(DMatrixRMaj rows, double share, long seed) {
        MissingCells cells = new MissingCells(share, 0, seed << Integer.SIZE);
        int d = rows.numCols;
        DMatrixRMaj incomplete = rows.copy();
        for (int i = 0; i < rows.numRows; i++) {
            double[] row = Arrays.copyOfRange(rows.data, i * d, (i + 1) * d);
            System.arraycopy(cells.in(row, i), 0, incomplete.data, i * d, d);
        }
        return incomplete;
    }

    /** Returns the rows in JSON, with null for a missing value. */
    private static String json(DMatrixRMaj rows) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < rows.numRows; i++) {
            text.append(i == 0 ? "[" : ", [");
            for (int j = 0; j < rows.numCols; j++) {
                double value = rows.get(i, j);
                text.append(j == 0 ? "" : ", ").append(Double.isNaN(value) ? "null" : value);
            }
            text.append("]");
        }
        return text.append("]").toString();
    }

    private static void numbers(List<String> cells, DMatrixRMaj rows, int column) {
        double[] known = cells.stream()
                .filter(cell -> !cell.equals(MISSING))
                .mapToDouble(Double::parseDouble)
                .toArray();
        double mean = Arrays.stream(known).average().orElseThrow();
        double variance =
                Arrays.stream(known).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
        for (int i = 0; i < rows.numRows; i++) {
            String cell = cells.get(i);
            rows.set(
                    i,
                    column,
                    cell.equals(MISSING) ? Double.NaN : (Double.parseDouble(cell) - mean) / Math.sqrt(variance));
        }
    }
}
