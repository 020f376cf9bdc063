package io.github.sparklatent.mixture.training;

import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmRounds;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.em.MixtureEm;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.initialization.Initialization;
import org.ejml.data.DMatrixRMaj;

/** The problem of a fit of columns of several types, with its start at random rows. */
public record TypedProblem(MixtureEm em, MixedMixture start, InMemoryRowBlocks data) {
    /** Creates the problem of a table, without a regularization. */
    public static TypedProblem of(
            MixedColumns columns, DMatrixRMaj rows, CovarianceType type, int components, double priorRows) {
        InMemoryRowBlocks data = InMemoryRowBlocks.of(rows, 64);
        MixtureOptions options = MixtureOptions.DEFAULT
                .withInitialization(Initialization.RANDOM_ROWS)
                .withCovariance(type)
                .withFactors(1)
                .withPriorRows(priorRows);
        TrainingRows table = new TrainingRows(data, columns, options, SearchListener.none());
        return new TypedProblem(
                new MixtureEm(options.layout(columns, components), 0, table.prior(components)),
                new MixtureStart(table, options, components, 0).mixture(),
                data);
    }

    /** Returns the same problem from another start. */
    public TypedProblem from(MixedMixture other) {
        return new TypedProblem(em, other, data);
    }

    public EmResult<MixedMixture> run(int rounds) {
        return EmRounds.run(em, data, start, rounds, 0);
    }
}
