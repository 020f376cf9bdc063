package io.github.sparklatent.gmm.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.gmm.initialization.Initialization;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.robust.RobustMethod;
import io.github.sparklatent.gmm.robust.RobustOptions;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MixtureOptionsTest {
    private static final MixtureOptions DEFAULT = MixtureOptions.DEFAULT;

    @Test
    void componentsAreCopied() {
        List<Integer> components = new ArrayList<>(List.of(2));
        MixtureOptions options = DEFAULT.withComponents(components);
        components.add(3);
        assertThat(options.components()).containsExactly(2);
    }

    @Test
    void optionsThatContradictEachOtherAreNamed() {
        refused(
                () -> DEFAULT.withCriterion(Criterion.MUTUAL_INFORMATION).withComponents(List.of(2, 3)),
                "model.criterion is mutual-information, which grows with the number of components:"
                        + " model.components must be one number");
        refused(
                () -> DEFAULT.withAcceleration(true).withRobust(robust(RobustMethod.TRIM)),
                "model.robust is trim, which is fitted by em without acceleration, but model.fit is"
                        + " em with train.acceleration: remove it");
        refused(
                () -> DEFAULT.withRobust(robust(RobustMethod.MCD)),
                "model.robust is mcd, which fits one component with a full covariance: must be"
                        + " trim, or model.components 1 and model.covariance full");
    }

    @Test
    void namesAreThoseOfTheConfiguration() {
        assertThat(CovarianceType.values())
                .extracting(CovarianceType::toString)
                .containsExactly("full", "tied", "diagonal", "spherical", "factor", "ppca");
        assertThat(Initialization.values())
                .extracting(Initialization::toString)
                .containsExactly("varied", "k-means||", "random", "random-rows", "over-clustering");
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
