package io.github.sparklatent.ml.network.record;

import io.github.sparklatent.learn.PackedFloats;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/**
 * A row of the {@link ParameterTable} on its way to the driver, without an object for each number.
 * The class is not a record, because Kryo cannot read records.
 */
final class ParameterPiece implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int VALUES = 3;
    private static final int OFFSET = 4;

    /** Name of the matrix; null if something in the row is null. */
    final String name;

    final int rows;
    final int columns;

    /** Index of the first value in the matrix. */
    final int offset;

    final PackedFloats values;

    private ParameterPiece(String name, int rows, int columns, int offset, float[] values) {
        this.name = name;
        this.rows = rows;
        this.columns = columns;
        this.offset = offset;
        this.values = PackedFloats.of(values);
    }

    /** Reads a row. Older versions have written each matrix as one row without an offset. */
    static ParameterPiece of(InternalRow row) {
        for (int column = 0; column <= VALUES; column++) {
            if (row.isNullAt(column)) {
                return new ParameterPiece(null, 0, 0, 0, new float[0]);
            }
        }
        ArrayData values = row.getArray(VALUES);
        String name = row.getUTF8String(0).toString();
        return new ParameterPiece(
                hasNull(values) ? null : name,
                row.getInt(1),
                row.getInt(2),
                row.isNullAt(OFFSET) ? 0 : row.getInt(OFFSET),
                values.toFloatArray());
    }

    private static boolean hasNull(ArrayData values) {
        for (int i = 0; i < values.numElements(); i++) {
            if (values.isNullAt(i)) {
                return true;
            }
        }
        return false;
    }
}
