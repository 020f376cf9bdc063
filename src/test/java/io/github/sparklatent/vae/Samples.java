package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.objective.StochasticObjective.ParameterGroup;
import io.github.sparklatent.learn.objective.StochasticObjective.Position;
import io.github.sparklatent.learn.objective.StochasticObjective.Range;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** Networks and rows of the tests. */
public final class Samples {
    private Samples() {}

    /** One hidden layer on each side. */
    public static Architecture architecture(int latent, int hidden, Likelihood likelihood) {
        return architecture(latent, List.of(new LayerSpec.Width(hidden)), Activation.TANH, likelihood);
    }

    /** Without hidden layers. */
    public static Architecture linear(int latent, Likelihood likelihood) {
        return architecture(latent, List.of(), Activation.LINEAR, likelihood);
    }

    /** The same hidden layers on each side. */
    public static Architecture architecture(
            int latent, List<LayerSpec> hidden, Activation activation, Likelihood likelihood) {
        return new Architecture(
                likelihood.width(), null, latent, hidden, hidden, activation, likelihood, Initialization.HE_UNIFORM);
    }

    /** Values in (0, 1). */
    public static FMatrixRMaj rows(int count, int width, long seed) {
        RandomGenerator random = RandomStreams.of(seed, Purpose.NOISE);
        FMatrixRMaj rows = new FMatrixRMaj(count, width);
        for (int i = 0; i < rows.getNumElements(); i++) {
            rows.data[i] = (float) random.nextDouble();
        }
        return rows;
    }

    /** Parameters as they start, moved a little, the biases too. */
    public static float[] parameters(Architecture architecture, Kind kind, double by) {
        float[] parameters = architecture.initialize(kind, 3);
        RandomGenerator random = RandomStreams.of(4, Purpose.NOISE);
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] += (float) (by * random.nextGaussian());
        }
        return parameters;
    }

    /** The derivatives of one turn; NaN where none are computed. */
    public static float[] derivatives(
            StochasticObjective objective, float[] parameters, FMatrixRMaj rows, float[] weights, int group) {
        float[] gradient = new float[parameters.length];
        Arrays.fill(gradient, Float.NaN);
        double[] sums = new double[objective.measures().size()];
        objective.worker(rows.numRows).gradient(parameters, rows, weights, new Position(7, 0, group), gradient, sums);
        return gradient;
    }

    /** The derivatives that a group moves; NaN elsewhere. */
    public static float[] within(ParameterGroup group, float[] derivatives) {
        float[] own = new float[derivatives.length];
        Arrays.fill(own, Float.NaN);
        for (Range range : group.ranges()) {
            System.arraycopy(derivatives, range.from(), own, range.from(), range.length());
        }
        return own;
    }

    public static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** One row as numbers of double precision. */
    public static double[] row(FMatrixRMaj rows, int index) {
        double[] row = new double[rows.numCols];
        Arrays.setAll(row, j -> rows.get(index, j));
        return row;
    }

    /** The sums of an evaluation of five rows in three pieces, in another order. */
    public static double[] inPieces(FMatrixRMaj rows, Function<FMatrixRMaj, double[]> evaluation) {
        double[] sums = new double[evaluation.apply(rows).length];
        for (int[] places : new int[][] {{4, 1}, {3}, {2, 0}}) {
            double[] piece = evaluation.apply(select(rows, places));
            Arrays.setAll(sums, j -> sums[j] + piece[j]);
        }
        return sums;
    }

    /** Some rows of a table, in the order given. */
    public static FMatrixRMaj select(FMatrixRMaj rows, int... places) {
        FMatrixRMaj selected = new FMatrixRMaj(places.length, rows.numCols);
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(rows.data, places[i] * rows.numCols, selected.data, i * rows.numCols, rows.numCols);
        }
        return selected;
    }
}
