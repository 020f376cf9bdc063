/**
 * Layer 1: optimisers. {@link io.github.sparklatent.learn.optimizer.Optimizer} moves parameters on
 * a worker, {@link io.github.sparklatent.learn.optimizer.OuterOptimizer} the averaged ones on the
 * driver.
 */
package io.github.sparklatent.learn.optimizer;
