package io.github.sparklatent.ml.network.measure;

import io.github.sparklatent.cluster.table.Scale;
import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.metrics.FeatureSpace;
import io.github.sparklatent.ml.columns.TableUnits;
import io.github.sparklatent.vae.HiddenLayer;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * The space of a hidden layer of a trained network, for rows of another model: these are scaled as
 * that model sees them, and are scaled anew as the network has learnt to.
 */
public final class NetworkFeatures implements FeatureSpace {
    private static final long serialVersionUID = 1L;

    private final HiddenLayer layer;
    private final Scaling from;
    private final Scaling to;

    /**
     * @param from how the rows are scaled
     * @param to how the network's were
     * @throws IllegalArgumentException where a length that unit scaling took would have to be given
     *     back
     */
    public NetworkFeatures(HiddenLayer layer, Scaling from, Scaling to) {
        Require.that(
                from.kind() != Scale.UNIT || to.kind() == Scale.UNIT,
                "the rows are scaled to a length of 1, which cannot be undone for a network of rows"
                        + " scaled by %s",
                to.kind());
        this.layer = layer;
        this.from = from;
        this.to = to;
    }

    @Override
    public int features() {
        return layer.outputs();
    }

    @Override
    public Worker worker(int maxRows) {
        HiddenLayer.Worker pass = layer.worker(maxRows);
        if (isSame()) {
            return pass::of;
        }
        FMatrixRMaj rescaled = new FMatrixRMaj(maxRows, layer.inputs());
        double[] row = new double[layer.inputs()];
        return rows -> {
            rescaled.reshape(rows.numRows, rows.numCols);
            for (int i = 0; i < rows.numRows; i++) {
                TableUnits.of(from, rows, i, row);
                to.apply(row, 0, row.length);
                TableUnits.copy(row, rescaled.data, i * row.length);
            }
            return pass.of(rescaled);
        };
    }

    private boolean isSame() {
        return from.kind() == to.kind()
                && Arrays.equals(from.shift(), to.shift())
                && Arrays.equals(from.factor(), to.factor());
    }
}
