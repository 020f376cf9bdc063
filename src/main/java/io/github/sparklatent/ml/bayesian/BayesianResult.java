package io.github.sparklatent.ml.bayesian;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.inference.InferenceResult;
import io.github.sparklatent.inference.ParameterSummary;
import io.github.sparklatent.ml.evaluation.TrainedTable;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.rounds.BlockResult;
import io.github.sparklatent.report.Measures;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.Result;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.format.Words;
import java.util.List;
import java.util.Map;

/** The result of a training. */
final class BayesianResult extends BlockResult<BayesianInferenceModel> {
    /** Largest number of quantities in the table. */
    private static final int LISTED = 100;

    private final BayesianRecord fit;
    private final FittedDensity fitted;
    private final Scale scale;

    BayesianResult(
            BayesianInferenceModel model,
            BlockTable rows,
            TrainedTable table,
            InferenceResult inferred,
            BayesianRecord fit) {
        super(
                model,
                rows,
                table,
                new Measures(fit.rows(), table.holdoutRows())
                        .add(
                                "meanLogPredictiveDensity",
                                "Mean log predictive density, nats per row",
                                fit.meanLogDensity(),
                                fit.holdoutMeanLogDensity()),
                new Course("elbo", "evidence lower bound", 0, inferred.history(), fit.rounds(), fit.converged()));
        this.fit = fit;
        this.fitted = model.fitted();
        this.scale = rows.scaling().kind();
    }

    @Override
    protected Map<String, Object> train(Map<String, Object> measured) {
        return BayesianInferenceModel.figures(fit);
    }

    @Override
    protected void addLine(Result result) {
        result.line(
                "train",
                "%s, ELBO %.4f ± %.2g, mean log predictive density %.4f, %s",
                Lines.count(fit.rows(), "row"),
                fit.elbo(),
                fit.elboError(),
                fit.meanLogDensity(),
                course());
    }

    @Override
    protected void addTo(Result result) {
        result.section(this::parameters);
    }

    @Override
    protected Page head() {
        return head(
                "Bayesian inference",
                fitted.name(),
                "The %s posterior of %s of the density %s, fitted to %s with %s; the fit has %sconverged after %s."
                        .formatted(
                                fitted.posterior().form(),
                                Words.counted(fitted.posterior().parameters(), "parameter"),
                                fitted.name(),
                                Words.counted(fit.rows(), "row"),
                                Words.counted(model().numFeatures(), "column"),
                                fit.converged() ? "" : "not ",
                                Words.counted(fit.rounds(), "round")),
                List.of(
                        new Page.Tile(
                                Numbers.figure(fit.elbo()),
                                "evidence lower bound",
                                "nats per training row, ± " + Numbers.figure(fit.elboError())),
                        new Page.Tile(
                                Numbers.figure(fit.meanLogDensity()),
                                "mean log predictive density",
                                "nats per training row")));
    }

    private Page.Section parameters() {
        List<ParameterSummary> all = fitted.quantities();
        List<List<Page.Cell>> rows = all.stream()
                .limit(LISTED)
                .map(of -> List.of(
                        Page.Cell.of(of.name()),
                        Page.Cell.of(Numbers.figure(of.mean())),
                        Page.Cell.of(Numbers.figure(of.deviation())),
                        Page.Cell.of(Numbers.figure(of.lower())),
                        Page.Cell.of(Numbers.figure(of.upper()))))
                .toList();
        return new Page.Section(
                "parameters",
                "Parameters",
                explanation(),
                List.of(new Page.Table(
                        "parameters-table",
                        "Posterior of the parameters"
                                + (all.size() > LISTED ? ", the first %d of %d.".formatted(LISTED, all.size()) : "."),
                        "",
                        List.of("Parameter", "Mean", "Deviation", "From", "To"),
                        rows,
                        false)));
    }

    private String explanation() {
        StringBuilder text = new StringBuilder();
        if (scale != Scale.NONE) {
            text.append("The parameters are in units of the scaled columns (%s). ".formatted(scale));
        }
        fitted.explanations().forEach(sentence -> text.append(sentence).append(". "));
        return text.append("The interval has 95% of the posterior probability, and 2.5% on either")
                .append(" side. A mean-field posterior tends to have intervals that are too" + " narrow.")
                .toString();
    }
}
