/**
 * Layer 1: optimisers. {@link io.github.sparklatent.learn.optimizer.Optimizer} updates the parameters on a worker;
 * {@link io.github.sparklatent.learn.optimizer.OuterOptimizer} updates the averaged parameters on the driver.
 */
package io.github.sparklatent.learn.optimizer;
