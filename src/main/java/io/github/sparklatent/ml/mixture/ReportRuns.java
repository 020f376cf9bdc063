package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.training.Candidate;
import io.github.sparklatent.ml.evaluation.LabelMeasures.Agreement;
import io.github.sparklatent.ml.evaluation.LogJacobian;
import io.github.sparklatent.report.ProgressSection;
import io.github.sparklatent.report.mixture.MixtureReport;
import java.util.ArrayList;
import java.util.List;

/** The fits that a report compares. */
public final class ReportRuns {
    private ReportRuns() {}

    /** Returns the comparison of several numbers of components; null if only one was fitted. */
    public static MixtureReport.Choice choice(TrainedMixture<?> trained) {
        List<Candidate> candidates = trained.result().candidates();
        boolean several = candidates.stream().map(Candidate::components).distinct().count() > 1;
        return several ? new MixtureReport.Choice(trained.search().criterion(), candidates) : null;
    }

    /**
     * Returns the curves of the fits that were not chosen, as far as this run has followed them
     * from their first round.
     */
    public static List<ProgressSection.Curve> others(TrainedMixture<?> trained) {
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
                                                name(trained, candidate),
                                                whole.stream()
                                                        .mapToDouble(Double::doubleValue)
                                                        .toArray()));
                            }
                        });
        return curves;
    }

    private static String name(TrainedMixture<?> trained, Candidate candidate) {
        String components = candidate.components() + " components";
        String restart = "restart " + candidate.restart();
        return !trained.search().choosesComponents()
                ? restart
                : trained.search().restarts() == 1 ? components : components + ", " + restart;
    }

    /**
     * Returns the figures of the chosen fit.
     *
     * @param covariance form of the covariances; null: there are none
     * @param factors number of factors of each component; 0: covariances are not factored
     * @param features number of features
     * @param parameters number of free parameters
     * @param objective name of what the fit maximises
     */
    public static MixtureReport.Fit fit(
            TrainedMixture<?> trained,
            CovarianceType covariance,
            int factors,
            int features,
            long parameters,
            String objective) {
        Candidate figures = trained.best();
        return new MixtureReport.Fit(
                figures.components(),
                covariance,
                factors,
                features,
                trained.fit().rows(),
                trained.holdoutRows(),
                trained.table().facts().skipped(),
                trained.table().partitions().toString(),
                trained.fit().weight(),
                trained.holdoutWeight(),
                parameters,
                figures.rounds(),
                objective,
                trained.fit().componentsInUse(trained.result().size()),
                figures.converged(),
                trained.search().stopping().tolerance(),
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
}
