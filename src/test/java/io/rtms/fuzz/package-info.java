/**
 * Fuzzing without a fuzzer: valid inputs, broken in the ways in which input is broken, thrown at whatever reads what strangers send. The targets
 * stand beside what they try ({@code *FuzzTest}); each takes a few thousand inputs with every build, and millions under {@code -Pfuzz}.
 */
package io.rtms.fuzz;
