package io.github.sparklatent.vae.latent;

/**
 * The distributions that codes of a batch are drawn from: a Gaussian N(μ, L Lᵀ) for each row of the batch, or several
 * of them for each row. L is lower triangular. An object holds the buffers of one task.
 */
public abstract class Proposal {
    final int latent;
    final float[] mean;
    final float[] deviation;
    final float[] below;
    int rows;

    /** Creates the buffers for a number of rows, with so many entries of each row below the diagonal. */
    Proposal(int latent, int maxRows, int belowDiagonal) {
        this.latent = latent;
        this.mean = new float[maxRows * latent];
        this.deviation = new float[maxRows * latent];
        this.below = new float[maxRows * belowDiagonal];
    }

    /** Returns the number of latent dimensions l. */
    public final int latent() {
        return latent;
    }

    /** Returns n, the number of distributions. */
    public final int rows() {
        return rows;
    }

    /** Returns μ, n × l in row order; the array may be longer. */
    public final float[] mean() {
        return mean;
    }

    /** Returns σ, laid out as {@link #mean}. */
    public final float[] deviation() {
        return deviation;
    }

    /**
     * Returns the entries of L below its diagonal σ, where L Lᵀ is the covariance: n × l(l − 1)/2, row by row of L. The
     * array is empty if the covariance is diagonal.
     */
    public final float[] belowDiagonal() {
        return below;
    }

    /** Returns log r(z_j | z_1 ... z_j−1) − log N(z_j; 0, 1) = ½ (z_j² − ε_j²) − log σ_j at z = μ + L ε. */
    double logRatio(int row, int dimension, double z, double epsilon) {
        return 0.5 * (z * z - epsilon * epsilon) - StrictMath.log(deviation[row * latent + dimension]);
    }
}
