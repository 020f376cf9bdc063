package io.github.sparklatent.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A message in the wire format of Protocol Buffers, which ONNX files have. Of this format ONNX needs numbers, single
 * floats, and bytes preceded by their length: texts, other messages and packed numbers. Spark brings the library of
 * Protocol Buffers under names that differ from distribution to distribution, and with the generated classes of ONNX it
 * would be a third of the job jar.
 */
final class Message {
    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private void varint(long value) {
        long left = value;
        while ((left & ~0x7FL) != 0) {
            out.write((int) (left & 0x7F | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    private void tag(int field, int form) {
        varint((long) field << 3 | form);
    }

    Message add(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    Message add(int field, float value) {
        tag(field, FIXED32);
        out.writeBytes(ByteBuffer.allocate(Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
        return this;
    }

    Message add(int field, byte[] value) {
        tag(field, BYTES);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    Message add(int field, String value) {
        return add(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message add(int field, Message value) {
        return add(field, value.bytes());
    }

    /** Adds all fields of another message. */
    Message append(Message other) {
        out.writeBytes(other.bytes());
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
