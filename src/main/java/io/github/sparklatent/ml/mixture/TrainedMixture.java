package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.gmm.training.Candidate;
import io.github.sparklatent.gmm.training.FitMethod;
import io.github.sparklatent.gmm.training.MixtureFit;
import io.github.sparklatent.gmm.training.MixtureOptions;
import io.github.sparklatent.gmm.training.TrainingResult;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.Origin;
import io.github.sparklatent.ml.core.RoundLine;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.evaluation.LabelMeasures.Agreement;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.mixture.MixturePage;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The result of a training.
 *
 * @param model the model for spark.ml
 * @param assembler computes the features of the model
 * @param table the training rows
 * @param warnings warnings about the table, as sentences
 * @param holdoutRows number of held-out rows
 * @param holdoutWeight total weight of the held-out rows
 * @param agreement agreement with the label, by whether rows are held out; empty without a label
 * @param sample a few training rows, scaled, with missing values imputed
 * @param curves objective round by round of each fit, by its index among the candidates
 */
record TrainedMixture(
        GaussianMixtureModel model,
        FeatureAssembler assembler,
        MixtureOptions options,
        TrainingContext context,
        BlockTable table,
        List<String> warnings,
        long holdoutRows,
        double holdoutWeight,
        TrainingResult result,
        Map<Boolean, Agreement> agreement,
        List<SelectedRow> sample,
        SortedMap<Integer, List<Double>> curves,
        Origin origin)
        implements Trained<GaussianMixtureModel> {
    MixtureFit fit() {
        return result.best();
    }

    Candidate best() {
        return fit().figures();
    }

    Mixture mixture() {
        return fit().mixture();
    }

    /** Returns the index of the best fit among the candidates. */
    int chosen() {
        return result.candidates().indexOf(best());
    }

    @Override
    public Map<String, Object> figures() {
        return new TrainFigures(this).json();
    }

    @Override
    public Lines lines() {
        return new TrainFigures(this).lines();
    }

    @Override
    public List<Map<String, Object>> rounds() {
        return fit().history().stream().map(round -> RoundLine.of(round, part())).toList();
    }

    private String part() {
        if (options.fit() == FitMethod.VARIATIONAL_BAYES) {
            return "elbo";
        }
        return options.hasPrior() ? "meanLogPosterior" : "meanLogLikelihood";
    }

    @Override
    public Page report() {
        return MixturePage.of(new MixtureReportSource(this).report());
    }
}
