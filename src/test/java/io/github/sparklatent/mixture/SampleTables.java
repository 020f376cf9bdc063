package io.github.sparklatent.mixture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.ejml.data.DMatrixRMaj;

/** The real tables that tests fit mixtures to: all columns but the last one, which is the class. */
public final class SampleTables {
    private SampleTables() {}

    /** iris, wine, cancer, vertebral, glass or digits as n × d. */
    public static DMatrixRMaj rows(String name) {
        return switch (name) {
            case "iris", "wine", "cancer", "vertebral", "glass" ->
                read(Path.of("src/test/resources/data", name + ".csv"), 1);
            case "digits" -> read(Path.of("conf/data/digits.csv.gz"), 0);
            default -> throw new IllegalArgumentException("there is no table " + name);
        };
    }

    /** The same table with each column shifted to mean 0 and scaled to variance 1. */
    public static DMatrixRMaj standardized(String name) {
        DMatrixRMaj rows = rows(name);
        for (int j = 0; j < rows.numCols; j++) {
            double mean = 0;
            for (int i = 0; i < rows.numRows; i++) {
                mean += rows.get(i, j) / rows.numRows;
            }
            double variance = 0;
            for (int i = 0; i < rows.numRows; i++) {
                rows.add(i, j, -mean);
                variance += rows.get(i, j) * rows.get(i, j) / rows.numRows;
            }
            for (int i = 0; i < rows.numRows; i++) {
                rows.set(i, j, rows.get(i, j) / Math.sqrt(variance));
            }
        }
        return rows;
    }

    private static DMatrixRMaj read(Path file, int headerLines) {
        try (InputStream stream = Files.newInputStream(file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(stream) : stream,
                        StandardCharsets.US_ASCII))) {
            List<double[]> rows =
                    lines.lines().skip(headerLines).map(SampleTables::row).toList();
            return new DMatrixRMaj(rows.toArray(double[][]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static double[] row(String line) {
        String[] cells = line.split(",");
        return Arrays.stream(cells)
                .limit(cells.length - 1)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
