package io.github.sparklatent.ml.network.graph;

import static io.github.sparklatent.onnx.ElementType.DOUBLE;
import static io.github.sparklatent.onnx.ElementType.FLOAT;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.ml.core.OnnxGraph;
import io.github.sparklatent.ml.core.OnnxPart;
import io.github.sparklatent.nn.Logarithm;
import io.github.sparklatent.nn.likelihood.Conditions;
import io.github.sparklatent.onnx.Functions;
import io.github.sparklatent.onnx.Graph;
import io.github.sparklatent.onnx.Value;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.model.PosteriorFamily;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A trained network in an ONNX graph: codes, reconstructions and scores, with the formulas of the package {@code vae}.
 */
public final class ModelGraph {
    /** Name of the input of a decoder's conditions. */
    private static final String CONDITIONS = "conditions";

    private final Kind kind;
    private final Networks networks;
    final float[] parameters;
    private final float[] known;

    private final ScoringOptions options;
    final LayerGraph layers;
    private final Conditions conditions;
    private final int l;
    private final MixtureParameters clusters;

    /** Given cells of rows, n × p doubles. */
    private Value given;

    /** Inputs of the networks for these cells, n × {@link Conditions#inputs} floats. */
    Value read;

    /**
     * Prepares a network.
     *
     * @param options number of draws, and the seed of the default noise
     */
    public ModelGraph(TrainedNetwork network, ScoringOptions options) {
        this.kind = network.kind();
        this.networks = network.architecture().networks(kind);
        this.parameters = network.parameters();
        this.known = network.conditions();
        this.options = options;
        this.layers = new LayerGraph(parameters);
        this.conditions = networks.likelihood().conditions();
        this.l = networks.latent();
        this.clusters = network.clusters();
    }

    /** Returns why a network has no part, as the rest of a sentence about the model; empty if it has. */
    public static Optional<String> noneBecause(Kind kind, OnnxPart part) {
        return part == OnnxPart.ENCODER && !kind.hasEncoder()
                ? Optional.of("is %s, which has no encoder".formatted(kind.withArticle()))
                : Optional.empty();
    }

    /** Adds the columns of a part. */
    public void addTo(OnnxGraph graph) {
        Graph g = graph.operators();
        Value input = g.cast(graph.input(), FLOAT);
        if (!conditions.isEmpty()) {
            Value places =
                    g.list(Arrays.stream(conditions.places()).asLongStream().toArray());
            readConditions(g, graph.part() == OnnxPart.DECODER ? ofCodes(g, input) : g.gather(input, places, 1));
        }
        if (graph.part() == OnnxPart.DECODER) {
            Value row = decoded(g, input, null).means();
            graph.add(ScoreColumn.RECONSTRUCTION, graph.inUnits(row), networks.inputs());
            return;
        }
        boolean isWhole = graph.part() == OnnxPart.WHOLE;
        switch (kind.posterior()) {
            case NONE -> addRealProbability(graph, input, true);
            case DETERMINISTIC -> {
                Value codes = layers.of(g, networks.encoder(), 0, input);
                graph.add(ScoreColumn.LATENT, codes, l);
                if (isWhole) {
                    addClusters(graph, g.cast(codes, DOUBLE));
                    LikelihoodGraph.Found found = decoded(g, codes, g.cast(input, DOUBLE));
                    addReconstruction(graph, input, found.means());
                    graph.add(ScoreColumn.ANOMALY, g.squeeze(g.negative(found.logDensity()), 1));
                }
            }
            case GAUSSIAN, GAUSSIAN_MIXTURE ->
                new PosteriorGraph(this, kind, networks, options, graph, input).addTo(input, isWhole);
        }
        if (isWhole && kind.posterior() != PosteriorFamily.NONE && kind.needsDiscriminator()) {
            addRealProbability(graph, input, false);
        }
    }

    /** Adds the input of the conditions of a decoder, in scaled units; by default they are those of a training row. */
    private Value ofCodes(Graph g, Value codes) {
        int count = conditions.places().length;
        Value one = g.input(CONDITIONS, Arrays.copyOf(known, count), new Object[] {"rows or 1", count}, 1, count);
        return expanded(g, one, codes, count);
    }

    /** Repeats rows so that their first dimensions are those of another tensor. */
    private static Value expanded(Graph g, Value rows, Value like, int columns) {
        return g.op("Expand", rows, LikelihoodGraph.shape(g, like, columns));
    }

