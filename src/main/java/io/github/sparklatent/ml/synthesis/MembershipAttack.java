package io.github.sparklatent.ml.synthesis;

import io.github.sparklatent.gmm.initialization.Initialization;
import io.github.sparklatent.gmm.training.SearchListener;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.metrics.AreaUnderRoc;
import io.github.sparklatent.metrics.synthesis.ComparedRows;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.ColumnLevels;
import io.github.sparklatent.mixture.ColumnLevels.Declared;
import io.github.sparklatent.mixture.Missingness;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedOptions;
import io.github.sparklatent.mixture.MixedState;
import io.github.sparklatent.mixture.MixedTrainer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * An attacker who takes rows for training rows where the generated rows are denser than reference rows of the same
 * population (van Breugel and others 2023, "Membership inference attacks against synthetic data through overfitting
 * detection"). Both densities are mixtures of the same settings. One half of the held-out rows are the reference, the
 * other half are the rows that are no members, so that members and others score alike if the model has not learnt its
 * training rows by heart.
 *
 * <pre>
 *   s(x) = log p_generated(x) − log p_reference(x)
 * </pre>
 *
 * @param area area under the ROC curve of s for members against others; 0.5: nothing is learnt
 * @param standardError standard error of the area
 * @param members number of training rows that were scored
 * @param others number of held-out rows that were scored
 */
public record MembershipAttack(double area, double standardError, int members, int others) {
    /** Rows from which a density is learnt, and members that are scored; bounds the seconds. */
    private static final int MAX_ROWS = 5_000;

    private static final int ROWS_PER_COMPONENT = 20;
    private static final int BLOCK = 1_024;
    private static final int ROUNDS = 30;
    private static final double TOLERANCE = 1e-3;

    /**
     * Attacks; empty if all generated rows or all reference rows are equal, which have no density.
     *
     * @param train rows of the training
     * @param holdout real rows that the model has not seen, at least 4, in an order that says nothing
     */
    static Optional<MembershipAttack> of(ComparedRows train, ComparedRows holdout, ComparedRows generated, long seed) {
        int half = Math.min(MAX_ROWS, holdout.size() / 2);
        int[] used = used(generated, holdout, half);
        DMatrixRMaj drawn = matrix(generated, used, 0, 1, Math.min(MAX_ROWS, generated.size()));
        DMatrixRMaj reference = matrix(holdout, used, 0, 2, half);
        DMatrixRMaj others = matrix(holdout, used, 1, 2, half);
        DMatrixRMaj members = matrix(train, used, 0, 1, Math.min(MAX_ROWS, train.size()));
        if (distinct(drawn) < 2 || distinct(reference) < 2) {
            return Optional.empty();
        }
        MixedColumns columns = columns(train, used, drawn, reference, seed);
        MixedDensity ofDrawn = density(columns, drawn, seed);
        MixedDensity ofReference = density(columns, reference, seed);
        double[] scores = DoubleStream.concat(
                        scores(ofDrawn, ofReference, members), scores(ofDrawn, ofReference, others))
                .toArray();
        boolean[] isMember = new boolean[scores.length];
        Arrays.fill(isMember, 0, members.numRows, true);
        double area = AreaUnderRoc.of(scores, isMember);
        return Optional.of(new MembershipAttack(
                area, AreaUnderRoc.standardError(area, members.numRows, half), members.numRows, half));
    }

    /** Returns the columns that both mixtures can have: those with a cell in the rows of each. */
    private static int[] used(ComparedRows generated, ComparedRows holdout, int half) {
        return IntStream.range(0, generated.width())
                .filter(j -> generated.levels(j) <= MixedColumns.MOST_LEVELS)
                .filter(j -> hasCell(generated, j, 1, Math.min(MAX_ROWS, generated.size())))
                .filter(j -> hasCell(holdout, j, 2, half))
                .toArray();
    }

    private static boolean hasCell(ComparedRows rows, int column, int step, int count) {
        return IntStream.range(0, count).anyMatch(i -> !Double.isNaN(rows.get(i * step, column)));
    }

    /** Returns some columns of every {@code step}-th row. */
    private static DMatrixRMaj matrix(ComparedRows rows, int[] used, int first, int step, int count) {
        DMatrixRMaj matrix = new DMatrixRMaj(count, used.length);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < used.length; j++) {
                matrix.set(i, j, rows.get(first + i * step, used[j]));
            }
        }
        return matrix;
    }

    /** Returns columns whose bins both densities share. */
    private static MixedColumns columns(
            ComparedRows rows, int[] used, DMatrixRMaj drawn, DMatrixRMaj reference, long seed) {
        DMatrixRMaj both = new DMatrixRMaj(drawn.numRows + reference.numRows, drawn.numCols);
        System.arraycopy(drawn.data, 0, both.data, 0, drawn.data.length);
        System.arraycopy(reference.data, 0, both.data, drawn.data.length, reference.data.length);
        List<Declared> declared = Arrays.stream(used)
                .mapToObj(j -> rows.isNumber(j)
                        ? new Declared("" + j, CellFamily.HISTOGRAM, 0)
                        : new Declared("" + j, CellFamily.CATEGORICAL, rows.levels(j)))
                .toList();
        return ColumnLevels.of(declared, InMemoryRowBlocks.of(both, BLOCK), seed);
    }

    private static int distinct(DMatrixRMaj rows) {
        return (int) IntStream.range(0, rows.numRows)
                .mapToObj(i -> Arrays.copyOfRange(rows.data, i * rows.numCols, (i + 1) * rows.numCols))
                .map(Arrays::toString)
                .distinct()
                .count();
    }

    private static MixedDensity density(MixedColumns columns, DMatrixRMaj rows, long seed) {
        int components = Math.min(distinct(rows), Math.max(1, rows.numRows / ROWS_PER_COMPONENT));
        MixedOptions options = MixedOptions.DEFAULT
                .withComponents(List.of(components))
                .withMissing(Missingness.INFORMATIVE)
                .withInitialization(Initialization.RANDOM_ROWS)
                .withStopping(new StoppingRule(ROUNDS, TOLERANCE))
                .withSeed(seed);
        return new MixedDensity(
                new MixedTrainer(InMemoryRowBlocks.of(rows, BLOCK), null, columns, options, null, SearchListener.none())
                        .fit(MixedState.START)
                        .best()
                        .mixture());
    }

    /** Returns s; 0 of a row that both densities exclude. */
    private static DoubleStream scores(MixedDensity ofDrawn, MixedDensity ofReference, DMatrixRMaj rows) {
        double[] drawn = ofDrawn.logDensities(rows);
        double[] reference = ofReference.logDensities(rows);
        return IntStream.range(0, rows.numRows)
                .mapToDouble(i -> drawn[i] == reference[i] ? 0 : drawn[i] - reference[i]);
    }
}
