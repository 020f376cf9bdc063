package io.github.sparklatent.linalg;

import io.github.sparklatent.linalg.kernels.DoubleGemm;
import io.github.sparklatent.linalg.kernels.MonomialKernel;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Computes k quadratic forms of rows as one product of the rows' monomials with the coefficients of the forms.
 *
 * <p>Each value is a chain of fused multiply-adds over the monomials in their order. The product is computed in tiles.
 * A slice is {@value #DEPTH} monomials of as many rows as a tile is wide. It stays in the first-level cache while it is
 * multiplied with the coefficients of all forms.
 */
final class MonomialForms extends RowForms {
    private static final int DEPTH = 192;

    private final List<List<Monomials.Run>> slices;

    /**
     * The coefficients, slice after slice. Within a slice they are in panels; a panel has as many forms as a tile is
     * high.
     */
    private final double[] coefficients;

    private final double[] slice;

    /**
     * Creates the forms and copies their coefficients into slices.
     *
     * @param coefficients k × p: one row for each form, one column for each monomial. Not modified.
     */
    MonomialForms(Monomials monomials, DMatrixRMaj coefficients, DoubleGemm tiles, MonomialKernel panels) {
        super(monomials.dimension(), coefficients.numRows, tiles, panels);
        this.slices = monomials.parts(DEPTH);
        this.slice = new double[DEPTH * width(tiles)];
        int count = monomials.count();
        int height = up(forms, tiles.rows());
        this.coefficients = new double[height * count];
        DoubleView transposed = DoubleView.of(coefficients).transpose();
        for (int m = 0; m < count; m += DEPTH) {
            int depth = Math.min(DEPTH, count - m);
            DoublePanels.pack(transposed, m, depth, 0, forms, tiles.rows(), this.coefficients, m * height);
        }
    }

    @Override
    void multiply(int rows) {
        int w = width(tiles);
        int at = 0;
        for (List<Monomials.Run> runs : slices) {
            int depth = length(runs);
            for (int i = 0; i < rows; i += w) {
                write(runs, i * columns);
                multiply(at, depth, i);
            }
            at += up(forms, tiles.rows()) * depth;
        }
    }

    /**
     * Multiplies one slice with the coefficients of all forms, and adds the products to the values of as many rows as a
     * tile is wide.
     *
     * @param from index of the slice's first monomial, times the padded number of forms
     * @param depth number of monomials of the slice
     * @param row index of the first of these rows
     */
    private void multiply(int from, int depth, int row) {
        int w = width(tiles);
        int height = tiles.rows();
        for (int k = 0; k < forms; k += height) {
            tiles.tile(
                    Math.min(height, forms - k),
                    tiles.lanes(),
                    coefficients,
                    from + k * depth,
                    1,
                    height,
                    slice,
                    0,
                    w,
                    depth,
                    values,
                    k * stride + row,
                    stride,
                    from > 0);
        }
    }

    private void write(List<Monomials.Run> runs, int at) {
        int w = width(tiles);
        int start = runs.get(0).start();
        for (Monomials.Run run : runs) {
            boolean squares = run.first() == MonomialKernel.SQUARES;
            panels.rows(
                    z,
                    at,
                    squares ? run.second() : run.first(),
                    squares ? 1 : 0,
                    run.second(),
                    run.length(),
                    w,
                    slice,
                    (run.start() - start) * w);
        }
    }

    private static int length(List<Monomials.Run> runs) {
        int length = 0;
        for (Monomials.Run run : runs) {
            length += run.length();
        }
        return length;
    }
}
