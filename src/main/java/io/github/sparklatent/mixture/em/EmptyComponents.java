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
public final class EmptyComponents {
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
        MixtureParameters occupied = step.with(layout.with(kept.size()))
                .maximize(layout.select(sums, kept), selected(previous, kept), warnings);
        return whole(previous, occupied, weights(layout.sizes(sums), empty, rows.size()), empty, rows);
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

    /** Returns some components of a mixture, with equal weights. */
    private static MixtureParameters selected(MixtureParameters mixture, List<Integer> kept) {
        CovarianceType type = mixture.type();
        double[] weights = new double[kept.size()];
        Arrays.fill(weights, 1.0 / weights.length);
        DMatrixRMaj means = new DMatrixRMaj(weights.length, mixture.dimension());
        DMatrixRMaj first = mixture.covariances().get(0);
        List<DMatrixRMaj> covariances = type.isByComponent()
                ? kept.stream().map(mixture.covariances()::get).toList()
                : List.of(type == CovarianceType.TIED ? first : new DMatrixRMaj(weights.length, first.numCols));
        for (int i = 0; i < weights.length; i++) {
            copyRow(mixture.means(), kept.get(i), means, i);
            if (!type.isByComponent() && type != CovarianceType.TIED) {
                copyRow(first, kept.get(i), covariances.get(0), i);
            }
        }
        return MixtureParameters.of(type, weights, means, covariances);
    }

    private static MixtureParameters whole(
            MixtureParameters previous,
            MixtureParameters occupied,
            double[] weights,
            List<Integer> empty,
            List<double[]> rows) {
        CovarianceType type = previous.type();
        DMatrixRMaj means = previous.means().copy();
        List<DMatrixRMaj> covariances = new ArrayList<>((type.isByComponent() ? previous : occupied).covariances());
        if (type == CovarianceType.DIAGONAL || type == CovarianceType.SPHERICAL) {
            covariances.set(0, previous.covariances().get(0).copy());
        }
        List<DMatrixRMaj> pooled = List.of(typical(occupied));
        int next = 0;
        for (int c = 0; c < weights.length; c++) {
            int gap = empty.indexOf(c);
            if (gap < 0) {
                copyRow(occupied.means(), next, means, c);
                copyCovariance(type, occupied.covariances(), next++, covariances, c);
            } else if (gap < rows.size()) {
                System.arraycopy(rows.get(gap), 0, means.data, c * means.numCols, means.numCols);
                copyCovariance(type, pooled, 0, covariances, c);
            }
        }
        return MixtureParameters.of(type, weights, means, covariances);
    }

    private static DMatrixRMaj typical(MixtureParameters mixture) {
        if (!mixture.type().isFactored()) {
            return mixture.type().pooled(mixture.weights(), mixture.covariances());
        }
        return mixture.covariances().get(Rows.argMax(mixture.weights()));
    }

    private static void copyCovariance(
            CovarianceType type, List<DMatrixRMaj> from, int source, List<DMatrixRMaj> to, int target) {
        switch (type) {
            case FULL, FACTOR, PPCA -> to.set(target, from.get(source));
            case TIED -> to.set(0, from.get(0));
            case DIAGONAL, SPHERICAL -> copyRow(from.get(0), source, to.get(0), target);
        }
    }

    private static void copyRow(DMatrixRMaj from, int source, DMatrixRMaj to, int target) {
        System.arraycopy(from.data, source * from.numCols, to.data, target * to.numCols, from.numCols);
    }
}
