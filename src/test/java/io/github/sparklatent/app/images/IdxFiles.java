package io.github.sparklatent.app.images;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small files in the IDX format. */
public final class IdxFiles {
    public static final int HEIGHT = 2;
    public static final int WIDTH = 3;

    private IdxFiles() {}

    /** Images of 2 x 3 whose pixel p of image i is 40 i + p, modulo 256. */
    public static byte[] images(int count) {
        byte[] pixels = new byte[count * HEIGHT * WIDTH];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (40 * (i / (HEIGHT * WIDTH)) + i % (HEIGHT * WIDTH));
        }
        return file(pixels, 0x803, count, HEIGHT, WIDTH);
    }

    /** Labels 0, 1, 2, 0, ... */
    public static byte[] labels(int count) {
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % 3);
        }
        return file(labels, 0x801, count);
    }

    public static byte[] file(byte[] content, int... head) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (int number : head) {
                out.writeInt(number);
            }
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static byte[] packed(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static String write(Path file, byte[] content) {
        try {
            return Files.write(file, content).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
