package io.github.sparklatent.bench.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Images of digits.
 *
 * @param rows n × d, grey values in [0, 1]; MNIST's have 784
 * @param labels 0 to 9
 */
public record Images(FMatrixRMaj rows, int[] labels) {
    private static final String SOURCE = "https://ossci-datasets.s3.amazonaws.com/mnist/";

    /** Reads MNIST's 60,000 training images (LeCun, Cortes and Burges). */
    public static Images training(Path folder) throws IOException {
        return read(folder, "train");
    }

    /** Reads MNIST's 10,000 test images. */
    public static Images test(Path folder) throws IOException {
        return read(folder, "t10k");
    }

    /** Reads all 70,000 images, the training images first. */
    public static Images all(Path folder) throws IOException {
        Images first = training(folder);
        Images second = test(folder);
        int[] labels = IntStream.concat(Arrays.stream(first.labels), Arrays.stream(second.labels))
                .toArray();
        return new Images(Matrices.stacked(first.rows, second.rows), labels);
    }

    private static Images read(Path folder, String part) throws IOException {
        FMatrixRMaj rows;
        try (DataInputStream in = open(folder, part + "-images-idx3-ubyte")) {
            in.readInt();
            int n = in.readInt();
            byte[] bytes = in.readNBytes(n * in.readInt() * in.readInt());
            rows = new FMatrixRMaj(n, bytes.length / n);
            for (int i = 0; i < bytes.length; i++) {
                rows.data[i] = (bytes[i] & 0xff) / 255f;
            }
        }
        try (DataInputStream in = open(folder, part + "-labels-idx1-ubyte")) {
            in.readInt();
            int[] labels = new int[in.readInt()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = in.readUnsignedByte();
            }
            return new Images(rows, labels);
        }
    }

    private static DataInputStream open(Path folder, String name) throws IOException {
        Path plain = folder.resolve(name);
        Path packed = folder.resolve(name + ".gz");
        if (!Files.exists(plain) && !Files.exists(packed)) {
            throw new IOException("%s.gz is missing in %s, expected the four files of %s; --data names their folder"
                    .formatted(name, folder.toAbsolutePath(), SOURCE));
        }
        InputStream in = Files.exists(plain)
                ? Files.newInputStream(plain)
                : new GZIPInputStream(Files.newInputStream(packed), 1 << 16);
        return new DataInputStream(new BufferedInputStream(in, 1 << 16));
    }
}
