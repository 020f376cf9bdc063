package io.github.sparklatent.ml.bayesian;

import io.github.sparklatent.inference.BayesianModel;
import io.github.sparklatent.inference.GaussianPosterior;
import io.github.sparklatent.inference.ModelSettings;
import io.github.sparklatent.inference.ParameterSummary;
import io.github.sparklatent.inference.PredictiveDensity;
import io.github.sparklatent.inference.Transforms;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.em.RowBlocks;
import java.io.Serializable;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * A density with the posterior of its parameters.
 *
 * @param name name of the density
 * @param settings numbers that the density is created with
 * @param columns names of the columns
 * @param model the density
 * @param posterior posterior of the unconstrained parameters
 * @param draws parameter vectors drawn from it, S × p. Not to be modified.
 * @param quantities posterior of each quantity of the density
 */
public record FittedDensity(
        String name,
        ModelSettings settings,
        List<String> columns,
        BayesianModel model,
        GaussianPosterior posterior,
        DMatrixRMaj draws,
        List<ParameterSummary> quantities)
        implements Serializable {
    public FittedDensity {
        columns = List.copyOf(columns);
        quantities = List.copyOf(quantities);
        int p = model.parameters().free();
        Require.size("parameters of the posterior", posterior.parameters(), p);
        Require.size("numbers of a draw", draws.numCols, p);
        Require.that(draws.numRows >= 1, "there are no draws, expected at least one");
    }

    /** Returns sentences that explain the names of the quantities. */
    List<String> explanations() {
        return Transforms.explanations(
                quantities.stream().map(ParameterSummary::name).toList());
    }

    /** Returns what tasks need to compute densities. */
    PredictiveDensity.Evaluation predictive() {
        return new PredictiveDensity.Evaluation(model, draws);
    }

    /** Returns the mean log posterior predictive density of rows, in nats per row of weight 1. */
    double meanLogDensity(RowBlocks rows) {
        double[] sums = rows.sums("predictive density", predictive()).sums();
        return sums[PredictiveDensity.Evaluation.LOG_DENSITY] / sums[PredictiveDensity.Evaluation.WEIGHT];
    }
}
