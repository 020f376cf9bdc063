package io.github.sparklatent.mixture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.initialization.Initialization;
import io.github.sparklatent.mixture.robust.RobustOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three groups of 100 rows in the plane, far enough apart that nobody doubts their number. */
class MixtureTrainerTest {
    private static final int GROUPS = 3;
    private static final RowBlocks TRAIN = data(1, 300);
    private static final RowBlocks HOLDOUT = data(2, 90);

    private static final MixtureOptions OPTIONS = MixtureOptions.DEFAULT
            .withPriorRows(0)
            .withComponents(List.of(1, 2, 3, 4, 5))
            .withStopping(new StoppingRule(60, 1e-5));

    private static RowBlocks data(long seed, int rows) {
        return data(seed, rows, 10);
    }

    private static RowBlocks data(long seed, int rows, double distance) {
        MixtureParameters groups = MixtureParameters.of(
                CovarianceType.SPHERICAL,
                new double[] {0.25, 0.25, 0.5},
                new DMatrixRMaj(new double[][] {{0, 0}, {distance, 0}, {0, distance}}),
                List.of(new DMatrixRMaj(new double[][] {{1}, {1}, {1}})));
        return InMemoryRowBlocks.of(TestMixtures.rowsAround(groups, rows, seed), 32);
    }

    @ParameterizedTest
    @EnumSource(names = {"BIC", "HOLDOUT"})
    void theNumberOfGroupsIsFound(Criterion criterion) {
        TrainingResult result = trainer(OPTIONS.withCriterion(criterion).withCovariance(CovarianceType.SPHERICAL))
                .fit();
        assertThat(result.candidates()).extracting(Candidate::components).containsExactly(1, 2, 3, 4, 5);
        Candidate best = result.candidates().stream()
                .min(Comparator.comparingDouble(criterion::cost))
                .orElseThrow();
        assertThat(result.best().metrics()).isEqualTo(best);
        assertThat(result.best().mixture().components()).isEqualTo(best.components());
        assertThat(best.components()).isEqualTo(GROUPS);
    }

    @Test
    void figuresAreThoseOfTheMixtureReturned() {
        MixtureFit fit = trainer(OPTIONS).fit().best();
        MixtureEvaluation train = MixtureEvaluation.of(fit.mixture(), TRAIN);
        MixtureEvaluation holdout = MixtureEvaluation.of(fit.mixture(), HOLDOUT);
        assertThat(fit.metrics().meanLogLikelihood()).isEqualTo(train.meanLogLikelihood());
        assertThat(fit.metrics().holdoutMeanLogLikelihood()).isEqualTo(holdout.meanLogLikelihood());
        assertThat(fit.metrics().bic()).isEqualTo(train.bic());
        assertThat(fit.sizes()).isEqualTo(train.sizes());
        assertThat(fit.rows()).isEqualTo(300).isEqualTo(train.rows());
        assertThat(fit.weight()).isEqualTo(300);
        assertThat(fit.history()).hasSize(fit.metrics().rounds() + 1);
        assertThat(fit.history().get(fit.metrics().rounds()).objective())
                .isEqualTo(fit.metrics().meanLogLikelihood());
    }

    /** The end comes in the first round of the second of six fits; the first has converged. */
    @Test
    void fitsThatHaveNotBegunAreSkippedWhenTheTimeIsOver() {
        MixtureOptions options = OPTIONS.withComponents(List.of(4, 5)).withRestarts(3);
        List<Integer> fits = new ArrayList<>();
        SearchListener listener = Fits.listener(
                (description, round, maxRounds, state) -> fits.add(state.done().size()),
                description -> {},
                () -> fits.contains(1));
        TrainingResult result = new MixtureTrainer(TRAIN, HOLDOUT, options, null, listener).fit();
        TrainingResult all = trainer(options).fit();
        assertThat(result.candidates()).hasSize(2);
        assertThat(result.candidates().get(0)).isEqualTo(all.candidates().get(0));
        assertThat(result.candidates().get(1).rounds()).isEqualTo(1);
        assertThat(result.candidates().get(1).converged()).isFalse();
        assertThat(result.best().metrics()).isEqualTo(result.candidates().get(0));
    }

