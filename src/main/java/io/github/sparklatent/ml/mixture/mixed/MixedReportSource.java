package io.github.sparklatent.ml.mixture.mixed;

import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedOptions;
import io.github.sparklatent.ml.evaluation.LabelMeasures.Agreement;
import io.github.sparklatent.ml.evaluation.ReportFrame;
import io.github.sparklatent.ml.mixture.AssignedRows;
import io.github.sparklatent.ml.mixture.ReportRuns;
import io.github.sparklatent.ml.mixture.TrainedMixture;
import io.github.sparklatent.report.Components;
import io.github.sparklatent.report.mixture.MixtureReport;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the content of the report of a training.
 *
 * @param model the fitted model
 * @param options options of the fit
 */
record MixedReportSource(
        TrainedMixture<?> trained, MixedTypeMixtureModel model, MixedOptions options) {
    MixtureReport report() {
        List<String> notes = new ArrayList<>(trained.warnings());
        notes.addAll(trained.fit().events());
        MixedMixture mixture = model.mixture();
        Mixture numbers = mixture.gaussian();
        return new MixtureReport(
                trained.context().title().orElse("Mixed-type mixture"),
                ReportRuns.fit(
                        trained,
                        numbers == null ? null : numbers.type(),
                        numbers == null || !numbers.type().isFactored() ? 0 : numbers.factors(),
                        model.numFeatures(),
                        mixture.freeParameters(),
                        options.priorRows() > 0 ? "mean log posterior" : "mean log-likelihood"),
                notes,
                trained.fit().history(),
                ReportRuns.others(trained),
                ReportRuns.choice(trained),
                new Components(mixture.weights(), assignedRows(mixture)),
                null,
                Groups.of(model.table(), trained.table().scaling()),
                null,
                Agreement.confusion(trained.agreement()),
                ReportFrame.seconds(trained.context()),
                ReportFrame.origin(trained.context(), trained.origin()));
    }

    private double[] assignedRows(MixedMixture mixture) {
        return trained.table()
                .train()
                .sums("rows of each component", new AssignedRows(new MixedDensity(mixture)))
                .sums();
    }
}
