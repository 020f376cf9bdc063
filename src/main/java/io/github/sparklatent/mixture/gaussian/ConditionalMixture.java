package io.github.sparklatent.mixture.gaussian;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.LogSumExp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The distribution of some columns of a mixture given the others, which is a mixture, too.
 *
 * <pre>
 *   p(x_f | x_g) = Σ_k p(k | x_g) N(x_f; μ_kf + Σ_fg Σ_gg⁻¹ (x_g − μ_kg), Σ_ff − Σ_fg Σ_gg⁻¹ Σ_gf)
 * </pre>
 *
 * Source: Bishop 2006, eq. 2.81 and 2.82 for each component.
 *
 * @param free indices of the columns that are not given, ascending. Not to be modified.
 * @param mixture distribution of these columns
 */
public record ConditionalMixture(int[] free, MixtureParameters mixture) {
    /**
     * Conditions a mixture on values of some columns.
     *
     * @param given d numbers, NaN where no value is given. Not modified.
     * @throws IllegalArgumentException if no value or every value is given, or a value is infinite
     * @throws DataException if the values are so far from all components that their densities underflow
     */
    public static ConditionalMixture of(MixtureParameters mixture, double[] given) {
        int d = mixture.dimension();
        Require.that(given.length == d, "given has %d numbers, expected %d", given.length, d);
        int[] fixed = IntStream.range(0, d).filter(j -> !Double.isNaN(given[j])).toArray();
        int[] free = IntStream.range(0, d).filter(j -> Double.isNaN(given[j])).toArray();
        Require.that(fixed.length > 0, "no value is given");
        Require.that(free.length > 0, "every value is given, so none is left to draw");
        for (int j : fixed) {
            Require.that(!Double.isInfinite(given[j]), "value %d is %s, expected a finite number", j, given[j]);
        }
        MixtureFactors factors = MixtureFactors.of(mixture);
        Block row = Block.of(DMatrixRMaj.wrap(1, d, given.clone()));
        DMatrixRMaj responsibilities = new DMatrixRMaj(0, 0);
        double[] logDensity = new double[1];
        factors.densities().apply(row, responsibilities);
        LogSumExp.normalizeColumns(responsibilities, logDensity);
        if (!Double.isFinite(logDensity[0])) {
            throw tooFar();
        }
        double[] weights = responsibilities.data.clone();
        CovarianceType type =
                mixture.type().isFactored() && free.length <= mixture.factors() ? CovarianceType.FULL : mixture.type();
        ConditionalRows conditional = factors.conditionalRows();
        int components = mixture.components();
        DMatrixRMaj means = new DMatrixRMaj(components, free.length);
        List<DMatrixRMaj> covariances = new ArrayList<>();
        boolean square = mixture.type().isSquare();
        boolean factored = mixture.type().isFactored();
        for (int k = 0; k < components; k++) {
            DMatrixRMaj one = new DMatrixRMaj(components, 1);
            one.set(k, 0, 1);
            DMatrixRMaj covariance = factored ? null : new DMatrixRMaj(square ? d : 1, d);
            conditional.evaluate(row, k, one, covariance);
            for (int j = 0; j < free.length; j++) {
                means.set(
                        k,
                        j,
                        mixture.means().get(k, free[j]) + conditional.centred().get(0, free[j]));
            }
            if (square && covariances.size() < mixture.covariances().size()) {
                covariances.add(selected(covariance, free));
            }
            if (factored) {
                covariances.add(factored(mixture, k, fixed, free, type));
            }
        }
        if (!square && !factored) {
            covariances.add(variances(mixture, free));
        }
        if (!Arrays.stream(means.data).allMatch(Double::isFinite)) {
            throw tooFar();
        }
        return new ConditionalMixture(free, MixtureParameters.of(type, weights, means, covariances));
    }

    /** Returns the covariance of the free columns, as a matrix if they are no more than factors. */
    private static DMatrixRMaj factored(
            MixtureParameters mixture, int component, int[] fixed, int[] free, CovarianceType type) {
        DMatrixRMaj all = mixture.covariances().get(component).copy();
        CommonOps_DDRM.insert(mixture.linear(component).loadingsGiven(fixed), all, 0, 0);
        DMatrixRMaj packed = new DMatrixRMaj(free.length, all.numCols);
        for (int j = 0; j < free.length; j++) {
            CommonOps_DDRM.extract(all, free[j], free[j] + 1, 0, all.numCols, packed, j, 0);
        }
        if (type.isFactored()) {
            return packed;
        }
        DMatrixRMaj loadings = CommonOps_DDRM.extract(packed, 0, free.length, 0, all.numCols - 1);
        DMatrixRMaj covariance = new DMatrixRMaj(free.length, free.length);
        CommonOps_DDRM.multTransB(loadings, loadings, covariance);
        for (int j = 0; j < free.length; j++) {
            covariance.add(j, j, packed.get(j, all.numCols - 1));
        }
        return covariance;
    }

    private static DataException tooFar() {
        return new DataException("the given values are too far from every component for their densities to be"
                + " compared: give values near the rows of the training");
    }

    /** Returns rows and columns of a symmetric matrix whose upper triangle is given. */
    private static DMatrixRMaj selected(DMatrixRMaj upper, int[] free) {
        DMatrixRMaj selected = new DMatrixRMaj(free.length, free.length);
        for (int i = 0; i < free.length; i++) {
            for (int j = i; j < free.length; j++) {
                selected.set(i, j, upper.get(free[i], free[j]));
                selected.set(j, i, upper.get(free[i], free[j]));
            }
        }
        return selected;
    }

    private static DMatrixRMaj variances(MixtureParameters mixture, int[] free) {
        int columns = mixture.type().columns(free.length, 0);
        DMatrixRMaj variances = new DMatrixRMaj(mixture.components(), columns);
        for (int k = 0; k < mixture.components(); k++) {
            for (int j = 0; j < columns; j++) {
                variances.set(k, j, mixture.variance(k, free[j]));
            }
        }
        return variances;
    }
}
