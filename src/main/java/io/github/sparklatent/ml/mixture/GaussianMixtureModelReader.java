package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.ml.io.ModelDirectory;
import org.apache.spark.ml.util.MLReader;

/** Loads saved mixtures with {@link SavedMixture}. */
final class GaussianMixtureModelReader extends MLReader<GaussianMixtureModel> {
    @Override
    public GaussianMixtureModel load(String path) {
        return SavedMixture.find(new ModelDirectory(sparkSession(), path));
    }
}
