package io.github.sparklatent.vae.latent;

/** A Gaussian for each row of a batch, in the buffers of one task. */
abstract class RowGaussians implements Proposal {
    final int latent;
    final float[] mean;
    final float[] deviation;
    final float[] below;
    int rows;

    /** Creates the buffers for a number of rows, with so many entries of each row below the diagonal. */
    RowGaussians(int latent, int maxRows, int belowDiagonal) {
        this.latent = latent;
        this.mean = new float[maxRows * latent];
        this.deviation = new float[maxRows * latent];
        this.below = new float[maxRows * belowDiagonal];
    }

    @Override
    public final int latent() {
        return latent;
    }

    @Override
    public final int rows() {
        return rows;
    }

    @Override
    public final float[] mean() {
        return mean;
    }

    @Override
    public final float[] deviation() {
        return deviation;
    }

    @Override
    public final float[] belowDiagonal() {
        return below;
    }
}
