package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureDensity;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import java.io.Serializable;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * A mixture in plain arrays, which the serialisers of Java and of Kryo both write. So a user's function may capture a
 * model. Derived objects are computed again after deserialisation.
 */
final class SerializableMixture implements Serializable {
    private final CovarianceType type;
    private final double[] weights;
    private final DMatrixRMaj means;
    private final DMatrixRMaj[] covariances;
    private transient MixtureParameters mixture;
    private transient MixtureFactors factors;
    private transient MixtureDensity idle;

    SerializableMixture(MixtureParameters mixture) {
        this.type = mixture.type();
        this.weights = mixture.weights();
        this.means = mixture.means();
        this.covariances = mixture.covariances().toArray(DMatrixRMaj[]::new);
        this.mixture = mixture;
    }

    synchronized MixtureParameters mixture() {
        if (mixture == null) {
            mixture = MixtureParameters.of(type, weights, means, List.of(covariances));
        }
        return mixture;
    }

    /** Returns the factors of the densities, computed at the first call. */
    synchronized MixtureFactors factors() {
        if (factors == null) {
            factors = MixtureFactors.of(mixture());
        }
        return factors;
    }

    /**
     * Computes the responsibilities of one row.
     *
     * @param row d numbers. Not modified.
     * @return k numbers
     */
    double[] responsibilities(double[] row) {
        MixtureDensity density = take();
        density.evaluate(DMatrixRMaj.wrap(1, row.length, row));
        double[] responsibilities = new double[weights.length];
        System.arraycopy(density.responsibilities().data, 0, responsibilities, 0, responsibilities.length);
        give(density);
        return responsibilities;
    }

    private synchronized MixtureDensity take() {
        MixtureDensity density = idle == null ? new MixtureDensity(factors()) : idle;
        idle = null;
        return density;
    }

    private synchronized void give(MixtureDensity density) {
        idle = density;
    }

    /** Returns the size of the arrays in bytes. */
    long size() {
        long numbers = weights.length + (long) means.getNumElements();
        for (DMatrixRMaj covariance : covariances) {
            numbers += covariance.getNumElements();
        }
        return Double.BYTES * numbers;
    }
}
