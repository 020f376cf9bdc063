package io.github.sparklatent.bench.kernels;

import dev.ludovic.netlib.blas.BLAS;
import io.github.sparklatent.bench.data.Matrices;
import io.github.sparklatent.linalg.DoubleProducts;
import io.github.sparklatent.linalg.DoubleView;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.FloatView;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_FDRM;

/** The operands and the result of a product in both precisions, and every system's way to compute it. */
final class Product {
    private final Shape shape;
    private final DMatrixRMaj a;
    private final DMatrixRMaj b;
    private final DMatrixRMaj c;
    private final FMatrixRMaj floatA;
    private final FMatrixRMaj floatB;
    private final FMatrixRMaj floatC;

    /** Draws the operands. */
    Product(Shape shape) {
        this.shape = shape;
        SplittableRandom random = new SplittableRandom(1);
        this.a = draw(random, shape.m(), shape.k(), shape.left());
        this.b = draw(random, shape.k(), shape.n(), shape.right());
        this.c = new DMatrixRMaj(shape.m(), shape.n());
        this.floatA = Matrices.floats(a);
        this.floatB = Matrices.floats(b);
        this.floatC = new FMatrixRMaj(shape.m(), shape.n());
    }

    private static DMatrixRMaj draw(SplittableRandom random, int rows, int columns, boolean transposed) {
        DMatrixRMaj matrix = new DMatrixRMaj(transposed ? columns : rows, transposed ? rows : columns);
        Arrays.setAll(matrix.data, i -> 2 * random.nextDouble() - 1);
        return matrix;
    }

    /** Returns the result of the last computation, row after row. */
    double[] result(Precision precision) {
        return (precision == Precision.FLOAT ? Matrices.doubles(floatC) : c).data.clone();
    }

    /** One computation of a system. */
    Runnable by(String system, Precision precision) {
        boolean floats = precision == Precision.FLOAT;
        return switch (system) {
            case Peers.OURS -> floats ? floats() : doubles();
            case Peers.EJML -> floats ? ejmlFloats() : ejmlDoubles();
            default -> blas(Peers.blas(system), floats);
        };
    }

    private Runnable floats() {
        FloatProducts products = new FloatProducts();
        FloatView left = shape.left() ? FloatView.of(floatA).transpose() : FloatView.of(floatA);
        FloatView right = shape.right() ? FloatView.of(floatB).transpose() : FloatView.of(floatB);
        FloatView result = FloatView.of(floatC);
        return () -> products.multiply(left, right, result);
    }

    private Runnable doubles() {
        DoubleProducts products = new DoubleProducts();
        DoubleView left = shape.left() ? DoubleView.of(a).transpose() : DoubleView.of(a);
        DoubleView right = shape.right() ? DoubleView.of(b).transpose() : DoubleView.of(b);
        DoubleView result = DoubleView.of(c);
        return () -> products.multiply(left, right, result);
    }

    private Runnable ejmlFloats() {
        if (shape.left()) {
            return shape.right()
                    ? () -> CommonOps_FDRM.multTransAB(floatA, floatB, floatC)
                    : () -> CommonOps_FDRM.multTransA(floatA, floatB, floatC);
        }
        return shape.right()
                ? () -> CommonOps_FDRM.multTransB(floatA, floatB, floatC)
                : () -> CommonOps_FDRM.mult(floatA, floatB, floatC);
    }

    private Runnable ejmlDoubles() {
        if (shape.left()) {
            return shape.right() ? () -> CommonOps_DDRM.multTransAB(a, b, c) : () -> CommonOps_DDRM.multTransA(a, b, c);
        }
        return shape.right() ? () -> CommonOps_DDRM.multTransB(a, b, c) : () -> CommonOps_DDRM.mult(a, b, c);
    }

    /** BLAS has its matrices in columns, so it sees the transposes: cᵀ = bᵀ aᵀ. */
    private Runnable blas(BLAS blas, boolean floats) {
        String first = shape.right() ? "T" : "N";
        String second = shape.left() ? "T" : "N";
        int m = shape.m();
        int k = shape.k();
        int n = shape.n();
        int ka = a.numCols;
        int kb = b.numCols;
        float[] x = floatA.data;
        float[] y = floatB.data;
        float[] z = floatC.data;
        if (m == 1) {
            return floats
                    ? () -> blas.sgemv(first, kb, b.numRows, 1, y, kb, x, 1, 0, z, 1)
                    : () -> blas.dgemv(first, kb, b.numRows, 1, b.data, kb, a.data, 1, 0, c.data, 1);
        }
        if (n == 1) {
            String form = shape.left() ? "N" : "T";
            return floats
                    ? () -> blas.sgemv(form, ka, a.numRows, 1, x, ka, y, 1, 0, z, 1)
                    : () -> blas.dgemv(form, ka, a.numRows, 1, a.data, ka, b.data, 1, 0, c.data, 1);
        }
        return floats
                ? () -> blas.sgemm(first, second, n, m, k, 1, y, kb, x, ka, 0, z, n)
                : () -> blas.dgemm(first, second, n, m, k, 1, b.data, kb, a.data, ka, 0, c.data, n);
    }
}
