package io.github.sparklatent.bench.clustering;

import io.github.sparklatent.bench.training.Architectures;
import io.github.sparklatent.bench.training.RowNetwork;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.Schedule;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.PriorCovariance;
import io.github.sparklatent.vae.objective.ClusteringOptions;
import io.github.sparklatent.vae.stage.VaeStage;
import io.github.sparklatent.vae.stage.VaeStages;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.ejml.data.FMatrixRMaj;

/** A way to cluster rows without labels. */
enum ClusterMethod {
    /** Spark's own. */
    K_MEANS("k-means of the rows", "", (trial, pretrained) -> trial.measure(clusters(trial, trial.rows()))),
    MIXTURE(
            "Gaussian mixture of the rows, diagonal",
            "53.7",
            (trial, pretrained) -> trial.measure(ofRows(trial, CovarianceType.DIAGONAL, 1e-3))),
    /** The variance that is added keeps a few nearly constant columns from deciding the cluster of a row. */
    MIXTURE_WIDE(
            "the same, 0.01 added to each variance",
            "53.7",
            (trial, pretrained) -> trial.measure(ofRows(trial, CovarianceType.DIAGONAL, 1e-2))),
    /** Not run for wide rows, where a round takes minutes. */
    MIXTURE_FULL(
            "Gaussian mixture of the rows, full",
            "",
            (trial, pretrained) -> trial.measure(ofRows(trial, CovarianceType.FULL, 1e-3))),
    AUTOENCODER_K_MEANS(
            "autoencoder, k-means of its codes",
            "",
            (trial, pretrained) -> trial.measure(clusters(trial, codes(Kind.AUTOENCODER, trial, pretrained)))),
    /** As in Jiang et al. 2017. */
    AUTOENCODER_MIXTURE(
            "autoencoder, diagonal mixture of its codes",
            "82.2",
            (trial, pretrained) -> diagonal(Kind.AUTOENCODER, trial, pretrained)),
    /** Over-clustering, chosen by mutual information. */
    AUTOENCODER_MERGED(
            "autoencoder, full mixture by over-clustering",
            "",
            (trial, pretrained) -> merged(Kind.AUTOENCODER, trial, pretrained)),
    /** As in Jiang et al. 2017. */
    VARIATIONAL_MIXTURE(
            "VAE, diagonal mixture of its codes",
            "72.9",
            (trial, pretrained) -> diagonal(Kind.VARIATIONAL, trial, pretrained)),
    VARIATIONAL_MERGED(
            "VAE, full mixture by over-clustering",
            "",
            (trial, pretrained) -> merged(Kind.VARIATIONAL, trial, pretrained)),
    /** Objective, initialisation, rate and batch of Jiang et al. 2017. */
    VADE_PUBLISHED("VaDE, as published", "94.5", ClusterMethod::published),
    /** Over-clustering, mutual information, and clusters that are kept for some epochs. */
    VADE(
            "VaDE, by the recipe",
            "",
            (trial, pretrained) -> embed(trial, pretrained, ClusteringRecipe.DEFAULT, recipe(trial))),
    /** Prior and posterior are mixtures. */
    MOG_VAE_DRAWN("MoG-VAE from random parameters", "92.8 ± 1.6 (GMVAE)", (trial, pretrained) -> {
        Architecture architecture = trial.architecture();
        joint(trial, architecture, architecture.initialize(Kind.MIXTURE, trial.seed));
    }),
    /** Starts from an autoencoder and the clusters of its codes. */
    MOG_VAE(
            "MoG-VAE, by the recipe",
            "",
            (trial, pretrained) -> joint(
                    trial,
                    trial.architecture(),
                    trial.continueFrom(Kind.AUTOENCODER, pretrained).parameters())),
    /** The same, with one covariance for all components of the prior. */
    MOG_VAE_TIED(
            "MoG-VAE, by the recipe, one covariance of all components",
            "",
            (trial, pretrained) -> joint(
                    trial,
                    trial.architecture().withPriorCovariance(PriorCovariance.TIED),
                    trial.continueFrom(Kind.AUTOENCODER, pretrained).parameters())),
    /** A small network predicts the class. The loss as published, with trained variances. */
    CLASSIFIER_PUBLISHED(
            "classifier form, as published", "", (trial, pretrained) -> bound(trial, PriorCovariance.DIAGONAL)),
    /** The same with variances of 1. */
    CLASSIFIER_DRAWN(
            "classifier form, as published but variances of 1",
            "",
            (trial, pretrained) -> bound(trial, PriorCovariance.IDENTITY)),
    /** In the stages of the embedding, with trained variances. */
    CLASSIFIER_TRAINED(
            "classifier form, by the recipe",
            "",
            (trial, pretrained) -> staged(trial, pretrained, PriorCovariance.DIAGONAL)),
    /** The same with variances of 1. */
    CLASSIFIER(
            "classifier form, by the recipe but variances of 1",
            "",
            (trial, pretrained) -> staged(trial, pretrained, PriorCovariance.IDENTITY));

    private static final int WIDEST = 100;

    final String title;

    /** Accuracy in the literature, in percent, or nothing. */
    final String cited;

    private final Work work;

    ClusterMethod(String title, String cited, Work work) {
        this.title = title;
        this.cited = cited;
        this.work = work;
    }

    private interface Work {
        void run(ClusterTrial trial, Pretrained pretrained) throws IOException;
    }

    /** Runs the method, and measures its clusters. */
    void run(ClusterTrial trial, Pretrained pretrained) throws IOException {
        work.run(trial, pretrained);
    }

