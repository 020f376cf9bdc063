/** Drills: faults on purpose, and checks of what is left after them. */
package io.github.sparklatent.bench.drill;
