package io.github.sparklatent.bench.networks;

import io.github.sparklatent.gan.AdversarialOptions;
import io.github.sparklatent.gmm.CovarianceType;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Optimizer;
import io.github.sparklatent.learn.Schedule;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.ClusteringOptions;
import io.github.sparklatent.vae.objective.VariationalOptions;
import io.github.sparklatent.vae.stage.ClusteringPhase;
import io.github.sparklatent.vae.stage.ClusteringStages;
import io.github.sparklatent.vae.stage.MixtureStages;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/** A way to cluster rows without labels. */
enum ClusterMethod {
    /** Spark's own, on the rows. */
    K_MEANS("k-means of the rows", "") {
        @Override
        void run(ClusterTrial trial, Pretrained pretrained) {
            trial.measure(clusters(trial, trial.rows()));
        }

        @Override
        boolean isTrained() {
            return false;
        }
    },
    /** Diagonal covariances, on the rows. */
    MIXTURE("Gaussian mixture of the rows, diagonal", "53.7") {
        @Override
        void run(ClusterTrial trial, Pretrained pretrained) {
            trial.measure(ofRows(trial, CovarianceType.DIAGONAL));
        }

        @Override
        boolean isTrained() {
            return false;
        }
    },
    /** Full covariances, on the rows; where these are wide a pass would take minutes. */
    MIXTURE_FULL("Gaussian mixture of the rows, full", "") {
        @Override
        void run(ClusterTrial trial, Pretrained pretrained) {
            trial.measure(ofRows(trial, CovarianceType.FULL));
        }

        @Override
        boolean isTrained() {
            return false;
        }

        @Override
        boolean fits(int columns) {
            return columns <= WIDEST;
        }
    },
    /** The codes of an autoencoder, by k-means. */
    AUTOENCODER_K_MEANS("autoencoder, k-means of its codes", "") {
        @Override
        void run(ClusterTrial trial, Pretrained pretrained) throws IOException {
            trial.measure(clusters(trial, codes(Kind.AUTOENCODER, trial, pretrained)));
        }
    },
    /** As Jiang et al. 2017 have it. */
    AUTOENCODER_MIXTURE("autoencoder, diagonal mixture of its codes", "82.2") {
        @Override
        void run(ClusterTrial trial, Pretrained pretrained) throws IOException {
            FMatrixRMaj codes = codes(Kind.AUTOENCODER, trial, pretrained);
            trial.measure(MixtureClusters.ofCodes(codes, CovarianceType.DIAGONAL, trial.seed()));
        }
    },
    /** Over-clustering, chosen by mutual information. */
    AUTOENCODER_MERGED("autoencoder, full mixture by over-clustering", "") {
        @Override
        void run(ClusterTrial trial, Pretrained pretrained) throws IOException {
            FMatrixRMaj codes = codes(Kind.AUTOENCODER, trial, pretrained);
            trial.measure(MixtureClusters.merged(codes, trial.seed()));
        }
    },
    /** Two steps, as Jiang et al. 2017 have it. */
    VARIATIONAL_MIXTURE("VAE, diagonal mixture of its codes", "72.9") {
        @Override
        void run(ClusterTrial trial, Pretrained pretrained) throws IOException {
            FMatrixRMaj codes = codes(Kind.VARIATIONAL, trial, pretrained);
            trial.measure(MixtureClusters.ofCodes(codes, CovarianceType.DIAGONAL, trial.seed()));
        }
    },
    /** Two steps, the second by over-clustering. */
    VARIATIONAL_MERGED("VAE, full mixture by over-clustering", "") {
        @Override
        void run(ClusterTrial trial, Pretrained pretrained) throws IOException {
            FMatrixRMaj codes = codes(Kind.VARIATIONAL, trial, pretrained);
            trial.measure(MixtureClusters.merged(codes, trial.seed()));
        }
    },
    /** The objective and the start of Jiang et al. 2017, their rate and batch. */
    VADE_PUBLISHED("VaDE, as published", "94.5") {
        @Override
        void run(ClusterTrial trial, Pretrained pretrained) throws IOException {
            Schedule falling = Schedule.of(Schedule.Type.STEP).withFactor(0.9).withEvery(10);
            AveragingOptions options =
                    ClusteringPhase.CLUSTERING
                            .preset(trial.averaging())
                            .withMaxPasses(trial.limit(trial.setting().published()))
                            .withBatchSize(trial.share(trial.setting().publishedBatch()))
                            .withOptimizer(
                                    Optimizer.DEFAULT.withLearningRate(2e-3).withSchedule(falling));
            embed(
                    trial,
                    pretrained,
                    ClusteringRecipe.PAPER,
                    Map.of(ClusteringPhase.CLUSTERING, options));
        }
    },
    /** By over-clustering, mutual information and a start that is held for a while. */
    VADE("VaDE, by the recipe", "") {
        @Override
        void run(ClusterTrial trial, Pretrained pretrained) throws IOException {
            embed(trial, pretrained, ClusteringRecipe.DEFAULT, recipe(trial));
        }
    },
    /** Prior and posterior are mixtures, their start drawn. */
    MOG_VAE_DRAWN("MoG-VAE from drawn parameters", "92.8 ± 1.6 (GMVAE)") {
        @Override
        void run(ClusterTrial trial, Pretrained pretrained) throws IOException {
            Architecture architecture = trial.architecture();
            float[] start = architecture.initialize(Kind.MIXTURE, trial.seed());
            joint(trial, start);
        }
    },
    /** The same from an autoencoder and the clusters of its codes. */
    MOG_VAE("MoG-VAE, by the recipe", "") {
        @Override
        void run(ClusterTrial trial, Pretrained pretrained) throws IOException {
            joint(trial, trial.goOnFrom(Kind.AUTOENCODER, pretrained).parameters());
        }
    },
    /** A small network gives the classes, whose means start near zero. */
    CLASSIFIER_DRAWN("classifier form from drawn parameters", "") {
        @Override
        void run(ClusterTrial trial, Pretrained pretrained) throws IOException {
            AveragingOptions only =
                    trial.averaging().withMaxPasses(trial.limit(trial.setting().classifying()));
            Architecture architecture = classified(trial);
            float[] start = architecture.initialize(Kind.CLASSIFYING, trial.seed());
            ClusteringRecipe bound =
                    ClusteringRecipe.DEFAULT.withOptions(ClusteringOptions.DEFAULT);
            classify(trial, architecture, bound, Map.of(ClusteringPhase.CLUSTERING, only), start);
        }
    },
    /** The same in the stages of the embedding. */
    CLASSIFIER("classifier form, by the recipe", "") {
        @Override
        void run(ClusterTrial trial, Pretrained pretrained) throws IOException {
            float[] start = trial.goOnFrom(Kind.AUTOENCODER, pretrained).parameters();
            ClusteringRecipe recipe = ClusteringRecipe.DEFAULT.withSeed(trial.seed());
            classify(trial, classified(trial), recipe, recipe(trial), start);
        }
    };

