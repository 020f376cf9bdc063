package io.github.sparklatent.bench.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads gzipped CSV files without quoted cells. */
public final class CsvLines {
    private CsvLines() {}

    /**
     * Returns the cells of each line that is not blank.
     *
     * @param skipped number of lines before the first row
     */
    public static List<String[]> read(Path file, int skipped) throws IOException {
        try (InputStream stream = Files.newInputStream(file);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .skip(skipped)
                    .filter(line -> !line.isBlank())
                    .map(line -> line.split(","))
                    .toList();
        }
    }
}
