package io.github.sparklatent.mixture.em;

import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** The M-step of a mixture in which some components have no rows left. */
final class EmptyComponents {
    private EmptyComponents() {}

    /**
     * Updates the components that have rows, and returns the whole mixture. The first empty components are placed at
     * the given rows, with weight 1/k and the mean covariance of the occupied components, or the covariance of the
     * heaviest of them if covariances are factored. The other empty components keep their mean, covariance and
     * remaining weight.
     *
     * @param step the M-step of all components
     * @param empty indices of the empty components, ascending
     * @param rows complete rows
     * @param warnings receives a sentence for each repaired covariance. Modified.
     */
    public static MixtureParameters fill(
            MaximizationStep step,
            MixtureParameters previous,
            double[] sums,
            List<Integer> empty,
            List<double[]> rows,
            List<String> warnings) {
        StatisticsLayout layout = step.layout();
        List<Integer> kept = IntStream.range(0, layout.components())
                .filter(k -> !empty.contains(k))
                .boxed()
                .toList();
        double[] equal = new double[kept.size()];
        Arrays.fill(equal, 1.0 / equal.length);
        MixtureParameters before = MixtureParameters.of(
                equal, kept.stream().map(previous::component).toList());
        MixtureParameters occupied = new MaximizationStep(
                        layout.with(kept.size()), step.regularization(), step.prior(), kept)
                .maximize(layout.select(sums, kept), before, warnings);
        DMatrixRMaj typical = typical(occupied);
        List<MixtureParameters> components = new ArrayList<>();
        for (int k = 0; k < layout.components(); k++) {
            int gap = empty.indexOf(k);
            boolean isPlaced = gap >= 0 && gap < rows.size();
            components.add(
                    gap < 0
                            ? occupied.component(kept.indexOf(k))
                            : isPlaced || previous.type() == CovarianceType.TIED
                                    ? MixtureParameters.component(
                                            previous.type(),
                                            isPlaced ? rows.get(gap) : Rows.row(previous.means(), k),
                                            typical)
                                    : previous.component(k));
        }
        return MixtureParameters.of(weights(layout.sizes(sums), empty, rows.size()), components);
    }

    /** Returns the weights of all components, of which the first empty ones have been placed at rows. */
    static double[] weights(double[] sizes, List<Integer> empty, int placed) {
        double[] weights = new double[sizes.length];
        double total = Arrays.stream(sizes).sum();
        double left = 1;
        for (int i = 0; i < empty.size(); i++) {
            weights[empty.get(i)] = i < placed ? 1.0 / sizes.length : sizes[empty.get(i)] / total;
            left -= weights[empty.get(i)];
        }
        double occupied = 0;
        for (int k = 0; k < sizes.length; k++) {
            occupied += empty.contains(k) ? 0 : sizes[k];
        }
        for (int k = 0; k < sizes.length; k++) {
            weights[k] = empty.contains(k) ? weights[k] : left * (sizes[k] / occupied);
        }
        return weights;
    }

    private static DMatrixRMaj typical(MixtureParameters mixture) {
        return mixture.type().isFactored()
                ? mixture.covariances().get(Rows.argMax(mixture.weights()))
                : mixture.type().pooled(mixture.weights(), mixture.covariances());
    }
}
