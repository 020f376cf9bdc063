package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.gmm.em.MixtureRepair;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.ml.io.ModelDirectory;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.util.DefaultParamsReader.Metadata;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the mixture in a saved model of this library or of MLlib, or in a pipeline that holds one.
 */
final class SavedMixture {
    private static final Logger LOG = LoggerFactory.getLogger(SavedMixture.class);
    private static final String OURS = GaussianMixtureModel.class.getName();
    private static final String THEIRS =
            org.apache.spark.ml.clustering.GaussianMixtureModel.class.getName();
    private static final String PIPELINE = PipelineModel.class.getName();

    private SavedMixture() {}

    /**
     * Returns the parameters saved at a path.
     *
     * @throws DataException if there is no mixture, or if it is damaged
     */
    static Mixture read(SparkSession spark, String path) {
        return find(new ModelDirectory(spark, path)).mixture();
    }

    /** Returns the model in a directory; exceptions as in {@link #read}. */
    static GaussianMixtureModel find(ModelDirectory directory) {
        Metadata metadata = directory.metadata();
        if (metadata.className().equals(OURS)) {
            return ours(directory, metadata);
        }
        if (metadata.className().equals(THEIRS)) {
            return theirs(directory, metadata);
        }
        if (metadata.className().equals(PIPELINE)) {
            return find(directory.onlyStage(metadata, List.of(OURS, THEIRS), "Gaussian mixture"));
        }
        throw new DataException(
                "the model at %s is a %s, expected a Gaussian mixture"
                        .formatted(directory.path(), metadata.className()));
    }

    private static GaussianMixtureModel ours(ModelDirectory directory, Metadata metadata) {
        GaussianMixtureModel params = directory.withParams(metadata, new GaussianMixtureModel());
        CovarianceType type = CovarianceType.of(params.getCovariance());
        Mixture mixture = MixtureTable.read(directory, type, params.getK());
        FitRecord fit = FitTable.read(directory).orElse(null);
        GaussianMixtureModel model = new GaussianMixtureModel(metadata.uid(), mixture, fit);
        return checked(directory, directory.withParams(metadata, model));
    }

    private static GaussianMixtureModel theirs(ModelDirectory directory, Metadata metadata) {
        var loaded =
                ModelDirectory.orSentence(
                        "read",
                        directory.path(),
                        () ->
                                org.apache.spark.ml.clustering.GaussianMixtureModel.load(
                                        directory.path()));
        GaussianMixtureModel model =
                new GaussianMixtureModel(metadata.uid(), repaired(directory, loaded));
        return checked(directory, directory.withParams(metadata, model));
    }

    /**
     * Returns the mixture of an MLlib model with repaired covariances. MLlib uses a pseudo-inverse,
     * so it saves singular covariances of constant columns.
     */
    private static Mixture repaired(
            ModelDirectory directory, org.apache.spark.ml.clustering.GaussianMixtureModel model) {
        List<String> events = new ArrayList<>();
        try {
            Mixture mixture = MixtureRepair.of(Gaussians.mixture(model), events);
            events.forEach(event -> LOG.warn("MLlib's model at {}: {}", directory.path(), event));
            return mixture;
        } catch (IllegalArgumentException | DivergedException e) {
            throw damaged(directory, e);
        }
    }

    /** Returns a model after checking that its densities can be computed. */
    private static GaussianMixtureModel checked(
            ModelDirectory directory, GaussianMixtureModel model) {
        try {
            model.mixtureFactors();
        } catch (IllegalArgumentException e) {
            throw damaged(directory, e);
        }
        return model;
    }

    private static DataException damaged(ModelDirectory directory, RuntimeException cause) {
        return new DataException(
                "the model at %s is damaged: %s".formatted(directory.path(), cause.getMessage()),
                cause);
    }
}
