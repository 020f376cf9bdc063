package io.github.sparklatent.vae;

import io.github.sparklatent.linalg.LogSumExp;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/** What variational deep embedding says of rows; see {@link EmbeddingObjective}. */
final class EmbeddingScorer extends ClusteringScorer {
    private final MixturePrior prior;
    private final ComponentDensities densities;
    private final EmbeddingBound bound;
    private final DMatrixRMaj joint = new DMatrixRMaj(0, 0);
    private double[] totals = new double[0];

    EmbeddingScorer(ScoringTask task) {
        super(task);
        this.prior = (MixturePrior) task.networks().prior();
        this.densities = new ComponentDensities(prior, task.networks().priorOffset());
        this.bound = new EmbeddingBound(task.networks(), task.maxRows(), 1);
        densities.read(task.parameters());
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
        densities.compute(new ComponentDensities.Codes(z.data, 0, null, z.numRows), joint);
        LogSumExp.normalizeColumns(joint, totals);
        return joint;
    }

    @Override
    void logPrior(float[] parameters, FMatrixRMaj z, double[] density) {
        shares(parameters, z);
        System.arraycopy(totals, 0, density, 0, z.numRows);
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
