<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}View.java"/>
package io.github.sparklatent.linalg;

import org.ejml.data.${T[0]}MatrixRMaj;

/**
 * A matrix within an array of ${t}s. {@link ${T}Products} reads and writes views, so that weights can
 * stay in the vector that holds all parameters of a network.
 *
 * @param data holds the matrix. Kept, not copied.
 * @param offset of its first element
 * @param rows of the matrix in the array
 * @param columns of the matrix in the array
 * @param stride elements from one row to the next
 * @param transposed whether the view is of the transpose
 */
public record ${T}View(
        ${t}[] data, int offset, int rows, int columns, int stride, boolean transposed) {
    /** Returns a view of a whole matrix. */
    public static ${T}View of(${T[0]}MatrixRMaj matrix) {
        return of(matrix.data, 0, matrix.numRows, matrix.numCols);
    }

    /** Returns a view of a dense matrix of rows × columns from an offset. */
    public static ${T}View of(${t}[] data, int offset, int rows, int columns) {
        return new ${T}View(data, offset, rows, columns, columns, false);
    }

    /** Returns a view of the transpose. */
    public ${T}View transpose() {
        return new ${T}View(data, offset, rows, columns, stride, !transposed);
    }

    /** Returns the rows of the view. */
    public int height() {
        return transposed ? columns : rows;
    }

    /** Returns the columns of the view. */
    public int width() {
        return transposed ? rows : columns;
    }
}
</#list>