    /** Whether it trains a network, so that the number of partitions has an effect. */
    boolean isTrained() {
        return ordinal() > MIXTURE_FULL.ordinal();
    }

    /** Whether it is feasible for rows of so many columns. */
    boolean fits(int columns) {
        return this != MIXTURE_FULL || columns <= WIDEST;
    }

    private static int[] clusters(ClusterTrial trial, FMatrixRMaj rows) {
        return KMeansClusters.of(trial.spark, rows, ClusterSetting.CLUSTERS, trial.seed);
    }

    private static int[] ofRows(ClusterTrial trial, CovarianceType covariance, double added) {
        return MixtureClusters.of(trial.rows(), covariance, added, trial.seed);
    }

    private static void diagonal(Kind kind, ClusterTrial trial, Pretrained pretrained) throws IOException {
        FMatrixRMaj codes = codes(kind, trial, pretrained);
        trial.measure(MixtureClusters.ofCodes(codes, CovarianceType.DIAGONAL, trial.seed));
    }

    private static void merged(Kind kind, ClusterTrial trial, Pretrained pretrained) throws IOException {
        FMatrixRMaj codes = codes(kind, trial, pretrained);
        trial.measure(MixtureClusters.merged(codes, trial.seed));
    }

    private static FMatrixRMaj codes(Kind kind, ClusterTrial trial, Pretrained pretrained) throws IOException {
        return new RowNetwork(trial.continueFrom(kind, pretrained)).encode(trial.rows());
    }

    private static void published(ClusterTrial trial, Pretrained pretrained) throws IOException {
        Schedule falling = Schedule.of(Schedule.Type.STEP).withFactor(0.9).withEvery(10);
        AveragingOptions options = trial.averaging(
                        VaeStage.CLUSTERING, trial.setting().published())
                .withBatchSize(trial.share(trial.setting().publishedBatch()))
                .withOptimizer(Optimizer.DEFAULT.withLearningRate(2e-3).withSchedule(falling));
        Map<VaeStage, AveragingOptions> phases = Map.of(VaeStage.CLUSTERING, options);
        embed(trial, pretrained, ClusteringRecipe.PAPER, phases);
    }

    /** Options of the stages after the autoencoder. */
    private static Map<VaeStage, AveragingOptions> recipe(ClusterTrial trial) {
        VaeStage clustering = VaeStage.CLUSTERING;
        return Map.of(
                VaeStage.FIXED,
                trial.averaging(VaeStage.FIXED, trial.setting().fixed()),
                clustering,
                trial.averaging(clustering, trial.setting().embedding()));
    }

    private static void joint(ClusterTrial trial, Architecture architecture, float[] start) throws IOException {
        AveragingOptions rounds = trial.averaging(trial.setting().mixture());
        VaeStages stages = new VaeStages(Kind.MIXTURE, architecture, ClusteringRecipe.DEFAULT.withSeed(trial.seed));
        trial.train(Kind.MIXTURE, architecture, List.of(stages.stage(VaeStage.JOINT, rounds)), start);
    }

    /** Trains the classifier form by its bound from random parameters: the means of the classes start near zero. */
    private static void bound(ClusterTrial trial, PriorCovariance covariance) throws IOException {
        AveragingOptions only = trial.averaging(trial.setting().classifying());
        ClusteringRecipe bound = ClusteringRecipe.DEFAULT.withOptions(ClusteringOptions.DEFAULT);
        float[] start = classified(trial, covariance).initialize(Kind.CLASSIFYING, trial.seed);
        classify(trial, covariance, bound, Map.of(VaeStage.CLUSTERING, only), start);
    }

    private static void staged(ClusterTrial trial, Pretrained pretrained, PriorCovariance covariance)
            throws IOException {
        float[] start = trial.continueFrom(Kind.AUTOENCODER, pretrained).parameters();
        classify(trial, covariance, ClusteringRecipe.DEFAULT.withSeed(trial.seed), recipe(trial), start);
    }

    private static List<Stage> stages(VaeStages stages, Map<VaeStage, AveragingOptions> options) {
        return new TreeMap<>(options)
                .entrySet().stream()
                        .map(entry -> stages.stage(entry.getKey(), entry.getValue()))
                        .toList();
    }

    private static Architecture classified(ClusterTrial trial, PriorCovariance covariance) {
        List<Integer> hidden = List.of(trial.setting().classifier());
        return trial.architecture().withAuxiliary(Architectures.layers(hidden)).withPriorCovariance(covariance);
    }

    private static void classify(
            ClusterTrial trial,
            PriorCovariance covariance,
            ClusteringRecipe recipe,
            Map<VaeStage, AveragingOptions> options,
            float[] start)
            throws IOException {
        Architecture architecture = classified(trial, covariance);
        List<Stage> stages = stages(new VaeStages(Kind.CLASSIFYING, architecture, recipe), options);
        trial.train(Kind.CLASSIFYING, architecture, stages, start);
    }

    private static void embed(
            ClusterTrial trial, Pretrained pretrained, ClusteringRecipe recipe, Map<VaeStage, AveragingOptions> options)
            throws IOException {
        Architecture architecture = trial.architecture();
        float[] start = trial.continueFrom(Kind.AUTOENCODER, pretrained).parameters();
        List<Stage> stages = stages(new VaeStages(Kind.EMBEDDING, architecture, recipe.withSeed(trial.seed)), options);
        trial.train(Kind.EMBEDDING, architecture, stages, start);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
