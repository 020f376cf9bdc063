package io.github.sparklatent.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.ModelLocation;
import io.github.sparklatent.ml.evaluation.AnomalyEvaluator;
import io.github.sparklatent.ml.evaluation.MixtureEvaluator;
import io.github.sparklatent.ml.linear.FactorAnalysis;
import io.github.sparklatent.ml.linear.FactorAnalysisModel;
import io.github.sparklatent.ml.linear.ProbabilisticPca;
import io.github.sparklatent.ml.linear.ProbabilisticPcaModel;
import io.github.sparklatent.ml.mixture.GaussianMixture;
import io.github.sparklatent.ml.mixture.GaussianMixtureModel;
import io.github.sparklatent.ml.mixture.grouped.GroupedMixture;
import io.github.sparklatent.ml.mixture.grouped.GroupedMixtureModel;
import io.github.sparklatent.ml.mixture.mixed.Mixture;
import io.github.sparklatent.ml.mixture.mixed.MixtureModel;
import io.github.sparklatent.ml.network.AdversarialVariationalAutoencoder;
import io.github.sparklatent.ml.network.AdversarialVariationalAutoencoderModel;
import io.github.sparklatent.ml.network.Autoencoder;
import io.github.sparklatent.ml.network.AutoencoderModel;
import io.github.sparklatent.ml.network.ClusteringVariationalAutoencoder;
import io.github.sparklatent.ml.network.ClusteringVariationalAutoencoderModel;
import io.github.sparklatent.ml.network.DeepLatentGaussian;
import io.github.sparklatent.ml.network.DeepLatentGaussianModel;
import io.github.sparklatent.ml.network.GenerativeAdversarialNetwork;
import io.github.sparklatent.ml.network.GenerativeAdversarialNetworkModel;
import io.github.sparklatent.ml.network.MixtureVariationalAutoencoder;
import io.github.sparklatent.ml.network.MixtureVariationalAutoencoderModel;
import io.github.sparklatent.ml.network.VariationalAutoencoder;
import io.github.sparklatent.ml.network.VariationalAutoencoderModel;
import io.github.sparklatent.ml.network.VariationalDeepEmbedding;
import io.github.sparklatent.ml.network.VariationalDeepEmbeddingModel;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.evaluation.Evaluator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Spark Connect's server finds operators by these files. */
@Tag("slow")
class ServicesTest {
    private static final String OURS = "io.github.sparklatent.";

    @Test
    void operatorsAreFound() {
        assertThat(Stream.of(Estimator.class, Transformer.class, Evaluator.class)
                        .flatMap(service -> ServiceLoader.load(service).stream())
                        .filter(provider -> provider.type().getName().startsWith(OURS))
                        .map(ServiceLoader.Provider::get)
                        .map(Object::getClass))
                .containsExactlyInAnyOrder(
                        Mixture.class,
                        MixtureModel.class,
                        FactorAnalysis.class,
                        FactorAnalysisModel.class,
                        ProbabilisticPca.class,
                        ProbabilisticPcaModel.class,
                        GaussianMixture.class,
                        GaussianMixtureModel.class,
                        FeatureAssembler.class,
                        MixtureEvaluator.class,
                        Autoencoder.class,
                        AutoencoderModel.class,
                        DeepLatentGaussian.class,
                        DeepLatentGaussianModel.class,
                        VariationalAutoencoder.class,
                        VariationalAutoencoderModel.class,
                        MixtureVariationalAutoencoder.class,
                        MixtureVariationalAutoencoderModel.class,
                        VariationalDeepEmbedding.class,
                        VariationalDeepEmbeddingModel.class,
                        ClusteringVariationalAutoencoder.class,
                        ClusteringVariationalAutoencoderModel.class,
                        GenerativeAdversarialNetwork.class,
                        GenerativeAdversarialNetworkModel.class,
                        AdversarialVariationalAutoencoder.class,
                        AdversarialVariationalAutoencoderModel.class,
                        AnomalyEvaluator.class,
                        ModelLocation.class,
                        GroupedMixture.class,
                        GroupedMixtureModel.class);
    }
}
