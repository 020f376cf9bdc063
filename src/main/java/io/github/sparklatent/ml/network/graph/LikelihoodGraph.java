package io.github.sparklatent.ml.network.graph;

import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.nn.SoftBound;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Categorical;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Conditions;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.IndependentColumns;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.nn.likelihood.OutputGaussian;
import io.github.sparklatent.nn.likelihood.Poisson;
import io.github.sparklatent.onnx.ElementType;
import io.github.sparklatent.onnx.Functions;
import io.github.sparklatent.onnx.Graph;
import io.github.sparklatent.onnx.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.math3.special.Gamma;

/**
 * Distributions of rows given the outputs of a decoder as operators, with the formulas of the classes of
 * {@code nn.likelihood}. All numbers are doubles; the last dimension of a tensor is that of the outputs or of the
 * columns, and there may be several before it.
 *
 * @param parameters parameters of all networks of a model. Not modified.
 * @param given cells of rows that are given, n × p; null if there are none
 */
record LikelihoodGraph(float[] parameters, Value given) {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    /** Means of columns, and log densities of rows; the second is null unless rows are given. */
    record Found(Value means, Value logDensity) {}

    /**
     * Adds a likelihood.
     *
     * @param offset index of the first of its own parameters
     * @param outputs ... × outputs
     * @param x n × columns, NaN where a cell is missing; null: no densities are wanted
     * @return means ... × columns, log densities ... × 1
     */
    Found of(Graph g, Likelihood likelihood, int offset, Value outputs, Value x) {
        if (likelihood instanceof Composite composite) {
            return composite(g, composite, offset, outputs, x);
        }
        if (likelihood instanceof Gaussian gaussian) {
            double variance =
                    gaussian.learnt() ? Gaussian.MIN_VARIANCE + Math.exp(parameters[offset]) : gaussian.variance();
            return cells(g, outputs, x, () -> normal(g, outputs, x, g.scalar(variance)));
        }
        if (likelihood instanceof OutputGaussian gaussian) {
            Value means = part(g, outputs, 0, gaussian.width());
            Value variances = g.add(
                    softplus(g, part(g, outputs, gaussian.width(), gaussian.width())), g.scalar(gaussian.lowerBound()));
            return cells(g, means, x, () -> normal(g, means, x, variances));
        }
        if (likelihood instanceof Bernoulli) {
            return cells(
                    g, g.op("Sigmoid", outputs), x, () -> g.subtract(g.multiply(x, outputs), softplus(g, outputs)));
        }
        if (likelihood instanceof Poisson) {
            Value logRates = bounded(g, SoftBound.LOG_RATE, outputs);
            return cells(g, g.op("Exp", logRates), x, () -> poisson(g, logRates, x));
        }
        if (likelihood instanceof Categorical categorical) {
            return categorical(g, categorical, outputs, x);
        }
        if (likelihood instanceof IndependentColumns columns) {
            return columns(g, columns, offset, outputs, x);
        }
        throw new IllegalArgumentException(
                "no graph of a likelihood " + likelihood.getClass().getSimpleName());
    }

    /** Returns the shape of a tensor with another last dimension. */
    static Value shape(Graph g, Value like, int last) {
        Value outer = g.slice(g.node("Shape").in(like).out(ElementType.INT64), 0, 0, -1);
        return g.concatenate(0, outer, g.list(last));
    }

    private static Value part(Graph g, Value all, int from, int length) {
        return g.slice(all, -1, from, (long) from + length);
    }

    private Found composite(Graph g, Composite composite, int offset, Value outputs, Value x) {
        int output = 0;
        int parameter = offset;
        long[] places = new long[composite.width()];
        int place = 0;
        List<Value> means = new ArrayList<>();
        Value sum = null;
        for (Composite.Group group : composite.groups()) {
            Likelihood own = group.likelihood();
            long[] columns = group.columns().stream().mapToLong(j -> j).toArray();
            for (long column : columns) {
                places[(int) column] = place++;
            }
            if (own instanceof Conditions.Given) {
                means.add(g.op("Expand", given, shape(g, outputs, columns.length)));
                continue;
            }
            Found found = of(
                    g,
                    own,
                    parameter,
                    part(g, outputs, output, own.outputs()),
                    x == null ? null : g.gather(x, g.list(columns), -1));
            means.add(found.means());
            sum = x == null ? null : sum == null ? found.logDensity() : g.add(sum, found.logDensity());
            output += own.outputs();
            parameter += Parameter.length(own.parameters());
        }
        Value all = means.size() == 1 ? means.get(0) : g.concatenate(-1, means.toArray(Value[]::new));
        return new Found(g.gather(all, g.list(places), -1), sum);
    }

    /** Sums the log densities of the observed cells. */
    private static Found cells(Graph g, Value means, Value x, Supplier<Value> densities) {
        if (x == null) {
            return new Found(means, null);
        }
        return new Found(means, g.sum(g.where(g.isNaN(x), g.scalar(0.0), densities.get()), -1, true));
    }

    private static Value softplus(Graph g, Value a) {
        Value positive = g.where(g.less(a, g.scalar(0.0)), g.scalar(0.0), a);
        return g.add(positive, Functions.logOnePlus(g, g.op("Exp", g.negative(g.op("Abs", a)))));
    }

