package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.gmm.training.Candidate;
import io.github.sparklatent.gmm.training.MixtureFit;
import io.github.sparklatent.gmm.training.TrainingResult;
import io.github.sparklatent.learn.em.Round;
import java.util.List;

/**
 * How a mixture was fitted; saved with it.
 *
 * @param objectiveHistory mean log-likelihood at the start and after each round, nats a row
 * @param rounds updates made
 * @param converged whether the tolerance, not the maximum of rounds, ended the fit
 * @param rows of the training table
 * @param weight total weight of these rows
 * @param meanLogLikelihood of the training rows, nats a row of weight 1
 * @param holdoutMeanLogLikelihood of the held-out rows; NaN where none were held out
 * @param sizes weight of the rows that each component accounts for
 * @param events what had to be repaired, as sentences
 * @param candidates the fits that the best was chosen from
 * @param origin where the model comes from: a JSON object
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
        List<String> events,
        List<Candidate> candidates,
        String origin) {
    public FitRecord {
        objectiveHistory = List.copyOf(objectiveHistory);
        sizes = List.copyOf(sizes);
        events = List.copyOf(events);
        candidates = List.copyOf(candidates);
    }

    /** The record of a training. */
    static FitRecord of(TrainingResult result, String origin) {
        MixtureFit fit = result.best();
        return new FitRecord(
                fit.history().stream().map(Round::objective).toList(),
                fit.figures().rounds(),
                fit.figures().converged(),
                fit.rows(),
                fit.weight(),
                fit.figures().meanLogLikelihood(),
                fit.figures().holdoutMeanLogLikelihood(),
                fit.sizes(),
                fit.events(),
                result.candidates(),
                origin);
    }
}
