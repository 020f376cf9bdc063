package io.github.sparklatent.ml.linear;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.gmm.model.FactoredGraph;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.ml.core.OnnxGraph;
import io.github.sparklatent.ml.core.OnnxPatterns;
import io.github.sparklatent.onnx.Graph;
import io.github.sparklatent.onnx.Value;
import java.util.Arrays;
import java.util.List;

/**
 * The columns of a linear Gaussian model in an ONNX graph.
 *
 * @param mixture the model as a mixture of one component
 */
record LinearOnnx(LinearGaussian model, MixtureParameters mixture) {
    void addTo(OnnxGraph graph) {
        Graph g = graph.operators();
        List<Value> found = OnnxPatterns.add(g, graph.doubles(), model.dimension(), this::formula);
        Value rows = graph.doubles();
        Value reconstruction = found.get(4);
        graph.add(ScoreColumn.LOG_DENSITY, g.squeeze(found.get(1), 1));
        graph.add(ScoreColumn.LATENT, found.get(2), model.latent());
        graph.add(ScoreColumn.LATENT_VARIANCE, found.get(3), model.latent());
        graph.add(ScoreColumn.RECONSTRUCTION, graph.inUnits(reconstruction), model.dimension());
        Value isMissing = g.isNaN(rows);
        Value squares = g.where(isMissing, g.scalar(0.0), g.square(g.subtract(rows, reconstruction)));
        Value observed = g.sum(g.indicator(g.not(isMissing)), 1, false);
        graph.add(
                ScoreColumn.RECONSTRUCTION_ERROR,
                g.divide(g.sum(squares, 1, false), g.greatest(observed, g.scalar(1.0))));
        graph.add(ScoreColumn.IMPUTED, graph.inUnits(g.where(isMissing, reconstruction, rows)), model.dimension());
        graph.add(ScoreColumn.ANOMALY, g.squeeze(found.get(0), 1));
    }

    private List<Value> formula(Graph g, Value rows, Value observed) {
        double[] ones = new double[model.dimension()];
        Arrays.fill(ones, 1);
        Value seen = observed == null ? g.constant(ones, ones.length) : observed;
        FactoredGraph found = FactoredGraph.of(g, mixture, rows, seen);
        Value score = g.multiply(g.scalar(0.5), g.transpose(found.terms(), 1, 0));
        Value same = g.multiply(score, g.scalar(0.0));
        return List.of(
                score,
                g.negative(score),
                g.squeeze(found.codes(), 0),
                g.add(found.variances(), same),
                g.squeeze(found.reconstructions(), 0));
    }
}
