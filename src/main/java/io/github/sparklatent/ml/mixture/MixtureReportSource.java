package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.Posterior;
import io.github.sparklatent.gmm.training.FitMethod;
import io.github.sparklatent.gmm.training.MixtureOptions;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.ml.evaluation.ImageDetection;
import io.github.sparklatent.ml.evaluation.LabelMeasures.Agreement;
import io.github.sparklatent.ml.evaluation.ReportFrame;
import io.github.sparklatent.report.Components;
import io.github.sparklatent.report.Means;
import io.github.sparklatent.report.group.GroupProfile;
import io.github.sparklatent.report.mixture.MixtureReport;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Collects the content of the report of a training. */
final class MixtureReportSource {
    private final TrainedMixture<?> trained;
    private final Mixture mixture;
    private final MixtureOptions options;
    private final List<SelectedRow> sample;

    /**
     * Creates the source.
     *
     * @param sample a few training rows, scaled, with missing values imputed
     */
    MixtureReportSource(
            TrainedMixture<?> trained,
            Mixture mixture,
            MixtureOptions options,
            List<SelectedRow> sample) {
        this.trained = trained;
        this.mixture = mixture;
        this.options = options;
        this.sample = sample;
    }

    MixtureReport report() {
        List<String> notes = new ArrayList<>(trained.warnings());
        notes.addAll(trained.fit().events());
        Means means = means();
        return new MixtureReport(
                trained.context().title().orElse("Gaussian mixture"),
                ReportRuns.fit(
                        trained,
                        mixture.type(),
                        TrainFigures.factors(mixture),
                        mixture.dimension(),
                        mixture.freeParameters(),
                        options.fit() == FitMethod.VARIATIONAL_BAYES
                                ? "evidence lower bound"
                                : options.hasPrior()
                                        ? "mean log posterior"
                                        : "mean log-likelihood"),
                notes,
                trained.fit().history(),
                ReportRuns.others(trained),
                ReportRuns.choice(trained),
                new Components(mixture.weights(), assignedRows()),
                means,
                means.image() == null ? GroupProfile.of(means, mixture.weights()) : null,
                new ReportProjection(mixture, sample, trained.fit().rows()).scatter(),
                Agreement.confusion(trained.agreement()),
                ReportFrame.seconds(trained.context()),
                ReportFrame.origin(trained.context(), trained.origin()));
    }

    private double[] assignedRows() {
        AssignedRows assigned = new AssignedRows(new Posterior(MixtureFactors.of(mixture)));
        return trained.table().train().sums("rows of each component", assigned).sums();
    }

    /** Returns means and standard deviations in the units of the table. */
    private Means means() {
        int d = mixture.dimension();
        Scaling scaling = trained.table().scaling();
        DMatrixRMaj means = mixture.means().copy();
        for (int k = 0; k < mixture.components(); k++) {
            scaling.invert(means.data, k * d, d);
        }
        double[] deviations = ReportProjection.deviations(mixture);
        double[] factor = scaling.factor();
        for (int j = 0; j < factor.length; j++) {
            deviations[j] /= factor[j];
        }
        List<String> names = trained.table().facts().featureNames();
        DMatrixRMaj shown = ReportProjection.rows(sample, d);
        for (int i = 0; i < shown.numRows; i++) {
            scaling.invert(shown.data, i * d, d);
        }
        return new Means(names, means, deviations, ImageDetection.of(names, shown));
    }
}
