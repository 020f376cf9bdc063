package io.github.sparklatent.gmm.em;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.em.SelectedRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** An update of a mixture in which some components have no rows left. */
public record EmptyComponents(
        MixtureParameters previous, MixtureParameters occupied, List<Integer> empty, double[] emptyShares) {
    /**
     * Updates the components that have rows.
     *
     * @param step the M-step of all components
     * @param empty indices of the empty components, ascending
     * @param warnings receives a sentence for each repaired covariance. Modified.
     */
    public static EmptyComponents fill(
            MaximizationStep step,
            MixtureParameters previous,
            double[] sums,
            List<Integer> empty,
            List<String> warnings) {
        StatisticsLayout layout = step.layout();
        List<Integer> kept = IntStream.range(0, layout.components())
                .filter(k -> !empty.contains(k))
                .boxed()
                .toList();
        MixtureParameters occupied = step.with(layout.with(kept.size()))
                .maximize(layout.select(sums, kept), selected(previous, kept), warnings);
        double total = Arrays.stream(layout.sizes(sums)).sum();
        double[] shares =
                empty.stream().mapToDouble(k -> layout.sizes(sums)[k] / total).toArray();
        return new EmptyComponents(previous, occupied, empty, shares);
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

    /**
     * Returns the whole mixture. The first empty components are placed at the given rows, with weight 1/k and the mean
     * covariance of the occupied components, or the covariance of the heaviest of them if covariances are factored. The
     * other empty components keep their mean and their remaining weight.
     */
    public MixtureParameters at(List<SelectedRow> rows) {
        int k = previous.components();
        double[] weights = new double[k];
        DMatrixRMaj means = new DMatrixRMaj(k, previous.dimension());
        List<DMatrixRMaj> covariances =
                new ArrayList<>((previous.type().isByComponent() ? previous : occupied).covariances());
        boolean byRows = previous.type() == CovarianceType.DIAGONAL || previous.type() == CovarianceType.SPHERICAL;
        if (byRows) {
            covariances.set(0, previous.covariances().get(0).copy());
        }
        List<DMatrixRMaj> pooled = List.of(typical(occupied));
        double left = 1;
        for (int i = 0; i < empty.size(); i++) {
            weights[empty.get(i)] = i < rows.size() ? 1.0 / k : emptyShares[i];
            left -= weights[empty.get(i)];
        }
        int next = 0;
        for (int c = 0; c < k; c++) {
            int gap = empty.indexOf(c);
            if (gap < 0) {
                weights[c] = left * occupied.weight(next);
                copyRow(occupied.means(), next, means, c);
                copyCovariance(occupied.covariances(), next++, covariances, c);
            } else if (gap < rows.size()) {
                System.arraycopy(rows.get(gap).values(), 0, means.data, c * means.numCols, means.numCols);
                copyCovariance(pooled, 0, covariances, c);
            } else {
                copyRow(previous.means(), c, means, c);
            }
        }
        return MixtureParameters.of(previous.type(), weights, means, covariances);
    }

    private static DMatrixRMaj typical(MixtureParameters mixture) {
        if (!mixture.type().isFactored()) {
            return mixture.type().pooled(mixture.weights(), mixture.covariances());
        }
        int heaviest = 0;
        for (int k = 1; k < mixture.components(); k++) {
            heaviest = mixture.weight(k) > mixture.weight(heaviest) ? k : heaviest;
        }
        return mixture.covariances().get(heaviest);
    }

    private void copyCovariance(List<DMatrixRMaj> from, int source, List<DMatrixRMaj> to, int target) {
        switch (previous.type()) {
            case FULL, FACTOR, PPCA -> to.set(target, from.get(source));
            case TIED -> to.set(0, from.get(0));
            case DIAGONAL, SPHERICAL -> copyRow(from.get(0), source, to.get(0), target);
        }
    }

    private static void copyRow(DMatrixRMaj from, int source, DMatrixRMaj to, int target) {
        System.arraycopy(from.data, source * from.numCols, to.data, target * to.numCols, from.numCols);
    }
}
