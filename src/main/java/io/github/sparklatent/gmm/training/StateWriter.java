package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.Round;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Writes the parts of a training state; {@link StateReader} reads them in the same order. */
record StateWriter(DataOutputStream out) {
    /** Writes one part. */
    @FunctionalInterface
    interface Part<T> {
        void write(T value) throws IOException;
    }

    <T> void list(List<T> values, Part<T> part) throws IOException {
        out.writeInt(values.size());
        for (T value : values) {
            part.write(value);
        }
    }

    <T> void optional(T value, Part<T> part) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            part.write(value);
        }
    }

    void candidate(Candidate candidate) throws IOException {
        out.writeInt(candidate.components());
        out.writeInt(candidate.restart());
        out.writeInt(candidate.rounds());
        out.writeBoolean(candidate.converged());
        out.writeDouble(candidate.meanLogLikelihood());
        out.writeDouble(candidate.holdoutMeanLogLikelihood());
        out.writeDouble(candidate.mutualInformation());
        out.writeDouble(candidate.bic());
        out.writeDouble(candidate.aic());
    }

    void fit(MixtureFit fit) throws IOException {
        mixture(fit.mixture());
        candidate(fit.figures());
        out.writeLong(fit.rows());
        out.writeDouble(fit.weight());
        list(fit.sizes(), out::writeDouble);
        list(fit.history(), this::round);
        list(fit.events(), this::text);
    }

    void current(EmState<Mixture> state) throws IOException {
        mixture(state.model());
        list(state.history(), this::round);
        list(state.events(), this::text);
        out.writeInt(state.reinitialized());
        out.writeBoolean(state.reinitializedLast());
    }

    private void mixture(Mixture mixture) throws IOException {
        text(mixture.type().toString());
        matrix(new DMatrixRMaj(1, mixture.components(), true, mixture.weights()));
        matrix(mixture.means());
        list(mixture.covariances(), this::matrix);
    }

    private void round(Round round) throws IOException {
        out.writeInt(round.number());
        out.writeDouble(round.objective());
        out.writeDouble(round.change());
        out.writeLong(round.rows());
        out.writeDouble(round.broadcast());
        out.writeDouble(round.compute());
        out.writeDouble(round.reduce());
        out.writeDouble(round.update());
    }

    private void matrix(DMatrixRMaj matrix) throws IOException {
        out.writeInt(matrix.numRows);
        out.writeInt(matrix.numCols);
        for (int i = 0; i < matrix.getNumElements(); i++) {
            out.writeDouble(matrix.data[i]);
        }
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
