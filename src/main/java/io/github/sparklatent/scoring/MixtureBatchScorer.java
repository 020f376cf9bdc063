package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixtureScores;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/** Computes the score columns of a mixture for batches of rows. */
public final class MixtureBatchScorer extends DenseBatchScorer {
    private final MixtureScores scores;

    /** Under the components that count for the anomaly score. */
    private final MixtureScores usual;

    private final MixedColumns columns;
    private final List<String> names;
    private final double[] weights;
    private final DMatrixRMaj imputed = new DMatrixRMaj(0, 0);

    /** Standardises the scores of complete rows; null until the first. */
    private StandardScore complete;

    /** Returns a mixture prepared to score rows. */
    public static RowModel of(TableMixture table) {
        MixedDensity density = new MixedDensity(table.mixture());
        boolean areAllUsual =
                Arrays.equals(table.usualWeights(), table.mixture().weights());
        MixedDensity usual = areAllUsual ? density : new MixedDensity(table.usual());
        List<String> names = table.names();
        return columns -> {
            MixtureScores scores = new MixtureScores(density);
            MixtureScores ofUsual = areAllUsual ? scores : new MixtureScores(usual);
            return new MixtureBatchScorer(scores, ofUsual, names, columns);
        };
    }

    /**
     * Creates the buffers.
     *
     * @param usual scores under the components that count for the anomaly score
     * @param names names of the numbers of a row
     */
    public MixtureBatchScorer(MixtureScores scores, MixtureScores usual, List<String> names, Set<ScoreColumn> added) {
        super(scores.mixture().columns().size(), added);
        this.scores = scores;
        this.usual = usual;
        this.columns = scores.mixture().columns();
        this.names = names;
        this.weights = usual.mixture().weights();
    }

    @Override
    public String flaw(double[] row) {
        return MixtureScores.flaw(columns, names, row);
    }

    @Override
    protected void evaluate(DMatrixRMaj rows) {
        scores.evaluate(rows);
        if (usual != scores) {
            usual.evaluate(rows);
        }
        if (has(ScoreColumn.IMPUTED)) {
            scores.impute(imputed);
        }
    }

    @Override
    public Object value(ScoreColumn column, int row) {
        return switch (column) {
            case RESPONSIBILITIES -> line(scores.responsibilities(), row);
            case COMPONENT -> Rows.argMax(scores.responsibilities(), row);
            case LOG_DENSITY -> scores.logDensity(row);
            case IMPUTED -> line(imputed, row);
            case ANOMALY -> -usual.logDensity(row);
            case STANDARDIZED -> standard(row).of(-usual.logDensity(row));
            default -> throw new IllegalStateException("a mixture has no " + column);
        };
    }

    private StandardScore standard(int row) {
        if (observed(row) < width()) {
            return new StandardScore(weights, usual.cumulants(row));
        }
        if (complete == null) {
            complete = new StandardScore(weights, usual.cumulants(-1));
        }
        return complete;
    }
}
