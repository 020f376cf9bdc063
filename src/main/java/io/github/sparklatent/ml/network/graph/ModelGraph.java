package io.github.sparklatent.ml.network.graph;

import static io.github.sparklatent.onnx.ElementType.DOUBLE;
import static io.github.sparklatent.onnx.ElementType.FLOAT;
import static io.github.sparklatent.onnx.ElementType.INT64;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.ml.core.OnnxGraph;
import io.github.sparklatent.ml.core.OnnxPart;
import io.github.sparklatent.nn.Logarithm;
import io.github.sparklatent.nn.SoftBound;
import io.github.sparklatent.nn.likelihood.Conditions;
import io.github.sparklatent.onnx.Functions;
import io.github.sparklatent.onnx.Graph;
import io.github.sparklatent.onnx.Value;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.MixturePrior;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.model.PosteriorFamily;
import io.github.sparklatent.vae.model.PriorFamily;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A trained network in an ONNX graph: codes, reconstructions and scores, with the formulas of the package {@code vae}.
 *
 * <p>The job draws codes of a row with noise that follows from the content of the row. Here the noise is an input with
 * a default value, the same for all rows: {@value #NOISE}, draws × 1 × l numbers, or draws × rows × l for noise of each
 * row.
 */
public final class ModelGraph {
    /** Name of the input. */
    private static final String NOISE = "noise";

    /** Name of the input of a decoder's conditions. */
    private static final String CONDITIONS = "conditions";

    /** Draws of the responsibilities, as in the job. */
    private static final int MIN_DRAWS = 64;

    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private final Kind kind;
    private final Networks networks;
    private final float[] parameters;
    private final float[] known;

    private final ScoringOptions options;
    private final LayerGraph layers;
    private final Conditions conditions;
    private final int l;
    private final int k;
    private final MixtureParameters clusters;

    /** Given cells of rows, n × p doubles. */
    private Value given;

    /** Inputs of the networks for these cells, n × {@link Conditions#inputs} floats. */
    private Value read;

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
        this.k = networks.prior() == null ? 0 : networks.prior().components();
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
            case GAUSSIAN -> new Gaussian(g, input).addTo(graph, input, isWhole);
            case GAUSSIAN_MIXTURE -> new Mixture(g, input).addTo(graph, input, isWhole);
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
        Value outer = g.slice(g.node("Shape").in(like).out(INT64), 0, 0, -1);
        return g.op("Expand", rows, g.concatenate(0, outer, g.list(columns)));
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

    /** Returns codes, ... × l floats, with what the decoder reads of the conditions beside them. */
    private Value beside(Graph g, Value codes, Value inputs) {
        return conditions.isEmpty() ? codes : g.concatenate(-1, codes, expanded(g, inputs, codes, conditions.inputs()));
    }

    /** Returns p(x|z) of codes, n × l; the densities are of rows x, n × d, or null. */
    private LikelihoodGraph.Found decoded(Graph g, Value codes, Value x) {
        return ofInputs(g, beside(g, codes, read), given, x);
    }

    private LikelihoodGraph.Found ofInputs(Graph g, Value inputs, Value cells, Value x) {
        Value outputs = layers.of(g, networks.decoder(), networks.decoderOffset(), inputs);
        return new LikelihoodGraph(parameters, cells)
                .of(g, networks.likelihood(), networks.conditional().likelihoodOffset(), g.cast(outputs, DOUBLE), x);
    }

    /** Returns log p(x|z) of codes, s × n × l floats: s × n × 1. */
    private Value density(Graph g, Value codes, Value x) {
        Value flat = g.reshape(beside(g, codes, read), -1, networks.decoder().inputs());
        Value outputs = layers.of(g, networks.decoder(), networks.decoderOffset(), flat);
        Value shape = g.node("Shape").in(codes).out(INT64);
        Value outer = g.slice(shape, 0, 0, 2);
        Value all = g.op(
                "Reshape",
                g.cast(outputs, DOUBLE),
                g.concatenate(0, outer, g.list(networks.likelihood().outputs())));
        return new LikelihoodGraph(parameters, given)
                .of(g, networks.likelihood(), networks.conditional().likelihoodOffset(), all, x)
                .logDensity();
    }

    private void addReconstruction(OnnxGraph graph, Value input, Value means) {
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

    /** Adds the input of the noise, s × 1 × l doubles. */
    private Value noise(Graph g, int draws) {
        float[] numbers = new float[draws * l];
        RandomGenerator random = RandomStreams.of(options.seed(), Purpose.LATENT_NOISE);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return g.cast(g.input(NOISE, numbers, new Object[] {"draws", "rows or 1", l}, draws, 1, l), DOUBLE);
    }

    /** Returns log π_y + the mean of log N(z; m_y, s_y²) over codes of a mean and a variance, ... × K. */
    private Value components(Graph g, Value mean, Value variance) {
        MixturePrior prior = networks.prior();
        int offset = networks.priorOffset();
        double[] means = new double[k * l];
        double[] precisions = new double[k * l];
        double[] constants = prior.logWeights(parameters, offset).clone();
        for (int y = 0; y < k; y++) {
            for (int j = 0; j < l; j++) {
                double logVariance = prior.logVariance(parameters, offset, y, j);
                means[y * l + j] = parameters[offset + prior.means() + y * l + j];
                precisions[y * l + j] = Math.exp(-logVariance);
                constants[y] -= 0.5 * (LOG_TWO_PI + logVariance);
            }
        }
        Value squares = g.square(g.subtract(g.unsqueeze(mean, -2), g.constant(means, k, l)));
        Value spread = variance == null ? squares : g.add(squares, g.unsqueeze(variance, -2));
        Value distances = g.sum(g.multiply(spread, g.constant(precisions, k, l)), -1, false);
        Value logs = g.constant(constants, k);
        if (!conditions.isEmpty()) {
            logs = g.add(logs, conditional(g, prior));
        }
        return g.subtract(logs, g.multiply(g.scalar(0.5), distances));
    }

    /** Returns log π_y(c) − log π_y, n × 1 × K. */
    private Value conditional(Graph g, MixturePrior prior) {
        int offset = networks.priorOffset();
        double[] logWeights = prior.logWeights(parameters, offset);
        double[] weights = new double[conditions.inputs() * k];
        Arrays.setAll(weights, i -> parameters[offset + prior.conditionWeights() + i]);
        Value moved = g.product(g.cast(read, DOUBLE), g.constant(weights, conditions.inputs(), k));
        Value logs = g.constant(logWeights, k);
        return g.unsqueeze(g.subtract(logNormalized(g, g.add(moved, logs)), logs), 1);
    }

    private Value logNormalized(Graph g, Value logits) {
        return g.subtract(logits, g.logSumExp(logits));
    }

    private void addResponsibilities(OnnxGraph graph, Value shares, int componentCount) {
        Graph g = graph.operators();
        graph.add(ScoreColumn.RESPONSIBILITIES, shares, componentCount);
        graph.add(ScoreColumn.COMPONENT, g.greatestPlace(shares));
    }

    /** Adds p(y|z) of codes, n × l doubles, by the mixture of codes: π_y N(z; m_y, Σ_y), normalised. */
    private void addClusters(OnnxGraph graph, Value codes) {
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

    private void note(OnnxGraph graph) {
        graph.note("The job draws " + options.samples()
                + " codes of each row, with noise that follows from the content of the row. Here the noise is the input "
                + NOISE + ", by default the same for all rows, so "
                + (k > 0 ? "probability and anomalyScore are other estimates" : "anomalyScore is another estimate")
                + " of the same numbers.");
    }

    private static Value bounded(Graph g, Value a) {
        return LikelihoodGraph.bounded(g, SoftBound.LOG_VARIANCE, a);
    }

    /** A posterior that is one Gaussian for each row. */
    private final class Gaussian {
        private final Value mean;
        private final Value logVariance;
        private final Value deviation;

        /** Entries of L, n × l × l; null if the covariance is diagonal. */
        private final Value lower;

        /** Σ of the squares of the entries of L below the diagonal, n × l; null likewise. */
        private final Value below;

        Gaussian(Graph g, Value input) {
            Value heads = g.cast(layers.of(g, networks.encoder(), 0, input), DOUBLE);
            int outputs = networks.encoder().outputs();
            mean = g.slice(heads, 1, 0, l);
            logVariance = bounded(g, g.slice(heads, 1, l, 2L * l));
            deviation = g.op("Exp", g.multiply(g.scalar(0.5), logVariance));
            if (outputs == 2 * l) {
                lower = null;
                below = null;
                return;
            }
            int rest = outputs - 2 * l;
            double[] places = new double[rest * l * l];
            double[] rows = new double[rest * l];
            int at = 0;
            for (int j = 1; j < l; j++) {
                for (int i = 0; i < j; i++) {
                    places[at * l * l + j * l + i] = 1;
                    rows[at * l + j] = 1;
                    at++;
                }
            }
            double[] diagonal = new double[l * l * l];
            for (int j = 0; j < l; j++) {
                diagonal[j * l * l + j * l + j] = 1;
            }
            Value entries = g.slice(heads, 1, 2L * l, outputs);
            Value flat = g.add(
                    g.product(entries, g.constant(places, rest, l * l)),
                    g.product(deviation, g.constant(diagonal, l, l * l)));
            lower = g.reshape(flat, -1, l, l);
            below = g.product(g.square(entries), g.constant(rows, rest, l));
        }

        private Value variance(Graph g) {
            Value variance = g.op("Exp", logVariance);
            return below == null ? variance : g.add(variance, below);
        }

        /** Returns codes, s × n × l doubles. */
        private Value draw(Graph g, Value noise) {
            if (lower == null) {
                return g.add(mean, g.multiply(deviation, noise));
            }
            Value moved = g.product(g.unsqueeze(noise, 2), g.transpose(lower, 0, 2, 1)); // s × n × 1 × l
            return g.add(mean, g.squeeze(moved, 2));
        }

        void addTo(OnnxGraph graph, Value input, boolean isWhole) {
            Graph g = graph.operators();
            graph.add(ScoreColumn.LATENT, mean, l);
            graph.add(ScoreColumn.LATENT_VARIANCE, variance(g), l);
            if (!isWhole) {
                return;
            }
            addClusters(graph, mean);
            addReconstruction(
                    graph, input, decoded(g, g.cast(mean, FLOAT), null).means());
            if (options.binarize() && k == 0) {
                return; // the job draws the cells that it measures
            }
            Value noise = noise(g, k > 0 ? Math.max(MIN_DRAWS, options.samples()) : options.samples());
            note(graph);
            Value codes = draw(g, noise); // s × n × l
            Value some = k > 0 ? g.slice(codes, 0, 0, options.samples()) : codes;
            Value divergence = divergence(graph, codes, some);
            if (!options.binarize()) {
                Value density = density(g, g.cast(some, FLOAT), g.cast(input, DOUBLE));
                Value distortion = g.negative(mean(g, density)); // n × 1
                graph.add(ScoreColumn.ANOMALY, g.squeeze(g.add(distortion, divergence), 1));
            }
        }

        /** Returns the mean over the draws. */
        private static Value mean(Graph g, Value draws) {
            return g.node("ReduceMean")
                    .in(draws)
                    .set("axes", new long[] {0})
                    .set("keepdims", 0)
                    .out(DOUBLE);
        }

        /** Returns the entropy of q(z|x), n × 1. */
        private Value entropy(Graph g) {
            Value terms = g.add(logVariance, g.scalar(1 + LOG_TWO_PI));
            return g.multiply(g.scalar(0.5), g.sum(terms, 1, true));
        }

        /** Returns the divergence from the prior, n × 1, and adds the responsibilities if there are components. */
        private Value divergence(OnnxGraph graph, Value codes, Value some) {
            Graph g = graph.operators();
            if (kind.prior() == PriorFamily.CLASSES) {
                addResponsibilities(graph, mean(g, g.op("Exp", classes(g, codes))), k);
                return g.subtract(mean(g, classCosts(g, some)), entropy(g));
            }
            if (kind.prior() == PriorFamily.GAUSSIAN_MIXTURE) {
                Value shares = mean(g, g.op("Exp", logNormalized(g, components(g, codes, null))));
                addResponsibilities(graph, shares, k);
                Value logShares = g.op("Log", g.where(g.less(g.scalar(0.0), shares), shares, g.scalar(1.0)));
                Value terms = g.multiply(shares, g.subtract(logShares, components(g, mean, variance(g))));
                return g.subtract(g.sum(terms, 1, true), entropy(g));
            }
            Value terms = g.subtract(g.add(g.square(mean), variance(g)), g.add(logVariance, g.scalar(1.0)));
            return g.multiply(g.scalar(0.5), g.sum(terms, 1, true));
        }

        /** Returns log q(y|z) of codes, s × n × K. */
        private Value classes(Graph g, Value codes) {
            Value logits = layers.of(
                    g, networks.auxiliary(), networks.auxiliaryOffset(), g.reshape(g.cast(codes, FLOAT), -1, l));
            Value outer = g.slice(g.node("Shape").in(codes).out(INT64), 0, 0, 2);
            Value shaped = g.op("Reshape", g.cast(logits, DOUBLE), g.concatenate(0, outer, g.list(k)));
            return logNormalized(g, shaped);
        }

        /** Returns Σ_y q_y (log q_y − log p(y) p(z|y)), s × n × 1. */
        private Value classCosts(Graph g, Value codes) {
            Value logShares = classes(g, codes);
            Value costs = g.subtract(logShares, components(g, codes, null));
            return g.sum(g.multiply(g.op("Exp", logShares), costs), -1, true);
        }
    }

    /** A posterior that is a mixture of K Gaussians for each row. */
    private final class Mixture {
        private final Value logWeights; // n × K
        private final Value weights;
        private final Value means; // n × K × l
        private final Value logVariance; // n × l

        Mixture(Graph g, Value input) {
            Value heads = g.cast(layers.of(g, networks.encoder(), 0, input), DOUBLE);
            logWeights = logNormalized(g, g.slice(heads, 1, 0, k));
            weights = g.op("Exp", logWeights);
            means = g.reshape(g.slice(heads, 1, k, (long) k + k * l), -1, k, l);
            logVariance = bounded(g, g.slice(heads, 1, (long) k + k * l, (long) k + (k + 1) * l));
        }

        private Value weighted(Graph g, Value ofComponents) {
            return g.sum(g.multiply(g.unsqueeze(weights, 2), ofComponents), 1, false);
        }

        void addTo(OnnxGraph graph, Value input, boolean isWhole) {
            Graph g = graph.operators();
            Value mean = weighted(g, means);
            Value spread = weighted(g, g.square(g.subtract(means, g.unsqueeze(mean, 1))));
            graph.add(ScoreColumn.LATENT, mean, l);
            graph.add(ScoreColumn.LATENT_VARIANCE, g.add(g.op("Exp", logVariance), spread), l);
            if (!isWhole) {
                return;
            }
            int p = conditions.places().length;
            Value inputs = beside(g, g.cast(means, FLOAT), p == 0 ? null : g.unsqueeze(read, 1)); // n × K × ...

            Value cells = p == 0 ? null : g.reshape(expanded(g, g.unsqueeze(given, 1), means, p), -1, p);
            Value flat = g.reshape(inputs, -1, networks.decoder().inputs());
            Value each = g.reshape(ofInputs(g, flat, cells, null).means(), -1, k, networks.inputs());
            addReconstruction(graph, input, weighted(g, each));
            Value noise = noise(g, options.samples());
            note(graph);
            Value deviation = g.op("Exp", g.multiply(g.scalar(0.5), logVariance));
            Value moved = g.unsqueeze(g.multiply(deviation, noise), 2); // s × n × 1 × l
            Value codes = g.add(g.unsqueeze(means, 0), moved); // s × n × K × l
            Value prior = components(g, codes, null); // s × n × K × K
            Value shares = Gaussian.mean(g, g.op("Exp", logNormalized(g, prior))); // n × K × K
            addResponsibilities(graph, weighted(g, shares), k);
            if (options.binarize()) {
                return;
            }
            Value scaled =
                    g.divide(g.subtract(g.unsqueeze(codes, 3), g.unsqueeze(means, 1)), g.unsqueeze(deviation, 1, 2));
            Value logNormal = g.multiply(
                    g.scalar(-0.5),
                    g.add(
                            g.sum(g.square(scaled), -1, false),
                            g.unsqueeze(g.sum(g.add(logVariance, g.scalar(LOG_TWO_PI)), 1, true), 1)));
            Value logPosterior = g.logSumExp(g.add(logNormal, g.unsqueeze(logWeights, 1))); // s × n × K × 1
            Value ratio = g.subtract(logPosterior, g.logSumExp(prior));
            Value perRow = g.transpose(codes, 0, 2, 1, 3); // s × K × n × l
            Value rows = g.node("Shape").in(perRow).out(INT64);
            Value joined = g.op(
                    "Reshape",
                    g.cast(perRow, FLOAT),
                    g.concatenate(0, g.list(-1), g.slice(rows, 0, 2, 4))); // (s K) × n × l
            Value density = density(g, joined, g.cast(input, DOUBLE)); // (s K) × n × 1
            Value byDraw = g.transpose(
                    g.op("Reshape", density, g.concatenate(0, g.slice(rows, 0, 0, 3), g.list(1))),
                    0,
                    2,
                    1,
                    3); // s × n × K × 1
            Value cost = Gaussian.mean(g, g.subtract(ratio, byDraw)); // n × K × 1
            graph.add(ScoreColumn.ANOMALY, g.squeeze(weighted(g, cost), 1));
        }
    }
}
