package io.github.sparklatent.cluster;

import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Mixtures fitted, and all that was learnt as text in which no bit is lost. */
final class Trained {
    private Trained() {}

    static MixtureFit fit(RowBlocks train, RowBlocks holdout, MixtureOptions options) {
        return new MixtureTrainer(train, holdout, options, null, SearchListener.none())
                .fit()
                .best();
    }

    static String bits(MixtureFit fit) {
        List<Double> numbers = new ArrayList<>();
        MixtureParameters mixture = fit.mixture().gaussian();
        for (int k = 0; k < mixture.components(); k++) {
            numbers.add(mixture.weight(k));
        }
        List<DMatrixRMaj> matrices = new ArrayList<>(mixture.covariances());
        matrices.add(mixture.means());
        matrices.forEach(matrix -> Arrays.stream(matrix.data).forEach(numbers::add));
        fit.history().forEach(round -> numbers.add(round.objective()));
        numbers.add(fit.metrics().holdoutMeanLogLikelihood());
        numbers.addAll(fit.sizes());
        return String.join(" ", numbers.stream().map(Double::toHexString).toList());
    }
}
