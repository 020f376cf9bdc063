package io.github.sparklatent.bench.kernels;

import dev.ludovic.netlib.blas.BLAS;
import io.github.sparklatent.linalg.DoubleProducts;
import io.github.sparklatent.linalg.DoubleView;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** A product of doubles; {@link FloatProduct} is its twin. */
final class DoubleProduct implements Product {
    private final Shape shape;
    private final DMatrixRMaj a;
    private final DMatrixRMaj b;
    private final DMatrixRMaj c;
    private final Runnable work;

    DoubleProduct(Shape shape, String system) {
        this.shape = shape;
        SplittableRandom random = new SplittableRandom(1);
        this.a = draw(random, shape.m(), shape.k(), shape.left());
        this.b = draw(random, shape.k(), shape.n(), shape.right());
        this.c = new DMatrixRMaj(shape.m(), shape.n());
        this.work =
                switch (system) {
                    case Peers.OURS -> ours();
                    case Peers.EJML -> this::ejml;
                    default -> blas(Peers.blas(system));
                };
    }

    private static DMatrixRMaj draw(
            SplittableRandom random, int rows, int columns, boolean transposed) {
        DMatrixRMaj matrix =
                new DMatrixRMaj(transposed ? columns : rows, transposed ? rows : columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = (2 * random.nextDouble() - 1);
        }
        return matrix;
    }

    private Runnable ours() {
        DoubleProducts products = new DoubleProducts();
        DoubleView left = shape.left() ? DoubleView.of(a).transpose() : DoubleView.of(a);
        DoubleView right = shape.right() ? DoubleView.of(b).transpose() : DoubleView.of(b);
        DoubleView result = DoubleView.of(c);
        return () -> products.multiply(left, right, result);
    }

    private void ejml() {
        if (shape.left() && shape.right()) {
            CommonOps_DDRM.multTransAB(a, b, c);
        } else if (shape.left()) {
            CommonOps_DDRM.multTransA(a, b, c);
        } else if (shape.right()) {
            CommonOps_DDRM.multTransB(a, b, c);
        } else {
            CommonOps_DDRM.mult(a, b, c);
        }
    }

    /** BLAS reads column after column, and so sees the transposes: cᵀ = bᵀ aᵀ. */
    private Runnable blas(BLAS blas) {
        int m = shape.m();
        int k = shape.k();
        int n = shape.n();
        if (m == 1) {
            String form = shape.right() ? "T" : "N";
            return () ->
                    blas.dgemv(
                            form, b.numCols, b.numRows, 1d, b.data, b.numCols, a.data, 1, 0d,
                            c.data, 1);
        }
        if (n == 1) {
            String form = shape.left() ? "N" : "T";
            return () ->
                    blas.dgemv(
                            form, a.numCols, a.numRows, 1d, a.data, a.numCols, b.data, 1, 0d,
                            c.data, 1);
        }
        String first = shape.right() ? "T" : "N";
        String second = shape.left() ? "T" : "N";
        return () ->
                blas.dgemm(
                        first, second, n, m, k, 1d, b.data, b.numCols, a.data, a.numCols, 0d,
                        c.data, n);
    }

    @Override
    public void run() {
        work.run();
    }

    @Override
    public double[] result() {
        double[] result = new double[c.data.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = c.data[i];
        }
        return result;
    }
}