    /** The robust fit of one component, which leaves rows out, is followed, resumed and ended like the others. */
    @Test
    void theFirstFitIsOneOfTheTraining() {
        MixtureOptions options = OPTIONS.withComponents(List.of(3))
                .withRobust(new RobustOptions(RobustOptions.RobustMethod.REFIT, 0.3, false))
                .withStopping(new StoppingRule(6, 0))
                .withRestarts(2);
        assertResumes(options);
        List<String> told = new ArrayList<>();
        List<String> rounds = new ArrayList<>();
        SearchListener listener = Fits.listener(
                (description, round, maxRounds, state) -> rounds.add(description.replaceAll(".*(K=\\d+).*", "$1")),
                told::add,
                () -> !rounds.isEmpty());
        new MixtureTrainer(TRAIN, HOLDOUT, options, null, listener).fit();
        assertThat(rounds).containsExactly("K=1");
        assertThat(told).contains("robust start, random rows");
    }

    /** Seven of ten components have no rows, so their means and variances are not fitted to any. */
    @ParameterizedTest
    @EnumSource(names = {"VARIATIONAL_BAYES", "VARIATIONAL_INFERENCE"})
    void parametersOfEmptyComponentsDoNotCount(FitMethod method) {
        MixtureOptions options = OPTIONS.withComponents(List.of(10))
                .withFit(method)
                .withCovariance(CovarianceType.SPHERICAL)
                .withStopping(new StoppingRule(300, 1e-7));
        TrainingResult result = trainer(options).fit();
        MixtureFit fit = result.best();
        assertThat(fit.componentsInUse(result.size())).isEqualTo(GROUPS);
        int parameters = 2 + 3 * 2 + 3;
        assertThat(fit.metrics().bic())
                .isEqualTo(MixtureEvaluation.of(fit.mixture(), TRAIN).bic())
                .isEqualTo(MixtureEvaluation.bic(parameters, fit.metrics().meanLogLikelihood(), 300));
    }

    /** Groups of deviation 1e-4 in another unit; the third column is constant. */
    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void aChangeOfTheUnitDoesNotHideGroups(CovarianceType type) {
        DMatrixRMaj small = TestMatrices.normal(300, 3, 5);
        for (int i = 0; i < 300; i++) {
            small.set(i, 0, 1e-3 * (i % 2) + 1e-4 * small.get(i, 0));
            small.set(i, 1, 1e-4 * small.get(i, 1));
            small.set(i, 2, 7);
        }
        MixtureOptions options = OPTIONS.withComponents(List.of(2)).withCovariance(type);
        MixtureParameters found =
                Fits.of(InMemoryRowBlocks.of(small, 300), options).mixture().gaussian();
        double distance = Math.abs(found.means().get(0, 0) - found.means().get(1, 0));
        assertThat(distance).isCloseTo(1e-3, within(5e-5));
        for (int k = 0; k < 2; k++) {
            assertThat(found.weight(k)).isCloseTo(0.5, within(1e-6));
            assertThat(found.variance(k, 0)).isLessThan(2e-8);
            assertThat(found.variance(k, 2)).isPositive();
        }
    }

    @Test
    void theGreatestLikelihoodAmongRestartsIsKept() {
        MixtureOptions options = OPTIONS.withComponents(List.of(4))
                .withInitialization(Initialization.RANDOM_ROWS)
                .withCovariance(CovarianceType.SPHERICAL)
                .withRestarts(6);
        TrainingResult result = trainer(options).fit();
        assertThat(result.candidates()).extracting(Candidate::restart).containsExactly(0, 1, 2, 3, 4, 5);
        Candidate best = result.candidates().stream()
                .max(Comparator.comparingDouble(Candidate::meanLogLikelihood))
                .orElseThrow();
        assertThat(result.best().metrics()).isEqualTo(best);
        // Otherwise nothing was chosen here.
        assertThat(best.restart()).isNotZero();
        assertThat(result.candidates().get(0).meanLogLikelihood()).isLessThan(best.meanLogLikelihood() - 1e-3);
    }

