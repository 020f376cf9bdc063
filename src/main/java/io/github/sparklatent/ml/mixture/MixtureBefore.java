package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.SavedTables;
import io.github.sparklatent.scoring.FitRecord;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/** The tables in which the release before has saved mixtures. */
public final class MixtureBefore {
    private MixtureBefore() {}

    /**
     * A component of Gaussian columns.
     *
     * @param covariance full: d · d numbers, row by row; tied: the same in component 0, and null in the others;
     *     diagonal: d variances; spherical: one variance; factor and ppca: d · (l + 1) numbers, l loadings and the
     *     noise variance of each column
     */
    public record Component(double weight, double[] mean, double[] covariance) {}

    private record Line(int component, double weight, double[] mean, double[] covariance) {}

    static MixtureParameters read(ModelDirectory directory, CovarianceType type, int components) {
        List<Line> lines = inOrder(SavedTables.rows(directory, "data", Line.class), Line::component);
        Require.size("components", lines.size(), components);
        return mixture(
                type,
                lines.stream()
                        .map(line -> new Component(line.weight, line.mean, line.covariance))
                        .toList());
    }

    /** A row that has a place, counted from 0. */
    public interface Place<R> {
        /** Returns the place of a row. */
        int of(R row);
    }

    /**
     * Returns rows in the order of their places.
     *
     * @throws IllegalArgumentException if one is missing
     */
    public static <R> List<R> inOrder(List<R> rows, Place<R> place) {
        List<R> sorted = rows.stream()
                .sorted((a, b) -> Integer.compare(place.of(a), place.of(b)))
                .toList();
        for (int i = 0; i < sorted.size(); i++) {
            Require.that(place.of(sorted.get(i)) == i, "row %d of a table is missing", i);
        }
        Require.that(!sorted.isEmpty(), "a table has no rows");
        return sorted;
    }

    /**
     * Returns the mixture of saved components.
     *
     * @throws IllegalArgumentException if a length or a number is wrong
     */
    public static MixtureParameters mixture(CovarianceType type, List<Component> components) {
        double[][] means = components.stream().map(Component::mean).toArray(double[][]::new);
        int d = means[0] == null ? 0 : means[0].length;
        for (double[] mean : means) {
            Require.size("numbers of a mean", mean == null ? 0 : mean.length, d);
        }
        List<double[]> covariances = components.stream()
                .map(Component::covariance)
                .filter(Objects::nonNull)
                .toList();
        boolean isTable = !type.isSquare() && !type.isFactored();
        int matrices = isTable ? components.size() : type.matrices(components.size());
        Require.size("covariances", covariances.size(), matrices);
        int length = covariances.get(0).length;
        for (double[] covariance : covariances) {
            Require.size("numbers of a covariance", covariance.length, length);
        }
        return MixtureParameters.of(
                type,
                components.stream().mapToDouble(Component::weight).toArray(),
                new DMatrixRMaj(means),
                isTable
                        ? List.of(new DMatrixRMaj(covariances.toArray(double[][]::new)))
                        : covariances.stream()
                                .map(numbers -> new DMatrixRMaj(d, length / d, true, numbers))
                                .toList());
    }

    /** Returns the record of the fit; empty if it is not known. */
    public static Optional<FitRecord> fit(ModelDirectory directory) {
        return SavedTables.rows(directory, "fit", FitRecord.class).stream().findFirst();
    }
}
