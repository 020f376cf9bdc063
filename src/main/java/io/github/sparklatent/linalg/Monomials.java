package io.github.sparklatent.linalg;

import io.github.sparklatent.linalg.kernels.DoubleGemm;
import io.github.sparklatent.linalg.kernels.MonomialKernel;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The monomials of degree up to two of a row y of d numbers, as products z_i z_j of z = (1, y).
 *
 * <p>A quadratic form of a row is linear in its monomials, and the moments of rows are sums of them: with φ, n × p, the
 * monomials of n rows, k forms of all rows are one product φ W ({@link RowForms}) and k weighted moments are one
 * product Rᵀ φ ({@link RowMoments}). φ is never stored as a whole: its panels are written when the tiles of the product
 * need them, or, if rows are wide, not at all.
 */
public final class Monomials {
    /** No monomial of numbers up to this bound overflows, nor does its product with a moderate coefficient. */
    public static final double MAX_REACH = 1e100;

    /** Least number of columns of a wide row. */
    private static final int WIDE = 48;

    /** Least number of columns of a wide row for each form or weight. */
    private static final int WIDE_FOR_EACH = 4;

    private final int dimension;
    private final int count;
    private final boolean isQuadratic;
    private final List<Run> runs;

    /**
     * Monomials that follow each other: z_i z_j, z_i z_(j+1), ..., or z_j², z_(j+1)², ...
     *
     * @param first i, or {@link MonomialKernel#SQUARES}
     * @param second j
     * @param start index of the run's first monomial
     * @param length number of monomials of the run
     */
    record Run(int first, int second, int start, int length) {}

    private Monomials(int dimension, boolean isQuadratic, List<Run> runs) {
        this.dimension = dimension;
        this.isQuadratic = isQuadratic;
        this.runs = runs;
        Run last = runs.get(runs.size() - 1);
        this.count = last.start + last.length;
    }

    /** Returns the monomials 1, y_1 .. y_d. */
    public static Monomials linear(int dimension) {
        return new Monomials(dimension, false, List.of(new Run(0, 0, 0, dimension + 1)));
    }

    /** Returns the monomials 1, y_1 .. y_d, then the upper triangle of y yᵀ row by row. */
    public static Monomials quadratic(int dimension) {
        List<Run> runs = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= dimension; i++) {
            int length = dimension + 1 - i;
            runs.add(new Run(i, i, start, length));
            start = Math.addExact(start, length);
        }
        return new Monomials(dimension, true, runs);
    }

    /** Returns the monomials 1, y_1 .. y_d, then y_1² .. y_d². */
    public static Monomials squares(int dimension) {
        return new Monomials(
                dimension,
                false,
                List.of(new Run(0, 0, 0, dimension + 1), new Run(MonomialKernel.SQUARES, 1, dimension + 1, dimension)));
    }

    /**
     * Creates forms of rows.
     *
     * @param coefficients k × p, one form in each row. Not modified.
     */
    public RowForms forms(DMatrixRMaj coefficients) {
        DoubleGemm tiles = Kernels.doubleGemm();
        MonomialKernel panels = Kernels.monomials();
        return isWideFor(coefficients.numRows)
                ? new RowForms.FactoredForms(this, coefficients, tiles, panels)
                : new RowForms.MonomialForms(this, coefficients, tiles, panels);
    }

    /** Creates sums of rows that have k weights each. */
    public RowMoments moments(int width) {
        DoubleGemm tiles = Kernels.doubleGemm();
        MonomialKernel panels = Kernels.monomials();
        return isWideFor(width)
                ? new RowMoments.FactoredMoments(this, width, tiles, panels)
                : new RowMoments.MonomialMoments(this, width, tiles, panels);
    }

    /**
     * Returns whether it is faster not to write monomials. Each form or weight reads them once, and without them a tile
     * has as many terms as the row has numbers.
     */
    private boolean isWideFor(int width) {
        return isQuadratic && dimension >= Math.max(WIDE, WIDE_FOR_EACH * width);
    }

    public int dimension() {
        return dimension;
    }

    public int count() {
        return count;
    }

    /** Cuts the runs into parts of the given number of monomials, one list for each part. */
    List<List<Run>> parts(int width) {
        List<List<Run>> parts = new ArrayList<>();
        for (int at = 0; at < count; at += width) {
            parts.add(new ArrayList<>());
        }
        for (Run run : runs) {
            int end = run.start + run.length;
            for (int at = run.start; at < end; ) {
                int part = at / width;
                int length = Math.min(end, (part + 1) * width) - at;
                int skipped = at - run.start;
                parts.get(part).add(new Run(run.first, run.second + skipped, at, length));
                at += length;
            }
        }
        return parts;
    }

    /** Cuts each run into pieces of at most the given number of monomials. */
    List<Run> pieces(int length) {
        List<Run> pieces = new ArrayList<>();
        for (Run run : runs) {
            for (int at = 0; at < run.length; at += length) {
                int some = Math.min(length, run.length - at);
                pieces.add(new Run(run.first, run.second + at, run.start + at, some));
            }
        }
        return pieces;
    }
}
