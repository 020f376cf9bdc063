package io.github.sparklatent.linalg.kernels;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Kernels for registers of other widths than this processor's: the same class again, hidden, with the number of bits as
 * its class data. Without such registers Java computes the same numbers in other ways.
 */
public final class ForcedWidths {
    private static final int[] BITS = {64, 128, 256, 512};

    private ForcedWidths() {}

    /**
     * Returns kernels by name: this machine's own, the scalar one and one for each width.
     *
     * @param vector simple name of the class on vectors. Code that named the class itself would need its module to
     *     compile.
     */
    public static <T> Map<String, T> all(Class<T> type, T own, T scalar, String vector) {
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
