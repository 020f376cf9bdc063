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
import java.util.Optional;
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
 * @param fit whether the column {@code part} names each row, which is normal, for the fit; none without this column
 */
record AnomalyTable(DMatrixRMaj cells, boolean[] anomalous, boolean[] fit) {
    private static final String ENDING = ".csv.gz";

    /** Fewest anomalies to score where others are fitted. */
    private static final int MIN_ANOMALIES = 5;

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

    /** Reads a file whose columns are a row number, the features, perhaps {@code part} (fit or new), and the label. */
    static AnomalyTable read(Path file) throws IOException {
        List<String[]> lines = CsvLines.read(file, 1);
        int last = lines.get(0).length - 1;
        int end = lines.get(0)[last - 1].matches("fit|new") ? last - 1 : last;
        DMatrixRMaj cells = new DMatrixRMaj(lines.size(), end - 1);
        boolean[] anomalous = new boolean[lines.size()];
        boolean[] fit = new boolean[lines.size()];
        for (int i = 0; i < lines.size(); i++) {
            String[] line = lines.get(i);
            for (int j = 1; j < end; j++) {
                cells.set(i, j - 1, Double.parseDouble(line[j]));
            }
            anomalous[i] = Double.parseDouble(line[last]) == 1;
            fit[i] = line[end].equals("fit");
        }
        return new AnomalyTable(cells, anomalous, fit);
    }

    /**
     * Rows to fit and rows to score. The columns of the former have mean 0 and variance 1; a constant column is
     * centred.
     *
     * @param anomalous whether each of the scored rows is an anomaly
     */
    record Trial(DMatrixRMaj fitted, DMatrixRMaj scored, boolean[] anomalous) {}

    /** Selects all rows. */
    boolean[] all() {
        boolean[] all = new boolean[anomalous.length];
        Arrays.fill(all, true);
        return all;
    }

    /** Selects a random half of the normal rows. */
    boolean[] half(int seed) {
        return drawn(i -> !anomalous[i], count(i -> !anomalous[i]) / 2, seed);
    }

    /** Selects random rows of {@link #fit}, all if there are no more. */
    boolean[] drawn(int rows) {
        return drawn(i -> fit[i], rows, 1);
    }

    /**
     * Selects the rows of {@link #fit} and random anomalies, at most half of all. Returns nothing if too few anomalies
     * are left.
     *
     * @param share number of these anomalies divided by that of the rows of {@link #fit}
     */
    Optional<boolean[]> contaminated(double share) {
        int anomalies = count(i -> anomalous[i]);
        int fitted = Math.min(anomalies / 2, (int) (share * count(i -> fit[i])));
        boolean[] selected = drawn(i -> anomalous[i], fitted, 1);
        IntStream.range(0, fit.length).forEach(i -> selected[i] |= fit[i]);
        return anomalies - fitted < MIN_ANOMALIES ? Optional.empty() : Optional.of(selected);
    }

    private int count(IntPredicate condition) {
        return (int) IntStream.range(0, anomalous.length).filter(condition).count();
    }

    private boolean[] drawn(IntPredicate condition, int number, int seed) {
        List<Integer> rows =
                IntStream.range(0, anomalous.length).filter(condition).boxed().collect(Collectors.toList());
        Collections.shuffle(rows, new Random(seed));
        boolean[] drawn = new boolean[anomalous.length];
        rows.stream().limit(number).forEach(i -> drawn[i] = true);
        return drawn;
    }

    /** Returns the trial in which some rows are fitted and the others are scored. If all are fitted, all are scored. */
    Trial trial(boolean[] fitted) {
        boolean all = Arrays.equals(fitted, all());
        int[] others =
                IntStream.range(0, fitted.length).filter(i -> all || !fitted[i]).toArray();
        boolean[] labels = new boolean[others.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = anomalous[others[i]];
        }
        DMatrixRMaj scored = rows(cells, i -> all || !fitted[i]);
        DMatrixRMaj rows = rows(cells, i -> fitted[i]);
        standardize(scored, rows);
        standardize(rows, rows);
        return new Trial(rows, scored, labels);
    }

    /** Returns the rows whose indices fulfil a condition. */
    static DMatrixRMaj rows(DMatrixRMaj table, IntPredicate selected) {
        int d = table.numCols;
        double[] values = IntStream.range(0, table.numRows)
                .filter(selected)
                .boxed()
                .flatMapToDouble(i -> Arrays.stream(table.data, i * d, (i + 1) * d))
                .toArray();
        return new DMatrixRMaj(values.length / d, d, true, values);
    }

    /** Scales rows by the means and variances of reference rows, which may be the same. */
    static void standardize(DMatrixRMaj rows, DMatrixRMaj reference) {
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
