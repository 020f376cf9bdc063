package io.github.sparklatent.vae.cluster;

import static io.github.sparklatent.vae.DigitNetworks.ARCHITECTURE;
import static io.github.sparklatent.vae.DigitNetworks.DIGITS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.averaging.Averaging;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.vae.DigitNetworks;
import io.github.sparklatent.vae.Digits;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.stage.VaeStage;
import io.github.sparklatent.vae.stage.VaeStages;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The digits by the models that start from the clusters of an autoencoder's codes. Trained from drawn parameters the
 * classifier form leaves its classes unused: responsibilities of an entropy within one per cent of log 10, and 0.39 of
 * the digits.
 */
@Tag("slow")
class ClusterInitializationDigitsTest {
    private static final long SEED = 1;
    private static final FMatrixRMaj ROWS = Digits.rows();

    /** Of five seeds of Spark's k-means the best has 0.792; a share's standard error is 0.009. */
    private static final double BETTER_THAN_MEANS = 0.792 + 2 * 0.009;

    private static final AveragingOptions BASE = AveragingOptions.DEFAULT
            .withSeed(SEED)
            .withBatchSize(64)
            .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE));

    private static final ClusteringRecipe RECIPE =
            ClusteringRecipe.DEFAULT.withSeed(SEED).withRestarts(6);

    private static NetworkScorer trained(Kind kind, Architecture architecture, List<Stage> stages) {
        float[] start = architecture.initialize(Kind.AUTOENCODER, SEED);
        float[] parameters =
                Averaging.run(stages, InMemoryShards.of(ROWS, 1), null, start).parameters();
        return new TrainedNetwork(kind, architecture, parameters).scorer(ROWS.numRows, ScoringOptions.DEFAULT);
    }

    private static double accuracy(NetworkScorer scorer) {
        int[] clusters = new int[ROWS.numRows];
        scorer.component(ROWS, clusters);
        return DigitNetworks.accuracy(clusters);
    }

    @Test
    void theClassifierFormUsesItsClasses() {
        Architecture architecture = ARCHITECTURE.withAuxiliary(List.of(new LayerSpec.Width(32)));
        VaeStages stages = new VaeStages(Kind.CLASSIFYING, architecture, RECIPE);
        NetworkScorer scorer = trained(
                Kind.CLASSIFYING,
                architecture,
                List.of(
                        preset(stages, VaeStage.AUTOENCODER, 60),
                        preset(stages, VaeStage.FIXED, 10),
                        preset(stages, VaeStage.CLUSTERING, 20)));
        assertThat(accuracy(scorer)).isGreaterThan(BETTER_THAN_MEANS);
        FMatrixRMaj shares = new FMatrixRMaj(0, 0);
        scorer.responsibilities(ROWS, shares);
        double entropy = 0;
        for (double share : shares.data) {
            entropy -= share > 0 ? share * StrictMath.log(share) / ROWS.numRows : 0;
        }
        assertThat(entropy).isLessThan(0.5 * StrictMath.log(DIGITS));
    }

    @Test
    void theMixtureKeepsItsClusters() {
        VaeStages stages = new VaeStages(Kind.MIXTURE, ARCHITECTURE, RECIPE);
        NetworkScorer scorer = trained(
                Kind.MIXTURE,
                ARCHITECTURE,
                List.of(
                        preset(stages, VaeStage.AUTOENCODER, 60),
                        stages.stage(VaeStage.JOINT, BASE.withMaxEpochs(20))));
        assertThat(accuracy(scorer)).isGreaterThan(BETTER_THAN_MEANS);
    }

    private static Stage preset(VaeStages stages, VaeStage stage, double epochs) {
        return stages.stage(stage, stage.preset(BASE).withMaxEpochs(epochs));
    }
}