    /**
     * The likelihood of the training rows chooses among restarts, and held-out rows choose among the numbers of
     * components. On forty rows of groups that overlap, the two measures disagree.
     */
    @Test
    void heldOutRowsChooseAmongTheBestRestartsOfEachNumber() {
        RowBlocks few = data(3, 40, 4);
        RowBlocks heldOut = data(2, 90, 4);
        MixtureOptions options = OPTIONS.withComponents(List.of(2, 3, 4))
                .withCriterion(Criterion.HOLDOUT)
                .withInitialization(Initialization.RANDOM_ROWS)
                .withRegularization(0.05)
                .withRestarts(5);
        int disagreements = 0;
        for (long seed = 1; seed <= 5; seed++) {
            TrainingResult result =
                    new MixtureTrainer(few, HOLDOUT, options.withSeed(seed), null, SearchListener.none()).fit();
            Map<Integer, Candidate> byNumber = new TreeMap<>();
            result.candidates()
                    .forEach(candidate -> byNumber.merge(
                            candidate.components(),
                            candidate,
                            BinaryOperator.maxBy(Comparator.comparingDouble(Candidate::meanLogLikelihood))));
            Comparator<Candidate> byHoldout = Comparator.comparingDouble(Candidate::holdoutMeanLogLikelihood);
            Candidate expected = Collections.max(byNumber.values(), byHoldout);
            assertThat(result.best().metrics()).as("seed %d", seed).isEqualTo(expected);
            boolean agree = expected.equals(Collections.max(result.candidates(), byHoldout));
            disagreements += agree ? 0 : 1;
        }
        // Otherwise the two measures were never in conflict, and nothing was tested.
        assertThat(disagreements).isPositive();
    }

    @Test
    void goingOnFromEachStateGivesTheSameBits() {
        MixtureOptions options = OPTIONS.withComponents(List.of(1, 3, 2))
                .withInitialization(Initialization.RANDOM_ROWS)
                .withStopping(new StoppingRule(6, 1e-3))
                .withRestarts(2);
        TrainingResult whole = assertResumes(options);
        // Neither the first nor the last: the best so far has to travel with the states.
        assertThat(whole.best().mixture().components()).isEqualTo(GROUPS);
        Resumption.assertSame(trainer(options).fit(), whole);
    }

    /** A restart that begins near the best fit finds that fit in the state. */
    @Test
    void goingOnWithRestartsNearTheBestFitGivesTheSameBits() {
        MixtureOptions options = OPTIONS.withComponents(List.of(4))
                .withStopping(new StoppingRule(4, 0))
                .withRestarts(6);
        assertThat(assertResumes(options).candidates())
                .extracting(Candidate::objective)
                .doesNotHaveDuplicates();
    }

    /** The prior is computed again from the rows. */
    @ParameterizedTest
    @EnumSource(FitMethod.class)
    void goingOnWithAPriorGivesTheSameBits(FitMethod method) {
        assertResumes(OPTIONS.withComponents(List.of(4))
                .withFit(method)
                .withPriorRows(1)
                .withStopping(new StoppingRule(6, 0))
                .withRestarts(2));
    }

    @Test
    void goingOnWithExtrapolatedRoundsGivesTheSameBits() {
        RowBlocks overlapping = data(3, 400, 3);
        MixtureOptions options = OPTIONS.withComponents(3).withAcceleration(true);
        TrainingResult whole =
                Resumption.assertExact(listener -> new MixtureTrainer(overlapping, null, options, null, listener));
        assertThat(whole.best().metrics().rounds()).isGreaterThan(15);
    }

