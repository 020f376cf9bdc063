package io.github.sparklatent.vae.adversarial;

import io.github.sparklatent.gan.DiscriminatorWorker;
import org.ejml.data.FMatrixRMaj;

/**
 * The reconstruction error ½ |f(x) − f(x̃)|² on a discriminator's last hidden layer f (Larsen et al. 2016, eq. 7).
 * Holds two batches of that layer.
 */
final class FeatureError {
    private final DiscriminatorWorker discriminator;
    private final FMatrixRMaj target = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj difference = new FMatrixRMaj(0, 0);

    FeatureError(DiscriminatorWorker discriminator) {
        this.discriminator = discriminator;
    }

    /**
     * Returns Σ_i share_i ½ |f(x_i) − f(x̃_i)|².
     *
     * @param rows n × d. Not modified.
     * @param reconstructed n × d. Not modified.
     */
    double of(float[] parameters, FMatrixRMaj rows, FMatrixRMaj reconstructed, float[] shares) {
        discriminator.logits(parameters, rows);
        target.setTo(discriminator.features());
        discriminator.logits(parameters, reconstructed);
        FMatrixRMaj features = discriminator.features();
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
     * Returns the derivative of weight times the error measured last, with respect to the reconstructions. The method
     * may be called once for each measurement.
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
        return discriminator.backwardFromFeatures(difference);
    }
}
