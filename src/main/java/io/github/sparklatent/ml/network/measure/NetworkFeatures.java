package io.github.sparklatent.ml.network.measure;

import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.ml.columns.TableUnits;
import io.github.sparklatent.vae.HiddenLayer;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.ejml.data.FMatrixRMaj;

/**
 * The feature space of a hidden layer of a trained network, for the rows of another model. The scaling of that model is
 * undone and the scaling of the network is applied.
 *
 * @param from scaling of the rows; unit scaling only for a network of such rows, because it cannot be undone
 * @param to scaling of the network's own rows
 */
public record NetworkFeatures(HiddenLayer layer, Scaling from, Scaling to) implements Serializable {
    /** Returns m, the number of features. */
    public int features() {
        return layer.outputs();
    }

    /** Returns a function as {@link HiddenLayer#worker} does. */
    public UnaryOperator<FMatrixRMaj> worker(int maxRows) {
        UnaryOperator<FMatrixRMaj> worker = layer.worker(maxRows);
        if (from.kind() == to.kind()
                && Arrays.equals(from.shift(), to.shift())
                && Arrays.equals(from.factor(), to.factor())) {
            return worker;
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
            return worker.apply(rescaled);
        };
    }
}
