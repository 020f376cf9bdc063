package io.github.sparklatent.bench.networks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.ejml.data.FMatrixRMaj;

/** Tables of 64 columns: images of 8 x 8, grey values in [0, 1]. */
final class Digits {
    static final int WIDTH = 64;

    private static final Path FILE = Path.of("conf", "data", "digits.csv.gz");
    private static final float GREYS = 16;
    private static final int SIDE = 28;
    private static final int BORDER = 2;
    private static final int CELL = 3;

    private Digits() {}

    /** The 1,797 digits that this project's quick start trains on. */
    static FMatrixRMaj read() throws IOException {
        return labelled().rows();
    }

    /** The same with what they are digits of. */
    static Images labelled() throws IOException {
        List<String> lines;
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(FILE)),
                                StandardCharsets.US_ASCII))) {
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
     * Images of 28 x 28 as such rows: without their border, 24 x 24 in means of 3 x 3.
     *
     * @param images n × 784. Not modified.
     */
    static FMatrixRMaj shrunk(FMatrixRMaj images) {
        FMatrixRMaj rows = new FMatrixRMaj(images.numRows, WIDTH);
        for (int i = 0; i < rows.numRows; i++) {
            for (int y = BORDER; y < SIDE - BORDER; y++) {
                for (int x = BORDER; x < SIDE - BORDER; x++) {
                    int to = (y - BORDER) / CELL * 8 + (x - BORDER) / CELL;
                    rows.data[i * WIDTH + to] +=
                            images.data[(i * SIDE + y) * SIDE + x] / (CELL * CELL);
                }
            }
        }
        return rows;
    }
}
