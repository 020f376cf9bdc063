package io.github.sparklatent.scoring;

import io.github.sparklatent.nn.likelihood.Categorical;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.Reconstruction;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Explains rows by the reconstruction errors of their columns: log p(y_c | z) − log p(x_c | z), where y is the
 * reconstruction, with the most probable category. So the unit of a number does not matter. Networks give no quantiles.
 *
 * <p>If the categories of one categorical column are columns of the table, they have one error together, and the column
 * of the category that the row has contributes it.
 */
public final class NetworkExplainer implements RowExplainer {
    private static final int HEIGHT = 64;

    private final int[][] groups;

    /** The groups with errors of their own: those that share a category are joined. */
    private final int[][] joined;

    /** Index of the joined group of each group. */
    private final int[] places;

    private final NetworkScorer scorer;
    private final Likelihood likelihood;
    private final FMatrixRMaj batch = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj likely = new FMatrixRMaj(0, 0);
    private final double[] errors;
    private final double[] row;
    private final double[] mean;

    /** Creates the buffers of one task. {@code groups}: indices of each group's numbers. */
    public NetworkExplainer(TrainedNetwork network, ScoringOptions options, int[][] groups) {
        this.groups = groups.clone();
        this.scorer = network.scorer(HEIGHT, options.withReconstruction(Reconstruction.MEAN));
        this.likelihood = network.architecture().likelihood();
        this.places = places(groups, likelihood);
        this.joined = joined(groups, places);
        this.errors = new double[HEIGHT * joined.length];
        this.row = new double[scorer.width()];
        this.mean = new double[scorer.width()];
    }

    private static int[] places(int[][] groups, Likelihood likelihood) {
        List<Composite.Group> parts = likelihood instanceof Composite composite
                ? composite.groups()
                : List.of(Composite.Group.from(0, likelihood));
        int[] places = IntStream.range(0, groups.length).toArray();
        for (Composite.Group part : parts) {
            if (part.likelihood() instanceof Categorical) {
                int[] sharing = IntStream.range(0, groups.length)
                        .filter(c -> Arrays.stream(groups[c]).anyMatch(part.columns()::contains))
                        .toArray();
                for (int c : sharing) {
                    int old = places[c];
                    int with = places[sharing[0]];
                    Arrays.setAll(places, g -> places[g] == old ? with : places[g]);
                }
            }
        }
        List<Integer> distinct = Arrays.stream(places).distinct().boxed().toList();
        return Arrays.stream(places).map(distinct::indexOf).toArray();
    }

    private static int[][] joined(int[][] groups, int[] places) {
        int count = Arrays.stream(places).max().orElse(-1) + 1;
        return IntStream.range(0, count)
                .mapToObj(place -> IntStream.range(0, groups.length)
                        .filter(c -> places[c] == place)
                        .flatMap(c -> Arrays.stream(groups[c]))
                        .sorted()
                        .toArray())
                .toArray(int[][]::new);
    }

    @Override
    public void evaluate(double[] rows, int n) {
        int width = scorer.width();
        batch.reshape(n, width);
        for (int i = 0; i < n * width; i++) {
            batch.data[i] = (float) rows[i];
        }
        scorer.reconstruct(batch, likely);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < width; j++) {
                mean[j] = likely.get(i, j);
            }
            Arrays.fill(row, Double.NaN);
            likelihood.complete(row, mean, j -> j);
            for (int j = 0; j < width; j++) {
                likely.set(i, j, (float) row[j]);
            }
        }
        scorer.columnErrors(batch, likely, joined, errors);
    }

    @Override
    public double contribution(int index, int group) {
        int place = places[group];
        boolean isJoined = joined[place].length > groups[group].length;
        boolean isObserved = false;
        boolean hasLevel = false;
        for (int column : groups[group]) {
            isObserved |= !Float.isNaN(batch.get(index, column));
            hasLevel |= batch.get(index, column) > 0;
        }
        if (!isObserved) {
            return Double.NaN;
        }
        return isJoined && !hasLevel ? 0 : Math.max(0, errors[index * joined.length + place]);
    }

    @Override
    public double expected(int index, int group, int column) {
        return likely.get(index, column);
    }

    @Override
    public double quantile(int index, int group, int column, double probability) {
        return Double.NaN;
    }
}