    private static TrainingResult assertResumes(MixtureOptions options) {
        return Resumption.assertExact(listener -> new MixtureTrainer(TRAIN, HOLDOUT, options, null, listener));
    }

    /** One fit of the default initialisation is the fit from the clusters of k-means. */
    @Test
    void theFirstFitStartsFromKMeans() {
        MixtureOptions options = OPTIONS.withComponents(List.of(4));
        MixtureOptions byClusters = options.withInitialization(Initialization.K_MEANS_PARALLEL);
        Resumption.assertSame(trainer(options).fit(), trainer(byClusters).fit());
        TrainingResult varied = trainer(options.withRestarts(3)).fit();
        TrainingResult same = trainer(byClusters.withRestarts(3)).fit();
        assertThat(varied.candidates().get(0)).isEqualTo(same.candidates().get(0));
        assertThat(varied.candidates().get(1)).isNotEqualTo(same.candidates().get(1));
    }

    /** Weights of 1/512 for each row: the same fit, chosen among the same numbers. */
    @Test
    void weightsThatAreNoCountsDoNotChangeTheChoice() {
        DMatrixRMaj rows = TestMatrices.normal(300, 2, 9);
        for (int i = 0; i < 300; i++) {
            rows.add(i, 0, 10 * (i % 3));
        }
        double[] weights = new double[300];
        Arrays.fill(weights, 0x1p-9);
        TrainingResult expected = fit(new Block(rows, null, 300));
        TrainingResult found = fit(new Block(rows, weights, 300));
        assertThat(found.best().mixture().components()).isEqualTo(GROUPS);
        assertThat(found.candidates()).isEqualTo(expected.candidates());
        assertThat(expected.size().warnings("BIC")).isEmpty();
        assertThat(found.size().warnings("BIC"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("the weights of 300 rows sum to 0.5859375, expected at least 300,")
                .contains("an effective number of 300.0 rows");
    }

    private static TrainingResult fit(Block block) {
        return new MixtureTrainer(
                        new InMemoryRowBlocks(List.of(List.of(block))), null, OPTIONS, null, SearchListener.none())
                .fit();
    }

    @Test
    void theListenerIsToldWhichFitIsUnderWay() {
        List<String> heard = new ArrayList<>();
        MixtureOptions options = OPTIONS.withComponents(List.of(1, 2))
                .withStopping(new StoppingRule(2, 0))
                .withRestarts(2);
        new MixtureTrainer(TRAIN, null, options, null, (description, round, maxRounds, state) -> {
                    heard.add(description + " " + round.number() + "/" + maxRounds);
                    assertThat(state.current().history()).endsWith(round);
                })
                .fit();
        assertThat(heard)
                .containsExactly(
                        "GMM full K=1 0/2",
                        "GMM full K=1 1/2",
                        "GMM full K=1, restart 1 0/2",
                        "GMM full K=1, restart 1 1/2",
                        "GMM full K=2 0/2",
                        "GMM full K=2 1/2",
                        "GMM full K=2, restart 1 0/2",
                        "GMM full K=2, restart 1 1/2");
    }

    /** EM from its own answer stays there, and there is no second restart of the same start. */
    @Test
    void aGivenStartIsFittedOnce() {
        MixtureOptions options = OPTIONS.withComponents(List.of(3)).withRestarts(4);
        MixtureFit fit = trainer(options).fit().best();
        TrainingResult again =
                new MixtureTrainer(TRAIN, null, options, fit.mixture().gaussian(), SearchListener.none()).fit();
        assertThat(again.candidates()).hasSize(1);
        assertThat(again.best().metrics().rounds()).isLessThanOrEqualTo(1);
        assertThat(again.best().history().get(0).objective())
                .isEqualTo(fit.metrics().meanLogLikelihood());
        assertThat(again.best().metrics().holdoutMeanLogLikelihood()).isNaN();
    }

    private static MixtureTrainer trainer(MixtureOptions options) {
        return new MixtureTrainer(TRAIN, HOLDOUT, options, null, SearchListener.none());
    }
}
