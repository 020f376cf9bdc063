package io.github.sparklatent.gmm.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.gmm.bayes.BayesOptions;
import io.github.sparklatent.gmm.initialization.Initialization;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.robust.RobustMethod;
import io.github.sparklatent.gmm.robust.RobustOptions;
import io.github.sparklatent.gmm.stochastic.StochasticOptions;
import io.github.sparklatent.learn.em.StoppingRule;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MixtureOptionsTest {
    private static final MixtureOptions DEFAULT = MixtureOptions.DEFAULT;

    @Test
    void eachWithChangesItsOwn() {
        MixtureOptions changed =
                DEFAULT.withComponents(List.of(2, 3))
                        .withCovariance(CovarianceType.TIED)
                        .withRegularization(0.5)
                        .withCovariancePrior(2)
                        .withInitialization(Initialization.RANDOM)
                        .withRestarts(7)
                        .withStopping(new StoppingRule(9, 0.25))
                        .withAcceleration(true)
                        .withCriterion(Criterion.AIC)
                        .withSeed(11);
        assertThat(changed)
                .isEqualTo(
                        new MixtureOptions(
                                FitMethod.EM,
                                BayesOptions.DEFAULT,
                                StochasticOptions.DEFAULT,
                                RobustOptions.DEFAULT,
                                List.of(2, 3),
                                CovarianceType.TIED,
                                2,
                                0.5,
                                2,
                                Initialization.RANDOM,
                                7,
                                new StoppingRule(9, 0.25),
                                true,
                                Criterion.AIC,
                                11));
    }

    @Test
    void componentsAreCopied() {
        List<Integer> components = new ArrayList<>(List.of(2));
        MixtureOptions options = DEFAULT.withComponents(components);
        components.add(3);
        assertThat(options.components()).containsExactly(2);
    }

    @Test
    void whatIsOutOfRangeIsNamed() {
        refused(
                () -> DEFAULT.withComponents(List.of(3, 0)),
                "model.components is 0, must be an integer >= 1");
        refused(
                () ->
                        DEFAULT.withCriterion(Criterion.MUTUAL_INFORMATION)
                                .withComponents(List.of(2, 3)),
                "model.criterion is mutual-information, which grows with the number of components:"
                        + " model.components must be one number");
        refused(() -> DEFAULT.withRestarts(0), "train.restarts is 0, must be an integer >= 1");
        refused(
                () -> new StochasticOptions(0.5, 0.1, 1),
                "train.stepExponent is 0.5, must be a number > 0.5 and <= 1");
        refused(
                () -> new StochasticOptions(0.6, 0, 1),
                "train.learningRate is 0.0, must be a number > 0");
        refused(
                () -> new StochasticOptions(0.6, 0.1, 0),
                "train.draws is 0, must be an integer >= 1 and <= 10000");
        for (double bad : new double[] {0, 0.51, Double.NaN}) {
            refused(
                    () -> new RobustOptions(RobustMethod.TRIM, bad),
                    "model.trim is " + bad + ", must be a number > 0 and <= 0.5");
        }
        refused(
                () -> DEFAULT.withAcceleration(true).withRobust(robust(RobustMethod.TRIM)),
                "model.robust is trim, which is fitted by em without acceleration, but model.fit is"
                        + " em with train.acceleration: remove it");
        refused(
                () -> DEFAULT.withRobust(robust(RobustMethod.MCD)),
                "model.robust is mcd, which fits one component with a full covariance: must be"
                        + " trim, or model.components 1 and model.covariance full");
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            refused(
                    () -> DEFAULT.withRegularization(bad),
                    "model.regularization is " + bad + ", must be a number >= 0");
            refused(
                    () -> DEFAULT.withCovariancePrior(bad),
                    "model.covariancePrior is " + bad + ", must be a number >= 0");
        }
    }

    @Test
    void namesAreThoseOfTheConfiguration() {
        for (CovarianceType type : CovarianceType.values()) {
            assertThat(CovarianceType.of(type.toString())).isEqualTo(type);
        }
        for (Criterion criterion : Criterion.values()) {
            assertThat(Criterion.of(criterion.toString())).isEqualTo(criterion);
        }
        for (Initialization initialization : Initialization.values()) {
            assertThat(Initialization.of(initialization.toString())).isEqualTo(initialization);
        }
        assertThat(CovarianceType.values())
                .extracting(CovarianceType::toString)
                .containsExactly("full", "tied", "diagonal", "spherical", "factor", "ppca");
        assertThat(Initialization.values())
                .extracting(Initialization::toString)
                .containsExactly("varied", "k-means||", "random", "random-rows", "over-clustering");
        refused(
                () -> CovarianceType.of("FULL"),
                "covariance type is \"FULL\", expected full, tied, diagonal, spherical, factor or"
                        + " ppca");
        refused(
                () -> Criterion.of("loss"),
                "criterion is \"loss\", expected bic, aic, holdout or mutual-information");
        refused(
                () -> Initialization.of("kmeans"),
                "initialization is \"kmeans\", expected varied, k-means||, random, random-rows or"
                        + " over-clustering");
    }

    private static void refused(ThrowingCallable call, String why) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(why);
    }

    private static RobustOptions robust(RobustMethod method) {
        return new RobustOptions(method, 0.25);
    }
}
