package io.github.sparklatent.bench.anomalies;

import io.github.sparklatent.bench.data.CsvLines;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedColumns.Column;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;

/**
 * A table of numbers and categories, which are words or two values, in a random order of its rows.
 *
 * @param columns columns with their families
 * @param rows n × d; numbers have mean 0 and variance 1, categories are the codes of their levels, and a missing cell
 *     is NaN
 */
record MixedTable(MixedColumns columns, DMatrixRMaj rows) {
    private static final List<String> NAMES = List.of(
            "11_donors",
            "16_http",
            "20_letter",
            "22_magic.gamma",
            "28_pendigits",
            "30_satellite",
            "32_shuttle",
            "41_Waveform",
            "6_cardio",
            "8_celeba");

    private static final String ADULT = "adult-train.csv.gz";
    private static final String MISSING = "?";
    private static final int MOST = 30_000;
    private static final int COMPONENTS = 10;

    /**
     * Returns the files of all tables.
     *
     * @param folder folder of the tables of anomalies
     * @param tables folder of adult-train.csv.gz
     */
    static List<Path> files(Path folder, Path tables) {
        return Stream.concat(
                        Stream.of(tables.resolve(ADULT)), NAMES.stream().map(name -> folder.resolve(name + ".csv.gz")))
                .toList();
    }

    /** Returns the name of a table in the pages. */
    static String name(Path file) {
        return file.getFileName().toString().replaceFirst("^\\d+_", "").replaceFirst("(-train)?[.]csv[.]gz$", "");
    }

    /** Returns whether a table is one of the tables of anomalies, whose columns are numbers. */
    static boolean isNumeric(Path file) {
        return !file.endsWith(ADULT);
    }

    /** Reads a gzipped CSV file; its last column is the label. All but Adult have names and a row number. */
    static MixedTable read(Path file) throws IOException {
        boolean header = isNumeric(file);
        int first = header ? 1 : 0;
        List<String[]> lines = new ArrayList<>(CsvLines.read(file, header ? 1 : 0));
        Collections.shuffle(lines, new Random(1));
        lines = lines.subList(0, Math.min(MOST, lines.size()));
        int width = lines.get(0).length - 1 - first;
        DMatrixRMaj rows = new DMatrixRMaj(lines.size(), width);
        List<Column> columns = new ArrayList<>();
        for (int j = 0; j < width; j++) {
            List<String> cells = new ArrayList<>();
            for (String[] line : lines) {
                cells.add(line[first + j].strip());
            }
            columns.add(column(cells, rows, j));
            if (columns.get(j).family() == CellFamily.GAUSSIAN) {
                scale(rows, j);
            }
        }
        return new MixedTable(new MixedColumns(columns), rows);
    }

    private static Column column(List<String> cells, DMatrixRMaj rows, int column) {
        boolean isNumber = cells.stream().distinct().limit(3).count() > 2;
        try {
            for (int i = 0; isNumber && i < cells.size(); i++) {
                rows.set(i, column, Double.parseDouble(cells.get(i)));
            }
        } catch (NumberFormatException e) { // the column has words
            isNumber = false;
        }
        if (isNumber) {
            return new Column(CellFamily.GAUSSIAN, 0);
        }
        Map<String, Integer> levels = new HashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            double code = cell.equals(MISSING) ? Double.NaN : levels.computeIfAbsent(cell, c -> levels.size());
            rows.set(i, column, code);
        }
        return new Column(CellFamily.CATEGORICAL, levels.size());
    }

    /** Returns the density of a mixture of 10 components. */
    MixedDensity density(DMatrixRMaj train) {
        return new MixedDensity(new MixtureTrainer(
                        InMemoryRowBlocks.of(train, 256),
                        null,
                        columns,
                        MixtureOptions.DEFAULT.withComponents(List.of(COMPONENTS)),
                        null,
                        SearchListener.none())
                .fit()
                .best()
                .mixture());
    }

    private static void scale(DMatrixRMaj rows, int column) {
        double mean = 0;
        double variance = 0;
        for (int i = 0; i < rows.numRows; i++) {
            mean += rows.get(i, column) / rows.numRows;
        }
        for (int i = 0; i < rows.numRows; i++) {
            variance += Math.pow(rows.get(i, column) - mean, 2) / rows.numRows;
        }
        double deviation = variance > 0 ? Math.sqrt(variance) : 1;
        for (int i = 0; i < rows.numRows; i++) {
            rows.set(i, column, (rows.get(i, column) - mean) / deviation);
        }
    }
}
