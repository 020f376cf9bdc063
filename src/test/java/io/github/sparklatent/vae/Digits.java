package io.github.sparklatent.vae;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.ejml.data.FMatrixRMaj;

/** The 1,797 digits of the quick start, 8 x 8 grey values in [0, 1]. */
public final class Digits {
    public static final int WIDTH = 64;

    private static final Path FILE = Path.of("conf", "data", "digits.csv.gz");
    private static final float GREYS = 16;

    private Digits() {}

    public static FMatrixRMaj rows() {
        List<String> lines = lines();
        FMatrixRMaj rows = new FMatrixRMaj(lines.size(), WIDTH);
        for (int i = 0; i < rows.numRows; i++) {
            String[] words = lines.get(i).split(",");
            for (int j = 0; j < WIDTH; j++) {
                rows.set(i, j, Float.parseFloat(words[j]) / GREYS);
            }
        }
        return rows;
    }

    /** Which digit each row is. */
    static int[] labels() {
        return lines().stream()
                .mapToInt(line -> Integer.parseInt(line.split(",")[WIDTH]))
                .toArray();
    }

    private static List<String> lines() {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(FILE)), StandardCharsets.US_ASCII))) {
            return in.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows from one on, up to another. */
    public static FMatrixRMaj part(FMatrixRMaj rows, int from, int to) {
        FMatrixRMaj part = new FMatrixRMaj(to - from, rows.numCols);
        part.data = Arrays.copyOfRange(rows.data, from * rows.numCols, to * rows.numCols);
        return part;
    }
}
