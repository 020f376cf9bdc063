package io.github.sparklatent.linalg;

import io.github.sparklatent.linalg.kernels.AdamKernel;
import io.github.sparklatent.linalg.kernels.DoubleGemm;
import io.github.sparklatent.linalg.kernels.FloatGemm;
import io.github.sparklatent.linalg.kernels.MonomialKernel;

/**
 * Chooses the innermost loops once: on vector registers if the JVM was started with the module
 * {@code jdk.incubator.vector} (as Spark starts its JVMs), otherwise on plain numbers. The results are the same to the
 * last bit.
 *
 * <p>Classes that use the module cannot be loaded without it, so they are named as strings.
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

    public static AdamKernel adam() {
        return choose(AdamKernel.class, "%sAdamKernel");
    }

    static MonomialKernel monomials() {
        return choose(MonomialKernel.class, "%sMonomialKernel");
    }

    /**
     * Returns the chosen loops of a type.
     *
     * @param pattern name of the class, with %s for Vector or Scalar
     */
    static <T> T choose(Class<T> type, String pattern) {
        String name = type.getPackageName() + "." + pattern.formatted(VECTOR ? "Vector" : "Scalar");
        try {
            return type.cast(Class.forName(name).getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("kernel " + name + " does not start", e);
        }
    }
}
