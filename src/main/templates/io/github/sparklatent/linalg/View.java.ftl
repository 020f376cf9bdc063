<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}View.java"/>
package io.github.sparklatent.linalg;

import org.ejml.data.${T[0]}MatrixRMaj;

/**
 * A matrix within an array of ${t}s: what the products of {@link ${T}Products} read and write, so
 * that weights need not leave the vector that holds all parameters of a network.
 *
 * @param data holds the matrix. Kept, not copied.
 * @param offset of its first element
 * @param rows of the matrix as it stands in the array
 * @param columns of the matrix as it stands in the array
 * @param stride elements from one row to the next
 * @param transposed whether the view is of the transpose
 */
public record ${T}View(
        ${t}[] data, int offset, int rows, int columns, int stride, boolean transposed) {
    /** A whole matrix. */
    public static ${T}View of(${T[0]}MatrixRMaj matrix) {
        return of(matrix.data, 0, matrix.numRows, matrix.numCols);
    }

    /** A dense matrix of rows × columns from an offset on. */
    public static ${T}View of(${t}[] data, int offset, int rows, int columns) {
        return new ${T}View(data, offset, rows, columns, columns, false);
    }

    /** The same numbers, transposed. */
    public ${T}View transpose() {
        return new ${T}View(data, offset, rows, columns, stride, !transposed);
    }

    /** Rows of what is seen. */
    public int height() {
        return transposed ? columns : rows;
    }

    /** Columns of what is seen. */
    public int width() {
        return transposed ? rows : columns;
    }
}
</#list>
