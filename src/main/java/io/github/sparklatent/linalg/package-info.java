/**
 * Layer 0: dense numerics on blocks of rows. May import EJML.
 *
 * <p>EJML's row-major {@link org.ejml.data.DMatrixRMaj} and {@link org.ejml.data.FMatrixRMaj} hold all matrices, and
 * EJML does the small algebra ({@link io.github.sparklatent.linalg.Cholesky},
 * {@link io.github.sparklatent.linalg.SymmetricEigen}). Training spends its time in the other classes:
 *
 * <ul>
 *   <li>{@code FloatProducts} and {@code DoubleProducts}: matrix products;
 *       {@link io.github.sparklatent.linalg.Products}: those of mixtures. Read these first.
 *   <li>{@code FloatFunctions} and {@code DoubleFunctions}: elementary functions;
 *       {@link io.github.sparklatent.linalg.LogSumExp}.
 *   <li>{@link io.github.sparklatent.linalg.Monomials}: quadratic forms and moments of rows.
 *   <li>{@code FloatPasses}: sums of rows, transpositions and im2col of networks.
 * </ul>
 *
 * <p>Their innermost loops are in {@link io.github.sparklatent.linalg.kernels}. Classes that exist for floats and for
 * doubles are made by the build from templates in {@code src/main/templates}.
 *
 * <p>A result depends on its operands only, not on the processor: each sum runs over the inner index in ascending order
 * with fused multiply-adds, or, if it is long and there are few columns, in a number of interleaved chains that depends
 * on the shape.
 *
 * <p>Notation: n rows of a block, d columns of the data, k components.
 */
package io.github.sparklatent.linalg;
