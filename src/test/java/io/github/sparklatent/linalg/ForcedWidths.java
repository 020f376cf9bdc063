package io.github.sparklatent.linalg;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Kernels for registers of other widths than this processor's: the same class once more, hidden,
 * with the number of bits as its class data. Where the processor lacks such registers Java computes
 * the same numbers without.
 */
final class ForcedWidths {
    private static final int[] BITS = {64, 128, 256, 512};

    private ForcedWidths() {}

    /**
     * By name: this machine's own, the scalar one and one for each width.
     *
     * @param vector simple name of the class on vectors, which is not named in code lest the
     *     compiler need its module
     */
    static <T> Map<String, T> all(Class<T> type, T own, T scalar, String vector) {
        Map<String, T> kernels = new LinkedHashMap<>();
        kernels.put("own", own);
        kernels.put("scalar", scalar);
        for (int bits : BITS) {
            kernels.put(bits + " bits", type.cast(forced(vector, bits)));
        }
        return kernels;
    }

    private static Object forced(String vector, int bits) {
        try (InputStream in = ForcedWidths.class.getResourceAsStream(vector + ".class")) {
            return MethodHandles.lookup()
                    .defineHiddenClassWithClassData(in.readAllBytes(), bits, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
