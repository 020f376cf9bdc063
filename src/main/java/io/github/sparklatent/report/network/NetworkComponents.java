package io.github.sparklatent.report.network;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.report.Components;
import io.github.sparklatent.report.Confusion;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The K components of a network's latent space.
 *
 * @param sizes weights of the components in the prior, and the number of rows assigned to each
 * @param decoded K × d. The decoded mean of each component, in the units of the table. Not modified.
 * @param samples K matrices s × d. Rows drawn from each component, shown if the features are an image; empty: none. Not
 *     modified.
 * @param centres K × l. The components' means in the latent space; null: not marked. Not modified.
 * @param assigned the component of each row of the latent codes; empty: unknown. Not modified.
 * @param confusion comparison with the labels; null: there is no label
 */
public record NetworkComponents(
        Components sizes,
        DMatrixRMaj decoded,
        List<DMatrixRMaj> samples,
        DMatrixRMaj centres,
        int[] assigned,
        Confusion confusion) {

    public NetworkComponents {
        samples = List.copyOf(samples);
        int components = sizes.weights().length;
        Require.size("rows of components.decoded", decoded.numRows, components);
        if (!samples.isEmpty()) {
            Require.size("components.samples", samples.size(), components);
        }
        for (DMatrixRMaj drawn : samples) {
            Require.size("columns of components.samples", drawn.numCols, decoded.numCols);
        }
        if (centres != null) {
            Require.size("rows of components.centres", centres.numRows, components);
        }
        for (int component : assigned) {
            Require.that(
                    component >= 0 && component < components,
                    "components.assigned has %s, expected 0 to %s",
                    component,
                    components - 1);
        }
        if (confusion != null && confusion.counts().length > 0) {
            Require.size("columns of components.confusion", confusion.counts()[0].length, components);
        }
    }

    /** Returns the number of components, K. */
    public int count() {
        return sizes.weights().length;
    }
}
