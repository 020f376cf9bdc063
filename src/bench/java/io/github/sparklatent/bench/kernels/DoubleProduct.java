package io.github.sparklatent.bench.kernels;

import dev.ludovic.netlib.blas.BLAS;
import io.github.sparklatent.linalg.DoubleProducts;
import io.github.sparklatent.linalg.DoubleView;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** A product of doubles by one system. {@link FloatProduct} is its twin. */
final class DoubleProduct implements Runnable {
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
                blas.dgemm(
                        first, second, n, shape.m(), shape.k(), 1, b.data, b.numCols, a.data,
                        a.numCols, 0, c.data, n);
    }

    private Runnable gemv(BLAS blas, String form, DMatrixRMaj matrix, DMatrixRMaj vector) {
        int rows = matrix.numRows;
        int columns = matrix.numCols;
        return () ->
                blas.dgemv(
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
