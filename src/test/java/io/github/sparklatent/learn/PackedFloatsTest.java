package io.github.sparklatent.learn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PackedFloatsTest {
    private static final float[] VALUES = {
        0.1f, -0.0f, Float.NaN, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, 3
    };

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }

    @Test
    void whatWasPackedIsUnpackedBitForBitAndIsACopy() {
        float[] values = VALUES.clone();
        PackedFloats packed = PackedFloats.of(values);
        values[5] = 4;
        assertThat(packed.length()).isEqualTo(6);
        assertThat(bits(packed.unpack())).isEqualTo(bits(VALUES));
        packed.unpack()[0] = 7;
        assertThat(packed.unpack()[0]).isEqualTo(0.1f);
    }

    @Test
    void slicesAreEntriesNotBytes() {
        PackedFloats packed = PackedFloats.of(VALUES);
        assertThat(bits(packed.slice(1, 4).unpack()))
                .isEqualTo(new int[] {bits(VALUES)[1], bits(VALUES)[2], bits(VALUES)[3]});
        assertThat(packed.slice(6, 6).length()).isZero();
    }
}
