package io.github.sparklatent.bench.anomalies;

import io.github.sparklatent.bench.data.CsvLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;

/**
 * A table with labelled anomalies.
 *
 * @param cells n × d
 * @param anomalous whether each row is an anomaly
 */
record AnomalyTable(DMatrixRMaj cells, boolean[] anomalous) {
    private static final String ENDING = ".csv.gz";

    /** Returns the gzipped CSV files of a folder, in the order of the names of their tables. */
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted(Comparator.comparing(file -> title(file).toLowerCase(Locale.ROOT)))
                    .toList();
        }
    }

    /** Returns the name of a table: the name of its file without the ending. */
    static String name(Path file) {
        return file.getFileName().toString().replace(ENDING, "");
    }

    /** Returns the name of a table without the number that ADBench gave it. */
    static String title(Path file) {
        return name(file).replaceFirst("^\\d+_", "");
    }

    /** Reads a file whose columns are a row number, the features and the label. */
    static AnomalyTable read(Path file) throws IOException {
        double[][] lines = CsvLines.read(file, 1).stream()
                .map(line ->
                        Arrays.stream(line).mapToDouble(Double::parseDouble).toArray())
                .toArray(double[][]::new);
        int last = lines[0].length - 1;
        boolean[] anomalous = new boolean[lines.length];
        DMatrixRMaj cells = new DMatrixRMaj(lines.length, last - 1);
        for (int i = 0; i < lines.length; i++) {
            anomalous[i] = lines[i][last] == 1;
            System.arraycopy(lines[i], 1, cells.data, i * cells.numCols, cells.numCols);
        }
        return new AnomalyTable(cells, anomalous);
    }

    /**
     * Rows to fit and rows to score. The columns of the former have mean 0 and variance 1; a constant column is
     * centred.
     *
     * @param anomalous whether each of the scored rows is an anomaly
     */
    record Trial(DMatrixRMaj fitted, DMatrixRMaj scored, boolean[] anomalous) {}

    /** Returns the trial in which all rows are fitted and scored. */
    Trial all() {
        DMatrixRMaj rows = cells.copy();
        standardize(rows, rows);
        return new Trial(rows, rows, anomalous);
    }

    /** Returns whether each row is in a random half of the normal rows. */
    boolean[] half(int seed) {
        List<Integer> normal = IntStream.range(0, anomalous.length)
                .filter(i -> !anomalous[i])
                .boxed()
                .collect(Collectors.toList());
        Collections.shuffle(normal, new Random(seed));
        boolean[] half = new boolean[anomalous.length];
        normal.subList(0, normal.size() / 2).forEach(i -> half[i] = true);
        return half;
    }

    /** Returns the trial in which some rows are fitted and all others are scored. */
    Trial without(boolean[] fitted) {
        DMatrixRMaj scored = rows(i -> !fitted[i]);
        DMatrixRMaj rows = rows(i -> fitted[i]);
        standardize(scored, rows);
        standardize(rows, rows);
        boolean[] labels = new boolean[scored.numRows];
        int[] others = IntStream.range(0, fitted.length).filter(i -> !fitted[i]).toArray();
        for (int i = 0; i < labels.length; i++) {
            labels[i] = anomalous[others[i]];
        }
        return new Trial(rows, scored, labels);
    }

    private DMatrixRMaj rows(IntPredicate selected) {
        int d = cells.numCols;
        double[] values = IntStream.range(0, cells.numRows)
                .filter(selected)
                .boxed()
                .flatMapToDouble(i -> Arrays.stream(cells.data, i * d, (i + 1) * d))
                .toArray();
        return new DMatrixRMaj(values.length / d, d, true, values);
    }

    /** Scales rows by the means and variances of reference rows, which may be the same. */
    private static void standardize(DMatrixRMaj rows, DMatrixRMaj reference) {
        for (int j = 0; j < rows.numCols; j++) {
            int column = j;
            double mean = IntStream.range(0, reference.numRows)
                    .mapToDouble(i -> reference.get(i, column))
                    .average()
                    .orElseThrow();
            double variance = IntStream.range(0, reference.numRows)
                    .mapToDouble(i -> Math.pow(reference.get(i, column) - mean, 2))
                    .average()
                    .orElseThrow();
            // A constant column has a variance of rounding errors of its mean.
            double deviation = variance <= 1e-20 * mean * mean ? 1 : Math.sqrt(variance);
            for (int i = 0; i < rows.numRows; i++) {
                rows.set(i, j, (rows.get(i, j) - mean) / deviation);
            }
        }
    }
}
