package io.github.sparklatent.bench.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.ejml.data.FMatrixRMaj;

/** Images of 8 x 8 as rows of 64 grey values in [0, 1]. */
public final class Digits {
    public static final int WIDTH = 64;

    private static final Path FILE = Path.of("conf", "data", "digits.csv.gz");
    private static final float GREYS = 16;
    private static final int SIDE = 28;
    private static final int BORDER = 2;
    private static final int CELL = 3;

    private Digits() {}

    /** Reads the 1,797 digits that the quick start trains on. */
    public static Images read() throws IOException {
        List<String> lines;
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(FILE)), StandardCharsets.US_ASCII))) {
            lines = in.lines().toList();
        }
        FMatrixRMaj rows = new FMatrixRMaj(lines.size(), WIDTH);
        int[] labels = new int[lines.size()];
        for (int i = 0; i < rows.numRows; i++) {
            String[] words = lines.get(i).split(",");
            for (int j = 0; j < WIDTH; j++) {
                rows.data[i * WIDTH + j] = Float.parseFloat(words[j]) / GREYS;
            }
            labels[i] = Integer.parseInt(words[WIDTH]);
        }
        return new Images(rows, labels);
    }

    /**
     * Shrinks images of 28 x 28: the border is cut off, and 24 x 24 become means of 3 x 3.
     *
     * @param images n × 784. Not modified.
     */
    public static FMatrixRMaj shrunk(FMatrixRMaj images) {
        FMatrixRMaj rows = new FMatrixRMaj(images.numRows, WIDTH);
        for (int i = 0; i < rows.numRows; i++) {
            for (int y = BORDER; y < SIDE - BORDER; y++) {
                for (int x = BORDER; x < SIDE - BORDER; x++) {
                    int to = (y - BORDER) / CELL * 8 + (x - BORDER) / CELL;
                    rows.data[i * WIDTH + to] += images.data[(i * SIDE + y) * SIDE + x] / (CELL * CELL);
                }
            }
        }
        return rows;
    }
}
