package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedSampler;
import io.github.sparklatent.mixture.MixedScores;
import java.util.List;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/** Computes the score columns of a mixture for batches of rows. */
public final class MixedBatchScorer extends ComponentScorer {
    private final MixedColumns columns;
    private final List<String> names;
    private final MixedScores scores;

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
        super(names.size(), sampler, added);
        this.columns = density.mixture().columns();
        this.names = names;
        this.scores = new MixedScores(density);
    }

    @Override
    public String flaw(double[] row) {
        return MixedScores.flaw(columns, names, row);
    }

    @Override
    void densities(DMatrixRMaj rows) {
        scores.evaluate(rows);
    }

    @Override
    void impute(DMatrixRMaj rows) {
        scores.impute(rows);
    }

    @Override
    DMatrixRMaj responsibilities() {
        return scores.responsibilities();
    }

    @Override
    double logDensity(int row) {
        return scores.logDensity(row);
    }
}
