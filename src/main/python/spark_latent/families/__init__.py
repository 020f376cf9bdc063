"""The model families. Generated from the declarations of the hyperparameters."""

from spark_latent.families.adversarial_variational_autoencoder import AdversarialVariationalAutoencoder, AdversarialVariationalAutoencoderModel
from spark_latent.families.autoencoder import Autoencoder, AutoencoderModel
from spark_latent.families.clustering_variational_autoencoder import ClusteringVariationalAutoencoder, ClusteringVariationalAutoencoderModel
from spark_latent.families.deep_latent_gaussian_model import DeepLatentGaussianModel, DeepLatentGaussianModelModel
from spark_latent.families.factor_analysis import FactorAnalysis, FactorAnalysisModel
from spark_latent.families.gaussian_mixture import GaussianMixture, GaussianMixtureModel
from spark_latent.families.generative_adversarial_network import GenerativeAdversarialNetwork, GenerativeAdversarialNetworkModel
from spark_latent.families.mixture import Mixture, MixtureModel
from spark_latent.families.mixture_variational_autoencoder import MixtureVariationalAutoencoder, MixtureVariationalAutoencoderModel
from spark_latent.families.probabilistic_pca import ProbabilisticPca, ProbabilisticPcaModel
from spark_latent.families.variational_autoencoder import VariationalAutoencoder, VariationalAutoencoderModel
from spark_latent.families.variational_deep_embedding import VariationalDeepEmbedding, VariationalDeepEmbeddingModel

__all__ = [
    "AdversarialVariationalAutoencoder",
    "AdversarialVariationalAutoencoderModel",
    "Autoencoder",
    "AutoencoderModel",
    "ClusteringVariationalAutoencoder",
    "ClusteringVariationalAutoencoderModel",
    "DeepLatentGaussianModel",
    "DeepLatentGaussianModelModel",
    "FactorAnalysis",
    "FactorAnalysisModel",
    "GaussianMixture",
    "GaussianMixtureModel",
    "GenerativeAdversarialNetwork",
    "GenerativeAdversarialNetworkModel",
    "Mixture",
    "MixtureModel",
    "MixtureVariationalAutoencoder",
    "MixtureVariationalAutoencoderModel",
    "ProbabilisticPca",
    "ProbabilisticPcaModel",
    "VariationalAutoencoder",
    "VariationalAutoencoderModel",
    "VariationalDeepEmbedding",
    "VariationalDeepEmbeddingModel",
]
