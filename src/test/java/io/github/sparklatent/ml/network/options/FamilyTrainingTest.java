package io.github.sparklatent.ml.network.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.averaging.Averaging;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.Schedule;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.nn.likelihood.ColumnFamily;
import io.github.sparklatent.nn.likelihood.IndependentColumns;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A variational autoencoder of columns that are drawn from one distribution of a family. */
class FamilyTrainingTest {
    private static final int ROWS = 2000;

    /**
     * A large weight of the divergence leaves the codes without information about the rows, such as whether a count is
     * 0. Then the means of the decoder and the parameters of the column are near those that the rows were drawn from. A
     * column has a mean far from the start of plain weights. The bounds are some five standard errors of estimates from
     * 2,000 rows.
     */
    @ParameterizedTest
    @CsvSource({"NEGATIVE_BINOMIAL, 6.9, 0.7, 0, 0.15", "STUDENT_T, 300, 1, 0.5, 0.4"})
    void parametersOfTheColumnAreFound(
            ColumnFamily family, double output, double own, double otherOwn, double tolerance) {
        Likelihood likelihood = new IndependentColumns(family, 1);
        double[] truth = {own, otherOwn};
        FMatrixRMaj rows = rows(likelihood, (float) output, truth);
        Architecture architecture = Samples.linear(1, likelihood);
        float[] trained = trained(architecture, rows);
        int from = architecture.networks(Kind.VARIATIONAL).priorOffset();
        List<Parameter> parameters = likelihood.parameters();
        for (int k = 0; k < parameters.size(); k++) {
            assertThat((double) trained[from - parameters.size() + k])
                    .as(parameters.get(k).name())
                    .isCloseTo(truth[k], within(tolerance));
        }
        FMatrixRMaj mean = new FMatrixRMaj(0, 0);
        new TrainedNetwork(Kind.VARIATIONAL, architecture, trained)
                .scorer(1, ScoringOptions.DEFAULT)
                .decode(new FMatrixRMaj(1, 1), mean);
        double average = IntStream.range(0, ROWS)
                .mapToDouble(i -> rows.data[i])
                .average()
                .orElseThrow();
        assertThat((double) mean.data[0]).isCloseTo(average, within(tolerance * Math.abs(average)));
    }

    private static FMatrixRMaj rows(Likelihood likelihood, float output, double[] truth) {
        float[] own = {(float) truth[0], (float) truth[1]};
        FMatrixRMaj all = new FMatrixRMaj(ROWS, likelihood.outputs());
        all.fill(output);
        FMatrixRMaj rows = new FMatrixRMaj(0, 0);
        likelihood.worker(ROWS, 0).sample(own, all, new SplittableRandom(5), rows);
        return rows;
    }

    private static float[] trained(Architecture architecture, FMatrixRMaj rows) {
        InMemoryShards shards = InMemoryShards.of(rows, 1);
        double[] centres =
                ColumnCentres.find(shards, architecture.likelihood(), false).centres();
        return Averaging.run(
                        new VariationalObjective(architecture, VariationalOptions.DEFAULT.withBeta(20)),
                        shards,
                        null,
                        architecture.initialize(Kind.VARIATIONAL, 1, centres),
                        AveragingOptions.DEFAULT
                                .withMaxEpochs(40)
                                .withBatchSize(50)
                                .withOptimizer(Optimizer.DEFAULT
                                        .withLearningRate(0.02)
                                        .withSchedule(Schedule.of(Schedule.Type.COSINE))))
                .kept()
                .parameters();
    }
}
