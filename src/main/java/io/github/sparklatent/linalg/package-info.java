/**
 * Floor 0: dense numerics on blocks of rows.
 *
 * <p>EJML's row-major {@link org.ejml.data.DMatrixRMaj} and {@link org.ejml.data.FMatrixRMaj} hold
 * every matrix; EJML also does the small algebra (Cholesky, eigenvalues). What a pass over the data
 * spends its time in are kernels of this package: {@link
 * io.github.sparklatent.linalg.FloatProducts}, {@link io.github.sparklatent.linalg.FloatFunctions}
 * and their twins of doubles, on vector registers where {@link
 * io.github.sparklatent.linalg.Kernels} finds them, and, for mixtures, {@link
 * io.github.sparklatent.linalg.RowForms} and {@link io.github.sparklatent.linalg.RowMoments},
 * {@link io.github.sparklatent.linalg.Products} and {@link io.github.sparklatent.linalg.LogSumExp}.
 * Each element's sum runs over the inner index in ascending order with fused multiply-adds, or, a
 * long one of few columns, in a number of such chains that depends on its shape, so a result
 * depends on its operands only, never on the vector width of the machine.
 *
 * <p>Notation: n rows of a block, d columns of the data, k components. May import: EJML.
 */
package io.github.sparklatent.linalg;
