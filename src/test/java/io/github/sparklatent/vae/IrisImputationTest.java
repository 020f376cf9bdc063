package io.github.sparklatent.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gmm.MissingValues;
import io.github.sparklatent.gmm.SampleTables;
import io.github.sparklatent.learn.averaging.Averaging;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.ml.network.options.ColumnCentres;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.Bound;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Imputed values of iris by a variational autoencoder, beside those of other methods. */
class IrisImputationTest {
    private static final Architecture ARCHITECTURE =
            Samples.architecture(2, 32, Gaussian.learnt(4)).withMask(true);
    private static final VariationalOptions OPTIONS =
            VariationalOptions.DEFAULT.withBound(Bound.IWAE).withSamples(10);

    private static final AveragingOptions AVERAGING = AveragingOptions.DEFAULT
            .withBatchSize(16)
            .withMaxEpochs(400)
            .withOptimizer(Optimizer.DEFAULT.withLearningRate(3e-3));

    /**
     * The root of the mean squared error of the removed values, in deviations of the columns. The same seed gives the
     * same bits, so the tolerance is that of three digits. The errors of column means are those of
     * src/test/python/imputation_golden.py.
     */
    @ParameterizedTest
    @CsvSource({"0.1, 0.490, 1.054964", "0.3, 0.480, 1.044663", "0.5, 0.632, 1.041581"})
    void errors(double share, double expected, double ofColumnMeans) {
        DMatrixRMaj complete = SampleTables.standardized("iris");
        DMatrixRMaj removed = MissingValues.in(complete, share, 4);
        FMatrixRMaj rows = new FMatrixRMaj(removed.numRows, removed.numCols);
        for (int at = 0; at < rows.getNumElements(); at++) {
            rows.data[at] = (float) removed.data[at];
        }
        FMatrixRMaj means = new FMatrixRMaj(0, 0);
        trained(rows)
                .scorer(rows.numRows, ScoringOptions.DEFAULT.withImportanceSamples(1000))
                .impute(rows, means, new double[rows.numRows]);
        double sum = 0;
        int missing = 0;
        for (int at = 0; at < rows.getNumElements(); at++) {
            if (Float.isNaN(rows.data[at])) {
                missing++;
                sum += Math.pow(means.data[at] - complete.data[at], 2);
            }
        }
        double error = Math.sqrt(sum / missing);
        assertThat(error).isCloseTo(expected, within(5e-4)).isLessThan(ofColumnMeans);
    }

    private static TrainedNetwork trained(FMatrixRMaj rows) {
        float[] parameters = Averaging.run(
                        new VariationalObjective(ARCHITECTURE, OPTIONS),
                        InMemoryShards.of(rows, 1),
                        null,
                        ARCHITECTURE.initialize(
                                Kind.VARIATIONAL,
                                1,
                                ColumnCentres.of(InMemoryShards.of(rows, 1), ARCHITECTURE.likelihood(), true)),
                        AVERAGING)
                .parameters();
        return new TrainedNetwork(Kind.VARIATIONAL, ARCHITECTURE, parameters);
    }
}
