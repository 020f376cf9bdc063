package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.VectorShape;

/** How many bits the vectors of a class of kernels have. */
final class VectorWidth {
    private VectorWidth() {}

    /**
     * The processor's widest registers, or as many bits as a hidden class was given as its class
     * data, so that one JVM can hold the same kernels at several widths.
     *
     * @param kernels of the class, from within it
     */
    static VectorShape of(MethodHandles.Lookup kernels) {
        try {
            Integer bits = MethodHandles.classData(kernels, "_", Integer.class);
            return bits == null ? VectorShape.preferredShape() : VectorShape.forBitSize(bits);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A shape, or one of so many bits where it has more. */
    static VectorShape atMost(int bits, VectorShape shape) {
        return shape.vectorBitSize() <= bits ? shape : VectorShape.forBitSize(bits);
    }
}
