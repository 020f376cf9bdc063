package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
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
    private transient MixedDensity density;
    private transient MixtureScores idle;

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

    /** Returns the mixture prepared to compute densities, at the first call. */
    synchronized MixedDensity density() {
        if (density == null) {
            density = MixedDensity.inTask(MixedMixture.of(mixture()));
        }
        return density;
    }

    /**
     * Computes the responsibilities of one row.
     *
     * @param row d numbers. Not modified.
     * @return k numbers
     */
    double[] responsibilities(double[] row) {
        MixtureScores scores = take();
        scores.evaluate(DMatrixRMaj.wrap(1, row.length, row));
        double[] responsibilities = new double[weights.length];
        System.arraycopy(scores.responsibilities().data, 0, responsibilities, 0, responsibilities.length);
        give(scores);
        return responsibilities;
    }

    private synchronized MixtureScores take() {
        MixtureScores scores = idle == null ? new MixtureScores(density()) : idle;
        idle = null;
        return scores;
    }

    private synchronized void give(MixtureScores scores) {
        idle = scores;
    }
}
