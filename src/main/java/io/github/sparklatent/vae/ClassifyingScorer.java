package io.github.sparklatent.vae;

import io.github.sparklatent.linalg.LogSumExp;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/** What a classifying variational autoencoder says of rows; see {@link ClassifyingObjective}. */
final class ClassifyingScorer extends ClusteringScorer {
    private final int components;
    private final ClassPass classes;
    private final DMatrixRMaj joint = new DMatrixRMaj(0, 0);

    ClassifyingScorer(ScoringTask task) {
        super(task);
        this.components = ((ClassMeans) task.networks().prior()).components();
        int most = Math.max(task.maxRows(), DrawnCodes.ROWS_TOGETHER);
        this.classes = new ClassPass(task.networks(), most, task.products());
    }

    @Override
    public Kind kind() {
        return Kind.CLASSIFYING;
    }

    @Override
    public int components() {
        return components;
    }

    @Override
    DMatrixRMaj shares(float[] parameters, FMatrixRMaj z) {
        classes.classify(parameters, z);
        return classes.shares();
    }

    @Override
    void logPrior(float[] parameters, FMatrixRMaj z, double[] density) {
        classes.logJoint(parameters, z, joint);
        LogSumExp.normalizeColumns(joint, density);
    }

    @Override
    public void measure(
            FMatrixRMaj rows, FMatrixRMaj target, double[] reconstruction, double[] divergence) {
        int n = rows.numRows;
        int count = task().options().samples();
        Arrays.fill(divergence, 0, n, 0);
        reconstruction(
                rows,
                target,
                reconstruction,
                drawn -> {
                    classes.classify(task().parameters(), drawn.codes());
                    for (int code = 0; code < drawn.codes().numRows; code++) {
                        divergence[code % n] += classes.divergence(code) / count;
                    }
                });
        for (int i = 0; i < n; i++) {
            divergence[i] -= posterior().entropy(i);
        }
    }
}