    static Value bounded(Graph g, SoftBound bound, Value a) {
        Value knee = g.scalar((double) bound.knee());
        Value rest = g.scalar((double) bound.rest());
        Value beyond = g.subtract(g.op("Abs", a), knee);
        Value bent = g.multiply(g.op("Sign", a), g.add(knee, g.multiply(rest, g.op("Tanh", g.divide(beyond, rest)))));
        return g.where(g.less(g.scalar(0.0), beyond), bent, a);
    }

    /** Adds −½ (t(e) + log 2πv) of each cell. */
    private static Value normal(Graph g, Value means, Value x, Value variances) {
        Value error = g.divide(g.square(g.subtract(x, means)), variances);
        return g.multiply(g.scalar(-0.5), g.add(g.add(tailed(g, error), g.scalar(LOG_TWO_PI)), g.op("Log", variances)));
    }

    private static Value tailed(Graph g, Value error) {
        Value knee = g.scalar((double) Gaussian.TAIL);
        Value isFar = g.less(knee, error);
        Value ratio = g.where(isFar, g.divide(error, knee), g.scalar(1.0));
        return g.where(isFar, g.multiply(knee, g.add(g.scalar(1.0), g.op("Log", ratio))), error);
    }

    private static Value poisson(Graph g, Value logRates, Value x) {
        return g.subtract(
                g.subtract(g.multiply(x, logRates), g.op("Exp", logRates)),
                Functions.logGamma(g, g.add(x, g.scalar(1.0))));
    }

    private static Found categorical(Graph g, Categorical likelihood, Value outputs, Value x) {
        Value all = outputs;
        if (likelihood.hasReference()) {
            Value reference = g.multiply(part(g, outputs, 0, 1), g.scalar(0.0));
            all = g.concatenate(-1, outputs, reference);
        }
        Value normalizer = g.logSumExp(all);
        Value means = g.op("Exp", g.subtract(outputs, normalizer));
        if (x == null) {
            return new Found(means, null);
        }
        Value isMissing = g.isNaN(g.sum(x, -1, true)); // if any of the columns is
        Value chosen = g.sum(g.multiply(g.where(g.isNaN(x), g.scalar(0.0), x), outputs), -1, true);
        return new Found(means, g.where(isMissing, g.scalar(0.0), g.subtract(chosen, normalizer)));
    }

    private Found columns(Graph g, IndependentColumns likelihood, int offset, Value outputs, Value x) {
        return switch (likelihood.family()) {
            case STUDENT_T -> cells(g, outputs, x, () -> student(g, likelihood.width(), offset, outputs, x));
            case NEGATIVE_BINOMIAL -> {
                Value logMeans = bounded(g, SoftBound.LOG_RATE, outputs);
                Value means = g.op("Exp", logMeans);
                yield cells(g, means, x, () -> negativeBinomial(g, likelihood.width(), offset, logMeans, means, x));
            }
        };
    }

    private Value student(Graph g, int width, int offset, Value means, Value x) {
        double[] constants = new double[width];
        double[] scales = new double[width];
        double[] powers = new double[width];
        for (int j = 0; j < width; j++) {
            double variance = Gaussian.MIN_VARIANCE + Math.exp(SoftBound.LOG_VARIANCE.bounded(parameters[offset + j]));
            double degrees = 1 + Math.exp(SoftBound.LOG_DEGREES.bounded(parameters[offset + width + j]));
            constants[j] = Gamma.logGamma(0.5 * (degrees + 1))
                    - Gamma.logGamma(0.5 * degrees)
                    - 0.5 * Math.log(Math.PI * degrees * variance);
            scales[j] = degrees * variance;
            powers[j] = -0.5 * (degrees + 1);
        }
        Value ratio = g.divide(g.square(g.subtract(x, means)), g.constant(scales, width));
        return g.add(
                g.constant(constants, width), g.multiply(g.constant(powers, width), Functions.logOnePlus(g, ratio)));
    }

    /** Returns log densities, and minus infinity for negative numbers; a job refuses these. */
    private Value negativeBinomial(Graph g, int width, int offset, Value logMeans, Value means, Value x) {
        double[] shapes = new double[width];
        double[] logGammas = new double[width];
        for (int j = 0; j < width; j++) {
            shapes[j] = Math.exp(SoftBound.LOG_SHAPE.bounded(parameters[offset + j]));
            logGammas[j] = Gamma.logGamma(shapes[j]);
        }
        Value shape = g.constant(shapes, width);
        Value rising = g.subtract(Functions.logGamma(g, g.add(x, shape)), g.constant(logGammas, width));
        Value factorial = Functions.logGamma(g, g.add(x, g.scalar(1.0)));
        Value zeros = g.multiply(shape, Functions.logOnePlus(g, g.divide(means, shape)));
        Value powers = g.multiply(x, g.subtract(logMeans, g.op("Log", g.add(shape, means))));
        Value densities = g.add(g.subtract(g.subtract(rising, factorial), zeros), powers);
        return g.where(g.less(x, g.scalar(0.0)), g.scalar(Double.NEGATIVE_INFINITY), densities);
    }
}
