package io.github.sparklatent.gmm;

import org.ejml.data.DMatrixRMaj;

/** Distances to centres are the densities of unit spheres around them but for constants. */
final class SquaredDistances {
    private SquaredDistances() {}

    /**
     * −½ |x_n − c_k|² by differences: exact however far the centres are from the origin.
     *
     * @param centres k × d. Not modified.
     */
    static LogDensities halvedAndNegated(DMatrixRMaj centres) {
        DMatrixRMaj ones = new DMatrixRMaj(centres.numRows, centres.numCols);
        ones.fill(1);
        return new DiagonalLogDensities(
                centres, ones, new double[centres.numRows], Centres.around(centres).components());
    }
}
