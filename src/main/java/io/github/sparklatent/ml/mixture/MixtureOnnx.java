package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.gmm.model.GaussianGraph;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.mixture.MixedMixture;
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

    /** Adds the columns of a mixture. */
    public static void addTo(OnnxGraph graph, MixedMixture mixture) {
        MixtureGraph densities = new MixtureGraph(mixture);
        addTo(graph, mixture.columns().size(), densities::joint, mixture.components());
    }

    /** Adds the columns of a Gaussian mixture. */
    static void addTo(OnnxGraph graph, MixtureParameters mixture) {
        GaussianGraph densities = new GaussianGraph(mixture);
        addTo(graph, mixture.dimension(), densities::joint, mixture.components());
    }

    /** Log joint densities of rows, n × k. */
    private interface Joint {
        Value of(Graph g, Value rows, Value observed);
    }

    private static void addTo(OnnxGraph graph, int d, Joint densities, int components) {
        Graph g = graph.operators();
        Value joint = OnnxPatterns.add(
                        g, graph.doubles(), d, (body, rows, observed) -> List.of(densities.of(body, rows, observed)))
                .get(0);
        Value logDensity = g.logSumExp(joint);
        Value responsibilities = g.op("Exp", g.subtract(joint, logDensity));
        graph.add(ScoreColumn.RESPONSIBILITIES, responsibilities, components);
        graph.add(ScoreColumn.COMPONENT, g.cast(g.greatestPlace(responsibilities), ElementType.INT64));
        graph.add(ScoreColumn.LOG_DENSITY, g.squeeze(logDensity, 1));
        graph.add(ScoreColumn.ANOMALY, g.squeeze(g.negative(logDensity), 1));
    }
}
