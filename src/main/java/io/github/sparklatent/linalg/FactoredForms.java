package io.github.sparklatent.linalg;

import io.github.sparklatent.linalg.kernels.DoubleGemm;
import io.github.sparklatent.linalg.kernels.MonomialKernel;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Forms of wide rows. No monomial is written: the second factors are multiplied with the coefficients first, and the
 * first factors afterwards.
 *
 * <pre>
 *   Σ_m c_m φ_m  =  Σ_i z_i Σ_j≥i c_ij z_j
 * </pre>
 *
 * <p>Each value is a chain of fused multiply-adds over i. Each inner sum is a chain over j; every {@value #DEPTH} terms
 * a new chain begins.
 */
final class FactoredForms extends RowForms {
    private static final int DEPTH = 512;

    /** Monomials that have the same first factor. */
    private final List<Monomials.Run> pieces;

    /** Coefficients by pieces, in panels of as many forms as a tile is high. */
    private final double[] coefficients;

    /** Inner sums of a tile. */
    private final double[] sums;

    /**
     * Packs the coefficients.
     *
     * @param coefficients k × p, one form per row. Not modified.
     */
    FactoredForms(Monomials monomials, DMatrixRMaj coefficients, DoubleGemm tiles, MonomialKernel panels) {
        super(monomials.dimension(), coefficients.numRows, tiles, panels);
        this.pieces = monomials.pieces(DEPTH);
        this.sums = new double[tiles.rows() * width(tiles)];
        int height = up(forms, tiles.rows());
        this.coefficients = new double[height * monomials.count()];
        DoubleView transposed = DoubleView.of(coefficients).transpose();
        for (Monomials.Run piece : pieces) {
            DoublePanels.pack(
                    transposed,
                    piece.start(),
                    piece.length(),
                    0,
                    forms,
                    tiles.rows(),
                    this.coefficients,
                    piece.start() * height);
        }
    }

    @Override
    void multiply(int rows) {
        int w = width(tiles);
        int height = tiles.rows();
        for (Monomials.Run piece : pieces) {
            int from = piece.start() * up(forms, height);
            for (int n = 0; n < rows; n += w) {
                for (int k = 0; k < forms; k += height) {
                    add(piece, Math.min(height, forms - k), from + k * piece.length(), n, k);
                }
            }
        }
    }

    private void add(Monomials.Run piece, int height, int from, int row, int form) {
        int w = width(tiles);
        int at = row * columns;
        int to = form * stride + row;
        // The first factor of the first piece is 1, and there is nothing to add to.
        boolean first = piece.start() == 0;
        tiles.tile(
                height,
                tiles.lanes(),
                coefficients,
                from,
                1,
                tiles.rows(),
                z,
                at + piece.second() * w,
                w,
                piece.length(),
                first ? values : sums,
                first ? to : 0,
                first ? stride : w,
                false);
        if (!first) {
            panels.multiplyAdd(z, at + piece.first() * w, sums, height, w, values, to, stride);
        }
    }
}
