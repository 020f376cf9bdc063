package io.github.sparklatent.linalg;

import io.github.sparklatent.linalg.kernels.ColumnKernel;
import io.github.sparklatent.linalg.kernels.DoubleElementary;
import io.github.sparklatent.linalg.kernels.DoubleGemm;
import io.github.sparklatent.linalg.kernels.DoubleIm2col;
import io.github.sparklatent.linalg.kernels.FloatElementary;
import io.github.sparklatent.linalg.kernels.FloatGemm;
import io.github.sparklatent.linalg.kernels.FloatIm2col;
import io.github.sparklatent.linalg.kernels.MonomialKernel;

/**
 * Chooses the innermost loops once: on vector registers if the JVM was started with the module
 * {@code jdk.incubator.vector} (as Spark starts its JVMs), otherwise on plain numbers. The results are the same to the
 * last bit.
 *
 * <p>Classes that use the module cannot be loaded without it, so they are named here as strings.
 */
public final class Kernels {
    private static final boolean VECTOR =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private Kernels() {}

    /** Returns whether vector registers are used. */
    public static boolean isVector() {
        return VECTOR;
    }

    /** Returns a description of the chosen loops, for the log and for the origin of results. */
    public static String description() {
        return VECTOR
                ? "vector, %d bits".formatted(floatGemm().lanes() * Float.SIZE)
                : "scalar, without jdk.incubator.vector";
    }

    static FloatGemm floatGemm() {
        return choose(FloatGemm.class, "Float%sGemm");
    }

    static DoubleGemm doubleGemm() {
        return choose(DoubleGemm.class, "Double%sGemm");
    }

    static FloatIm2col floatIm2col() {
        return choose(FloatIm2col.class, "Float%sIm2col");
    }

    static DoubleIm2col doubleIm2col() {
        return choose(DoubleIm2col.class, "Double%sIm2col");
    }

    static FloatElementary floatFunctions() {
        return choose(FloatElementary.class, "Float%sFunctions");
    }

    static DoubleElementary doubleFunctions() {
        return choose(DoubleElementary.class, "Double%sFunctions");
    }

    static MonomialKernel monomials() {
        return choose(MonomialKernel.class, "%sMonomialKernel");
    }

    static ColumnKernel columns() {
        return choose(ColumnKernel.class, "%sColumnKernel");
    }

    private static <T> T choose(Class<T> type, String pattern) {
        String name = type.getPackageName() + "." + pattern.formatted(VECTOR ? "Vector" : "Scalar");
        try {
            return type.cast(Class.forName(name).getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("kernel " + name + " does not start", e);
        }
    }
}
