package io.github.sparklatent.vae;

import io.github.sparklatent.gan.DiscriminatorPass;
import org.ejml.data.FMatrixRMaj;

/**
 * How far rows and their reconstructions lie apart in a discriminator's last hidden layer, f: ½
 * |f(x) − f(x̃)|² (Larsen et al. 2016, eq. 7). Holds two batches of that layer.
 */
final class FeatureError {
    private final DiscriminatorPass pass;
    private final FMatrixRMaj target = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj difference = new FMatrixRMaj(0, 0);

    FeatureError(DiscriminatorPass pass) {
        this.pass = pass;
    }

    /**
     * Σ_i share_i ½ |f(x_i) − f(x̃_i)|².
     *
     * @param rows n × d. Not modified.
     * @param reconstructed n × d. Not modified.
     */
    double of(float[] parameters, FMatrixRMaj rows, FMatrixRMaj reconstructed, float[] shares) {
        pass.logits(parameters, rows);
        target.setTo(pass.features());
        pass.logits(parameters, reconstructed);
        FMatrixRMaj features = pass.features();
        difference.reshape(features.numRows, features.numCols);
        double sum = 0;
        for (int i = 0; i < features.numRows; i++) {
            double squares = 0;
            for (int j = i * features.numCols; j < (i + 1) * features.numCols; j++) {
                difference.data[j] = features.data[j] - target.data[j];
                double distance = difference.data[j];
                squares += distance * distance;
            }
            sum += 0.5 * shares[i] * squares;
        }
        return sum;
    }

    /**
     * The derivative of weight times the error last measured, by the reconstructions; to be asked
     * for once.
     *
     * @return n × d, a buffer
     */
    FMatrixRMaj backward(float[] shares, double weight) {
        for (int i = 0; i < difference.numRows; i++) {
            float factor = (float) (weight * shares[i]);
            for (int j = i * difference.numCols; j < (i + 1) * difference.numCols; j++) {
                difference.data[j] *= factor;
            }
        }
        return pass.backwardFromFeatures(difference);
    }
}
