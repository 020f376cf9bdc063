package io.github.sparklatent.vae;

import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/** What variational deep embedding says of rows; see {@link EmbeddingObjective}. */
final class EmbeddingScorer extends ClusteringScorer {
    private final MixtureDensity prior;
    private final EmbeddingBound bound;
    private double[] totals = new double[0];

    EmbeddingScorer(ScoringTask task) {
        super(task);
        this.prior = new MixtureDensity(task.networks());
        this.bound = new EmbeddingBound(task.networks(), task.maxRows(), 1);
    }

    @Override
    public Kind kind() {
        return Kind.EMBEDDING;
    }

    @Override
    public int components() {
        return prior.components();
    }

    @Override
    DMatrixRMaj shares(float[] parameters, FMatrixRMaj z) {
        if (totals.length < z.numRows) {
            totals = new double[z.numRows];
        }
        prior.logDensity(parameters, z, totals, 0);
        return prior.responsibilities();
    }

    @Override
    void logPrior(float[] parameters, FMatrixRMaj z, double[] density) {
        prior.logDensity(parameters, z, density, 0);
    }

    @Override
    public void measure(
            FMatrixRMaj rows, FMatrixRMaj target, double[] reconstruction, double[] divergence) {
        reconstruction(rows, target, reconstruction, drawn -> {});
        DMatrixRMaj assignments = assign(rows);
        bound.expect(task().parameters(), posterior());
        for (int i = 0; i < rows.numRows; i++) {
            divergence[i] = bound.divergence(i, assignments);
            for (int at = i; at < assignments.getNumElements(); at += rows.numRows) {
                double share = assignments.data[at];
                divergence[i] += share > 0 ? share * StrictMath.log(share) : 0;
            }
        }
    }
}
