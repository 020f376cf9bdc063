package io.github.sparklatent.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Vectors that are sent between machines. */
class PackedFloatsTest {
    static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }

    static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    private static Object sent(Object value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.sparklatent.learn.StateCodecTest#lengths")
    void whatIsSentInPiecesArrivesBitForBit(int length) throws Exception {
        float[] floats = StateCodecTest.floats(length);
        PackedFloats read = (PackedFloats) sent(PackedFloats.of(floats));
        assertThat(read.length()).isEqualTo(length);
        assertThat(bits(read.values())).isEqualTo(bits(floats));
        double[] doubles = StateCodecTest.doubles(length);
        PackedDoubles also = (PackedDoubles) sent(PackedDoubles.of(doubles));
        assertThat(also.length()).isEqualTo(length);
        assertThat(bits(also.values())).isEqualTo(bits(doubles));
    }

    @Test
    void slicesAreCopiesOfTheirEntries() {
        float[] values = {1, 2, 3};
        PackedFloats slice = PackedFloats.of(values).slice(1, 3);
        values[1] = 9;
        assertThat(slice.values()).containsExactly(2, 3);
        assertThat(PackedFloats.of(values).slice(3, 3).length()).isZero();
        assertThat(PackedDoubles.of(new double[] {1, 2, 3}).slice(0, 2).values())
                .containsExactly(1, 2);
    }
}
