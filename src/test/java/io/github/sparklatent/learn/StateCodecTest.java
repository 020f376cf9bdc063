package io.github.sparklatent.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays of several pieces, and arrays that are not what they say. */
class StateCodecTest {
    /** A state whose arrays are in several pieces. */
    record State(float[] floats, double[] doubles, DMatrixRMaj matrix, String name) {}

    /** Around the ends of the first and second piece of floats and of doubles. */
    static List<Integer> lengths() {
        int floats = NumberPieces.BYTES / Float.BYTES;
        int doubles = NumberPieces.BYTES / Double.BYTES;
        return List.of(0, 1, doubles - 1, doubles, doubles + 1, floats, floats + 1, 2 * floats, 70_001);
    }

    static float[] floats(int length) {
        float[] floats = new float[length];
        for (int i = 0; i < length; i++) {
            floats[i] = Float.intBitsToFloat(i * 0x9E3779B9); // all kinds, NaN with a payload too
        }
        return floats;
    }

    static double[] doubles(int length) {
        double[] doubles = new double[length];
        for (int i = 0; i < length; i++) {
            doubles[i] = Double.longBitsToDouble(i * 0x9E3779B97F4A7C15L);
        }
        return doubles;
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void aStateOfManyPiecesReturnsBitForBit(int length) throws IOException {
        State state =
                new State(floats(length), doubles(length), DMatrixRMaj.wrap(length, 1, doubles(length)), "at the end");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StateCodec.encode(state, out);
        byte[] bytes = out.toByteArray();
        State read = StateBytes.decode(bytes, State.class);
        assertThat(PackedFloatsTest.bits(read.floats())).isEqualTo(PackedFloatsTest.bits(state.floats()));
        assertThat(PackedFloatsTest.bits(read.doubles())).isEqualTo(PackedFloatsTest.bits(state.doubles()));
        assertThat(PackedFloatsTest.bits(read.matrix().data)).isEqualTo(PackedFloatsTest.bits(state.doubles()));
        assertThat(read.name()).isEqualTo("at the end");
        assertThat(StateBytes.encode(state)).as("the same bytes").isEqualTo(bytes);
    }

    private static void assertRefused(Object array, Class<?> type, String sentence) {
        assertThatThrownBy(() -> StateBytes.decode(StateBytes.encode(array), type))
                .isInstanceOf(DataException.class)
                .hasMessage("the saved training state is damaged: " + sentence);
    }

    /** 8 GB of memory must not be asked for because of a few bytes. */
    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, 1 << 20, 5, -1})
    void anArrayThatIsLongerThanTheStateIsRefused(int length) {
        List<Object> array = List.of(length, new byte[8]);
        int bytes = StateBytes.encode(array).length;
        assertRefused(array, float[].class, "an array has %d numbers, expected 0 to %d".formatted(length, bytes / 4));
        assertRefused(array, double[].class, "an array has %d numbers, expected 0 to %d".formatted(length, bytes / 8));
    }

    @Test
    void anArrayOfOtherPiecesIsRefused() {
        assertRefused(List.of(2, new byte[7]), float[].class, "bytes of a piece of an array: found 7, expected 8");
        assertRefused(
                List.of(1, new byte[8], new byte[8]),
                double[].class,
                "an array has VALUE_EMBEDDED_OBJECT, expected END_ARRAY");
        assertRefused(new byte[8], float[].class, "an array has VALUE_EMBEDDED_OBJECT, expected START_ARRAY");
    }
}
