package io.github.sparklatent.mixture;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * The parameters of a mixture of columns of several types:
 *
 * <pre>
 *   p(x) = Σ_k π_k N(x_G; μ_k, Σ_k) Π_j p_j(x_j; θ_kj)
 * </pre>
 *
 * x_G are the Gaussian columns; each other column has a distribution of its family (Everitt 1988; McLachlan and Peel
 * 2000, section 5.2). A missing cell is summed or integrated out, which leaves out its factor.
 *
 * <p>Immutable: returned matrices must not be modified.
 *
 * @param columns the columns of a row
 * @param weights π, k numbers, not negative, of sum 1. Not modified; copied whenever they are returned.
 * @param gaussian distribution of the Gaussian columns, with the same weights; null if there are none
 * @param discrete a matrix for each discrete column, k × parameters. Kept, not copied.
 * @param student a matrix for each column with a t distribution, k × 3: location, squared scale, degrees of freedom.
 *     Kept, not copied.
 * @param missing probability that a cell is missing in rows that are drawn, k × columns; no part of the density. Kept,
 *     not copied.
 * @param chains the columns in one component; null: they are independent but for the Gaussian ones
 */
public record MixedMixture(
        @JsonProperty("columns") MixedColumns columns,
        @JsonProperty("weights") double[] weights,
        @JsonProperty("gaussian") MixtureParameters gaussian,
        @JsonProperty("discrete") List<DMatrixRMaj> discrete,
        @JsonProperty("student") List<DMatrixRMaj> student,
        @JsonProperty("missing") DMatrixRMaj missing,
        @JsonProperty("chains") ColumnChains chains)
        implements Serializable {
    private static final double SUMS_TO_ONE = 1e-9;

    /** Creates a mixture of rows that have every cell, without trees. */
    public MixedMixture(
            MixedColumns columns,
            double[] weights,
            MixtureParameters gaussian,
            List<DMatrixRMaj> discrete,
            List<DMatrixRMaj> student) {
        this(columns, weights, gaussian, discrete, student, new DMatrixRMaj(weights.length, columns.size()), null);
    }

    /** Throws an IllegalArgumentException if shapes differ or a parameter is out of its range. */
    @JsonCreator
    public MixedMixture {
        Require.that(chains == null || weights.length == 1, "trees are of one component, not of %d", weights.length);
        weights = weights.clone();
        discrete = List.copyOf(discrete);
        student = List.copyOf(student);
        MixtureParameters.requireWeights(weights);
        int numbers = columns.gaussian().length;
        Require.that(
                numbers == (gaussian == null ? 0 : gaussian.dimension()),
                "the mixture has %d Gaussian columns, expected %d",
                gaussian == null ? 0 : gaussian.dimension(),
                numbers);
        Require.that(
                gaussian == null || gaussian.components() == weights.length,
                "the Gaussian columns have %d components, expected %d",
                gaussian == null ? 0 : gaussian.components(),
                weights.length);
        Require.that(
                gaussian == null || Arrays.equals(gaussian.weights(), weights),
                "the Gaussian columns have other weights than the mixture");
        Require.that(
                missing.numRows == weights.length && missing.numCols == columns.size(),
                "the shares of missing cells are %d x %d, expected %d x %d",
                missing.numRows,
                missing.numCols,
                weights.length,
                columns.size());
        Require.that(
                Arrays.stream(missing.data).allMatch(share -> share >= 0 && share <= 1),
                "a share of missing cells is not from 0 to 1");
        int[] tables = columns.discrete();
        Require.size("discrete columns", discrete.size(), tables.length);
        for (int t = 0; t < tables.length; t++) {
            MixedColumns.Column column = columns.get(tables[t]);
            requireShape(discrete.get(t), weights.length, DiscreteCells.parameters(column), tables[t]);
            requireParameters(column, discrete.get(t), tables[t]);
        }
        int[] places = columns.student();
        Require.size("columns with a t distribution", student.size(), places.length);
        for (int t = 0; t < places.length; t++) {
            requireShape(student.get(t), weights.length, StudentCells.PARAMETERS, places[t]);
            for (int k = 0; k < weights.length; k++) {
                Require.that(
                        student.get(t).get(k, StudentCells.SCALE) > 0
                                && student.get(t).get(k, StudentCells.DEGREES) > 0,
                        "column %d of component %d has a scale or degrees of freedom not above 0",
                        places[t],
                        k);
            }
        }
    }

    /** Returns a Gaussian mixture in the form of a mixture of numbers only. */
    public static MixedMixture of(MixtureParameters gaussian) {
        return new MixedMixture(
                MixedColumns.ofNumbers(gaussian.dimension()), gaussian.weights(), gaussian, List.of(), List.of());
    }

    private static void requireShape(DMatrixRMaj matrix, int components, int parameters, int column) {
        Require.that(
                matrix.numRows == components && matrix.numCols == parameters,
                "the parameters of column %d are %d x %d, expected %d x %d",
                column,
                matrix.numRows,
                matrix.numCols,
                components,
                parameters);
        for (int i = 0; i < matrix.getNumElements(); i++) {
            if (!Double.isFinite(matrix.data[i])) {
                throw new IllegalArgumentException(
                        "the parameters of column " + column + " hold " + matrix.data[i] + ", expected finite numbers");
            }
        }
    }

    private static void requireParameters(MixedColumns.Column column, DMatrixRMaj matrix, int number) {
        for (int k = 0; k < matrix.numRows; k++) {
            double sum = 0;
            boolean valid = true;
            for (int i = 0; i < matrix.numCols; i++) {
                valid &= matrix.get(k, i) >= 0;
                sum += matrix.get(k, i);
            }
            if (column.family().hasProbabilities()) {
                valid &= Math.abs(sum - 1) <= SUMS_TO_ONE;
            } else {
                boolean hasSize = column.family() == CellFamily.NEGATIVE_BINOMIAL;
                valid &= matrix.get(k, 0) > 0 && !(hasSize && matrix.get(k, 1) <= 0);
            }
            Require.that(
                    valid,
                    "the parameters of column %d in component %d are not those of a %s" + " distribution",
                    number,
                    k,
                    column.family());
        }
    }

    public int components() {
        return weights.length;
    }

    public double weight(int component) {
        return weights[component];
    }

    @Override
    public double[] weights() {
        return weights.clone();
    }

    /** Returns the same components with other weights. */
    public MixedMixture with(double[] other) {
        MixtureParameters numbers = gaussian == null
                ? null
                : MixtureParameters.of(gaussian.type(), other, gaussian.means(), gaussian.covariances());
        return new MixedMixture(columns, other, numbers, discrete, student, missing, chains);
    }

    /** Returns the same mixture with another distribution of the Gaussian columns, and its weights. */
    public MixedMixture with(MixtureParameters numbers) {
        return new MixedMixture(columns, numbers.weights(), numbers, discrete, student, missing, chains);
    }

    public MixedMixture with(ColumnChains other) {
        return new MixedMixture(columns, weights, gaussian, discrete, student, missing, other);
    }

    /**
     * Returns the numbers of all parameters in an order that depends on the columns only: weights, means, covariances,
     * tables of discrete columns, t distributions, shares of missing cells, trees. Not to be modified.
     */
    public List<double[]> parameters() {
        List<DMatrixRMaj> matrices = new ArrayList<>();
        if (gaussian != null) {
            matrices.add(gaussian.means());
            matrices.addAll(gaussian.covariances());
        }
        matrices.addAll(discrete);
        matrices.addAll(student);
        matrices.add(missing);
        List<double[]> numbers = new ArrayList<>();
        numbers.add(weights.clone());
        matrices.forEach(matrix -> numbers.add(matrix.data));
        if (chains != null) {
            chains.trees().forEach(tree -> numbers.addAll(tree.numbers()));
        }
        return numbers;
    }

    public long bytes() {
        return Double.BYTES
                * parameters().stream().mapToLong(numbers -> numbers.length).sum();
    }

    /**
     * Returns the parameters of a column, k × parameters; null if it is one of the Gaussian columns. Not to be
     * modified.
     */
    public DMatrixRMaj parameters(int column) {
        int table = MixedColumns.place(columns.discrete(), column);
        if (table >= 0) {
            return discrete.get(table);
        }
        int place = MixedColumns.place(columns.student(), column);
        return place >= 0 ? student.get(place) : null;
    }

    /**
     * Returns the same mixture for a table with other greatest counts.
     *
     * @throws IllegalArgumentException if families, levels or bins differ
     */
    public MixedMixture on(MixedColumns other) {
        boolean same = other.size() == columns.size();
        for (int j = 0; same && j < other.size(); j++) {
            MixedColumns.Column own = columns.get(j);
            same = own.equals(other.get(j))
                    || own.family().isCount() && own.family() == other.get(j).family();
        }
        Require.that(same, "the columns have other families, numbers of categories or bins than the mixture");
        return new MixedMixture(other, weights, gaussian, discrete, student, missing, chains);
    }

    /** Returns whether it adds to the density of a row that the cell of a column is missing. */
    public boolean isMissingEvidence(int column) {
        return chains != null && chains.chains().get(0).trees().get(column).missing() > 0;
    }

    public long freeParameters() {
        return freeParameters(components());
    }

    /** Returns the number of free parameters of k of the components. */
    public long freeParameters(int k) {
        if (chains != null) {
            return chains.freeParameters();
        }
        return (long) k * cellParameters() + (gaussian == null ? k - 1 : gaussian.freeParameters(k));
    }

    /**
     * Returns the number of free parameters that the columns without a joint Gaussian distribution have in a component.
     */
    public int cellParameters() {
        return StudentCells.PARAMETERS * student.size()
                + IntStream.of(columns.discrete())
                        .map(column -> DiscreteCells.freeParameters(columns.get(column)))
                        .sum();
    }
}
