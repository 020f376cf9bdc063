package io.github.sparklatent.bench.networks;

import io.github.sparklatent.metrics.FeatureMoments;
import io.github.sparklatent.metrics.FrechetDistance;
import org.ejml.data.FMatrixRMaj;

/** In what tables of rows are compared. */
@FunctionalInterface
interface FeatureSpace {
    /**
     * The features of rows, n × m.
     *
     * @param rows n × d. Not modified.
     */
    FMatrixRMaj features(FMatrixRMaj rows);

    /** The Fréchet distance of two tables of rows. */
    default double distance(FMatrixRMaj first, FMatrixRMaj second) {
        return FrechetDistance.between(moments(features(first)), moments(features(second)));
    }

    private static FeatureMoments moments(FMatrixRMaj features) {
        FeatureMoments moments = new FeatureMoments(means(features));
        for (int i = 0; i < features.numRows; i++) {
            moments.add(features.data, i * features.numCols, 1);
        }
        return moments;
    }

    private static double[] means(FMatrixRMaj features) {
        double[] means = new double[features.numCols];
        for (int i = 0; i < features.getNumElements(); i++) {
            means[i % means.length] += features.data[i] / (double) features.numRows;
        }
        return means;
    }
}
