package io.github.sparklatent.bench.anomalies;

import io.github.sparklatent.bench.data.CsvLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;

/**
 * A table with labelled anomalies.
 *
 * @param rows n × d, each column with mean 0 and variance 1; a constant column is 0
 * @param anomalous whether each row is an anomaly
 */
record AnomalyTable(DMatrixRMaj rows, boolean[] anomalous) {
    private static final String ENDING = ".csv.gz";

    /** Returns the gzipped CSV files of a folder, in the order of their names. */
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
    }

    /** Returns the name of a table: the name of its file without the ending. */
    static String name(Path file) {
        return file.getFileName().toString().replace(ENDING, "");
    }

    /** Reads a file whose columns are a row number, the features and the label. */
    static AnomalyTable read(Path file) throws IOException {
        double[][] cells = CsvLines.read(file, 1).stream()
                .map(line ->
                        Arrays.stream(line).mapToDouble(Double::parseDouble).toArray())
                .toArray(double[][]::new);
        int last = cells[0].length - 1;
        boolean[] anomalous = new boolean[cells.length];
        DMatrixRMaj rows = new DMatrixRMaj(cells.length, last - 1);
        for (int i = 0; i < cells.length; i++) {
            anomalous[i] = cells[i][last] == 1;
            System.arraycopy(cells[i], 1, rows.data, i * rows.numCols, rows.numCols);
        }
        for (int j = 0; j < rows.numCols; j++) {
            standardize(rows, j);
        }
        return new AnomalyTable(rows, anomalous);
    }

    private static void standardize(DMatrixRMaj rows, int column) {
        double mean = 0;
        for (int i = 0; i < rows.numRows; i++) {
            mean += rows.get(i, column) / rows.numRows;
        }
        double variance = 0;
        for (int i = 0; i < rows.numRows; i++) {
            rows.add(i, column, -mean);
            variance += rows.get(i, column) * rows.get(i, column) / rows.numRows;
        }
        // A constant column has a variance of rounding errors of its mean.
        boolean constant = variance <= 1e-20 * mean * mean;
        for (int i = 0; i < rows.numRows; i++) {
            rows.set(i, column, constant ? 0 : rows.get(i, column) / Math.sqrt(variance));
        }
    }
}
