package io.github.sparklatent.ml.network;

import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.network.keys.NetworkModelTypes;
import io.github.sparklatent.ml.params.DeepLatentGaussianModelSetters;
import io.github.sparklatent.vae.model.Kind;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * Trains a deep latent Gaussian model by Monte-Carlo EM (Hoffman 2017), a distribution of rows with Gaussian latent
 * variables. Hamiltonian chains of latent codes train the decoder. Equal seeds and equal numbers of partitions give
 * identical models on any cluster.
 */
public final class DeepLatentGaussianModel
        extends NetworkEstimator<DeepLatentGaussianModel, DeepLatentGaussianModelModel>
        implements DeepLatentGaussianModelSetters<DeepLatentGaussianModel> {
    private static final long serialVersionUID = 1L;

    /** The model family of deep latent Gaussian models. */
    public static final NetworkFamily<DeepLatentGaussianModelModel> FAMILY = new NetworkFamily<>(
            NetworkModelTypes.DLGM,
            Kind.DEEP_LATENT_GAUSSIAN,
            DeepLatentGaussianModelModel.class,
            DeepLatentGaussianModel::new,
            DeepLatentGaussianModelModel::new);

    /** Creates an Estimator with a random uid. */
    public DeepLatentGaussianModel() {
        this(Identifiable$.MODULE$.randomUID("DeepLatentGaussianModel"));
    }

    /** Creates an Estimator with a uid. */
    public DeepLatentGaussianModel(String uid) {
        super(uid);
    }

    @Override
    public NetworkFamily<DeepLatentGaussianModelModel> family() {
        return FAMILY;
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<DeepLatentGaussianModel> read() {
        return ModelDirectory.reader(
                DeepLatentGaussianModel.class, (directory, uid) -> new DeepLatentGaussianModel(uid));
    }

    /** Loads a saved Estimator. */
    public static DeepLatentGaussianModel load(String path) {
        return read().load(path);
    }
}
