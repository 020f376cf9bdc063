package io.github.sparklatent.ml.network.graph;

import static io.github.sparklatent.onnx.ElementType.DOUBLE;
import static io.github.sparklatent.onnx.ElementType.FLOAT;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.ml.core.OnnxGraph;
import io.github.sparklatent.nn.SoftBound;
import io.github.sparklatent.onnx.Graph;
import io.github.sparklatent.onnx.Value;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.MixturePrior;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.model.PosteriorFamily;
import io.github.sparklatent.vae.model.PriorFamily;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The posterior of rows in an ONNX graph, and the scores that follow from draws of it. The posterior of a row is C
 * Gaussians of the same covariance with weights α; C is K if it is a mixture, else 1.
 *
 * <p>The job draws codes of a row with noise that follows from the content of the row. Here the noise is an input with
 * a default value, the same for all rows: {@value #NOISE}, draws × 1 × l numbers, or draws × rows × l for noise of each
 * row.
 */
final class PosteriorGraph {
    /** Name of the input. */
    private static final String NOISE = "noise";

    /** Draws of the responsibilities, as in the job. */
    private static final int MIN_DRAWS = 64;

    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private final ModelGraph model;
    private final Kind kind;
    private final Networks networks;
    private final ScoringOptions options;
    private final OnnxGraph graph;
    private final Graph g;
    private final int l;
    private final int k;
    private final boolean mixed;

    /** log α, n × C; null if there is one component. */
    private final Value logWeights;

    /** α, C × n × 1, or the number 1. */
    private final Value weights;

    /** Means of the components of each row, n × C × l. */
    private final Value ofRows;

    /** Means as {@link #ofRows}, C × n × l. */
    private final Value means;

    private final Value mean; // n × l
    private final Value logVariance; // n × l
    private final Value deviation;

    /** The diagonal of the covariance, n × l. */
    private final Value variance;

    /** Entries of L, n × l × l; null if the covariance is diagonal. */
    private final Value lower;

    PosteriorGraph(
            ModelGraph model, Kind kind, Networks networks, ScoringOptions options, OnnxGraph graph, Value input) {
        this.model = model;
        this.kind = kind;
        this.networks = networks;
        this.options = options;
        this.graph = graph;
        this.g = graph.operators();
        this.l = networks.latent();
        this.k = networks.prior() == null ? 0 : networks.prior().components();
        this.mixed = kind.posterior() == PosteriorFamily.GAUSSIAN_MIXTURE;
        Value heads = g.cast(model.layers.of(g, networks.encoder(), 0, input), DOUBLE);
        int c = mixed ? k : 1;
        int first = mixed ? k : 0;
        int variances = first + c * l;
        int entries = variances + l;
        logWeights = mixed ? ModelGraph.logNormalized(g, g.slice(heads, 1, 0, k)) : null;
        weights = mixed ? g.unsqueeze(g.transpose(g.op("Exp", logWeights), 1, 0), 2) : g.scalar(1.0);
        ofRows = g.reshape(g.slice(heads, 1, first, variances), -1, c, l);
        means = g.transpose(ofRows, 1, 0, 2);
        mean = weighted(means);
        logVariance = LikelihoodGraph.bounded(g, SoftBound.LOG_VARIANCE, g.slice(heads, 1, variances, entries));
        deviation = g.op("Exp", g.multiply(g.scalar(0.5), logVariance));
        int rest = networks.encoder().outputs() - entries;
        if (rest == 0) {
            variance = g.op("Exp", logVariance);
            lower = null;
            return;
        }
        double[] places = new double[rest * l * l];
        double[] rows = new double[rest * l];
        double[] diagonal = new double[l * l * l];
        int at = 0;
        for (int j = 0; j < l; j++) {
            diagonal[j * l * l + j * l + j] = 1;
            for (int i = 0; i < j; i++) {
                places[at * l * l + j * l + i] = 1;
                rows[at * l + j] = 1;
                at++;
            }
        }
        Value below = g.slice(heads, 1, entries, (long) entries + rest);
        Value flat = g.add(
                g.product(below, g.constant(places, rest, l * l)),
                g.product(deviation, g.constant(diagonal, l, l * l)));
        lower = g.reshape(flat, -1, l, l);
        variance = g.add(g.op("Exp", logVariance), g.product(g.square(below), g.constant(rows, rest, l)));
    }

    /** Adds the codes, and scores if {@code isWhole}. */
    void addTo(Value input, boolean isWhole) {
        Value spread = weighted(g.square(g.subtract(means, mean)));
        graph.add(ScoreColumn.LATENT, mean, l);
        graph.add(ScoreColumn.LATENT_VARIANCE, g.add(variance, spread), l);
        if (!isWhole) {
            return;
        }
        model.addClusters(graph, mean);
        model.addReconstruction(
                graph, input, weighted(model.decoded(g, means, null).means()));
        if (options.binarize() && k == 0) {
            return; // the job draws the cells that it measures
        }
        boolean drawsShares = k > 0 && !mixed;
        Value codes = draw(noise(drawsShares ? Math.max(MIN_DRAWS, options.samples()) : options.samples()));
        Value some = drawsShares ? g.slice(codes, 0, 0, options.samples()) : codes;
        Value shares = null;
        if (k > 0) {
            shares = mean(g.op("Exp", logShares(codes)));
            model.addResponsibilities(graph, shares, k);
        }
        if (!options.binarize()) {
            Value density = mean(model.decoded(g, some, g.cast(input, DOUBLE)).logDensity());
            graph.add(ScoreColumn.ANOMALY, g.squeeze(g.subtract(divergence(some, shares), density), 1));
        }
    }

    /** Returns the mean over the components of C × n × ... values. */
    private Value weighted(Value ofComponents) {
        return g.sum(g.multiply(weights, ofComponents), 0, false);
    }

    /** Returns the mean over draws, s × C × n × ..., and over the components. */
    private Value mean(Value draws) {
        Value ofComponents = g.node("ReduceMean")
                .in(draws)
                .set("axes", new long[] {0})
                .set("keepdims", 0)
                .out(DOUBLE);
        return weighted(ofComponents);
    }

    /** Adds the input of the noise, s × 1 × l doubles. */
    private Value noise(int draws) {
        float[] numbers = new float[draws * l];
        RandomGenerator random = RandomStreams.of(options.seed(), Purpose.LATENT_NOISE);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        graph.note("The job draws " + options.samples()
                + " codes of each row, with noise that follows from the content of the row. Here the noise is the input "
                + NOISE + ", by default the same for all rows, so "
                + (k > 0 ? "probability and anomalyScore are other estimates" : "anomalyScore is another estimate")
                + " of the same numbers.");
        return g.cast(g.input(NOISE, numbers, new Object[] {"draws", "rows or 1", l}, draws, 1, l), DOUBLE);
    }

    /** Returns codes, s × C × n × l doubles. */
    private Value draw(Value noise) {
        Value each = g.unsqueeze(noise, 1);
        return g.add(
                means,
                lower == null
                        ? g.multiply(deviation, each)
                        : g.squeeze(g.product(g.unsqueeze(each, 3), g.transpose(lower, 0, 2, 1)), 3));
    }

    /** Returns log p(y|z), or log q(y|z) by a classifier, of codes: ... × n × K. */
    private Value logShares(Value codes) {
        if (kind.prior() != PriorFamily.CLASSES) {
            return ModelGraph.logNormalized(g, components(codes, null));
        }
        Value logits = model.layers.of(
                g, networks.auxiliary(), networks.auxiliaryOffset(), g.reshape(g.cast(codes, FLOAT), -1, l));
        Value shape = LikelihoodGraph.shape(g, codes, k);
        return ModelGraph.logNormalized(g, g.op("Reshape", g.cast(logits, DOUBLE), shape));
    }

    /** Returns log π_y + the mean of log N(z; m_y, s_y²) over codes of a mean and a variance, ... × n × K. */
    private Value components(Value ofCodes, Value variances) {
        MixturePrior prior = networks.prior();
        int offset = networks.priorOffset();
        double[] centres = new double[k * l];
        double[] precisions = new double[k * l];
        double[] constants = prior.logWeights(model.parameters, offset).clone();
        for (int y = 0; y < k; y++) {
            for (int j = 0; j < l; j++) {
                double logVariances = prior.logVariance(model.parameters, offset, y, j);
                centres[y * l + j] = model.parameters[offset + prior.means() + y * l + j];
                precisions[y * l + j] = Math.exp(-logVariances);
                constants[y] -= 0.5 * (LOG_TWO_PI + logVariances);
            }
        }
        Value squares = g.square(g.subtract(g.unsqueeze(ofCodes, -2), g.constant(centres, k, l)));
        Value spread = variances == null ? squares : g.add(squares, g.unsqueeze(variances, -2));
        Value distances = g.sum(g.multiply(spread, g.constant(precisions, k, l)), -1, false);
        Value logs = g.constant(constants, k);
        if (model.read != null) {
            logs = g.add(logs, conditional(prior, offset));
        }
        return g.subtract(logs, g.multiply(g.scalar(0.5), distances));
    }

    /** Returns log π_y(c) − log π_y, n × K. */
    private Value conditional(MixturePrior prior, int offset) {
        int inputs = networks.likelihood().conditions().inputs();
        double[] numbers = new double[inputs * k];
        Arrays.setAll(numbers, i -> model.parameters[offset + prior.conditionWeights() + i]);
        Value moved = g.product(g.cast(model.read, DOUBLE), g.constant(numbers, inputs, k));
        Value logs = g.constant(prior.logWeights(model.parameters, offset), k);
        return g.subtract(ModelGraph.logNormalized(g, g.add(moved, logs)), logs);
    }

    /** Returns the divergence from the prior, n × 1. {@code shares}: q(y|x), n × K; null without components. */
    private Value divergence(Value codes, Value shares) {
        if (mixed) {
            return mean(g.subtract(logDensity(codes), g.logSumExp(components(codes, null))));
        }
        // The entropy of q(z|x), n × 1.
        Value entropy = g.multiply(g.scalar(0.5), g.sum(g.add(logVariance, g.scalar(1 + LOG_TWO_PI)), 1, true));
        if (kind.prior() == PriorFamily.CLASSES) { // Σ_y q_y (log q_y − log p(y) p(z|y)) of each code
            Value logShares = logShares(codes);
            Value costs = g.subtract(logShares, components(codes, null));
            return g.subtract(mean(g.sum(g.multiply(g.op("Exp", logShares), costs), -1, true)), entropy);
        }
        if (kind.prior() == PriorFamily.GAUSSIAN_MIXTURE) {
            Value logShares = g.op("Log", g.where(g.less(g.scalar(0.0), shares), shares, g.scalar(1.0)));
            Value terms = g.multiply(shares, g.subtract(logShares, components(mean, variance)));
            return g.subtract(g.sum(terms, 1, true), entropy);
        }
        Value terms = g.subtract(g.add(g.square(mean), variance), g.add(logVariance, g.scalar(1.0)));
        return g.multiply(g.scalar(0.5), g.sum(terms, 1, true));
    }

    /** Returns log q(z|x) of codes, s × C × n × 1. */
    private Value logDensity(Value codes) {
        Value scaled = g.divide(g.subtract(g.unsqueeze(codes, 3), ofRows), g.unsqueeze(deviation, 1));
        Value logDeterminant = g.sum(g.add(logVariance, g.scalar(LOG_TWO_PI)), 1, true);
        Value logNormal = g.multiply(g.scalar(-0.5), g.add(g.sum(g.square(scaled), -1, false), logDeterminant));
        return g.logSumExp(g.add(logNormal, logWeights));
    }
}
