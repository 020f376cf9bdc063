package io.github.sparklatent.twin.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.twin.GradientCheck;
import io.github.sparklatent.twin.learn.objective.StochasticObjective;
import io.github.sparklatent.twin.nn.Activation;
import io.github.sparklatent.twin.nn.Initialization;
import io.github.sparklatent.twin.nn.LayerSpec;
import io.github.sparklatent.twin.nn.likelihood.Bernoulli;
import io.github.sparklatent.twin.nn.likelihood.Composite;
import io.github.sparklatent.twin.nn.likelihood.Conditions;
import io.github.sparklatent.twin.nn.likelihood.Likelihood;
import io.github.sparklatent.twin.vae.model.Architecture;
import io.github.sparklatent.twin.vae.model.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/** Networks and rows small enough that every parameter is moved. */
public final class Small {
    public static final int WIDTH = 5;
    public static final int LATENT = 2;
    public static final double[] WEIGHTS = {1, 2, 0.5, 1};

    /** Half way through a warm-up of four passes. */
    static final StochasticObjective.Position POSITION = new StochasticObjective.Position(77, 2, 0);

    private Small() {}

    /** 5-4-2-3-5, smooth everywhere. */
    public static Architecture architecture(Likelihood likelihood) {
        return new Architecture(
                WIDTH,
                null,
                LATENT,
                List.of(new LayerSpec.Width(4)),
                List.of(new LayerSpec.Width(3)),
                Activation.TANH,
                likelihood,
                Initialization.HE_UNIFORM);
    }

    /** A likelihood of three columns, and two that are given. */
    public static Likelihood given(boolean mask) {
        return new Composite(List.of(
                Composite.Group.from(0, new Bernoulli(WIDTH - 2)),
                Composite.Group.from(WIDTH - 2, new Conditions.Given(2, mask))));
    }

    /** Four rows of values in (0, 1). */
    public static DMatrixRMaj rows() {
        return rows(WEIGHTS.length);
    }

    /** Rows of values in (0, 1); the first four are those of {@link #rows()}. */
    static DMatrixRMaj rows(int count) {
        RandomGenerator random = RandomStreams.of(11, Purpose.NOISE);
        DMatrixRMaj rows = new DMatrixRMaj(count, WIDTH);
        for (int i = 0; i < rows.getNumElements(); i++) {
            rows.data[i] = random.nextDouble();
        }
        return rows;
    }

    /** Makes each fourth cell missing, and the whole last row. */
    static void removeCells(DMatrixRMaj rows) {
        for (int at = 1; at < rows.getNumElements(); at += 4) {
            rows.data[at] = Double.NaN;
        }
        int end = rows.getNumElements();
        Arrays.fill(rows.data, end - rows.numCols, end, Double.NaN);
    }

    /** The weights again and again, for so many rows. */
    static double[] weights(int count) {
        double[] weights = new double[count];
        Arrays.setAll(weights, i -> WEIGHTS[i % WEIGHTS.length]);
        return weights;
    }

    /** The columns again and again, for so many rows. */
    static DMatrixRMaj columns(double[][] columns, int count) {
        DMatrixRMaj repeated = new DMatrixRMaj(columns.length, count);
        for (int k = 0; k < columns.length; k++) {
            for (int i = 0; i < count; i++) {
                repeated.set(k, i, columns[k][i % columns[k].length]);
            }
        }
        return repeated;
    }

    /** Returns what a worker of variational deep embedding measured its last batch by. */
    static MixtureTerm divergence(StochasticObjective.Worker worker) {
        return (MixtureTerm) term(worker);
    }

    /** Returns the classes of the codes that a worker decoded last. */
    static ClassTerm classes(StochasticObjective.Worker worker) {
        return (ClassTerm) term(worker);
    }

    private static PriorTerm term(StochasticObjective.Worker worker) {
        return ((BoundStep) ((NetworkObjective.StepWorker) worker).step()).term;
    }

    /** All parameters off 0, the biases too. */
    public static double[] parameters(Architecture architecture, Kind kind) {
        return parameters(architecture, kind, 0.2);
    }

    /** Parameters as they start, moved by normal numbers of a deviation. */
    static double[] parameters(Architecture architecture, Kind kind, double deviation) {
        double[] parameters = architecture.initialize(kind, 3);
        RandomGenerator random = RandomStreams.of(12, Purpose.NOISE);
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] += deviation * random.nextGaussian();
        }
        return parameters;
    }

    /**
     * Checks the derivatives by all parameters for a batch whose noise is frozen.
     *
     * @param rows with the {@link #weights(int) weights} of so many rows
     * @param loss of the batch: its measures and the worker that computed them
     */
    static void check(
            StochasticObjective objective,
            double[] parameters,
            DMatrixRMaj rows,
            int maxRows,
            ToDoubleBiFunction<double[], StochasticObjective.Worker> loss) {
        assertThat(parameters).hasSize(objective.parameterCount());
        StochasticObjective.Worker worker = objective.worker(maxRows);
        double[] weights = weights(rows.numRows);
        double[] gradient = new double[parameters.length];
        double[] other = new double[parameters.length];
        int measures = objective.measures().size();
        Arrays.fill(gradient, Double.NaN); // it is overwritten
        worker.gradient(parameters, rows, weights, POSITION, gradient, new double[measures]);
        GradientCheck.check("all parameters", parameters, 0, gradient, () -> {
            double[] sums = new double[measures];
            worker.gradient(parameters, rows, weights, POSITION, other, sums);
            return loss.applyAsDouble(sums, worker);
        });
    }
}
