package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linear.LinearFit;
import io.github.sparklatent.linear.LinearOptions;
import io.github.sparklatent.mixture.bayes.InferenceOptions;
import io.github.sparklatent.mixture.bayes.InferenceOptions.ElboGradient;
import io.github.sparklatent.mixture.bayes.ParameterPosterior;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.FitMethod;
import io.github.sparklatent.mixture.training.LinearTrainer;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mixture trained on Spark is the mixture trained in memory, whatever happens to the tasks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class ClusterTrainingTest {
    private static final double[][] ROWS = Sample.clusters(400, 3, 3);
    private static final MixtureOptions OPTIONS = MixtureOptions.DEFAULT
            .withComponents(List.of(3))
            .withStopping(new StoppingRule(6, 0))
            .withSeed(5);
    private static final TableOptions TABLE =
            TableOptions.DEFAULT.withDriverBytes(0).withPartitions(4).withHoldoutFraction(0.2);

    private String reference;

    @BeforeAll
    void train() {
        SparkSession spark = LocalSpark.session();
        try (BlockTable table = table(spark, TABLE)) {
            reference = Trained.bits(Trained.fit(table.train(), table.holdout(), OPTIONS));
        }
    }

    private static BlockTable table(SparkSession spark, TableOptions options) {
        return BlockTable.of(Sample.table(spark, ROWS, 3, 1), options);
    }

    private static MixtureFit inMemory(SparkSession spark, MixtureOptions options) {
        return Trained.fit(
                new InMemoryRowBlocks(Sample.blocks(spark, "training blocks")),
                new InMemoryRowBlocks(Sample.blocks(spark, "held-out blocks")),
                options);
    }

    /** EM with each covariance type, and each other method with full covariances. */
    static Stream<Arguments> fits() {
        return Stream.concat(
                Stream.of(CovarianceType.values()).map(covariance -> Arguments.of(covariance, FitMethod.EM)),
                Stream.of(FitMethod.values())
                        .filter(method -> method != FitMethod.EM)
                        .map(method -> Arguments.of(CovarianceType.FULL, method)));
    }

    @ParameterizedTest
    @MethodSource("fits")
    void theMixtureIsTheOneTrainedInMemory(CovarianceType covariance, FitMethod method) {
        SparkSession spark = LocalSpark.session();
        MixtureOptions options = OPTIONS.withCovariance(covariance).withFit(method);
        try (BlockTable table = table(spark, TABLE)) {
            MixtureFit fit = Trained.fit(table.train(), table.holdout(), options);
            assertThat(Trained.bits(fit)).isEqualTo(Trained.bits(inMemory(spark, options)));
            assertThat(fit.metrics().rounds()).isEqualTo(6);
            assertThat(fit.rows()).isEqualTo(table.facts().rows());
        }
    }

    /**
     * EM of linear models sums on Spark what it sums in memory. One partition of a small table is in memory already;
     * its sums are the same up to rounding.
     */
    @ParameterizedTest
    @ValueSource(ints = {3, 8})
    void theLinearModelIsTheOneFittedInMemory(int partitions) {
        SparkSession spark = LocalSpark.session();
        LinearOptions analysis = LinearOptions.FACTOR_ANALYSIS.withLatent(1).withStopping(new StoppingRule(6, 0));
        LinearOptions pca = LinearOptions.PPCA
                .withFit(io.github.sparklatent.linear.LinearOptions.FitMethod.EM)
                .withLatent(1)
                .withStopping(new StoppingRule(6, 0));
        try (BlockTable table = table(spark, TABLE.withPartitions(partitions));
                BlockTable one =
                        table(spark, TABLE.withPartitions(1).withDriverBytes(TableOptions.DEFAULT.driverBytes()))) {
            assertThat(one.train()).isInstanceOf(InMemoryRowBlocks.class);
            for (LinearOptions options : List.of(analysis, pca)) {
                LinearFit fit = LinearTrainer.fit(table.train(), options);
                LinearFit inMemory =
                        LinearTrainer.fit(new InMemoryRowBlocks(Sample.blocks(spark, "training blocks")), options);
                assertThat(fit.meanLogLikelihood()).isEqualTo(inMemory.meanLogLikelihood());
                assertThat(fit.model().loadings().data)
                        .containsExactly(inMemory.model().loadings().data);
                assertThat(fit.model().noise()).containsExactly(inMemory.model().noise());
                LinearFit ofOne = LinearTrainer.fit(one.train(), options);
                assertThat(fit.model().loadings().data)
                        .containsExactly(ofOne.model().loadings().data, within(1e-9));
                assertThat(fit.model().noise()).containsExactly(ofOne.model().noise(), within(1e-9));
            }
        }
    }

    /**
     * Another division of the rows changes a posterior by rounding only. The rounds of its start and six steps of Adam
     * can enlarge a rounding error of 1e-12 a thousandfold.
     */
    @ParameterizedTest
    @ValueSource(ints = {3, 8})
    void thePosteriorIsTheOneOfOnePartition(int partitions) {
        SparkSession spark = LocalSpark.session();
        MixtureOptions options = OPTIONS.withFit(FitMethod.VARIATIONAL_INFERENCE)
                .withInference(
                        new InferenceOptions(ParameterPosterior.Form.FULL, ElboGradient.REPARAMETERIZED, 5, 0.1));
        try (BlockTable table = table(spark, TABLE.withPartitions(partitions));
                BlockTable one = table(spark, TABLE.withPartitions(1))) {
            double[] posterior =
                    Trained.fit(table.train(), table.holdout(), options).posterior().data;
            assertThat(Trained.fit(table.train(), table.holdout(), options).posterior().data)
                    .containsExactly(posterior);
            assertThat(Trained.fit(one.train(), one.holdout(), options).posterior().data)
                    .containsExactly(posterior, within(1e-9));
        }
    }

    private void assertTheReferenceIsFound(SparkSession spark, Hindrance hindrance) {
        spark.sparkContext().setLogLevel("OFF");
        try (Jobs jobs = Jobs.follow(spark.sparkContext());
                BlockTable table = table(spark, TABLE)) {
            RowBlocks train = hindrance == null ? table.train() : new Hindered(table.train(), hindrance, "");
            assertThat(Trained.bits(Trained.fit(train, table.holdout(), OPTIONS)))
                    .isEqualTo(reference);
            if (hindrance == Hindrance.FAILURE) {
                assertThat(jobs.failures())
                        .isGreaterThanOrEqualTo(OPTIONS.stopping().maxRounds());
            }
        } finally {
            spark.sparkContext().setLogLevel("ERROR");
        }
    }

    @Test
    void oneCoreGivesTheBitsOfTwo() {
        assertTheReferenceIsFound(LocalSpark.session("local[1]", Map.of()), null);
    }

    @Test
    void kryoGivesTheSameBits() {
        Map<String, String> kryo = Map.of("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
        assertTheReferenceIsFound(LocalSpark.session("local[2]", kryo), null);
    }

    /** A sum kept in an accumulator would count the failed attempt as well. */
    @Test
    void aTaskThatFailsInEveryRoundAndIsRetriedGivesTheSameBits() {
        SparkSession spark = LocalSpark.session("local[2,4]", Map.of());
        assertTheReferenceIsFound(spark, Hindrance.FAILURE);
    }

    @Test
    void blocksLostHalfWayAreMadeAgainTheSame() {
        SparkSession spark = LocalSpark.session();
        List<Integer> cached = new ArrayList<>();
        try (BlockTable table = table(spark, TABLE)) {
            SearchListener losing = (description, round, maxRounds, state) -> {
                cached.add(Jobs.cachedPartitions());
                if (round.number() == 2) {
                    Jobs.loseBlocks(spark);
                    cached.add(Jobs.cachedPartitions());
                }
            };
            MixtureFit fit = new MixtureTrainer(table.train(), table.holdout(), OPTIONS, null, losing)
                    .fit()
                    .best();
            assertThat(Trained.bits(fit)).isEqualTo(reference);
        }
        assertThat(cached).containsExactly(8, 8, 8, 0, 4, 4, 4);
    }

    /** Statistics of 160,000 doubles over all partitions: the way through the shuffle. */
    @Test
    void longStatisticsGiveTheBitsFoundInMemory() {
        SparkSession spark = LocalSpark.session();
        double[][] wide = Sample.clusters(300, 60, 4);
        MixtureOptions options = OPTIONS.withComponents(List.of(11)).withStopping(new StoppingRule(2, 0));
        try (BlockTable table = BlockTable.of(Sample.table(spark, wide, 3, 1), TABLE)) {
            MixtureFit fit = Trained.fit(table.train(), table.holdout(), options);
            assertThat(Trained.bits(fit)).isEqualTo(Trained.bits(inMemory(spark, options)));
        }
    }

    /** The second fit starts near the first one, the third from random rows. */
    @Test
    void restartsGiveTheBitsFoundInMemory() {
        SparkSession spark = LocalSpark.session();
        MixtureOptions options = OPTIONS.withRestarts(3).withStopping(new StoppingRule(2, 0));
        try (BlockTable table = table(spark, TABLE)) {
            MixtureFit fit = Trained.fit(table.train(), table.holdout(), options);
            assertThat(Trained.bits(fit)).isEqualTo(Trained.bits(inMemory(spark, options)));
        }
    }

    @Test
    void aRoundIsOneSparkJobAndHasItsFourTimes() {
        SparkSession spark = LocalSpark.session();
        try (Jobs jobs = Jobs.follow(spark.sparkContext());
                BlockTable table = table(spark, TABLE)) {
            MixtureFit fit = Trained.fit(table.train(), null, OPTIONS);
            List<String> rounds = jobs.descriptions().stream()
                    .filter(name -> name.startsWith("GMM full"))
                    .toList();
            assertThat(rounds)
                    .containsExactlyElementsOf(IntStream.rangeClosed(0, 6)
                            .mapToObj(i -> "GMM full K=3, round " + i + " of 6")
                            .toList());
            assertThat(jobs.descriptions()).containsOnlyOnce("mixture K=3, start");
            for (Round round : fit.history()) {
                assertThat(round.broadcast()).isPositive();
                assertThat(round.compute()).isNotNegative();
                assertThat(round.reduce()).isPositive();
                assertThat(round.rows()).isEqualTo(table.facts().rows());
            }
            assertThat(fit.history().subList(0, 6)).allMatch(round -> round.update() > 0);
        }
    }

    /**
     * Other cuts of the rows give other roundings: 400 terms a sum, so 400 ε ≈ 1e-13 of its size a round, times what
     * six rounds of a contraction add to that.
     */
    @Test
    void howRowsAreCutChangesRoundingOnly() {
        SparkSession spark = LocalSpark.session();
        MixtureParameters expected = null;
        for (TableOptions options :
                List.of(TABLE, TABLE.withPartitions(1), TABLE.withPartitions(13), TABLE.withIsPlaced(false))) {
            try (BlockTable table = table(spark, options)) {
                MixtureParameters mixture = Trained.fit(table.train(), table.holdout(), OPTIONS)
                        .mixture()
                        .gaussian();
                expected = expected == null ? mixture : expected;
                assertClose(mixture.means().data, expected.means().data);
                for (int k = 0; k < 3; k++) {
                    assertThat(mixture.weight(k)).isCloseTo(expected.weight(k), within(1e-10));
                    assertClose(
                            mixture.covariances().get(k).data,
                            expected.covariances().get(k).data);
                }
            }
        }
    }

    private static void assertClose(double[] found, double[] expected) {
        double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(found).containsExactly(expected, within(1e-10 * scale));
    }
}
