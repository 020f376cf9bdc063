package io.github.sparklatent.scoring;

import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.mixture.training.Candidate;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.TrainingResult;
import java.util.List;

/**
 * The record of a fit, saved with the mixture.
 *
 * @param objectiveHistory objective at the start and after each round, nats per row: the mean log-likelihood, and the
 *     log prior if there is one
 * @param rounds number of updates
 * @param converged whether the tolerance, not the maximum of rounds, ended the fit
 * @param rows number of rows of the training table
 * @param weight total weight of these rows
 * @param meanLogLikelihood mean log-likelihood of the training rows, nats per row of weight 1
 * @param holdoutMeanLogLikelihood mean log-likelihood of the held-out rows; NaN if none were held out
 * @param sizes sum of the weighted responsibilities of each component
 * @param warnings descriptions of the repairs made during the fit, as sentences
 * @param candidates metrics of all fits that were compared
 * @param origin provenance of the model: a JSON object
 */
public record FitRecord(
        List<Double> objectiveHistory,
        int rounds,
        boolean converged,
        long rows,
        double weight,
        double meanLogLikelihood,
        double holdoutMeanLogLikelihood,
        List<Double> sizes,
        List<String> warnings,
        List<Candidate> candidates,
        String origin) {
    public FitRecord {
        objectiveHistory = List.copyOf(objectiveHistory);
        sizes = List.copyOf(sizes);
        warnings = List.copyOf(warnings);
        candidates = List.copyOf(candidates);
    }

    /** Returns the metrics of this fit among the metrics of all fits. */
    public Candidate chosen(int components) {
        return candidates.stream()
                .filter(candidate -> candidate.components() == components)
                .filter(candidate -> candidate.meanLogLikelihood() == meanLogLikelihood)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the record of the fit has no metrics of the model"));
    }

    /** Returns the record of a training. */
    public static FitRecord of(TrainingResult result, String origin) {
        MixtureFit fit = result.best();
        return new FitRecord(
                fit.history().stream().map(Round::objective).toList(),
                fit.metrics().rounds(),
                fit.metrics().converged(),
                fit.rows(),
                fit.weight(),
                fit.metrics().meanLogLikelihood(),
                fit.metrics().holdoutMeanLogLikelihood(),
                fit.sizes(),
                fit.warnings(),
                result.candidates(),
                origin);
    }
}
