package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.gmm.model.GaussianGraph;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedSampler;
import io.github.sparklatent.mixture.MixtureGraph;
import io.github.sparklatent.ml.core.OnnxGraph;
import io.github.sparklatent.ml.core.OnnxPart;
import io.github.sparklatent.ml.core.OnnxPatterns;
import io.github.sparklatent.onnx.ElementType;
import io.github.sparklatent.onnx.Graph;
import io.github.sparklatent.onnx.Value;
import java.util.List;
import java.util.Optional;

/** The columns of a mixture in an ONNX graph: log density, responsibilities, component and anomaly score. */
public final class MixtureOnnx {
    private MixtureOnnx() {}

    /** Returns why a mixture has no part, as the rest of a sentence about the model; empty if it has. */
    public static Optional<String> noneBecause(OnnxPart part) {
        return part == OnnxPart.WHOLE
                ? Optional.empty()
                : Optional.of("is a mixture, which has no " + part + "; expected the part " + OnnxPart.WHOLE);
    }

    /**
     * Adds the columns of a mixture whose incomplete rows are compared by drawn rows.
     *
     * @param isCompared false if a missing cell is evidence, which needs no comparison
     */
    public static void addTo(OnnxGraph graph, MixedMixture mixture, boolean isCompared) {
        MixtureGraph densities = new MixtureGraph(mixture);
        MixedSampler sampler = isCompared ? new MixedSampler(mixture, 1).complete() : null;
        OnnxPatterns.Formula formula = (g, rows, observed) -> {
            Value joint = densities.joint(g, rows, observed);
            return List.of(g.negative(g.logSumExp(joint)), joint);
        };
        List<Value> found = OnnxPatterns.add(
                graph.operators(),
                graph.doubles(),
                mixture.columns().size(),
                formula,
                sampler == null ? null : index -> sampler.row(index, sampler.component(index)));
        addTo(graph, found, mixture.components());
    }

    /** Adds the columns of a Gaussian mixture of one component, whose incomplete rows are compared by a formula. */
    static void addTo(OnnxGraph graph, MixtureParameters mixture) {
        GaussianGraph densities = new GaussianGraph(mixture);
        OnnxPatterns.Formula formula = (g, rows, observed) -> {
            Value joint = densities.joint(g, rows, observed);
            Value ranked = observed == null ? joint : densities.ranked(g, joint, observed);
            return List.of(g.negative(ranked), joint);
        };
        List<Value> found = OnnxPatterns.add(graph.operators(), graph.doubles(), mixture.dimension(), formula, null);
        addTo(graph, found, 1);
    }

    /**
     * Adds the columns of all mixtures.
     *
     * @param found anomaly scores, n × 1, and log joint densities, n × k
     */
    private static void addTo(OnnxGraph graph, List<Value> found, int components) {
        Graph g = graph.operators();
        Value joint = found.get(1);
        Value logDensity = g.logSumExp(joint);
        Value responsibilities = g.op("Exp", g.subtract(joint, logDensity));
        graph.add(ScoreColumn.RESPONSIBILITIES, responsibilities, components);
        graph.add(ScoreColumn.COMPONENT, g.cast(g.greatestPlace(responsibilities), ElementType.INT64));
        graph.add(ScoreColumn.LOG_DENSITY, g.squeeze(logDensity, 1));
        graph.add(ScoreColumn.ANOMALY, g.squeeze(found.get(0), 1));
    }
}
