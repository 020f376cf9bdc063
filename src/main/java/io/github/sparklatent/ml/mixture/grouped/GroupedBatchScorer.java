package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.MixedSampler;
import io.github.sparklatent.mixture.MixedScores;
import io.github.sparklatent.ml.columns.TableReading;
import io.github.sparklatent.scoring.DenseBatchScorer;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.ejml.data.DMatrixRMaj;

/**
 * Computes the score columns of each row by the mixture of its group. The rows of a batch that have the same mixture
 * are evaluated together.
 */
final class GroupedBatchScorer extends DenseBatchScorer implements TableReading {
    private final GroupMixtures groups;
    private final List<String> names;
    private final GroupColumns.Reader keys;
    private final int components;
    private final GroupMixtures.Own[] mixtures = new GroupMixtures.Own[height()];
    private final Object[] responsibilities = new Object[height()];
    private final int[] component = new int[height()];
    private final double[] logDensity = new double[height()];
    private final Object[] imputed = new Object[height()];
    private final int[] selected = new int[height()];
    private final boolean[] done = new boolean[height()];
    private final DMatrixRMaj some = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj completed = new DMatrixRMaj(0, 0);
    private GroupMixtures.Own last;
    private GroupMixtures.Own drawn;
    private MixedSampler sampler;
    private MixedScores scores;

    /**
     * Creates the buffers.
     *
     * @param names names of the numbers of a row
     * @param groupColumns columns of the table with the group
     */
    GroupedBatchScorer(GroupMixtures groups, List<String> names, List<String> groupColumns, Set<ScoreColumn> added) {
        super(groups.all().columns().size(), added);
        this.groups = groups;
        this.names = names;
        this.keys = new GroupColumns.Reader(groupColumns);
        this.components = groups.components();
    }

    @Override
    public String flaw(double[] row) {
        return MixedScores.flaw(groups.all().columns(), names, row);
    }

    @Override
    public void take(Row given, int index) {
        mixtures[index] = groups.of(keys.of(given));
    }

    @Override
    public Object distribution(int row) {
        GroupMixtures.Own own = mixtures[row];
        return own.mixture().missing().isInformative() ? null : own;
    }

    @Override
    public int draws() {
        return groups.draws();
    }

    @Override
    public double[] draw(int row, long index) {
        if (mixtures[row] != drawn) {
            drawn = mixtures[row];
            sampler = new MixedSampler(drawn.mixture(), 1).complete();
        }
        return sampler.row(index, sampler.component(index));
    }

    @Override
    protected void evaluate(DMatrixRMaj rows) {
        int n = rows.numRows;
        for (int i = 0; i < n; i++) {
            done[i] = false;
        }
        for (int i = 0; i < n; i++) {
            if (!done[i]) {
                evaluate(rows, i);
            }
        }
    }

    /** Evaluates the rows with the mixture of one row. */
    private void evaluate(DMatrixRMaj rows, int first) {
        GroupMixtures.Own own = mixtures[first];
        int d = rows.numCols;
        int count = 0;
        some.reshape(rows.numRows - first, d);
        for (int i = first; i < rows.numRows; i++) {
            if (mixtures[i] == own) {
                System.arraycopy(rows.data, i * d, some.data, count * d, d);
                selected[count++] = i;
                done[i] = true;
            }
        }
        some.reshape(count, d);
        if (own != last) {
            scores = new MixedScores(groups.density(own));
            last = own;
        }
        scores.evaluate(some);
        if (has(ScoreColumn.IMPUTED)) {
            scores.impute(completed);
        }
        for (int i = 0; i < count; i++) {
            keep(i, selected[i]);
        }
    }

    private void keep(int from, int row) {
        component[row] = Rows.argMax(scores.responsibilities(), from);
        logDensity[row] = scores.logDensity(from);
        if (has(ScoreColumn.RESPONSIBILITIES)) {
            responsibilities[row] = padded(scores.responsibilities(), from);
        }
        if (has(ScoreColumn.IMPUTED)) {
            imputed[row] = line(completed, from);
        }
    }

    /** Returns the responsibilities of a row, and 0 for the components that its mixture has not. */
    private double[] padded(DMatrixRMaj matrix, int row) {
        double[] numbers = new double[components];
        System.arraycopy(matrix.data, row * matrix.numCols, numbers, 0, matrix.numCols);
        return numbers;
    }

    @Override
    public Object value(ScoreColumn column, int row) {
        return switch (column) {
            case RESPONSIBILITIES -> responsibilities[row];
            case COMPONENT -> component[row];
            case LOG_DENSITY -> logDensity[row];
            case IMPUTED -> imputed[row];
            case ANOMALY -> mixtures[row].meanLogLikelihood() - logDensity[row];
            case OWN_MODEL -> groups.isOwn(mixtures[row]);
            default -> throw new IllegalStateException("a mixture has no " + column);
        };
    }
}
