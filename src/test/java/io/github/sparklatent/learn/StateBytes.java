package io.github.sparklatent.learn;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Training states as bytes in memory. */
public final class StateBytes {
    private StateBytes() {}

    public static byte[] encode(Object state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            StateCodec.encode(state, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static <S> S decode(byte[] bytes, Class<S> type) {
        return StateCodec.decode(new ByteArrayInputStream(bytes), bytes.length, StateType.<S>of(type));
    }
}
