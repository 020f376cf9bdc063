package io.github.sparklatent.bench.kernels;

import dev.ludovic.netlib.blas.BLAS;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.linalg.FloatView;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** A product of floats by one system. {@link DoubleProduct} is its twin. */
final class FloatProduct implements Runnable {
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

    /** BLAS has its matrices in columns, so it sees the transposes: cᵀ = bᵀ aᵀ. */
    private Runnable blas(BLAS blas) {
        if (shape.m() == 1) {
            return gemv(blas, shape.right() ? "T" : "N", b, a);
        }
        if (shape.n() == 1) {
            return gemv(blas, shape.left() ? "N" : "T", a, b);
        }
        String first = shape.right() ? "T" : "N";
        String second = shape.left() ? "T" : "N";
        int n = shape.n();
        return () ->
                blas.sgemm(
                        first, second, n, shape.m(), shape.k(), 1, b.data, b.numCols, a.data,
                        a.numCols, 0, c.data, n);
    }

    private Runnable gemv(BLAS blas, String form, FMatrixRMaj matrix, FMatrixRMaj vector) {
        int rows = matrix.numRows;
        int columns = matrix.numCols;
        return () ->
                blas.sgemv(
                        form, columns, rows, 1, matrix.data, columns, vector.data, 1, 0, c.data, 1);
    }

    @Override
    public void run() {
        work.run();
    }

    /** The elements of the result, row after row. */
    double[] result() {
        return IntStream.range(0, c.data.length).mapToDouble(i -> c.data[i]).toArray();
    }
}
