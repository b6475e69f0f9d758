/**
 * The binding to the native library: {@code rtms.h} in Java's words, and the reader of the frame ring. The only package that knows native
 * memory; knows no other.
 */
package io.rtms.sdk;
