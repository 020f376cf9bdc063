package io.github.sparklatent.inference.models;

import io.github.sparklatent.linalg.SymmetricEigen;
import org.ejml.data.DMatrixRMaj;

/**
 * Nodes and weights for the mean of a function of standard normal numbers, exact for polynomials up
 * to the degree 2 m − 1 in each of them (Golub and Welsch 1969).
 *
 * @param points Q × l, one node in each row. Not to be modified.
 * @param logWeights log ω of each node; the weights sum to 1. Not to be modified.
 */
record GaussHermite(DMatrixRMaj points, double[] logWeights) {
    /**
     * Returns the product of rules of m nodes.
     *
     * @param factors number l of standard normal numbers
     * @param m nodes along each of them
     */
    static GaussHermite of(int factors, int m) {
        DMatrixRMaj jacobi = new DMatrixRMaj(m, m);
        for (int i = 1; i < m; i++) {
            jacobi.set(i, i - 1, Math.sqrt(i));
            jacobi.set(i - 1, i, Math.sqrt(i));
        }
        SymmetricEigen eigen = SymmetricEigen.of(jacobi).orElseThrow();
        int count = 1;
        for (int j = 0; j < factors; j++) {
            count = Math.multiplyExact(count, m);
        }
        DMatrixRMaj points = new DMatrixRMaj(count, factors);
        double[] logWeights = new double[count];
        for (int i = 0; i < count; i++) {
            for (int j = 0, rest = i; j < factors; j++, rest /= m) {
                points.set(i, j, eigen.value(rest % m));
                double first = Math.abs(eigen.vector(rest % m)[0]);
                logWeights[i] += 2 * StrictMath.log(first);
            }
        }
        return new GaussHermite(points, logWeights);
    }
}
