/**
 * Innermost loops of matrix products, convolutions, elementary functions and monomials, on plain arrays.
 *
 * <p>Each interface has an implementation on vector registers, which needs the module {@code jdk.incubator.vector}, and
 * one on plain numbers. {@link io.github.sparklatent.linalg.Kernels} chooses between them. Most of the code is made by
 * the build from FreeMarker templates in {@code src/main/templates}, for both precisions and both implementations. Read
 * {@code FloatGemm} first, then {@code GemmKernels.java.ftl} beside {@code vector.inc.ftl}, which says what a vector
 * is.
 *
 * <p>All implementations give the same bits. Nothing here checks its arguments: the classes of
 * {@link io.github.sparklatent.linalg} do.
 */
package io.github.sparklatent.linalg.kernels;
