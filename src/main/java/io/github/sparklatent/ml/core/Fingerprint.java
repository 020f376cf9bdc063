package io.github.sparklatent.ml.core;

import io.github.sparklatent.columns.Scaling;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** Checksums of numbers and models. */
public final class Fingerprint {
    private Fingerprint() {}

    /** Adds doubles to a checksum. */
    public static void add(Checksum checksum, double[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES);
        bytes.asDoubleBuffer().put(numbers);
        checksum.update(bytes.array());
    }

    /** Adds floats to a checksum. */
    public static void add(Checksum checksum, float[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES);
        bytes.asFloatBuffer().put(numbers);
        checksum.update(bytes.array());
    }

    /** Returns 16 hexadecimal digits computed from the parameters and the scaling of a model. */
    public static String of(LatentModel<?> model, Scaling scaling) {
        CRC32C first = new CRC32C();
        CRC32 second = new CRC32();
        for (Checksum checksum : List.of(first, second)) {
            model.fingerprint(checksum);
            add(checksum, scaling.shift());
            add(checksum, scaling.factor());
        }
        return "%08x%08x".formatted(first.getValue(), second.getValue());
    }
}
