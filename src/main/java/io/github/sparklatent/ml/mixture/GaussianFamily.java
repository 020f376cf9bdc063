package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.gmm.em.MixtureRepair;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.scoring.SavedContent;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.util.DefaultParamsReader.Metadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The family of Gaussian mixtures, which also reads models of MLlib. */
final class GaussianFamily extends ModelFamily<GaussianMixtureModel, SavedContent.Gaussian> {
    private static final Logger LOG = LoggerFactory.getLogger(GaussianFamily.class);
    private static final String THEIRS = org.apache.spark.ml.clustering.GaussianMixtureModel.class.getName();

    GaussianFamily() {
        super(MixtureModelType.GMM, GaussianMixtureModel.class, SavedContent.Gaussian.class);
    }

    @Override
    public GaussianMixtureModel model(String uid, SavedContent.Gaussian content) {
        return content == null
                ? new GaussianMixtureModel(uid)
                : new GaussianMixtureModel(uid, content.mixture(), content.fit());
    }

    @Override
    public GaussianMixture estimator(String uid) {
        return new GaussianMixture(uid);
    }

    @Override
    public GaussianMixtureModel read(ModelDirectory directory) {
        Metadata metadata = directory.metadata();
        if (metadata.className().equals(THEIRS)) {
            return theirs(directory, metadata);
        }
        if (metadata.className().equals(PipelineModel.class.getName())) {
            return read(directory.onlyStage(metadata, List.of(model().getName(), THEIRS), "Gaussian mixture"));
        }
        if (!metadata.className().equals(model().getName())) {
            throw new DataException("the model at %s is a %s, expected a Gaussian mixture"
                    .formatted(directory.path(), metadata.className()));
        }
        return super.read(directory);
    }

    /**
     * Returns a model of MLlib with repaired covariances. MLlib uses a pseudo-inverse, so it saves singular covariances
     * of constant columns.
     */
    private static GaussianMixtureModel theirs(ModelDirectory directory, Metadata metadata) {
        var loaded = ModelDirectory.orSentence(
                "read",
                directory.path(),
                () -> org.apache.spark.ml.clustering.GaussianMixtureModel.load(directory.path()));
        List<String> warnings = new ArrayList<>();
        try {
            MixtureParameters mixture = MixtureRepair.of(Gaussians.mixture(loaded), warnings);
            warnings.forEach(warning -> LOG.warn("MLlib's model at {}: {}", directory.path(), warning));
            GaussianMixtureModel model = new GaussianMixtureModel(metadata.uid(), mixture);
            model.requireUsable();
            return directory.withParams(metadata, model);
        } catch (IllegalArgumentException | DivergedException e) {
            throw directory.damaged(e);
        }
    }
}
