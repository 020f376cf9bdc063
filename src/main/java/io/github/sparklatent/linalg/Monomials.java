package io.github.sparklatent.linalg;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The monomials of degree two at most of a row y of d numbers, as products z_i z_j of z = (1, y).
 *
 * <p>A quadratic form of a row is linear in its monomials, and the moments of rows are sums of
 * them: with φ, n × p, the monomials of n rows, k forms of all rows are one product φ W ({@link
 * RowForms}) and k weighted moments are one product Rᵀ φ ({@link RowMoments}). φ itself is never
 * stored whole: its panels are written where the tiles of the product read them, or, of wide rows,
 * never.
 */
public final class Monomials {
    /**
     * Of numbers up to here no monomial overflows, nor does its product with a tame coefficient.
     */
    public static final double GREATEST_REACH = 1e100;

    /** From here on rows may be wide. */
    private static final int WIDE = 48;

    /** Numbers of a row for each form or weight from where on rows are wide. */
    private static final int WIDE_FOR_EACH = 4;

    private final int dimension;
    private final int count;
    private final boolean isQuadratic;
    private final List<Run> runs;

    /**
     * Monomials that follow each other: z_i z_j, z_i z_(j+1), ..., or z_j², z_(j+1)², ...
     *
     * @param first i, or {@link #SQUARES}
     * @param second j
     * @param start index of the run's first monomial
     * @param length of the run
     */
    record Run(int first, int second, int start, int length) {}

    /** In the place of the first factor of a run of squares. */
    static final int SQUARES = -1;

    private Monomials(int dimension, boolean isQuadratic, List<Run> runs) {
        this.dimension = dimension;
        this.isQuadratic = isQuadratic;
        this.runs = runs;
        Run last = runs.get(runs.size() - 1);
        this.count = last.start + last.length;
    }

    /** 1, y_1 .. y_d. */
    public static Monomials linear(int dimension) {
        return new Monomials(dimension, false, List.of(new Run(0, 0, 0, dimension + 1)));
    }

    /** 1, y_1 .. y_d, then the upper triangle of y yᵀ row by row. */
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

    /** 1, y_1 .. y_d, then y_1² .. y_d². */
    public static Monomials squares(int dimension) {
        return new Monomials(
                dimension,
                false,
                List.of(
                        new Run(0, 0, 0, dimension + 1),
                        new Run(SQUARES, 1, dimension + 1, dimension)));
    }

    /**
     * Forms of rows.
     *
     * @param coefficients k × p, one form a row. Not modified.
     */
    public RowForms forms(DMatrixRMaj coefficients) {
        DoubleTiles tiles = Kernels.doubleTiles();
        MonomialPanels panels = Kernels.monomialPanels();
        return isWideFor(coefficients.numRows)
                ? new FactoredForms(this, coefficients, tiles, panels)
                : new MonomialForms(this, coefficients, tiles, panels);
    }

    /**
     * Sums of rows.
     *
     * @param width k, how many weights each row has
     */
    public RowMoments moments(int width) {
        DoubleTiles tiles = Kernels.doubleTiles();
        MonomialPanels panels = Kernels.monomialPanels();
        return isWideFor(width)
                ? new FactoredMoments(this, width, tiles, Kernels.doubleStrips(), panels)
                : new MonomialMoments(this, width, tiles, panels);
    }

    /**
     * Whether monomials are better not written: they are read by as many tiles as there are forms
     * or weights, and without them tiles are as deep as rows are wide.
     */
    private boolean isWideFor(int width) {
        return isQuadratic && dimension >= Math.max(WIDE, WIDE_FOR_EACH * width);
    }

    /** d. */
    public int dimension() {
        return dimension;
    }

    /** p. */
    public int count() {
        return count;
    }

    /** The runs, cut where a part of so many monomials ends: one list a part. */
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

    /** The runs, cut after so many monomials each. */
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
