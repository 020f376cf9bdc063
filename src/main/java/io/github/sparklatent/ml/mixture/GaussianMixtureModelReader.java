package io.github.sparklatent.ml.mixture;

import org.apache.spark.ml.util.MLReader;
import io.github.sparklatent.ml.io.ModelDirectory;

/** Loads what {@link SavedMixture} finds. */
final class GaussianMixtureModelReader extends MLReader<GaussianMixtureModel> {
    @Override
    public GaussianMixtureModel load(String path) {
        return SavedMixture.find(new ModelDirectory(sparkSession(), path));
    }
}
