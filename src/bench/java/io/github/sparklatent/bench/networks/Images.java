package io.github.sparklatent.bench.networks;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Images of digits; of MNIST (LeCun, Cortes and Burges) out of the files of its own format.
 *
 * @param rows n × d, grey values in [0, 1]; d is 784 of MNIST's
 * @param labels of the images, 0 to 9
 */
record Images(FMatrixRMaj rows, int[] labels) {
    private static final String SOURCE = "https://ossci-datasets.s3.amazonaws.com/mnist/";

    /** The 60,000 images to train on. */
    static Images training(Path folder) throws IOException {
        return read(folder, "train");
    }

    /** The 10,000 images held out. */
    static Images test(Path folder) throws IOException {
        return read(folder, "t10k");
    }

    /** All 70,000, in that order. */
    static Images all(Path folder) throws IOException {
        Images first = training(folder);
        Images second = test(folder);
        int[] labels = Arrays.copyOf(first.labels, first.labels.length + second.labels.length);
        System.arraycopy(second.labels, 0, labels, first.labels.length, second.labels.length);
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
            throw new IOException(
                    "%s.gz is missing in %s; the four files of MNIST are at %s, --data names their folder"
                            .formatted(name, folder.toAbsolutePath(), SOURCE));
        }
        InputStream in =
                Files.exists(plain)
                        ? Files.newInputStream(plain)
                        : new GZIPInputStream(Files.newInputStream(packed), 1 << 16);
        return new DataInputStream(new java.io.BufferedInputStream(in, 1 << 16));
    }
}
