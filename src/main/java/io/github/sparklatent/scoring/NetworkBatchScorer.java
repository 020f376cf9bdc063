package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.nn.Missing;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Kind;
import java.util.Set;
import org.ejml.data.FMatrixRMaj;

/** Computes the output columns of a network for a batch of rows. */
public final class NetworkBatchScorer implements BatchScorer {
    private static final int HEIGHT = 128;

    private final Set<ScoreColumn> columns;
    private final NetworkScorer scorer;
    private final RowCheck check;
    private final FMatrixRMaj batch;
    private final FMatrixRMaj probability = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj latent = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj variance = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj sample = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj reconstruction = new FMatrixRMaj(0, 0);
    private final double[] error = new double[HEIGHT];
    private final double[] anomaly = new double[HEIGHT];
    private final double[] realProbability = new double[HEIGHT];
    private final double[] logDensity = new double[HEIGHT];
    private final Likelihood likelihood;
    private final ScoringOptions options;
    private final FMatrixRMaj some = new FMatrixRMaj(0, 0);
    private final int[] places = new int[HEIGHT];
    private final double[] densities = new double[HEIGHT];
    private final FMatrixRMaj means = new FMatrixRMaj(0, 0);
    private final double[][] imputed;

    /** Creates the buffers of one task. {@code columns}: columns to compute. */
    public NetworkBatchScorer(TrainedNetwork network, ScoringOptions options, Set<ScoreColumn> columns) {
        this.columns = columns;
        this.options = options;
        this.likelihood = network.architecture().likelihood();
        this.scorer = network.scorer(HEIGHT, options);
        this.check = new LikelihoodCheck(network.kind(), likelihood).ofHeldOut();
        this.batch = new FMatrixRMaj(HEIGHT, scorer.width());
        this.imputed = columns.contains(ScoreColumn.IMPUTED) ? new double[HEIGHT][scorer.width()] : null;
    }

    @Override
    public int width() {
        return scorer.width();
    }

    @Override
    public int height() {
        return HEIGHT;
    }

    @Override
    public String flaw(double[] row) {
        return check.flaw(row);
    }

    @Override
    public void score(double[] rows, int n) {
        batch.reshape(n, scorer.width());
        for (int i = 0; i < batch.getNumElements(); i++) {
            batch.data[i] = (float) rows[i];
        }
        if (columns.contains(ScoreColumn.RESPONSIBILITIES) || columns.contains(ScoreColumn.COMPONENT)) {
            scorer.responsibilities(batch, probability);
        }
        if (columns.contains(ScoreColumn.LATENT_VARIANCE)) {
            scorer.encode(batch, latent, variance);
        } else if (columns.contains(ScoreColumn.LATENT)) {
            scorer.encode(batch, latent);
        }
        if (columns.contains(ScoreColumn.LATENT_SAMPLE)) {
            scorer.draw(batch, sample);
        }
        if (columns.contains(ScoreColumn.RECONSTRUCTION)) {
            scorer.reconstruct(batch, reconstruction);
        }
        if (columns.contains(ScoreColumn.RECONSTRUCTION_ERROR)) {
            scorer.reconstructionError(batch, error);
        }
        if (columns.contains(ScoreColumn.ANOMALY)) {
            scorer.anomaly(batch, anomaly);
        }
        if (columns.contains(ScoreColumn.REAL_PROBABILITY)) {
            scorer.realProbability(batch, realProbability);
        }
        if (columns.contains(ScoreColumn.IMPUTED)) {
            impute(rows, n);
        } else if (columns.contains(ScoreColumn.LOG_DENSITY)) {
            scorer.logLikelihood(batch, options.importanceSamples(), logDensity);
        }
    }

    /**
     * Completes the rows with missing values; the others are as they are. The samples of an incomplete row give its log
     * density too, so that they are decoded once.
     */
    private void impute(double[] rows, int n) {
        for (int i = 0; i < n; i++) {
            System.arraycopy(rows, i * scorer.width(), imputed[i], 0, scorer.width());
        }
        int count = select(true);
        if (count > 0) {
            scorer.impute(some, means, densities);
            for (int k = 0; k < count; k++) {
                likelihood.complete(imputed[places[k]], numbers(means, k), j -> j);
            }
            spread(count);
        }
        if (columns.contains(ScoreColumn.LOG_DENSITY)) {
            count = select(false);
            if (count > 0) {
                scorer.logLikelihood(some, options.importanceSamples(), densities);
                spread(count);
            }
        }
    }

    /** Copies the incomplete rows, or the complete ones, and returns their number. */
    private int select(boolean incomplete) {
        int width = scorer.width();
        int count = 0;
        some.reshape(batch.numRows, width);
        for (int i = 0; i < batch.numRows; i++) {
            if (Missing.any(batch.data, i * width, width) == incomplete) {
                System.arraycopy(batch.data, i * width, some.data, count * width, width);
                places[count++] = i;
            }
        }
        some.reshape(count, width);
        return count;
    }

    private void spread(int count) {
        for (int k = 0; k < count; k++) {
            logDensity[places[k]] = densities[k];
        }
    }

    @Override
    public Object value(ScoreColumn column, int row) {
        return switch (column) {
            case RESPONSIBILITIES -> numbers(probability, row);
            case COMPONENT -> Rows.argMax(numbers(probability, row));
            case LATENT -> numbers(latent, row);
            case LATENT_VARIANCE -> numbers(variance, row);
            case LATENT_SAMPLE -> numbers(sample, row);
            case RECONSTRUCTION -> numbers(reconstruction, row);
            case RECONSTRUCTION_ERROR -> error[row];
            case ANOMALY -> anomaly[row];
            case REAL_PROBABILITY -> realProbability[row];
            case STANDARDIZED, OWN_MODEL, SEVERITY, IS_ANOMALY, CONTRIBUTIONS ->
                throw new IllegalStateException(column + " is not of a network");
            case LOG_DENSITY -> logDensity[row];
            case IMPUTED -> imputed[row].clone();
        };
    }

    @Override
    public double[] losses(int[][] groups) {
        double[] losses = new double[batch.numRows * groups.length];
        scorer.columnErrors(batch, null, groups, losses);
        return losses;
    }

    private static double[] numbers(FMatrixRMaj matrix, int row) {
        double[] values = new double[matrix.numCols];
        for (int j = 0; j < values.length; j++) {
            values[j] = matrix.unsafe_get(row, j);
        }
        return values;
    }

    /**
     * Checks that the likelihood of a network can produce a row, because a decoder or generator cannot learn any other
     * row. If the likelihood does not evaluate rows, as for a GAN, rows that are only evaluated or scored may have any
     * values.
     *
     * @param kind the parts of the network
     * @param likelihood the likelihood of its rows
     */
    public record LikelihoodCheck(Kind kind, Likelihood likelihood) implements RowCheck {
        @Override
        public String flaw(double[] row) {
            return likelihood.flaw(row, j -> j);
        }

        @Override
        public RowCheck ofHeldOut() {
            return kind.hasDensity() ? this : RowCheck.NONE;
        }
    }
}
