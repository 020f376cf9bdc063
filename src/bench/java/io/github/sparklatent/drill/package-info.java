/** Drills: faults on purpose, and what is left after them. */
package io.github.sparklatent.drill;
