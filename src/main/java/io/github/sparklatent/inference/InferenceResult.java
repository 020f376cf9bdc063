package io.github.sparklatent.inference;

import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.Round;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * A fitted posterior.
 *
 * @param posterior q
 * @param draws parameter vectors drawn from q, {@value VariationalInference#STORED_DRAWS} × p
 * @param history a record for each round; the last one has the ELBO of q
 * @param converged whether the tolerance, not the maximum of rounds, ended the fit
 * @param events descriptions of what was repaired or left out
 * @param size total weight of the rows, and the number of rows that it counts as
 */
public record InferenceResult(
        GaussianPosterior posterior,
        DMatrixRMaj draws,
        List<Round> history,
        boolean converged,
        List<String> events,
        SampleSize size) {
    public Round last() {
        return history.get(history.size() - 1);
    }
}
