package io.github.sparklatent.linalg.kernels;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.VectorShape;

/** The number of bits of the vectors of a class of kernels. */
final class VectorWidth {
    private VectorWidth() {}

    /**
     * Returns the shape of the processor's widest registers, of 512 bits at most. Class data of a hidden class
     * overrides it, so that one JVM can hold the same kernels at several widths.
     *
     * @param kernels lookup of the class itself
     */
    static VectorShape of(MethodHandles.Lookup kernels) {
        try {
            Integer bits = MethodHandles.classData(kernels, "_", Integer.class);
            return bits == null ? atMost(512, VectorShape.preferredShape()) : VectorShape.forBitSize(bits);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a vector shape, or the shape with the given number of bits if the first shape has more bits. */
    static VectorShape atMost(int bits, VectorShape shape) {
        return shape.vectorBitSize() <= bits ? shape : VectorShape.forBitSize(bits);
    }
}
