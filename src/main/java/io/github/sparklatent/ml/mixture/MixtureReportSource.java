package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.training.Candidate;
import io.github.sparklatent.gmm.training.FitMethod;
import io.github.sparklatent.gmm.training.MixtureOptions;
import io.github.sparklatent.ml.evaluation.ImageDetection;
import io.github.sparklatent.ml.evaluation.LabelMeasures.Agreement;
import io.github.sparklatent.ml.evaluation.LogJacobian;
import io.github.sparklatent.ml.evaluation.ReportFrame;
import io.github.sparklatent.report.Components;
import io.github.sparklatent.report.Means;
import io.github.sparklatent.report.ProgressSection;
import io.github.sparklatent.report.mixture.MixtureReport;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Collects the content of the report of a training. */
final class MixtureReportSource {
    private final TrainedMixture trained;
    private final Mixture mixture;
    private final MixtureOptions options;

    MixtureReportSource(TrainedMixture trained) {
        this.trained = trained;
        this.mixture = trained.mixture();
        this.options = trained.options();
    }

    MixtureReport report() {
        List<String> notes = new ArrayList<>(trained.warnings());
        notes.addAll(trained.fit().events());
        List<Candidate> candidates = trained.result().candidates();
        boolean chosen = candidates.stream().map(Candidate::components).distinct().count() > 1;
        return new MixtureReport(
                trained.context().title().orElse("Gaussian mixture"),
                fit(),
                notes,
                trained.fit().history(),
                otherRuns(),
                chosen ? new MixtureReport.Choice(options.criterion(), candidates) : null,
                new Components(mixture.weights(), assignedRows()),
                means(),
                new ReportProjection(mixture, trained.sample(), trained.fit().rows()).scatter(),
                Agreement.confusion(trained.agreement()),
                ReportFrame.seconds(trained.context()),
                ReportFrame.origin(trained.context(), trained.origin()));
    }

    private MixtureReport.Fit fit() {
        Candidate figures = trained.best();
        return new MixtureReport.Fit(
                mixture.components(),
                mixture.type(),
                TrainFigures.factors(mixture),
                mixture.dimension(),
                trained.fit().rows(),
                trained.holdoutRows(),
                trained.table().facts().skipped(),
                trained.table().partitions().toString(),
                trained.fit().weight(),
                trained.holdoutWeight(),
                mixture.freeParameters(),
                figures.rounds(),
                options.fit() == FitMethod.VARIATIONAL_BAYES
                        ? "evidence lower bound"
                        : options.hasPrior() ? "mean log posterior" : "mean log-likelihood",
                trained.fit().componentsInUse(trained.result().size()),
                figures.converged(),
                options.stopping().tolerance(),
                figures.meanLogLikelihood(),
                figures.holdoutMeanLogLikelihood(),
                figures.bic(),
                figures.aic(),
                Agreement.further(trained.agreement()),
                trained.table().scaling().kind().toString(),
                LogJacobian.of(
                        trained.table().scaling(),
                        trained.table().facts(),
                        trained.context().isWeighted()),
                trained.table().facts().missingByFeature());
    }

    /**
     * Returns the curves of the fits that were not chosen, as far as this run has followed them
     * from their first round.
     */
    private List<ProgressSection.Curve> otherRuns() {
        List<ProgressSection.Curve> curves = new ArrayList<>();
        List<Candidate> candidates = trained.result().candidates();
        trained.curves()
                .forEach(
                        (index, objective) -> {
                            if (index != trained.chosen()) {
                                Candidate candidate = candidates.get(index);
                                List<Double> whole = new ArrayList<>(objective);
                                whole.add(candidate.objective());
                                curves.add(
                                        new ProgressSection.Curve(
                                                name(candidate),
                                                whole.stream()
                                                        .mapToDouble(Double::doubleValue)
                                                        .toArray()));
                            }
                        });
        return curves;
    }

    private String name(Candidate candidate) {
        String components = candidate.components() + " components";
        String restart = "restart " + candidate.restart();
        return options.components().size() == 1
                ? restart
                : options.restarts() == 1 ? components : components + ", " + restart;
    }

    private double[] assignedRows() {
        AssignedRows assigned = new AssignedRows(MixtureFactors.of(mixture), mixture.components());
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
        DMatrixRMaj sample = ReportProjection.rows(trained.sample(), d);
        for (int i = 0; i < sample.numRows; i++) {
            scaling.invert(sample.data, i * d, d);
        }
        return new Means(names, means, deviations, ImageDetection.of(names, sample));
    }
}
