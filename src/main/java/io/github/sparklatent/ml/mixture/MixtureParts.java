package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.report.ComponentsSection.Components;
import io.github.sparklatent.report.GroupProfile;
import io.github.sparklatent.report.Page.Section;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a page that differ between the families of mixtures.
 *
 * @param name name of the family
 * @param covariance form of the covariances; empty: there are none
 * @param factors number of factors of each component; 0: covariances are not factored
 * @param parameters number of free parameters
 * @param objective name of what the fit maximises, such as "mean log-likelihood"
 * @param components weights of the components and the numbers of their rows
 * @param groups columns of the table in each component; empty: not described, such as pixels
 * @param sections sections on the components
 */
public record MixtureParts(
        String name,
        Optional<CovarianceType> covariance,
        int factors,
        long parameters,
        String objective,
        Components components,
        Optional<GroupProfile> groups,
        List<Section> sections) {}
