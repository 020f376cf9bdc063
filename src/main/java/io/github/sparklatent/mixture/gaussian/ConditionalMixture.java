package io.github.sparklatent.mixture.gaussian;

import io.github.sparklatent.linalg.Block;
import java.util.ArrayList;
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
 */
public final class ConditionalMixture {
    private ConditionalMixture() {}

    /**
     * Returns the distribution of the columns that are not given.
     *
     * @param given d numbers, NaN where no value is given; some are, and some are not. Not modified.
     * @param weights p(k | x_g). Not modified.
     */
    public static MixtureParameters of(MixtureParameters mixture, double[] given, double[] weights) {
        int d = mixture.dimension();
        int[] fixed = IntStream.range(0, d).filter(j -> !Double.isNaN(given[j])).toArray();
        int[] free = IntStream.range(0, d).filter(j -> Double.isNaN(given[j])).toArray();
        Block row = Block.of(DMatrixRMaj.wrap(1, d, given.clone()));
        CovarianceType type =
                mixture.type().isFactored() && free.length <= mixture.factors() ? CovarianceType.FULL : mixture.type();
        ConditionalRows conditional = MixtureFactors.of(mixture).conditionalRows();
        List<MixtureParameters> components = new ArrayList<>();
        for (int k = 0; k < mixture.components(); k++) {
            DMatrixRMaj one = new DMatrixRMaj(mixture.components(), 1);
            one.set(k, 0, 1);
            DMatrixRMaj covariance = mixture.type().isFactored()
                    ? null
                    : new DMatrixRMaj(mixture.type().isSquare() ? d : 1, d);
            conditional.evaluate(row, k, one, covariance);
            DMatrixRMaj centred = conditional.centred();
            double[] mean = new double[free.length];
            for (int j = 0; j < free.length; j++) {
                mean[j] = mixture.means().get(k, free[j]) + centred.get(0, free[j]);
            }
            components.add(MixtureParameters.component(
                    type,
                    mean,
                    switch (mixture.type()) {
                        case FULL, TIED -> selected(covariance, free);
                        case DIAGONAL, SPHERICAL -> variances(mixture, k, free);
                        case FACTOR, PPCA -> factored(mixture, k, fixed, free, type);
                    }));
        }
        return MixtureParameters.of(weights, components);
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

    private static DMatrixRMaj variances(MixtureParameters mixture, int component, int[] free) {
        DMatrixRMaj variances = new DMatrixRMaj(1, mixture.type().columns(free.length, 0));
        for (int j = 0; j < variances.numCols; j++) {
            variances.set(0, j, mixture.variance(component, free[j]));
        }
        return variances;
    }
}
