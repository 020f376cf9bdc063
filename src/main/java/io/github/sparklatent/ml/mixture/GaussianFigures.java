package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.model.Posterior;
import io.github.sparklatent.gmm.training.MixtureOptions;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.ml.evaluation.ImageDetection;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.Components;
import io.github.sparklatent.report.Means;
import io.github.sparklatent.report.group.GroupProfile;
import io.github.sparklatent.report.mixture.MeansSection;
import io.github.sparklatent.report.mixture.ScatterSection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/** Describes a Gaussian mixture, for programs and people, and computes its parts of the page. */
final class GaussianFigures {
    private final TrainedMixture<?> trained;
    private final MixtureParameters mixture;
    private final MixtureOptions options;
    private final List<SelectedRow> sample;

    /**
     * Creates the parts of a training.
     *
     * @param sample a few training rows, scaled, with missing values imputed
     */
    GaussianFigures(
            TrainedMixture<?> trained, MixtureParameters mixture, MixtureOptions options, List<SelectedRow> sample) {
        this.trained = trained;
        this.mixture = mixture;
        this.options = options;
        this.sample = sample;
    }

    MixtureParts parts() {
        Means means = means();
        double[] weights = mixture.weights();
        return new MixtureParts(
                "Gaussian mixture",
                Optional.of(mixture.type()),
                factors(mixture),
                mixture.freeParameters(),
                !options.fit().maximizesLikelihood()
                        ? "evidence lower bound"
                        : options.hasPrior() ? "mean log posterior" : "mean log-likelihood",
                new Components(weights, assignedRows()),
                means.image() == null ? Optional.of(GroupProfile.of(means, weights)) : Optional.empty(),
                List.of(
                        MeansSection.of(means, weights),
                        ScatterSection.of(
                                new ReportProjection(
                                                mixture, sample, trained.fit().rows())
                                        .scatter(),
                                weights)));
    }

    /** Returns the figures that describe a mixture. */
    static Map<String, Object> figures(MixtureParameters mixture) {
        return Json.object(
                "type", "gmm",
                "components", mixture.components(),
                "covariance", mixture.type().toString(),
                "features", mixture.dimension(),
                "parameters", mixture.freeParameters());
    }

    /** Returns the number of factors of each component; 0 if covariances are not factored. */
    private static int factors(MixtureParameters mixture) {
        return mixture.type().isFactored() ? mixture.factors() : 0;
    }

    static String describe(MixtureParameters mixture) {
        int factors = factors(mixture);
        return "Gaussian mixture, %s, %s covariance%s, %s, %s"
                .formatted(
                        Lines.count(mixture.components(), "component"),
                        mixture.type(),
                        factors == 0 ? "" : " of " + Lines.count(factors, "factor"),
                        Lines.count(mixture.dimension(), "feature"),
                        Lines.count(mixture.freeParameters(), "parameter"));
    }

    private double[] assignedRows() {
        AssignedRows assigned = new AssignedRows(new Posterior(MixtureFactors.of(mixture)));
        return trained.table().train().sums("rows of each component", assigned).sums();
    }

    /** Returns means and standard deviations in the units of the table. */
    static Means means(MixtureParameters mixture, Scaling scaling, List<String> names) {
        int d = mixture.dimension();
        DMatrixRMaj means = mixture.means().copy();
        for (int k = 0; k < mixture.components(); k++) {
            scaling.invert(means.data, k * d, d);
        }
        double[] deviations = ReportProjection.deviations(mixture);
        double[] factor = scaling.factor();
        for (int j = 0; j < factor.length; j++) {
            deviations[j] /= factor[j];
        }
        return new Means(names, means, deviations, null);
    }

    private Means means() {
        int d = mixture.dimension();
        Scaling scaling = trained.table().scaling();
        List<String> names = trained.table().facts().featureNames();
        DMatrixRMaj shown = ReportProjection.rows(sample, d);
        for (int i = 0; i < shown.numRows; i++) {
            scaling.invert(shown.data, i * d, d);
        }
        Means means = means(mixture, scaling, names);
        return new Means(names, means.means(), means.deviations(), ImageDetection.of(names, shown));
    }
}
