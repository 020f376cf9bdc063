package io.github.sparklatent.bench.kernels;

import dev.ludovic.netlib.blas.BLAS;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.FloatView;
import java.util.SplittableRandom;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** A product of floats; {@link DoubleProduct} is its twin. */
final class FloatProduct implements Product {
    private final Shape shape;
    private final FMatrixRMaj a;
    private final FMatrixRMaj b;
    private final FMatrixRMaj c;
    private final Runnable work;

    FloatProduct(Shape shape, String system) {
        this.shape = shape;
        SplittableRandom random = new SplittableRandom(1);
        this.a = draw(random, shape.m(), shape.k(), shape.left());
        this.b = draw(random, shape.k(), shape.n(), shape.right());
        this.c = new FMatrixRMaj(shape.m(), shape.n());
        this.work =
                switch (system) {
                    case Peers.OURS -> ours();
                    case Peers.EJML -> this::ejml;
                    default -> blas(Peers.blas(system));
                };
    }

    private static FMatrixRMaj draw(
            SplittableRandom random, int rows, int columns, boolean transposed) {
        FMatrixRMaj matrix =
                new FMatrixRMaj(transposed ? columns : rows, transposed ? rows : columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = (float) (2 * random.nextDouble() - 1);
        }
        return matrix;
    }

    private Runnable ours() {
        FloatProducts products = new FloatProducts();
        FloatView left = shape.left() ? FloatView.of(a).transpose() : FloatView.of(a);
        FloatView right = shape.right() ? FloatView.of(b).transpose() : FloatView.of(b);
        FloatView result = FloatView.of(c);
        return () -> products.multiply(left, right, result);
    }

    private void ejml() {
        if (shape.left() && shape.right()) {
            CommonOps_FDRM.multTransAB(a, b, c);
        } else if (shape.left()) {
            CommonOps_FDRM.multTransA(a, b, c);
        } else if (shape.right()) {
            CommonOps_FDRM.multTransB(a, b, c);
        } else {
            CommonOps_FDRM.mult(a, b, c);
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
                    blas.sgemv(
                            form, b.numCols, b.numRows, 1f, b.data, b.numCols, a.data, 1, 0f,
                            c.data, 1);
        }
        if (n == 1) {
            String form = shape.left() ? "N" : "T";
            return () ->
                    blas.sgemv(
                            form, a.numCols, a.numRows, 1f, a.data, a.numCols, b.data, 1, 0f,
                            c.data, 1);
        }
        String first = shape.right() ? "T" : "N";
        String second = shape.left() ? "T" : "N";
        return () ->
                blas.sgemm(
                        first, second, n, m, k, 1f, b.data, b.numCols, a.data, a.numCols, 0f,
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