    private static final int WIDEST = 100;

    private final String title;
    private final String cited;

    ClusterMethod(String title, String cited) {
        this.title = title;
        this.cited = cited;
    }

    /** Runs it, measuring on the way. */
    abstract void run(ClusterTrial trial, Pretrained pretrained) throws IOException;

    /** Whether a network is trained, so that the number of partitions has an effect. */
    boolean isTrained() {
        return true;
    }

    /** Whether it is feasible for rows of so many columns. */
    boolean fits(int columns) {
        return true;
    }

    /** As the table has it. */
    String title() {
        return title;
    }

    /** Accuracy in percent as the literature has it; empty: not there. */
    String cited() {
        return cited;
    }

    private static int[] clusters(ClusterTrial trial, FMatrixRMaj rows) {
        return KMeansClusters.of(trial.spark(), rows, ClusterSetting.CLUSTERS, trial.seed());
    }

    private static int[] ofRows(ClusterTrial trial, CovarianceType covariance) {
        return MixtureClusters.of(trial.rows(), covariance, trial.setting().ridge(), trial.seed());
    }

    private static FMatrixRMaj codes(Kind kind, ClusterTrial trial, Pretrained pretrained)
            throws IOException {
        return new RowNetwork(trial.goOnFrom(kind, pretrained)).encode(trial.rows());
    }

    /** The stages after the autoencoder. */
    private static Map<ClusteringPhase, AveragingOptions> recipe(ClusterTrial trial) {
        AveragingOptions fixed =
                ClusteringPhase.FIXED
                        .preset(trial.averaging())
                        .withMaxPasses(trial.limit(trial.setting().taught()));
        AveragingOptions clustering =
                ClusteringPhase.CLUSTERING
                        .preset(trial.averaging())
                        .withMaxPasses(trial.limit(trial.setting().embedding()));
        return Map.of(ClusteringPhase.FIXED, fixed, ClusteringPhase.CLUSTERING, clustering);
    }

    private static void joint(ClusterTrial trial, float[] start) throws IOException {
        AveragingOptions rounds =
                trial.averaging().withMaxPasses(trial.limit(trial.setting().mixture()));
        List<Stage> stages =
                MixtureStages.of(
                        trial.architecture(),
                        VariationalOptions.DEFAULT,
                        AdversarialOptions.DEFAULT,
                        ClusteringRecipe.DEFAULT.withSeed(trial.seed()),
                        List.of(new MixtureStages.Options("joint", rounds, 0)));
        trial.train(Kind.MIXTURE, trial.architecture(), stages, start);
    }

    private static Architecture classified(ClusterTrial trial) {
        return trial.architecture().withAuxiliary(trial.setting().classifierLayers());
    }

    private static void classify(
            ClusterTrial trial,
            Architecture architecture,
            ClusteringRecipe recipe,
            Map<ClusteringPhase, AveragingOptions> options,
            float[] start)
            throws IOException {
        List<Stage> stages = ClusteringStages.of(Kind.CLASSIFYING, architecture, recipe, options);
        trial.train(Kind.CLASSIFYING, architecture, stages, start);
    }

    /** Goes on from an autoencoder. */
    private static void embed(
            ClusterTrial trial,
            Pretrained pretrained,
            ClusteringRecipe recipe,
            Map<ClusteringPhase, AveragingOptions> options)
            throws IOException {
        Architecture architecture = trial.architecture();
        float[] start = trial.goOnFrom(Kind.AUTOENCODER, pretrained).parameters();
        ClusteringRecipe seeded = recipe.withSeed(trial.seed());
        trial.train(
                Kind.EMBEDDING,
                architecture,
                ClusteringStages.of(architecture, seeded, options),
                start);
    }

    /** As runs are named. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
