package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedSampler;
import io.github.sparklatent.mixture.MixedScores;
import java.util.List;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/** Computes the score columns of a mixture for batches of rows. */
public final class MixedBatchScorer extends DenseBatchScorer {
    private final MixedColumns columns;
    private final List<String> names;
    private final MixedScores scores;
    private final MixedSampler sampler;
    private final DMatrixRMaj imputed = new DMatrixRMaj(0, 0);

    /** A mixture prepared to score rows; see {@link MixedBatchScorer#MixedBatchScorer}. */
    private record Prepared(MixedDensity density, MixedSampler sampler, List<String> names) implements RowModel {
        @Override
        public int width() {
            return names.size();
        }

        @Override
        public BatchScorer scorer(Set<ScoreColumn> columns) {
            return new MixedBatchScorer(density, sampler, names, columns);
        }
    }

    /** Returns a mixture prepared to score rows. */
    public static RowModel of(TableMixture table) {
        boolean isEvidence = table.mixture().missing().isInformative();
        return new Prepared(
                new MixedDensity(table.mixture()),
                isEvidence ? null : new MixedSampler(table.mixture(), 1).complete(),
                List.copyOf(table.names()));
    }

    /**
     * Creates the buffers.
     *
     * @param sampler draws complete rows of the mixture; null if a missing cell is evidence
     * @param names names of the numbers of a row
     */
    private MixedBatchScorer(MixedDensity density, MixedSampler sampler, List<String> names, Set<ScoreColumn> added) {
        super(names.size(), added);
        this.columns = density.mixture().columns();
        this.names = names;
        this.sampler = sampler;
        this.scores = new MixedScores(density);
    }

    @Override
    public String flaw(double[] row) {
        return MixedScores.flaw(columns, names, row);
    }

    @Override
    public Object distribution(int row) {
        return sampler;
    }

    @Override
    public double[] draw(int row, long index) {
        return sampler.row(index, sampler.component(index));
    }

    @Override
    protected void evaluate(DMatrixRMaj rows) {
        scores.evaluate(rows);
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
            case ANOMALY -> -scores.logDensity(row);
            default -> throw new IllegalStateException("a mixture has no " + column);
        };
    }
}
