package io.github.sparklatent.ml;

import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ModelTypes;
import io.github.sparklatent.ml.bayesian.BayesianInference;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.ModelFamilies;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.linear.FactorAnalysis;
import io.github.sparklatent.ml.linear.ProbabilisticPca;
import io.github.sparklatent.ml.mixture.GaussianMixture;
import io.github.sparklatent.ml.mixture.GroupConflicts;
import io.github.sparklatent.ml.mixture.grouped.GroupedMixture;
import io.github.sparklatent.ml.mixture.mixed.MixedTypeMixture;
import io.github.sparklatent.ml.network.NetworkFamily;
import java.util.List;
import java.util.stream.Stream;

/** The one list of the families of models. */
public final class Families {
    /** All families, in the order of the reference. */
    public static final ModelFamilies ALL =
            new ModelFamilies(
                    Stream.concat(
                                    Stream.of(
                                            GaussianMixture.FAMILY,
                                            MixedTypeMixture.FAMILY,
                                            ProbabilisticPca.FAMILY.family(),
                                            FactorAnalysis.FAMILY.family(),
                                            BayesianInference.FAMILY),
                                    NetworkFamily.all().stream())
                            .toList(),
                    List.of(GroupedMixture.FAMILY));

    private Families() {}

    /** Returns the types of all families. */
    public static ModelTypes types() {
        return ALL.types();
    }

    /**
     * Prepares the training that the settings of a context describe: of one model, or of a model
     * for each group.
     *
     * @throws IllegalArgumentException if settings contradict each other or the table
     */
    public static Training<?> training(TrainingContext context) {
        ModelType type = context.settings().schema().type();
        LatentEstimator<?, ?> estimator = estimator(type, type.type());
        estimator.configure(context.settings());
        return GroupConflicts.isGrouped(context.settings())
                ? GroupedMixture.of(estimator, context.settings()).training(context)
                : estimator.training(context);
    }

    /** Returns an Estimator of models of a type. */
    public static LatentEstimator<?, ?> estimator(ModelType type, String uid) {
        return ALL.estimator(type, uid);
    }
}
