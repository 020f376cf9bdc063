/**
 * Floor 0: dense numerics on blocks of rows.
 *
 * <p>EJML's row-major {@link org.ejml.data.DMatrixRMaj} holds every matrix; EJML also does the
 * small algebra (Cholesky, eigenvalues). The products that a pass over the data spends its time in
 * are kernels of this package ({@link io.github.sparklatent.linalg.Products}): each element's sum
 * runs over the inner index in ascending order with fused multiply-adds, so a result depends on its
 * operands only, never on the vector width of the machine.
 *
 * <p>Notation: n rows of a block, d columns of the data, k components. May import: EJML.
 */
package io.github.sparklatent.linalg;