    private void readConditions(Graph g, Value cells) {
        given = g.cast(cells, DOUBLE);
        Value missing = g.isNaN(given);
        int count = conditions.places().length;
        List<Integer> all = IntStream.range(0, count).boxed().toList();
        Value numbers =
                LayerGraph.logarithm(g, new Logarithm(count, List.of(), all), g.where(missing, g.scalar(0.0), given));
        read = conditions.mask() ? g.concatenate(1, numbers, g.cast(g.indicator(missing), FLOAT)) : numbers;
    }

    /** Returns p(x|z) of codes, ... × n × l; the densities are of rows x, n × d, or null. */
    LikelihoodGraph.Found decoded(Graph g, Value codes, Value x) {
        Value numbers = g.cast(codes, FLOAT);
        Value inputs = conditions.isEmpty()
                ? numbers
                : g.concatenate(-1, numbers, expanded(g, read, codes, conditions.inputs()));
        Value flat = g.reshape(inputs, -1, networks.decoder().inputs());
        Value outputs = g.cast(layers.of(g, networks.decoder(), networks.decoderOffset(), flat), DOUBLE);
        Value shape = LikelihoodGraph.shape(g, codes, networks.likelihood().outputs());
        return new LikelihoodGraph(parameters, given)
                .of(
                        g,
                        networks.likelihood(),
                        networks.conditional().likelihoodOffset(),
                        g.op("Reshape", outputs, shape),
                        x);
    }

    void addReconstruction(OnnxGraph graph, Value input, Value means) {
        Graph g = graph.operators();
        graph.add(ScoreColumn.RECONSTRUCTION, graph.inUnits(means), networks.inputs());
        Value x = g.cast(input, DOUBLE);
        Value isMissing = g.isNaN(x);
        Value squares = g.where(isMissing, g.scalar(0.0), g.square(g.subtract(x, means)));
        Value observed = g.sum(g.indicator(g.not(isMissing)), 1, false);
        if (!conditions.isEmpty()) {
            observed = g.subtract(observed, g.sum(g.indicator(g.not(g.isNaN(given))), 1, false));
        }
        graph.add(
                ScoreColumn.RECONSTRUCTION_ERROR,
                g.divide(g.sum(squares, 1, false), g.greatest(observed, g.scalar(1.0))));
    }

    private void addRealProbability(OnnxGraph graph, Value input, boolean isScore) {
        Graph g = graph.operators();
        Value logits =
                g.squeeze(g.cast(layers.of(g, networks.auxiliary(), networks.auxiliaryOffset(), input), DOUBLE), 1);
        Value small = g.op("Exp", g.negative(g.op("Abs", logits)));
        Value positive = g.greatest(g.negative(logits), g.scalar(0.0));
        Value score = g.add(positive, Functions.logOnePlus(g, small));
        if (isScore) {
            graph.add(ScoreColumn.ANOMALY, score);
        }
        graph.add(ScoreColumn.REAL_PROBABILITY, g.op("Exp", g.negative(score)));
    }

    static Value logNormalized(Graph g, Value logits) {
        return g.subtract(logits, g.logSumExp(logits));
    }

    void addResponsibilities(OnnxGraph graph, Value shares, int componentCount) {
        Graph g = graph.operators();
        graph.add(ScoreColumn.RESPONSIBILITIES, shares, componentCount);
        graph.add(ScoreColumn.COMPONENT, g.greatestPlace(shares));
    }

    /** Adds p(y|z) of codes, n × l doubles, by the mixture of codes: π_y N(z; m_y, Σ_y), normalised. */
    void addClusters(OnnxGraph graph, Value codes) {
        if (clusters == null) {
            return;
        }
        Graph g = graph.operators();
        int count = clusters.components();
        DMatrixRMaj whitening = new DMatrixRMaj(l, count * l);
        DMatrixRMaj shift = new DMatrixRMaj(1, count * l);
        double[] constants = new double[count];
        for (int y = 0; y < count; y++) {
            Cholesky factor = Cholesky.of(clusters.covariance(y)).orElseThrow();
            DMatrixRMaj own = factor.whitening();
            DMatrixRMaj mean = CommonOps_DDRM.extractRow(clusters.means(), y, null);
            CommonOps_DDRM.insert(own, whitening, 0, y * l);
            CommonOps_DDRM.insert(CommonOps_DDRM.mult(mean, own, null), shift, 0, y * l);
            constants[y] = Math.log(clusters.weight(y)) - 0.5 * factor.logDeterminant();
        }
        Value white = g.subtract(
                g.product(codes, g.constant(whitening.data, l, count * l)), g.constant(shift.data, count * l));
        Value distances = g.sum(g.square(g.reshape(white, -1, count, l)), -1, false);
        Value logs = g.subtract(g.constant(constants, count), g.multiply(g.scalar(0.5), distances));
        addResponsibilities(graph, g.op("Exp", logNormalized(g, logs)), count);
    }
}
